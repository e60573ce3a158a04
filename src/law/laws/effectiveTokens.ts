/** A law in which source tokens stand for target tokens, at a rate that the order of the data decides. */

import type { Law, LawParameter } from '../law.ts';
import { chinchillaForm } from '../terms/chinchillaForm.ts';
import type { Numbers8 } from '../terms/numbers.ts';
import { effectiveEpochs, effectiveEpochsByLogRstar } from '../terms/repetition.ts';
import { A, alpha, B, beta, E, Rstar, tau } from './parameters.ts';

const tau0: LawParameter = {
  ...tau,
  name: 'tau0',
  tex: '\\tau_0',
  meaning: 'what a source token is worth where the target is spread evenly',
};

const tau1: LawParameter = {
  ...tau,
  name: 'tau1',
  tex: '\\tau_1',
  meaning: 'what a source token is worth where all of the target comes last',
  toldBy: 'two-stage',
};

/**
 * L = E + A·N^−α + B·[D_T·g(k) + (τ₀ + (τ₁ − τ₀)·q)·S]^−β with the concentration q = (r_f − r)/(1 − r): 0 where the ratio is the same
 * throughout, 1 where the final stage holds the target alone. At r = 1 there is no source, and q = 0.
 */
export const effectiveTokens: Law = {
  name: 'effective-tokens',
  title: 'Effective tokens, with concentration',
  formula: {
    tex: 'L = E + A N^{-\\alpha} + B\\,[D_T\\,g(k) + (\\tau_0 + (\\tau_1 - \\tau_0)\\,q)\\,S]^{-\\beta}, \\quad q = \\frac{r_f - r}{1 - r}, \\quad g(k) = 1 + R^{*}(1 - e^{-(k-1)/R^{*}})',
    text: 'L = E + A·N^−α + B·[D_T·g(k) + (τ₀ + (τ₁ − τ₀)·q)·S]^−β,  q = (r_f − r)/(1 − r),  g(k) = 1 + R*·(1 − e^(−(k−1)/R*))',
  },
  source: 'effective data as in ATLAS (Longpre et al. 2025, arXiv 2510.22037), with one source language',
  note: 'The concentration q is this lab’s addition; ATLAS knows no stages.',
  parameters: [E, A, alpha, B, beta, Rstar, tau0, tau1],
  reads: ['N', 'D_T', 'k', 'r', 'r_f', 'S'],
  limits: [
    {
      becomes: 'chinchilla',
      at: { Rstar: Number.POSITIVE_INFINITY, tau0: 1, tau1: 1 },
      words: 'languages and repetitions are interchangeable',
    },
    {
      becomes: 'chinchilla-target',
      at: { Rstar: Number.POSITIVE_INFINITY, tau0: 0, tau1: 0 },
      words: 'the source is useless as data',
    },
    {
      becomes: 'chinchilla-unique',
      at: { Rstar: 0, tau0: 0, tau1: 0 },
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
    const { 4: beta, 5: lnRstar, 6: tau0, 7: tau1 } = theta as unknown as Numbers8;
    const R = Math.exp(lnRstar);
    const concentration = point.r < 1 ? (point.r_f - point.r) / (1 - point.r) : 0;
    const worth = tau0 + (tau1 - tau0) * concentration;
    const epochs = effectiveEpochs(point.k, R);
    const data = point.D_T * epochs + worth * point.S;
    const lnL = chinchillaForm(point.lnN, Math.log(data), theta, gradient);
    const { 3: ofData } = gradient as unknown as Numbers8;
    const byData = (-ofData * beta) / data;
    gradient[5] = byData * point.D_T * effectiveEpochsByLogRstar(point.k, R, epochs);
    gradient[6] = byData * (1 - concentration) * point.S;
    gradient[7] = byData * concentration * point.S;
    return lnL;
  },
};
