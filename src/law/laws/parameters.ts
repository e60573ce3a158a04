/** The parameters that most laws share, with the grid of starts of Hoffmann et al. (2022, arXiv 2203.15556, appendix D.3). */

import type { LawParameter } from '../law.ts';

export const E: LawParameter = {
  name: 'E',
  tex: 'E',
  unit: 'nats per token',
  meaning: 'loss that no scale removes',
  scale: 'log',
  // Below e^−20 nats the term is nothing; without a bound a fit that has no use for it never ends.
  lower: -20,
  upper: 5,
  starts: [-1, -0.5, 0, 0.5, 1],
  toldBy: 'any',
};

export const A: LawParameter = {
  name: 'A',
  tex: 'A',
  unit: 'nats per token · parameters^α',
  meaning: 'height of the loss that a larger model removes',
  scale: 'log',
  lower: -20,
  upper: 60,
  starts: [0, 5, 10, 15, 20, 25],
  toldBy: 'any',
};

export const alpha: LawParameter = {
  name: 'alpha',
  tex: '\\alpha',
  unit: '1',
  meaning: 'how fast a larger model removes it',
  scale: 'linear',
  lower: 0,
  upper: 3,
  starts: [0, 0.5, 1, 1.5, 2],
  toldBy: 'any',
};

export const B: LawParameter = {
  ...A,
  name: 'B',
  tex: 'B',
  unit: 'nats per token · tokens^β',
  meaning: 'height of the loss that more text removes',
};

export const beta: LawParameter = {
  ...alpha,
  name: 'beta',
  tex: '\\beta',
  meaning: 'how fast more text removes it',
};

export const Rstar: LawParameter = {
  name: 'Rstar',
  tex: 'R^{*}',
  unit: 'epochs',
  meaning: 'passes after the first until repeated text is worn out',
  scale: 'log',
  lower: Math.log(1e-3),
  // Here passes by the thousand are as good as new text to seven digits: the bound is the limit, R* = ∞.
  upper: Math.log(1e12),
  starts: [Math.log(4), Math.log(20), Math.log(100)],
  toldBy: 'repeated',
};

export const tau: LawParameter = {
  name: 'tau',
  tex: '\\tau',
  unit: 'target tokens per source token',
  meaning: 'what a source token is worth as data',
  scale: 'linear',
  lower: 0,
  upper: 10,
  starts: [0.03, 0.3],
  toldBy: 'bilingual',
};

export const omega: LawParameter = {
  name: 'omega',
  tex: '\\omega',
  unit: '1',
  meaning: 'share of the ratio’s effect that the final stage decides',
  scale: 'linear',
  lower: 0,
  upper: 1,
  starts: [0.3, 0.8],
  toldBy: 'two-stage',
};
