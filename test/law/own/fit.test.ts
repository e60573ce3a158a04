import { expect, it } from 'vitest';
import { NowhereFiniteError } from '../../../src/law/fit/errors.ts';
import { fitLaw } from '../../../src/law/fit/fitLaw.ts';
import { valuesOf } from '../../../src/law/law.ts';
import { ownLaw } from '../../../src/law/own/ownLaw.ts';
import { pointOf } from '../../../src/law/point.ts';
import type { Run } from '../../../src/law/run.ts';
import { linear, log, run } from './definitions.ts';

const RUNS: readonly Run[] = [1e5, 3e5, 1e6, 3e6, 1e7].flatMap((N) =>
  [1e6, 1e7].flatMap((D_T) =>
    [1, 4].map((k) => ({
      ...run({ N, D_T, k, r: 1, r_f: 1 }, 'runs.csv'),
      loss: 9 - 0.4 * N ** 0.15,
    })),
  ),
);

/** A descent of exact losses ends when a step gains nothing: that many digits of parameters that trade off are left. */
const NEAR = 1e-3;

it('is fitted where most of its starts have no loss', async () => {
  const law = ownLaw({
    name: 'mine',
    formula: 'E - A*N^alpha',
    parameters: [linear('E'), linear('A'), linear('alpha')],
  });
  // At the ends of its starts, and at each middle, E and A are alike: all that it comes to there is 0 or less.
  const fit = await fitLaw(law, RUNS, { descents: 20 });
  const { E, A, alpha } = valuesOf(law, fit.theta);
  expect(fit.unknown).toEqual([]);
  expect(Math.abs(E! / 9 - 1)).toBeLessThan(NEAR);
  expect(Math.abs(A! / 0.4 - 1)).toBeLessThan(NEAR);
  expect(Math.abs(alpha! / 0.15 - 1)).toBeLessThan(NEAR);
});

it('is fitted where some starts are poles', async () => {
  const law = ownLaw({
    name: 'mine',
    formula: 'E + A*abs(k - 4)^alpha/N',
    parameters: [log('E'), log('A'), linear('alpha', { lower: 0, upper: 2, starts: [0, 1] })],
  });
  const fit = await fitLaw(law, RUNS, { descents: 20 });
  expect(Number.isFinite(fit.objective)).toBe(true);
  expect(fit.theta.every(Number.isFinite)).toBe(true);
});

it('ends in an error of its own where it has a loss at no start', async () => {
  const law = ownLaw({
    name: 'mine',
    formula: 'E + A/(k - 1)^alpha',
    parameters: [log('E'), log('A'), linear('alpha', { lower: 0, upper: 2, starts: [0, 1] })],
  });
  await expect(fitLaw(law, RUNS, { descents: 5 })).rejects.toBeInstanceOf(NowhereFiniteError);
});

it('keeps what no run tells apart from what some starts have no loss for', async () => {
  const law = ownLaw({
    name: 'mine',
    formula: 'E - A*N^alpha + c*S',
    parameters: [linear('E'), linear('A'), linear('alpha'), linear('c')],
  });
  const fit = await fitLaw(law, RUNS, { descents: 20 });
  expect(fit.unknown).toEqual(['c']);
  expect(
    law.logLoss(pointOf({ N: 1e6, D_T: 1e6, k: 1, r: 1, r_f: 1 }), fit.theta, new Float64Array(4)),
  ).toBeCloseTo(Math.log(9 - 0.4 * 1e6 ** 0.15), 3);
});
