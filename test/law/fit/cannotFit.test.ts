import { describe, expect, it } from 'vitest';
import {
  BadRunError,
  BorrowError,
  ConstantLossError,
  FreezeError,
  NowhereFiniteError,
  TooFewRunsError,
  WeightsError,
} from '../../../src/law/fit/errors.ts';
import { fitLaw } from '../../../src/law/fit/fitLaw.ts';
import type { FitOptions } from '../../../src/law/fit/options.ts';
import type { Law } from '../../../src/law/law.ts';
import { lawNamed } from '../../../src/law/laws/catalogue.ts';
import { chinchilla } from '../../../src/law/laws/chinchilla.ts';
import type { Run } from '../../../src/law/run.ts';
import { CHINCHILLA, makeRuns, monolingual, runAt } from '../certainty/synthetic.ts';
import { netRuns } from './net.ts';

const FEW: FitOptions = { descents: 10 };

const plainRuns = makeRuns(
  chinchilla,
  CHINCHILLA,
  monolingual([1e5, 3e5, 1e6, 3e6, 1e7], [3e5, 1e6, 3e6, 1e7]),
  { noise: 0.003, seed: 4 },
);

describe('runs that cannot be fitted', () => {
  const rejects = (runs: readonly Run[], law: Law = chinchilla, options: FitOptions = FEW) =>
    expect(fitLaw(law, runs, options)).rejects;
  const point = { N: 1e6, D_T: 1e6, k: 1, r: 1, r_f: 1 };

  it('none, one, or none of the kind', async () => {
    await rejects([]).toThrow(TooFewRunsError);
    await rejects([]).toThrow('there are no runs');
    await rejects([runAt(point)]).toThrow('there is one run. A fit takes at least two,');
    await rejects(plainRuns, lawNamed('cpt')).toThrow('of 20 runs none is of the kind that cpt speaks of');
    const weights = new Float64Array(plainRuns.length);
    await rejects(plainRuns, chinchilla, { weights }).toThrow('of 20 runs none has a weight above 0');
  });

  it.each([0, -1, Number.NaN, Number.POSITIVE_INFINITY])('a loss of %d', async (loss) => {
    const bad = runAt(point, { loss, place: 'runs.csv:7' });
    await rejects([...plainRuns, bad]).toThrow(BadRunError);
    await rejects([...plainRuns, bad]).toThrow(/^runs\.csv:7: loss is/);
  });

  it.each([
    ['N', 0],
    ['D_T', Number.NaN],
    ['k', -1],
    ['r', 1.2],
    ['r_f', Number.POSITIVE_INFINITY],
  ] as const)('a point whose %s is %d', async (field, value) => {
    const bad = runAt(point);
    const runs = [...plainRuns, { ...bad, point: { ...bad.point, [field]: value } }];
    await rejects(runs).toMatchObject({ name: 'BadRunError', field, value });
  });

  it('a weight below 0, and too few weights', async () => {
    await rejects([...plainRuns, runAt(point, { weight: -1 })]).toThrow(/weight is -1/);
    await rejects(plainRuns, chinchilla, { weights: new Float64Array(3) }).toThrow(WeightsError);
  });

  it('a δ of 0', async () => {
    await rejects(plainRuns, chinchilla, { delta: 0 }).toThrow(RangeError);
  });

  it('losses that are all the same', async () => {
    await rejects(plainRuns.map((run) => ({ ...run, loss: 3.2 }))).toThrow(ConstantLossError);
    for (const loss of [3, 3.2])
      await rejects(plainRuns.map((run) => ({ ...run, loss }))).toThrow(
        `All 20 runs have the same loss, ${loss}: nothing`,
      );
  });

  it('a parameter frozen that there is not, or where it cannot be', async () => {
    await rejects(plainRuns, chinchilla, { freeze: { tau: 1 } }).toThrow(FreezeError);
    await rejects(plainRuns, chinchilla, { freeze: { tau: 1 } }).toThrow('it has E, A, alpha, B, beta');
    await rejects(plainRuns, chinchilla, { freeze: { alpha: -1 } }).toThrow('it lies between 0 and 3');
    await rejects(plainRuns, chinchilla, { freeze: { E: -2 } }).toThrow(FreezeError);
  });

  it('a law that borrows from runs that are not there, or too much alike', async () => {
    const two = netRuns(1).filter(({ point }) => point.r_f > point.r);
    await rejects(two, lawNamed('cpt')).toThrow(BorrowError);
    await rejects(two, lawNamed('cpt')).toThrow('there are 0 of these, and it takes 6');
    const alike = Array.from({ length: 9 }, (_, index) => runAt(point, { loss: 3 + index / 1000 }));
    await rejects([...two, ...alike], lawNamed('cpt')).toThrow('too much alike');
  });

  it('a law that is no number anywhere', async () => {
    const broken: Law = { ...chinchilla, name: 'broken', logLoss: () => Number.NaN };
    await rejects(plainRuns, broken).toThrow(NowhereFiniteError);
  });
});
