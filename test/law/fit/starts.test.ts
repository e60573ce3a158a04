import { describe, expect, it } from 'vitest';
import { huberMetric, huberSum, huberValue } from '../../../src/law/fit/huber.ts';
import { rowsOf } from '../../../src/law/fit/rows.ts';
import { bestStarts, distinct, Grid, gridOf } from '../../../src/law/fit/search/grid.ts';
import { MOST_ROWS, sampleRows } from '../../../src/law/fit/search/sample.ts';
import { hold, neutralCoordinate, spaceOf, toldAnywhere } from '../../../src/law/fit/space.ts';
import { coordinatesOf } from '../../../src/law/law.ts';
import { lawNamed } from '../../../src/law/laws/catalogue.ts';
import { chinchilla } from '../../../src/law/laws/chinchilla.ts';
import { m3 } from '../../../src/law/laws/m3.ts';
import { recipeKind } from '../../../src/law/point.ts';
import { CHINCHILLA, M3, makeRuns, recipes, runAt } from '../certainty/synthetic.ts';
import { netRuns } from './net.ts';

describe('Grid', () => {
  it('is the product of its lists', () => {
    const grid = new Grid([[1, 2], [3], [4, 5, 6]]);
    expect(grid.size).toBe(6);
    expect(grid.points(6, 0).map((point) => [...point])).toEqual([
      [1, 3, 4],
      [1, 3, 5],
      [1, 3, 6],
      [2, 3, 4],
      [2, 3, 5],
      [2, 3, 6],
    ]);
  });

  it('draws different points of one that is too large, the same for a seed', () => {
    const grid = new Grid(Array.from({ length: 8 }, () => [0, 1, 2, 3, 4]));
    const points = grid.points(500, 7).map((point) => point.join());
    expect(new Set(points).size).toBe(500);
    expect(grid.points(500, 7).map((point) => point.join())).toEqual(points);
    expect(grid.points(500, 8).map((point) => point.join())).not.toEqual(points);
  });

  it('has Hoffmann’s 4,500 points for Chinchilla, and fewer where a parameter is frozen', () => {
    expect(gridOf(chinchilla, spaceOf(chinchilla).box).size).toBe(4500);
    const { box } = spaceOf(chinchilla, { E: 2, alpha: 0.3 });
    const grid = gridOf(chinchilla, box);
    expect(grid.size).toBe(4500 / 25);
    expect(grid.at(77)[0]).toBe(Math.log(2));
  });
});

describe('starts', () => {
  const start = (value: number, ...theta: number[]) => ({ theta: Float64Array.from(theta), value });

  it('come best first, once each, and those without a value last', () => {
    const starts = [start(3, 1), start(Number.NaN, 2), start(1, 3), start(3, 1), start(2, 4)];
    expect(bestStarts(starts, 9).map(({ value }) => value)).toEqual([1, 2, 3, Number.NaN]);
    expect(bestStarts(starts, 2).map(({ value }) => value)).toEqual([1, 2]);
  });

  it('are thinned to one a hollow', () => {
    const starts = [
      start(1, 5, Number.POSITIVE_INFINITY),
      start(2, 5.01, Number.POSITIVE_INFINITY),
      start(3, 6, Number.POSITIVE_INFINITY),
    ];
    expect(distinct(starts, 9).map(({ value }) => value)).toEqual([1, 3]);
  });
});

describe('huberSum', () => {
  it('is a square inside δ and a line outside, with weights', () => {
    const at = { N: 1e6, D_T: 1e6, k: 1, r: 1, r_f: 1 };
    const theta = coordinatesOf(chinchilla, CHINCHILLA);
    const lnL = chinchilla.logLoss(runAt(at).point, theta, new Float64Array(5));
    const residuals = [0.0004, -0.0004, 0.02, -0.3];
    const runs = residuals.map((residual, i) => runAt(at, { loss: Math.exp(lnL - residual), weight: i + 1 }));
    const rows = rowsOf(chinchilla, runs);
    // Weights are held against their mean, 2.5.
    const expected = [
      0.4 * 0.5 * 0.0004 ** 2,
      0.8 * 0.5 * 0.0004 ** 2,
      1.2 * 1e-3 * (0.02 - 0.0005),
      1.6 * 1e-3 * (0.3 - 0.0005),
    ];
    const sum = expected.reduce((total, term) => total + term, 0);
    const gradient = new Float64Array(5);
    expect(Math.abs(huberSum(chinchilla, rows, 1e-3)(theta, gradient) / sum - 1)).toBeLessThan(1e-9);
    expect(Math.abs(huberValue(chinchilla, rows, 1e-3)(theta) / sum - 1)).toBeLessThan(1e-9);
  });

  it('has the gradient that differences have, and a metric close to how that turns', () => {
    const runs = netRuns(1);
    const rows = rowsOf(m3, runs);
    // With a δ wider than all residuals the sum is smooth, and the metric all but its Hessian.
    const sum = huberSum(m3, rows, 10);
    const theta = coordinatesOf(m3, M3);
    const [gradient, up, down] = [0, 1, 2].map(() => new Float64Array(9)) as [
      Float64Array,
      Float64Array,
      Float64Array,
    ];
    const metric = new Float64Array(81);
    sum(theta, gradient);
    huberMetric(m3, rows, 10, theta, metric);
    const STEP = 1e-6;
    for (let index = 0; index < 9; index++) {
      const shifted = (by: number) => theta.map((value, i) => (i === index ? value + by : value));
      const slope = (sum(shifted(STEP), up) - sum(shifted(-STEP), down)) / (2 * STEP);
      // The sum is 1e-3 with 16 digits, and its third derivative at most 1e5.
      expect(Math.abs(slope - gradient[index]!), m3.parameters[index]!.name).toBeLessThan(1e-7);
      const turn = (up[index]! - down[index]!) / (2 * STEP);
      expect(Math.abs(turn / metric[index * 9 + index]! - 1), m3.parameters[index]!.name).toBeLessThan(0.05);
    }
  });
});

