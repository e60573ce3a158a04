/** The lab's own M³ form. */

import type { Law, LawParameter } from '../law.ts';
import { chinchillaForm } from '../terms/chinchillaForm.ts';
import type { Numbers9 } from '../terms/numbers.ts';
import { effectiveEpochs, effectiveEpochsByLogRstar } from '../terms/repetition.ts';
import { A, alpha, B, beta, E, omega, Rstar, tau } from './parameters.ts';

export const phi: LawParameter = {
  name: 'phi',
  tex: '\\varphi',
  unit: '1',
  meaning: 'how strongly the languages compete for the model',
  scale: 'linear',
  lower: 0,
  upper: 10,
  starts: [0.1, 0.6],
  toldBy: 'bilingual',
};

/**
 * L = E + A·(N·r̃^φ)^−α + B·(D_T·g(k) + τ·S)^−β, with r̃ = r^{1−ω}·r_f^ω and g of {@link effectiveEpochs}. Tokens of the source
 * language are worth τ target tokens each, and the share of the model that serves the target is r̃^φ.
 */
export const m3: Law = {
  name: 'm3',
  title: 'M³, the lab’s form',
  formula: {
    tex: 'L = E + A\\,(N \\tilde r^{\\varphi})^{-\\alpha} + B\\,[D_T\\,g(k) + \\tau S]^{-\\beta}, \\quad \\tilde r = r^{1-\\omega} r_f^{\\omega}, \\quad g(k) = 1 + R^{*}(1 - e^{-(k-1)/R^{*}})',
    text: 'L = E + A·(N·r̃^φ)^−α + B·[D_T·g(k) + τ·S]^−β,  r̃ = r^(1−ω)·r_f^ω,  g(k) = 1 + R*·(1 − e^(−(k−1)/R*))',
  },
  source:
    'this lab, with the parameters and the properties that arXiv 2410.12325 (Akimoto, Miyagawa, Oyamada) states',
  note: 'The closed form of the paper was not available to us; this one is the lab’s own.',
  parameters: [E, A, alpha, B, beta, Rstar, tau, phi, omega],
  reads: ['N', 'D_T', 'k', 'r', 'r_f', 'S'],
  limits: [
    {
      becomes: 'chinchilla',
      at: { Rstar: Number.POSITIVE_INFINITY, tau: 1, phi: 0, omega: 0 },
      words: 'languages and repetitions are interchangeable',
    },
    {
      becomes: 'chinchilla-target',
      at: { Rstar: Number.POSITIVE_INFINITY, tau: 0, phi: 0, omega: 0 },
      words: 'the source is useless, and harmless',
    },
    {
      becomes: 'chinchilla-unique',
      at: { Rstar: 0, tau: 0, phi: 0, omega: 0 },
      words: 'only new target tokens teach',
    },
    {
      becomes: 'chinchilla',
      at: {},
      where: ({ k, r }) => r === 1 && k <= 1,
      words: 'there is no other language, and nothing is repeated',
    },
  ],
  nulls: [
    {
      name: 'φ = 0',
      at: { phi: 0 },
      idle: ['omega'],
      words: 'the languages do not compete for the model',
    },
    {
      name: 'ω = 0',
      at: { omega: 0 },
      idle: [],
      words: 'the average ratio decides alone, whatever the final stage holds',
    },
    { name: 'τ = 0', at: { tau: 0 }, idle: [], words: 'the source is useless as data' },
  ],
  logLoss: (point, theta, gradient) => {
    const { 2: alpha, 4: beta, 5: lnRstar, 6: tau, 7: phi, 8: omega } = theta as unknown as Numbers9;
    const R = Math.exp(lnRstar);
    const lnShare = (1 - omega) * point.lnR + omega * point.lnR_f;
    const epochs = effectiveEpochs(point.k, R);
    const data = point.D_T * epochs + tau * point.S;
    const lnL = chinchillaForm(point.lnN + phi * lnShare, Math.log(data), theta, gradient);
    const { 1: ofCapacity, 3: ofData } = gradient as unknown as Numbers9;
    gradient[5] = (-ofData * beta * point.D_T * effectiveEpochsByLogRstar(point.k, R, epochs)) / data;
    gradient[6] = (-ofData * beta * point.S) / data;
    gradient[7] = -ofCapacity * alpha * lnShare;
    gradient[8] = -ofCapacity * alpha * phi * (point.lnR_f - point.lnR);
    return lnL;
  },
};
