/** Muennighoff's law: tokens beyond the first pass, and parameters beyond those that the new tokens ask for, count for less and less. */

import type { Law, LawParameter } from '../law.ts';
import { logSumExp3 } from '../terms/logSumExp.ts';
import type { Numbers7 } from '../terms/numbers.ts';
import {
  effectiveEpochs,
  effectiveEpochsByLogRstar,
  saturated,
  saturatedByLogScale,
} from '../terms/repetition.ts';
import { A, alpha as anyAlpha, B, beta, E, Rstar } from './parameters.ts';

/** As α goes to 0 so does U_N, and the loss to infinity: the parameters that few tokens ask for are none. */
const alpha: LawParameter = { ...anyAlpha, lower: 0.01, starts: [0.1, 0.5, 1, 1.5, 2] };

const RDstar: LawParameter = {
  ...Rstar,
  name: 'RDstar',
  tex: 'R_D^{*}',
  starts: [Math.log(4), Math.log(20)],
};

const RNstar: LawParameter = {
  name: 'RNstar',
  tex: 'R_N^{*}',
  unit: '1',
  meaning: 'parameters in excess, in multiples of U_N, until more are of no use',
  scale: 'log',
  lower: Math.log(1e-3),
  upper: Math.log(1e9),
  starts: [Math.log(2), Math.log(50)],
  toldBy: 'any',
};

/**
 * With U_D = min(U, D) of D tokens read, R_D = D/U_D − 1, and U_N = min(N, G·(G·U_D)^{β/α}), G = (αA/βB)^{1/(α+β)}, the model scale
 * that is compute-optimal for U_D tokens, and R_N = N/U_N − 1:
 *
 *   L = E + A·(U_N + U_N·R_N*·(1 − e^{−R_N/R_N*}))^−α + B·(U_D + U_D·R_D*·(1 − e^{−R_D/R_D*}))^−β
 *
 * Where U_N < N, A·U_N^−α = (β/α)·B·U_D^−β: the first two terms of the sum then know A by R_N alone. Its gradient goes through U_N,
 * and has no jump where U_N comes to N.
 */
export const muennighoff: Law = {
  name: 'muennighoff',
  title: 'Muennighoff, data-constrained',
  formula: {
    tex: 'L = E + \\frac{A}{[U_N + U_N R_N^{*}(1 - e^{-R_N/R_N^{*}})]^{\\alpha}} + \\frac{B}{[U_D + U_D R_D^{*}(1 - e^{-R_D/R_D^{*}})]^{\\beta}}, \\quad U_D = \\min(k, 1)\\,D_T, \\quad R_D = k D_T/U_D - 1, \\quad U_N = \\min(N, G\\,(G\\,U_D)^{\\beta/\\alpha}), \\quad R_N = N/U_N - 1, \\quad G = (\\alpha A/\\beta B)^{1/(\\alpha+\\beta)}',
    text: 'L = E + A/(U_N + U_N·R_N*·(1 − e^(−R_N/R_N*)))^α + B/(U_D + U_D·R_D*·(1 − e^(−R_D/R_D*)))^β,  U_D = min(k, 1)·D_T, R_D = k·D_T/U_D − 1,  U_N = min(N, G·(G·U_D)^(β/α)), R_N = N/U_N − 1,  G = (αA/βB)^(1/(α+β))',
  },
  source: 'Muennighoff et al. 2023, arXiv 2305.16264',
  note: 'Knows one language: its tokens are those of the target, and source tokens count for nothing.',
  parameters: [E, A, alpha, B, beta, RDstar, RNstar],
  reads: ['N', 'D_T', 'k'],
  limits: [
    {
      becomes: 'chinchilla-target',
      at: { RDstar: Number.POSITIVE_INFINITY, RNstar: Number.POSITIVE_INFINITY },
      words: 'repeated tokens and parameters in excess are as good as any',
    },
    {
      becomes: 'chinchilla-unique',
      at: { RDstar: 0, RNstar: Number.POSITIVE_INFINITY },
      words: 'repeated tokens teach nothing',
    },
    {
      becomes: 'chinchilla',
      at: { RDstar: Number.POSITIVE_INFINITY, RNstar: Number.POSITIVE_INFINITY },
      where: ({ r }) => r === 1,
      words: 'one language, and nothing wears off',
    },
  ],
  logLoss: (point, theta, gradient) => {
    const { 0: e, 1: a, 2: alpha, 3: b, 4: beta, 5: lnRDstar, 6: lnRNstar } = theta as unknown as Numbers7;
    const RD = Math.exp(lnRDstar);
    const RN = Math.exp(lnRNstar);
    const lnU_D = Math.log(point.D_T * Math.min(point.k, 1));
    const epochs = effectiveEpochs(point.k, RD);
    const lnData = Math.log(point.D_T * epochs);
    const dataTerm = b - beta * lnData;
    const lnU_N = (Math.log(alpha) + a - Math.log(beta) - b + beta * lnU_D) / alpha;

    let capacityTerm = a - alpha * point.lnN;
    let byA = 1;
    let byAlpha = -point.lnN;
    let byB = 0;
    let byBeta = 0;
    let byLnRNstar = 0;
    if (lnU_N < point.lnN && RN !== Number.POSITIVE_INFINITY) {
      const R_N = Math.expm1(point.lnN - lnU_N);
      const worth = 1 + saturated(R_N, RN);
      const lnWorth = Math.log(worth);
      // ∂ln worth/∂ln U_N, which is −1 where U_N comes to N and 0 where the excess is worn out.
      const decay = Math.exp(-R_N / RN);
      const wear = decay === 0 ? 0 : (-(R_N + 1) * decay) / worth;
      capacityTerm = Math.log(beta) - Math.log(alpha) + b - beta * lnU_D - alpha * lnWorth;
      byA = -wear;
      byAlpha = -1 / alpha - lnWorth - (wear === 0 ? 0 : wear * (1 / alpha - lnU_N));
      byB = 1 + wear;
      byBeta = (1 / beta - lnU_D) * (1 + wear);
      byLnRNstar = (-alpha * saturatedByLogScale(R_N, RN, worth - 1)) / worth;
    }

    const lnL = logSumExp3(e, capacityTerm, dataTerm);
    const ofCapacity = Math.exp(capacityTerm - lnL);
    const ofData = Math.exp(dataTerm - lnL);
    gradient[0] = Math.exp(e - lnL);
    gradient[1] = ofCapacity * byA;
    gradient[2] = ofCapacity * byAlpha;
    gradient[3] = ofCapacity * byB + ofData;
    gradient[4] = ofCapacity * byBeta - ofData * lnData;
    gradient[5] = (-ofData * beta * effectiveEpochsByLogRstar(point.k, RD, epochs)) / epochs;
    gradient[6] = ofCapacity * byLnRNstar;
    return lnL;
  },
};
