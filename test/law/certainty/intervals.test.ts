import { describe, expect, it } from 'vitest';
import { fishersF95 } from '../../../src/law/certainty/fishersF.ts';
import { intervalOf, percentileInterval, predictionInterval } from '../../../src/law/certainty/intervals.ts';
import { huberScale } from '../../../src/law/fit/huberScale.ts';
import { coordinatesOf } from '../../../src/law/law.ts';
import { chinchilla } from '../../../src/law/laws/chinchilla.ts';
import { pointOf } from '../../../src/law/point.ts';
import { CHINCHILLA, normals } from './synthetic.ts';

describe('percentile intervals', () => {
  it('holds the middle 95 %, whatever the order', () => {
    const values = Array.from({ length: 201 }, (_, index) => (index * 77) % 201);
    expect(percentileInterval(values)).toEqual({ low: 5, high: 195 });
  });

  it('has none of fewer than two values, and keeps infinities', () => {
    expect(percentileInterval([3])).toBeNull();
    const infinite = Number.POSITIVE_INFINITY;
    expect(percentileInterval([infinite, infinite, infinite])).toEqual({ low: infinite, high: infinite });
  });

  it('counts resamples in which the quantity does not exist', () => {
    const thetas = [1, 2, 3, 4, 5].map((value) => Float64Array.of(value));
    const { interval, missing } = intervalOf(thetas, ([value]) => (value! > 3 ? null : value!));
    expect(missing).toBe(2);
    expect(interval!.low).toBeCloseTo(1.05, 12);
    expect(interval!.high).toBeCloseTo(2.95, 12);
  });

  it('gives predictions in nats', () => {
    const thetas = [1.7, 1.8, 1.9].map((E) => coordinatesOf(chinchilla, { ...CHINCHILLA, E }));
    const point = pointOf({ N: 1e100, D_T: 1e100, k: 1, r: 1, r_f: 1 });
    const { low, high } = predictionInterval(chinchilla, thetas, point)!;
    expect(low).toBeCloseTo(1.705, 9);
    expect(high).toBeCloseTo(1.895, 9);
  });
});

const ones = (count: number) => new Float64Array(count).fill(1);

describe('the scale of Huber residuals', () => {
  const normal = normals(7);
  const residuals = Float64Array.from({ length: 4000 }, () => 0.01 * normal());

  it('is the variance where δ is wide', () => {
    const { slope, variance } = huberScale(residuals, ones(4000), 1, 0);
    expect(slope).toBe(1);
    const plain = residuals.reduce((sum, value) => sum + value ** 2, 0) / residuals.length;
    expect(variance).toBeCloseTo(plain, 12);
  });

  it('is that of a median where δ is narrow: π/2 of the variance', () => {
    // The density at 0 is taken from the inner half, where a normal one is on average 7 % lower; and sampling error.
    const RELATIVE = 0.25;
    const { variance } = huberScale(residuals, ones(4000), 1e-6, 0);
    expect(Math.abs(variance / ((Math.PI / 2) * 1e-4) - 1)).toBeLessThan(RELATIVE);
  });

  it('stays above 0 for residuals of 0', () => {
    expect(huberScale(new Float64Array(8), ones(8), 1e-3, 3).variance).toBeGreaterThan(0);
  });

  it('takes fitted parameters off the degrees of freedom', () => {
    const few = residuals.subarray(0, 20);
    const weight = ones(20);
    expect(huberScale(few, weight, 1, 5).variance / huberScale(few, weight, 1, 0).variance).toBeCloseTo(
      20 / 15,
      12,
    );
  });

  it('knows the density at 0 as well from few residuals as from many, whatever was fitted', () => {
    // Nine residuals of 0, as a narrow δ leaves them, and the others evenly spread to either side.
    const slopeOf = (n: number) =>
      huberScale(
        Float64Array.from({ length: n }, (_, row) => (row < 9 ? 0 : (0.01 * (row - 8)) / (n - 9))),
        ones(n),
        1e-4,
        9,
      ).slope;
    const many = slopeOf(2009);
    // The median of three is their middle one, at two thirds of the largest: off by a third; then ever less.
    for (const n of [12, 18, 20, 40, 100])
      expect(Math.abs(slopeOf(n) / many - 1), `${n}`).toBeLessThan(4 / (n - 9) / 3.9);
    for (const [less, more] of [
      [12, 18],
      [18, 20],
      [20, 40],
      [40, 100],
    ] as const)
      expect(Math.abs(slopeOf(more) - many)).toBeLessThanOrEqual(Math.abs(slopeOf(less) - many));
  });

  it('takes weights as precisions: residuals with as much noise as they allow are one variance', () => {
    const weight = Float64Array.from({ length: 4000 }, (_, row) => [0.4, 1.6][row % 2]!);
    const scaled = residuals.map((value, row) => value / Math.sqrt(weight[row]!));
    for (const [delta, same] of [
      [1, 0.02],
      [1e-6, 0.15],
    ] as const) {
      const plain = huberScale(residuals, ones(4000), delta, 0).variance;
      // With a narrow δ a run counts by the square of its weight, and its density at 0 by the square root: 1.06 of the plain variance.
      expect(Math.abs(huberScale(scaled, weight, delta, 0).variance / plain - 1)).toBeLessThan(same);
    }
  });
});

it('knows the 95 % points of F(1, n) from tables', () => {
  const TABLE = [
    [3, 10.128],
    [5, 6.608],
    [10, 4.965],
    [30, 4.171],
    [1e9, 3.841],
  ] as const;
  // Of the expansion at 3 degrees; far better above.
  const RELATIVE = 5e-3;
  for (const [degrees, value] of TABLE)
    expect(Math.abs(fishersF95(degrees) / value - 1), `n = ${degrees}`).toBeLessThan(RELATIVE);
  expect(fishersF95(-2)).toBe(fishersF95(3));
});
