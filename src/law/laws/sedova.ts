/** Sedova's law: text is the scarcer the larger the model, and the ratio adds to the loss. */

import type { Law, LawParameter } from '../law.ts';
import { logSumExp3 } from '../terms/logSumExp.ts';
import type { Numbers8 } from '../terms/numbers.ts';
import { effectiveEpochs, effectiveEpochsByLogRstar } from '../terms/repetition.ts';
import { A, alpha, B, beta, E, Rstar } from './parameters.ts';

const delta: LawParameter = {
  name: 'delta',
  tex: '\\delta',
  unit: '1',
  meaning: 'how the data term grows with the model',
  scale: 'linear',
  lower: -2,
  upper: 2,
  starts: [0, 0.2],
  toldBy: 'any',
};

const gamma: LawParameter = {
  name: 'gamma',
  tex: '\\gamma',
  unit: 'nats per token',
  meaning: 'loss that the target’s ratio adds; below 0 where a larger ratio helps',
  scale: 'linear',
  lower: -5,
  upper: 5,
  starts: [-0.1, 0.1],
  toldBy: 'bilingual',
};

/**
 * Nats per token. The law is a sum that γ < 0 can bring to 0 and below, where it has no logarithm; below this value the logarithm goes
 * on as its own tangent, so that a descent that strays there finds back.
 */
const LEAST_LOSS = 1e-3;

/** L = E + A·N^−α + B·N^δ·[D_T·g(k)]^−β + γ·r. */
export const sedova: Law = {
  name: 'sedova',
  title: 'Sedova, additive ratio',
  formula: {
    tex: 'L = E + A N^{-\\alpha} + B N^{\\delta}\\,[D_T\\,g(k)]^{-\\beta} + \\gamma r, \\quad g(k) = 1 + R^{*}(1 - e^{-(k-1)/R^{*}})',
    text: 'L = E + A·N^−α + B·N^δ·[D_T·g(k)]^−β + γ·r,  g(k) = 1 + R*·(1 − e^(−(k−1)/R*))',
  },
  source: 'Sedova 2026',
  note: 'Effective unique tokens are taken to be those of Muennighoff, D_T·g(k). Letters are the lab’s: the paper has C and β for A and α, and α for β.',
  parameters: [E, A, alpha, B, beta, Rstar, delta, gamma],
  reads: ['N', 'D_T', 'k', 'r'],
  limits: [
    {
      becomes: 'chinchilla-target',
      at: { Rstar: Number.POSITIVE_INFINITY, delta: 0, gamma: 0 },
      words: 'the source does not matter, and repeated tokens are as good as new ones',
    },
    {
      becomes: 'chinchilla-unique',
      at: { Rstar: 0, delta: 0, gamma: 0 },
      words: 'only new target tokens teach',
    },
    {
      becomes: 'chinchilla',
      at: { delta: 0, gamma: 0 },
      where: ({ k, r }) => r === 1 && k <= 1,
      words: 'there is no other language, and nothing is repeated',
    },
  ],
  logLoss: (point, theta, gradient) => {
    const {
      0: e,
      1: a,
      2: alpha,
      3: b,
      4: beta,
      5: lnRstar,
      6: delta,
      7: gamma,
    } = theta as unknown as Numbers8;
    const R = Math.exp(lnRstar);
    const epochs = effectiveEpochs(point.k, R);
    const lnData = Math.log(point.D_T * epochs);
    const capacityTerm = a - alpha * point.lnN;
    const dataTerm = b + delta * point.lnN - beta * lnData;
    const lnSum = logSumExp3(e, capacityTerm, dataTerm);

    // L = e^lnSum·(1 + added), where `added` may come to −1.
    const added = gamma * point.r * Math.exp(-lnSum);
    const least = LEAST_LOSS * Math.exp(-lnSum);
    const isLow = 1 + added < least;
    const lnL = isLow ? Math.log(LEAST_LOSS) + (1 + added) / least - 1 : lnSum + Math.log1p(added);
    // ∂ln L/∂L, in units of e^−lnSum.
    const slope = 1 / (isLow ? least : 1 + added);

    const byCapacity = slope * Math.exp(capacityTerm - lnSum);
    const byData = slope * Math.exp(dataTerm - lnSum);
    gradient[0] = slope * Math.exp(e - lnSum);
    gradient[1] = byCapacity;
    gradient[2] = -byCapacity * point.lnN;
    gradient[3] = byData;
    gradient[4] = -byData * lnData;
    gradient[5] = (-byData * beta * effectiveEpochsByLogRstar(point.k, R, epochs)) / epochs;
    gradient[6] = byData * point.lnN;
    gradient[7] = slope * point.r * Math.exp(-lnSum);
    return lnL;
  },
};
