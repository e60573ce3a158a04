/** Ge's law of mixtures: a power of the ratio times a power law in the tokens, for models of one size. */

import type { Law, LawParameter } from '../law.ts';
import { logSumExp2 } from '../terms/logSumExp.ts';
import type { Numbers4 } from '../terms/numbers.ts';
import { B, beta, E } from './parameters.ts';

const alpha: LawParameter = {
  name: 'alpha',
  tex: '\\alpha',
  unit: '1',
  meaning: 'how fast the loss rises as the target’s ratio falls',
  scale: 'linear',
  lower: 0,
  upper: 3,
  starts: [0.05, 0.3],
  toldBy: 'bilingual',
};

/** L = r^−α·(B·D^−β + E). */
export const bimix: Law = {
  name: 'bimix',
  title: 'BiMix',
  formula: {
    tex: 'L = r^{-\\alpha}\\,(B\\,D^{-\\beta} + E)',
    text: 'L = r^−α·(B·D^−β + E)',
  },
  source: 'Ge et al. 2024, arXiv 2405.14908',
  note: 'Does not know the model’s scale: for runs of one size. α is here a power of the ratio; the paper’s C is named E, because C is compute.',
  parameters: [E, alpha, B, beta],
  reads: ['D', 'r'],
  limits: [],
  logLoss: (point, theta, gradient) => {
    const { 0: e, 1: alpha, 2: b, 3: beta } = theta as unknown as Numbers4;
    const dataTerm = b - beta * point.lnD;
    const lnSum = logSumExp2(e, dataTerm);
    const ofData = Math.exp(dataTerm - lnSum);
    gradient[0] = Math.exp(e - lnSum);
    gradient[1] = -point.lnR;
    gradient[2] = ofData;
    gradient[3] = -ofData * point.lnD;
    return lnSum - alpha * point.lnR;
  },
};
