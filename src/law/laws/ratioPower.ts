/** Laws in which the loss of one language, on tokens of any, rises as a power of its ratio. */

import type { Law, LawParameter } from '../law.ts';
import { logSumExp3 } from '../terms/logSumExp.ts';
import type { Numbers8 } from '../terms/numbers.ts';
import { effectiveEpochs, effectiveEpochsByLogRstar } from '../terms/repetition.ts';
import { A, alpha, B, beta, E, omega, Rstar } from './parameters.ts';

const gamma: LawParameter = {
  name: 'gamma',
  tex: '\\gamma',
  unit: '1',
  meaning: 'how fast the loss rises as the target’s ratio falls',
  scale: 'linear',
  lower: 0,
  upper: 3,
  starts: [0.05, 0.3],
  toldBy: 'bilingual',
};

type Share = {
  readonly name: string;
  readonly title: string;
  readonly tex: string;
  readonly text: string;
  readonly source: string;
  readonly note: string;
  /** Whether the factor is on E as well. */
  readonly onFloor: boolean;
};

function ratioPowerOn({ name, title, tex, text, source, note, onFloor }: Share): Law {
  return {
    name,
    title,
    formula: { tex, text },
    source,
    note,
    parameters: [E, A, alpha, B, beta, Rstar, gamma, omega],
    reads: ['N', 'D_T', 'k', 'r', 'r_f'],
    limits: [
      {
        becomes: 'chinchilla',
        at: { Rstar: Number.POSITIVE_INFINITY, gamma: 0, omega: 0 },
        words: 'languages and repetitions are interchangeable',
      },
      {
        becomes: 'chinchilla',
        at: {},
        where: ({ k, r }) => r === 1 && k <= 1,
        words: 'there is no other language, and nothing is repeated',
      },
      {
        becomes: 'chinchilla-unique',
        at: { Rstar: 0 },
        where: ({ r }) => r === 1,
        words: 'there is no other language, and repeated tokens teach nothing',
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
        6: gamma,
        7: omega,
      } = theta as unknown as Numbers8;
      const R = Math.exp(lnRstar);
      const epochs = effectiveEpochs(point.k, R);
      const lnData = Math.log(point.D_T * epochs) - point.lnR;
      const lnShare = (1 - omega) * point.lnR + omega * point.lnR_f;
      const lnFactor = -gamma * lnShare;
      const floorTerm = onFloor ? e + lnFactor : e;
      const capacityTerm = a - alpha * point.lnN + lnFactor;
      const dataTerm = b - beta * lnData + lnFactor;
      const lnL = logSumExp3(floorTerm, capacityTerm, dataTerm);
      const ofFloor = Math.exp(floorTerm - lnL);
      const ofCapacity = Math.exp(capacityTerm - lnL);
      const ofData = Math.exp(dataTerm - lnL);
      const ofFactor = onFloor ? 1 : ofCapacity + ofData;
      gradient[0] = ofFloor;
      gradient[1] = ofCapacity;
      gradient[2] = -ofCapacity * point.lnN;
      gradient[3] = ofData;
      gradient[4] = -ofData * lnData;
      gradient[5] = (-ofData * beta * effectiveEpochsByLogRstar(point.k, R, epochs)) / epochs;
      gradient[6] = -ofFactor * lnShare;
      gradient[7] = -ofFactor * gamma * (point.lnR_f - point.lnR);
      return lnL;
    },
  };
}

/** [E + A/N^α + B/(D_T·g(k)/r)^β]·r^{−γ(1−ω)}·r_f^{−γω}. */
export const ratioPower = ratioPowerOn({
  name: 'ratio-power',
  title: 'Power of the ratio, on the whole loss',
  tex: 'L = \\left[E + A N^{-\\alpha} + B\\left(\\frac{D_T\\,g(k)}{r}\\right)^{-\\beta}\\right] r^{-\\gamma(1-\\omega)}\\,r_f^{-\\gamma\\omega}, \\quad g(k) = 1 + R^{*}(1 - e^{-(k-1)/R^{*}})',
  text: 'L = [E + A·N^−α + B·(D_T·g(k)/r)^−β]·r^(−γ(1−ω))·r_f^(−γω),  g(k) = 1 + R*·(1 − e^(−(k−1)/R*))',
  source: 'first version of arXiv 2410.12325 (2024); He et al. 2024, arXiv 2410.12883',
  note: 'The ratio moves the loss that no scale removes as well, so that the best recipe depends on the budget beside D_T/D*.',
  onFloor: true,
});

/** E + [A/N^α + B/(D_T·g(k)/r)^β]·r^{−γ(1−ω)}·r_f^{−γω}. */
export const ratioPowerReducible = ratioPowerOn({
  name: 'ratio-power-reducible',
  title: 'Power of the ratio, on the reducible loss',
  tex: 'L = E + \\left[A N^{-\\alpha} + B\\left(\\frac{D_T\\,g(k)}{r}\\right)^{-\\beta}\\right] r^{-\\gamma(1-\\omega)}\\,r_f^{-\\gamma\\omega}, \\quad g(k) = 1 + R^{*}(1 - e^{-(k-1)/R^{*}})',
  text: 'L = E + [A·N^−α + B·(D_T·g(k)/r)^−β]·r^(−γ(1−ω))·r_f^(−γω),  g(k) = 1 + R*·(1 − e^(−(k−1)/R*))',
  source: 'after the first version of arXiv 2410.12325 (2024) and He et al. 2024, arXiv 2410.12883',
  note: '',
  onFloor: false,
});