describe('what is told', () => {
  const told = (law = m3, keep: (r: number, r_f: number, k: number) => boolean = () => true) =>
    toldAnywhere(
      law,
      rowsOf(
        law,
        netRuns(1).filter(({ point: { r, r_f, k } }) => keep(r, r_f, k)),
      ),
    );
  const names = (isTold: readonly boolean[], law = m3) =>
    law.parameters.filter((_, index) => !isTold[index]).map(({ name }) => name);

  it('hangs on the kinds of runs there are', () => {
    expect(names(told())).toEqual([]);
    expect(names(told(m3, (r) => r === 1))).toEqual(['tau', 'phi', 'omega']);
    expect(names(told(m3, (r, r_f) => r === r_f))).toEqual(['omega']);
    expect(names(told(m3, (_, __, k) => k === 1))).toEqual(['Rstar']);
    const overfit = lawNamed('m3-overfit');
    expect(
      names(
        told(overfit, (_, __, k) => k === 1),
        overfit,
      ),
    ).toEqual(['Rstar', 'P', 'delta', 'kappa']);
  });

  it('is told to the law’s teller alike', () => {
    for (const { name, toldBy } of m3.parameters) {
      const without = names(told(m3, (r, r_f, k) => r === 1 && r_f === 1 && k === 1));
      expect(without.includes(name), name).toBe(toldBy !== 'any');
    }
  });

  it('is neutral where it is not', () => {
    const { tau, Rstar } = Object.fromEntries(m3.parameters.map((one) => [one.name, neutralCoordinate(one)]));
    expect(tau).toBe(0);
    expect(Rstar).toBeCloseTo(Math.log(20), 12);
  });

  it('holds coordinates at equal bounds', () => {
    const { lower, upper } = hold(spaceOf(m3).box, (index) => index === 6, coordinatesOf(m3, M3));
    expect([lower[6], upper[6]]).toEqual([M3.tau, M3.tau]);
    expect([lower[7], upper[7]]).toEqual([0, 10]);
  });
});

describe('sampleRows', () => {
  const plenty = recipes([1e5, 1e6], [3e5, 1e6, 3e6], [1, 2, 4, 8], [[1, 1]]);
  const runs = [
    ...makeRuns(m3, M3, plenty, { noise: 0, seed: 1, copies: 300 }),
    ...makeRuns(m3, M3, recipes([1e5, 1e6], [1e6], [4], [[0.5, 0.9]]), { noise: 0, seed: 2, copies: 30 }),
  ];
  const rows = rowsOf(m3, runs);
  const part = sampleRows(rows, 3);

  it('leaves small tables whole', () => {
    const small = rowsOf(m3, runs.slice(0, MOST_ROWS));
    expect(sampleRows(small, 3)).toBe(small);
  });

  it('is about as large as it may be, and counts for all', () => {
    expect(part.points.length).toBeLessThan(MOST_ROWS + 500);
    expect(part.points.length).toBeGreaterThan(MOST_ROWS - 500);
    expect(Math.abs(part.total - rows.total)).toBeLessThan(1e-6 * rows.total);
  });

  it('keeps what is rare', () => {
    const rare = part.points.filter((point) => recipeKind(point) === 'multi-lingual two-stage');
    expect(rare).toHaveLength(60);
  });

  it('reaches as far as the rows do', () => {
    for (const { N, D_T, k } of plenty)
      expect(part.points.some((point) => point.N === N && point.D_T === D_T && point.k === k)).toBe(true);
  });

  it('is the same for a seed, and another for another', () => {
    expect(sampleRows(rows, 3)).toEqual(part);
    const losses = (seed: number) => [...sampleRows(rows, seed).weight];
    expect(losses(3)).toEqual([...part.weight]);
    const other = sampleRows(rows, 4);
    expect(other.points.every((point, index) => point === part.points[index])).toBe(false);
  });
});
