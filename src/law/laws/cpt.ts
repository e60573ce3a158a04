/** Zheng's law of continual pre-training in another language. */

import type { Law, LawParameter } from '../law.ts';
import { isOnePass, recipeKind } from '../point.ts';
import { logSumExp3 } from '../terms/logSumExp.ts';
import type { Numbers6 } from '../terms/numbers.ts';
import { A, alpha, B, beta, E } from './parameters.ts';

const Bprime: LawParameter = {
  ...B,
  name: 'Bprime',
  tex: "B'",
  unit: 'nats per token · tokens^β′ · parameters^γ',
  meaning: 'height of the loss that more target text removes after the source',
};

const betaprime: LawParameter = {
  ...beta,
  name: 'betaprime',
  tex: "\\beta'",
  meaning: 'how fast more target text removes it',
};

const gamma: LawParameter = {
  name: 'gamma',
  tex: '\\gamma',
  unit: '1',
  meaning: 'how much more a larger model brings over from the source',
  scale: 'linear',
  lower: 0,
  upper: 3,
  starts: [0.05, 0.2],
  toldBy: 'two-stage',
};

/**
 * L = E + A·N^−α + B'·(k·D_T)^−β'·N^−γ, with E, A, α from a fit of Chinchilla's law to training from scratch: monolingual runs in
 * which nothing is repeated.
 */
export const cpt: Law = {
  name: 'cpt',
  title: 'Continual pre-training',
  formula: {
    tex: "L = E + A N^{-\\alpha} + B'\\,D^{-\\beta'} N^{-\\gamma}, \\quad D = k D_T",
    text: "L = E + A·N^−α + B'·D^−β'·N^−γ,  D = k·D_T",
  },
  source: 'Zheng et al. 2024, arXiv 2407.02118',
  note: 'Speaks of two-stage runs alone; E, A and α come from a fit to monolingual runs without repetition. D are the target tokens read, repeated ones in full: replay of the source adds nothing to them.',
  parameters: [E, A, alpha, Bprime, betaprime, gamma],
  reads: ['N', 'D_T', 'k'],
  limits: [],
  covers: (point) => recipeKind(point) === 'multi-lingual two-stage',
  borrows: {
    law: 'chinchilla',
    parameters: ['E', 'A', 'alpha'],
    runs: (point) => isOnePass(point) && recipeKind(point) === 'monolingual single-stage',
  },
  logLoss: (point, theta, gradient) => {
    const { 0: e, 1: a, 2: alpha, 3: b, 4: beta, 5: gamma } = theta as unknown as Numbers6;
    const lnData = Math.log(point.k * point.D_T);
    const capacityTerm = a - alpha * point.lnN;
    const dataTerm = b - beta * lnData - gamma * point.lnN;
    const lnL = logSumExp3(e, capacityTerm, dataTerm);
    const ofCapacity = Math.exp(capacityTerm - lnL);
    const ofData = Math.exp(dataTerm - lnL);
    gradient[0] = Math.exp(e - lnL);
    gradient[1] = ofCapacity;
    gradient[2] = -ofCapacity * point.lnN;
    gradient[3] = ofData;
    gradient[4] = -ofData * lnData;
    gradient[5] = -ofData * point.lnN;
    return lnL;
  },
};
