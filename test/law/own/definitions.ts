/** Parameters, a sound law and runs that the tests of one's own laws begin from. */

import type { OwnLawDefinition, OwnParameter } from '../../../src/law/own/definition.ts';
import { pointOf } from '../../../src/law/point.ts';
import type { Run } from '../../../src/law/run.ts';

export const linear = (name: string, rest: Partial<OwnParameter> = {}): OwnParameter => ({
  name,
  scale: 'linear',
  ...rest,
});
export const log = (name: string, rest: Partial<OwnParameter> = {}): OwnParameter => ({
  name,
  scale: 'log',
  ...rest,
});

export const SOUND: OwnLawDefinition = {
  name: 'mine',
  formula: 'L = E + A/N^alpha',
  parameters: [log('E'), log('A'), linear('alpha', { lower: 0, upper: 2 })],
};

export const run = (
  at: { N: number; D_T: number; k: number; r: number; r_f: number },
  place: string,
): Run => ({
  point: pointOf(at),
  loss: 3,
  weight: 1,
  r_1: null,
  s: null,
  groups: {},
  place,
});
export const MONOLINGUAL = run({ N: 1e5, D_T: 1e6, k: 1, r: 1, r_f: 1 }, 'runs.csv:2');
export const BILINGUAL = run({ N: 1e5, D_T: 1e6, k: 2, r: 0.5, r_f: 0.5 }, 'runs.csv:3');

export function thrown(work: () => unknown): unknown {
  try {
    work();
  } catch (error) {
    return error;
  }
  throw new Error('nothing was thrown');
}
