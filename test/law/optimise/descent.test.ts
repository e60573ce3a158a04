import { Matrix, solve } from 'ml-matrix';
import { describe, expect, it } from 'vitest';
import type { Objective } from '../../../src/law/optimise/box.ts';
import {
  B,
  bruteForce,
  descend,
  everywhere,
  expectNear,
  HESSIAN,
  quadratic,
  rosenbrock,
  TIGHT,
} from './problems.ts';

describe('Descent', () => {
  it('finds the end of Rosenbrock’s valley', () => {
    const { x, state } = descend(rosenbrock, [-1.2, 1], everywhere(2));
    expect(state).toBe('flat');
    expectNear(x, [1, 1]);
  });

  it.each([
    // On x ≤ 0.5 the valley ends at (0.5, 0.25); on y = 2 where 400·x³ − 798·x − 2 = 0.
    { upper: [0.5, 9], lower: [-9, -9], expected: [0.5, 0.25] },
    { upper: [9, 9], lower: [0, 2], expected: [1.41369616, 2] },
    { upper: [-0.5, 0.1], lower: [-2, -1], expected: [-0.5, 0.1] },
  ])('ends on the bounds of Rosenbrock’s valley: $expected', ({ lower, upper, expected }) => {
    const box = { lower: Float64Array.from(lower), upper: Float64Array.from(upper) };
    const { x, state } = descend(rosenbrock, [-1.2, 1], box);
    expect(state).not.toBe('out of budget');
    expectNear(x, expected, 1e-5);
    x.forEach((value, index) => {
      expect(value).toBeGreaterThanOrEqual(lower[index]!);
      expect(value).toBeLessThanOrEqual(upper[index]!);
    });
  });

  it('comes to the closed form of a quadratic', () => {
    const expected = solve(HESSIAN, Matrix.columnVector(B)).to1DArray();
    expectNear(descend(quadratic(HESSIAN, B), [0, 0, 0, 0], everywhere(4)).x, expected);
  });

  it.each([
    [
      [-1, -1, -1, -1],
      [1, 1, 1, 1],
    ],
    [
      [0, -0.2, 0, 0],
      [0.4, 0, 9, 0.1],
    ],
    [
      [1, -9, -9, -9],
      [2, 9, 0.5, 9],
    ],
  ])('comes to the same minimum as every choice of bounds tried: %j … %j', (lower, upper) => {
    const box = { lower: Float64Array.from(lower), upper: Float64Array.from(upper) };
    const expected = bruteForce(HESSIAN, B, box);
    for (const start of [lower, upper, lower.map((low, index) => (low + upper[index]!) / 2)])
      expectNear(descend(quadratic(HESSIAN, B), start, box).x, expected);
  });

  it('goes down a valley 1e8 times as steep across as along', () => {
    const [cosine, sine] = [Math.cos(0.7), Math.sin(0.7)];
    const turn = new Matrix([
      [cosine, -sine],
      [sine, cosine],
    ]);
    const hessian = turn.mmul(Matrix.diag([1e8, 1])).mmul(turn.transpose());
    const b = hessian.mmul(Matrix.columnVector([2, -3])).to1DArray();
    const { x } = descend(quadratic(hessian, b), [50, 70], everywhere(2), { ...TIGHT, floor: 1e-9 });
    // Rounding of values of 1e8·x² leaves the position along the valley open by as much.
    expectNear(x, [2, -3], 1e-2);
  });

  it('with the Hessian as metric needs few evaluations where it is ill-conditioned', () => {
    const hessian = Matrix.diag([1e8, 1, 1e-4]);
    const b = [1e8, 2, 3e-4];
    const metric = Float64Array.from(hessian.to1DArray());
    const { x, evaluations } = descend(quadratic(hessian, b), [5, 5, 5], everywhere(3), {
      ...TIGHT,
      floor: 1e-12,
      metric,
    });
    expectNear(x, [1, 2, 3], 1e-4);
    expect(evaluations).toBeLessThan(15);
  });

  it('leaves a bound that it starts on when down is inside', () => {
    const box = { lower: Float64Array.of(0, 0), upper: Float64Array.of(3, 3) };
    expectNear(descend(rosenbrock, [0, 0], box).x, [1, 1]);
    expectNear(descend(rosenbrock, [3, 0], box).x, [1, 1]);
  });

  it('moves a start outside the bounds to the nearest place inside', () => {
    const box = { lower: Float64Array.of(0, 0), upper: Float64Array.of(3, 3) };
    const { x, evaluations } = descend(rosenbrock, [7, -7], box, { tolerance: 0, budget: 1 });
    expect(evaluations).toBe(1);
    expect(x).toEqual([3, 0]);
  });

  it('leaves frozen coordinates alone, an infinite one too', () => {
    const seen = new Set<number>();
    const objective: Objective = (x, gradient) => {
      seen.add(x[1]!);
      gradient[0] = 2 * (x[0]! - 4);
      gradient[1] = Number.NaN;
      gradient[2] = 2 * x[2]!;
      return (x[0]! - 4) ** 2 + x[2]! ** 2 + 1;
    };
    const box = {
      lower: Float64Array.of(-9, Number.POSITIVE_INFINITY, 2),
      upper: Float64Array.of(9, Number.POSITIVE_INFINITY, 2),
    };
    const metric = Float64Array.of(2, 0, 0, 0, 0, 0, 0, 0, 2);
    for (const options of [TIGHT, { ...TIGHT, metric }]) {
      const { x, state } = descend(objective, [0, 1, 1], box, options);
      expect(state).toBe('flat');
      expectNear([x[0]!, x[2]!], [4, 2]);
      expect(x[1]).toBe(Number.POSITIVE_INFINITY);
    }
    expect([...seen]).toEqual([Number.POSITIVE_INFINITY]);
  });
});
