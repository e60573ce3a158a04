/** Que's law of continual pre-training on a mixture. */

import type { Law, LawParameter } from '../law.ts';
import { logSumExp4 } from '../terms/logSumExp.ts';
import type { Numbers9 } from '../terms/numbers.ts';
import { A, alpha, B, beta, E } from './parameters.ts';

const eta: LawParameter = {
  name: 'eta',
  tex: '\\eta',
  unit: '1',
  meaning: 'how the data term grows with the target’s ratio',
  scale: 'linear',
  lower: -3,
  upper: 3,
  starts: [0, 0.5],
  toldBy: 'bilingual',
};

const Cr: LawParameter = {
  name: 'Cr',
  tex: 'C_r',
  unit: 'nats per token',
  meaning: 'height of the loss that a larger ratio removes',
  scale: 'log',
  lower: -20,
  upper: 5,
  starts: [-3, -1],
  toldBy: 'bilingual',
};

const epsilon: LawParameter = {
  name: 'epsilon',
  tex: '\\varepsilon',
  unit: '1',
  meaning: 'ratio below which that loss rises no further',
  scale: 'log',
  lower: Math.log(1e-6),
  upper: 0,
  starts: [Math.log(0.01)],
  toldBy: 'bilingual',
};

const gamma: LawParameter = {
  name: 'gamma',
  tex: '\\gamma',
  unit: '1',
  meaning: 'how fast a larger ratio removes it',
  scale: 'linear',
  lower: 0,
  upper: 3,
  starts: [0.3, 1],
  toldBy: 'bilingual',
};

/** L = E + A·N^−α + B·r^η·D^−β + C_r·(r + ε)^−γ. */
export const dCpt: Law = {
  name: 'd-cpt',
  title: 'Continual pre-training on a mixture',
  formula: {
    tex: 'L = E + A N^{-\\alpha} + B\\,r^{\\eta} D^{-\\beta} + C_r\\,(r + \\varepsilon)^{-\\gamma}',
    text: 'L = E + A·N^−α + B·r^η·D^−β + C_r·(r + ε)^−γ',
  },
  source: 'Que et al. 2024, arXiv 2406.01375',
  note: 'Knows neither stages nor repetition. The paper’s C is named C_r, because C is compute.',
  parameters: [E, A, alpha, B, beta, eta, Cr, epsilon, gamma],
  reads: ['N', 'D', 'r'],
  limits: [
    {
      becomes: 'chinchilla',
      at: { eta: 0, Cr: 0, epsilon: 0, gamma: 0 },
      words: 'the ratio does not matter',
    },
    {
      becomes: 'chinchilla',
      at: { Cr: 0, epsilon: 0, gamma: 0 },
      where: ({ r }) => r === 1,
      words: 'there is no other language',
    },
  ],
  logLoss: (point, theta, gradient) => {
    const {
      0: e,
      1: a,
      2: alpha,
      3: b,
      4: beta,
      5: eta,
      6: c,
      7: lnEpsilon,
      8: gamma,
    } = theta as unknown as Numbers9;
    const epsilon = Math.exp(lnEpsilon);
    const lnRatio = Math.log(point.r + epsilon);
    const capacityTerm = a - alpha * point.lnN;
    const dataTerm = b + eta * point.lnR - beta * point.lnD;
    const ratioTerm = c - gamma * lnRatio;
    const lnL = logSumExp4(e, capacityTerm, dataTerm, ratioTerm);
    const ofCapacity = Math.exp(capacityTerm - lnL);
    const ofData = Math.exp(dataTerm - lnL);
    const ofRatio = Math.exp(ratioTerm - lnL);
    gradient[0] = Math.exp(e - lnL);
    gradient[1] = ofCapacity;
    gradient[2] = -ofCapacity * point.lnN;
    gradient[3] = ofData;
    gradient[4] = -ofData * point.lnD;
    gradient[5] = ofData * point.lnR;
    gradient[6] = ofRatio;
    gradient[7] = (-ofRatio * gamma * epsilon) / (point.r + epsilon);
    gradient[8] = -ofRatio * lnRatio;
    return lnL;
  },
};
