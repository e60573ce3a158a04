/** Hernandez's law: what is read of the source is worth so many target tokens, the more the larger the model. */

import type { Law, LawParameter } from '../law.ts';
import { chinchillaForm } from '../terms/chinchillaForm.ts';
import { logSumExp2 } from '../terms/logSumExp.ts';
import type { Numbers9 } from '../terms/numbers.ts';
import { effectiveEpochs, effectiveEpochsByLogRstar } from '../terms/repetition.ts';
import { A, alpha, B, beta, E, Rstar } from './parameters.ts';

const kappa: LawParameter = {
  name: 'kappa',
  tex: '\\kappa',
  unit: 'target tokens / (source tokens^a · parameters^b)',
  meaning: 'how much is transferred',
  scale: 'log',
  // S^a·N^b reaches e^100 within the bounds of a and b: only far below is nothing transferred.
  lower: -100,
  upper: 60,
  starts: [-2, 1],
  toldBy: 'bilingual',
};

const a: LawParameter = {
  name: 'a',
  tex: 'a',
  unit: '1',
  meaning: 'how it grows with the source tokens',
  scale: 'linear',
  lower: 0,
  upper: 2,
  starts: [0.5, 1],
  toldBy: 'bilingual',
};

const b: LawParameter = {
  name: 'b',
  tex: 'b',
  unit: '1',
  meaning: 'how it grows with the model',
  scale: 'linear',
  lower: -2,
  upper: 2,
  starts: [0, 0.4],
  toldBy: 'bilingual',
};

/** L = E + A·N^−α + B·[D_T·g(k) + κ·S^a·N^b]^−β. Without source tokens nothing is transferred, whatever a is. */
export const transfer: Law = {
  name: 'transfer',
  title: 'Effective data transferred',
  formula: {
    tex: 'L = E + A N^{-\\alpha} + B\\,[D_T\\,g(k) + \\kappa\\,S^{a} N^{b}]^{-\\beta}, \\quad g(k) = 1 + R^{*}(1 - e^{-(k-1)/R^{*}})',
    text: 'L = E + A·N^−α + B·[D_T·g(k) + κ·S^a·N^b]^−β,  g(k) = 1 + R*·(1 − e^(−(k−1)/R*))',
  },
  source: 'the data term after Hernandez et al. 2021, arXiv 2102.01293',
  note: 'Hernandez counts the transferred tokens by the target’s, κ·D_T^a·N^b; here they are counted by the source’s.',
  parameters: [E, A, alpha, B, beta, Rstar, kappa, a, b],
  reads: ['N', 'D_T', 'k', 'S'],
  limits: [
    {
      becomes: 'chinchilla',
      at: { Rstar: Number.POSITIVE_INFINITY, kappa: 1, a: 1, b: 0 },
      words: 'languages and repetitions are interchangeable',
    },
    {
      becomes: 'chinchilla-target',
      at: { Rstar: Number.POSITIVE_INFINITY, kappa: 0, a: 1, b: 0 },
      words: 'nothing is transferred',
    },
    {
      becomes: 'chinchilla-unique',
      at: { Rstar: 0, kappa: 0, a: 1, b: 0 },
      words: 'only new target tokens teach',
    },
    {
      becomes: 'chinchilla',
      at: {},
      where: ({ k, r }) => r === 1 && k <= 1,
      words: 'there is no other language, and nothing is repeated',
    },
  ],
  logLoss: (point, theta, gradient) => {
    const { 4: beta, 5: lnRstar, 6: lnKappa, 7: a, 8: b } = theta as unknown as Numbers9;
    const R = Math.exp(lnRstar);
    const epochs = effectiveEpochs(point.k, R);
    const lnOwn = Math.log(point.D_T * epochs);
    const lnSource = point.S > 0 ? Math.log(point.S) : 0;
    // In logarithms: κ·S^a·N^b overflows long before it stops making sense.
    const lnTransferred = point.S > 0 ? lnKappa + a * lnSource + b * point.lnN : Number.NEGATIVE_INFINITY;
    const lnData = logSumExp2(lnOwn, lnTransferred);
    const lnL = chinchillaForm(point.lnN, lnData, theta, gradient);
    const { 3: ofData } = gradient as unknown as Numbers9;
    const byLnData = -ofData * beta;
    const byTransferred = byLnData * Math.exp(lnTransferred - lnData);
    const byOwn = byLnData * Math.exp(lnOwn - lnData);
    gradient[5] = (byOwn * effectiveEpochsByLogRstar(point.k, R, epochs)) / epochs;
    gradient[6] = byTransferred;
    gradient[7] = byTransferred * lnSource;
    gradient[8] = byTransferred * point.lnN;
    return lnL;
  },
};
