/** The lab's M³ form with a loss that repetition adds. */

import type { Law, LawParameter } from '../law.ts';
import { logSumExp2 } from '../terms/logSumExp.ts';
import type { Numbers12 } from '../terms/numbers.ts';
import { m3 } from './m3.ts';

const P: LawParameter = {
  name: 'P',
  tex: 'P',
  unit: 'nats per token · (tokens/parameter)^κ',
  meaning: 'height of the loss that overfitting adds',
  scale: 'log',
  // N/D_T may be a million, to the power 1.5: only below this is the term nothing everywhere.
  lower: -40,
  upper: 20,
  starts: [-7, -4],
  toldBy: 'repeated',
};

const delta: LawParameter = {
  name: 'delta',
  tex: '\\delta',
  unit: '1',
  meaning: 'how it grows with the passes after the first',
  scale: 'linear',
  lower: 0,
  upper: 1,
  starts: [0.7],
  toldBy: 'repeated',
};

const kappa: LawParameter = {
  name: 'kappa',
  tex: '\\kappa',
  unit: '1',
  meaning: 'how it grows with the parameters per unique token',
  scale: 'linear',
  lower: 0,
  upper: 1.5,
  starts: [0.4, 1],
  toldBy: 'repeated',
};

const NO_OVERFITTING = { P: 0, delta: 1, kappa: 0 };

/** M³ + P·((k−1)₊)^δ·(N/D_T)^κ. The term is 0 up to one pass whatever δ is. */
export const m3Overfit: Law = {
  name: 'm3-overfit',
  title: 'M³ with overfitting',
  formula: {
    tex: m3.formula.tex.replace(', \\quad', ' + P\\,(k-1)_{+}^{\\delta}\\,(N/D_T)^{\\kappa}, \\quad'),
    text: m3.formula.text.replace(',  ', ' + P·((k−1)₊)^δ·(N/D_T)^κ,  '),
  },
  source: `${m3.source}; the overfitting term after Lovelace et al. 2026, arXiv 2605.01640`,
  note: `${m3.note} Best recipes no longer depend on D_T/D* alone: the term breaks the collapse.`,
  parameters: [...m3.parameters, P, delta, kappa],
  reads: m3.reads,
  limits: [
    { becomes: 'm3', at: NO_OVERFITTING, words: 'repetition never hurts' },
    {
      becomes: 'm3',
      at: {},
      where: ({ k }) => k <= 1,
      words: 'nothing is repeated',
    },
    ...m3.limits.map((limit) => ({ ...limit, at: { ...limit.at, ...NO_OVERFITTING } })),
  ],
  nulls: [
    ...(m3.nulls ?? []),
    { name: 'P = 0', at: { P: 0 }, idle: ['delta', 'kappa'], words: 'repetition never hurts' },
  ],
  logLoss: (point, theta, gradient) => {
    // The first nine parameters are those of M³, and so are the first nine of the gradient, until the term takes its share.
    const lnM3 = m3.logLoss(point, theta, gradient);
    if (point.k <= 1) {
      gradient.fill(0, m3.parameters.length);
      return lnM3;
    }
    const { 9: p, 10: delta, 11: kappa } = theta as unknown as Numbers12;
    const lnRepeats = Math.log(point.k - 1);
    const lnCrowding = point.lnN - Math.log(point.D_T);
    const term = p + delta * lnRepeats + kappa * lnCrowding;
    const lnL = logSumExp2(lnM3, term);
    const ofM3 = Math.exp(lnM3 - lnL);
    for (let index = 0; index < 9; index++) gradient[index] = (gradient[index] ?? 0) * ofM3;
    const ofTerm = Math.exp(term - lnL);
    gradient[9] = ofTerm;
    gradient[10] = ofTerm * lnRepeats;
    gradient[11] = ofTerm * lnCrowding;
    return lnL;
  },
};
