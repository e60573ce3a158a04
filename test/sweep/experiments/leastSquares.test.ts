import { describe, expect, it } from 'vitest';
import { chanceOfGain, halfInterval, leastSquares } from '../../../src/sweep/experiments/leastSquares.ts';
import { normals } from '../../law/certainty/synthetic.ts';

const xs = Array.from({ length: 12 }, (_, index) => index / 4);

function polynomial(values: readonly number[], terms: number) {
  const made = leastSquares(
    xs.map((x) => Array.from({ length: terms }, (_, power) => x ** power)),
    values,
  );
  if (!made) throw new Error('no fit');
  return made;
}

describe('least squares', () => {
  it('finds the coefficients of values without noise', () => {
    const { coefficients, squares, degrees } = polynomial(
      xs.map((x) => 2 - 3 * x + 0.5 * x ** 2),
      3,
    );
    expect(coefficients.map((value) => Number(value.toFixed(8)))).toEqual([2, -3, 0.5]);
    expect(squares).toBeLessThan(1e-18);
    expect(degrees).toBe(9);
  });

  it('has intervals that hold the truth in about 95 of 100 worlds', () => {
    const normal = normals(5);
    let inside = 0;
    for (let world = 0; world < 400; world++) {
      const made = polynomial(
        xs.map((x) => 1 + x + 0.1 * normal()),
        2,
      );
      if (Math.abs((made.coefficients[1] ?? 0) - 1) <= halfInterval(made, 1)) inside++;
    }
    // Two standard deviations of a count of 400 at 95 %.
    expect(Math.abs(inside - 380)).toBeLessThanOrEqual(9);
  });

  it('calls terms that say nothing a gain in about 5 of 100 worlds, and finds those that say something', () => {
    const normal = normals(9);
    let gains = 0;
    for (let world = 0; world < 400; world++) {
      const values = xs.map((x) => 1 + x + 0.1 * normal());
      if (chanceOfGain(polynomial(values, 2), polynomial(values, 3)) < 0.05) gains++;
    }
    expect(Math.abs(gains - 20)).toBeLessThanOrEqual(9);
    const bent = xs.map((x) => 1 + x + 0.3 * x ** 2 + 0.1 * normal());
    expect(chanceOfGain(polynomial(bent, 2), polynomial(bent, 3))).toBeLessThan(1e-3);
  });

  it('refuses columns that are sums of each other, and more columns than rows', () => {
    expect(
      leastSquares(
        xs.map((x) => [1, x, 2 * x - 1]),
        xs,
      ),
    ).toBeNull();
    expect(leastSquares([[1, 2]], [3])).toBeNull();
    expect(leastSquares([], [])).toBeNull();
  });
});
