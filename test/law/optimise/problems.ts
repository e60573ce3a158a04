/** Functions with known minima, and a descent to them. */

import { Matrix, solve } from 'ml-matrix';
import { expect } from 'vitest';
import type { Box, Objective } from '../../../src/law/optimise/box.ts';
import { Descent, type DescentOptions } from '../../../src/law/optimise/descent.ts';

/** Where values are squares of distances, a gain of 1e-16 stops at some 1e-8. */
export const DISTANCE = 1e-6;
export const TIGHT: DescentOptions = { tolerance: 1e-16, budget: 2000, floor: 1e-4 };

export const everywhere = (dimension: number): Box => ({
  lower: new Float64Array(dimension).fill(Number.NEGATIVE_INFINITY),
  upper: new Float64Array(dimension).fill(Number.POSITIVE_INFINITY),
});

export function descend(objective: Objective, start: readonly number[], box: Box, options = TIGHT) {
  const descent = new Descent(start.length);
  descent.begin(objective, Float64Array.from(start), box, options);
  const state = descent.run();
  return { x: [...descent.at.x], value: descent.at.value, state, evaluations: descent.evaluations };
}

export function expectNear(x: readonly number[], expected: readonly number[], within = DISTANCE): void {
  expected.forEach((value, index) => {
    expect(Math.abs(x[index]! - value), `coordinate ${index} of ${x} against ${expected}`).toBeLessThan(
      within,
    );
  });
}

/** Minimum 0 at (1, 1). */
export const rosenbrock: Objective = (at, gradient) => {
  const [x, y] = [at[0]!, at[1]!];
  const across = y - x * x;
  gradient[0] = -400 * x * across - 2 * (1 - x);
  gradient[1] = 200 * across;
  return 100 * across * across + (1 - x) ** 2;
};

/** ½·xᵀHx − bᵀx. */
export function quadratic(hessian: Matrix, b: readonly number[]): Objective {
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
export function bruteForce(hessian: Matrix, b: readonly number[], { lower, upper }: Box): number[] {
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

export const HESSIAN = new Matrix([
  [5, 2, 0.3, -1],
  [2, 8, 1, 0.5],
  [0.3, 1, 0.6, 0.1],
  [-1, 0.5, 0.1, 90],
]);
export const B = [3, -4, 1.5, 20];
