import { Matrix, solve } from 'ml-matrix';
import { describe, expect, it } from 'vitest';
import type { Box, Objective } from '../../../src/law/optimise/box.ts';
import { Descent, type DescentOptions } from '../../../src/law/optimise/descent.ts';

/** Where values are squares of distances, a gain of 1e-16 stops at some 1e-8. */
const DISTANCE = 1e-6;
const TIGHT: DescentOptions = { tolerance: 1e-16, budget: 2000, floor: 1e-4 };

const everywhere = (dimension: number): Box => ({
  lower: new Float64Array(dimension).fill(Number.NEGATIVE_INFINITY),
  upper: new Float64Array(dimension).fill(Number.POSITIVE_INFINITY),
});

function descend(objective: Objective, start: readonly number[], box: Box, options = TIGHT) {
  const descent = new Descent(start.length);
  descent.begin(objective, Float64Array.from(start), box, options);
  const state = descent.run();
  return { x: [...descent.at.x], value: descent.at.value, state, evaluations: descent.evaluations };
}

function expectNear(x: readonly number[], expected: readonly number[], within = DISTANCE): void {
  expected.forEach((value, index) => {
    expect(Math.abs(x[index]! - value), `coordinate ${index} of ${x} against ${expected}`).toBeLessThan(
      within,
    );
  });
}

/** Minimum 0 at (1, 1). */
const rosenbrock: Objective = (at, gradient) => {
  const [x, y] = [at[0]!, at[1]!];
  const across = y - x * x;
  gradient[0] = -400 * x * across - 2 * (1 - x);
  gradient[1] = 200 * across;
  return 100 * across * across + (1 - x) ** 2;
};

/** ½·xᵀHx − bᵀx. */
function quadratic(hessian: Matrix, b: readonly number[]): Objective {
  return (x, gradient) => {
    const product = hessian.mmul(Matrix.columnVector([...x])).to1DArray();
    let value = 0;
    product.forEach((entry, index) => {
      gradient[index] = entry - b[index]!;
      value += x[index]! * (0.5 * entry - b[index]!);
    });
    return value;
  };
}

/** The minimum of a quadratic in a box by trying each choice of bounds: the one that is inside and pushes outward. */
function bruteForce(hessian: Matrix, b: readonly number[], { lower, upper }: Box): number[] {
  const dimension = b.length;
  for (let choice = 0; choice < 3 ** dimension; choice++) {
    const held = b.map((_, index) => Math.floor(choice / 3 ** index) % 3);
    const free = b.flatMap((_, index) => (held[index] === 0 ? [index] : []));
    const x = b.map((_, index) =>
      held[index] === 1 ? lower[index]! : held[index] === 2 ? upper[index]! : 0,
    );
    if (free.length > 0) {
      const right = free.map(
        (row) => b[row]! - x.reduce((sum, value, column) => sum + hessian.get(row, column) * value, 0),
      );
      const solution = solve(hessian.selection(free, free), Matrix.columnVector(right)).to1DArray();
      free.forEach((index, place) => {
        x[index] = solution[place]!;
      });
    }
    const gradient = new Float64Array(dimension);
    quadratic(hessian, b)(Float64Array.from(x), gradient);
    const isMinimum = x.every((value, index) => {
      if (value < lower[index]! - 1e-12 || value > upper[index]! + 1e-12) return false;
      return held[index] === 0 || (held[index] === 1 ? gradient[index]! >= 0 : gradient[index]! <= 0);
    });
    if (isMinimum) return x;
  }
  throw new Error('a convex quadratic has a minimum in every box');
}

const HESSIAN = new Matrix([
  [5, 2, 0.3, -1],
  [2, 8, 1, 0.5],
  [0.3, 1, 0.6, 0.1],
  [-1, 0.5, 0.1, 90],
]);
const B = [3, -4, 1.5, 20];

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

  it.each([Number.NaN, Number.POSITIVE_INFINITY])('backs off from where the function is %d', (nowhere) => {
    // ln x has no value left of 0, and the first steps lead there.
    const objective: Objective = (x, gradient) => {
      gradient[0] = x[0]! > 0 ? 1 - 0.5 / x[0]! : Number.NaN;
      return x[0]! > 0 ? x[0]! - 0.5 * Math.log(x[0]!) : nowhere;
    };
    expectNear(descend(objective, [40], everywhere(1)).x, [0.5], 1e-5);
  });

  it('is stuck at once where it starts on no number', () => {
    const { state, evaluations } = descend(() => Number.NaN, [1, 2], everywhere(2));
    expect([state, evaluations]).toEqual(['stuck', 1]);
  });

  it('keeps to its budget, and says that it is spent', () => {
    for (const budget of [1, 2, 3, 7, 20]) {
      const { state, evaluations } = descend(rosenbrock, [-1.2, 1], everywhere(2), { ...TIGHT, budget });
      expect(state).toBe('out of budget');
      expect(evaluations).toBeLessThanOrEqual(budget);
    }
  });

  it('never rises', () => {
    const descent = new Descent(2);
    descent.begin(rosenbrock, Float64Array.of(-1.2, 1), everywhere(2), TIGHT);
    let before = descent.at.value;
    while (descent.step() === 'going') {
      expect(descent.at.value).toBeLessThanOrEqual(before * (1 + 1e-12));
      before = descent.at.value;
    }
  });

  it('stops by what is gained against the value, whatever the value’s size', () => {
    for (const size of [1, 1e-9, 1e9]) {
      const objective: Objective = (x, gradient) => {
        const value = rosenbrock(x, gradient);
        gradient.forEach((slope, index) => {
          gradient[index] = size * slope;
        });
        return size * (value + 1);
      };
      const { x, state } = descend(objective, [-1.2, 1], everywhere(2), { tolerance: 1e-14, budget: 500 });
      expect(state).toBe('flat');
      expectNear(x, [1, 1], 1e-5);
    }
  });

  it('gives the same bits whatever it was used for before', () => {
    const descent = new Descent(2);
    const run = () => {
      descent.begin(rosenbrock, Float64Array.of(-1.2, 1), everywhere(2), { ...TIGHT, budget: 30 });
      descent.run();
      return [...descent.at.x, descent.evaluations];
    };
    const first = run();
    descent.begin(
      quadratic(HESSIAN.selection([0, 1], [0, 1]), [1, 1]),
      Float64Array.of(9, 9),
      everywhere(2),
      TIGHT,
    );
    descent.run();
    expect(run()).toEqual(first);
  });
});
