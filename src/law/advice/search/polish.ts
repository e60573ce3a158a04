/** The last digits of a minimum: where a function is flat its values no longer tell places apart, but its differences do. */

import { Matrix, solve } from 'ml-matrix';
import type { Box, Minimum, Objective } from './nelderMead.ts';

/** Of the differences for the gradient: of fourth order, so that this costs 1e−11 of the curvature and rounding as little. */
const STEP = 2e-3;

/** Of those for the curvature, which a Newton step from so near needs to a few digits only. */
const CURVATURE_STEP = 1e-2;

/** A step further than this comes from a kink, or a plain. */
const FURTHEST = 1e-4;

/** The objective is a logarithm of the order of 1; a step may lose this much to rounding. */
const ROUNDING = 1e-15;

/**
 * One Newton step in the coordinates that are not at a wall; or `minimum` as it is, where the step goes far or does not help, as at a
 * kink.
 */
export function polish(objective: Objective, minimum: Minimum, { lower, upper }: Box): Minimum {
  const { x, value } = minimum;
  const room = 2 * CURVATURE_STEP;
  const axes = [...x.keys()].filter(
    (axis) => (x[axis] ?? 0) - (lower[axis] ?? 0) > room && (upper[axis] ?? 0) - (x[axis] ?? 0) > room,
  );
  if (axes.length === 0) return minimum;
  const moved = x.slice();
  const along = (steps: readonly (readonly [number, number])[]): number => {
    moved.set(x);
    for (const [axis, step] of steps) moved[axis] = (moved[axis] ?? 0) + step;
    return objective(moved);
  };
  const gradient = axes.map((axis) => {
    const [near, far] = [STEP, 2 * STEP].map((step) => along([[axis, step]]) - along([[axis, -step]]));
    return (8 * (near ?? 0) - (far ?? 0)) / (12 * STEP);
  });
  const h = CURVATURE_STEP;
  const curvature = Matrix.zeros(axes.length, axes.length);
  for (const [row, a] of axes.entries()) {
    curvature.set(row, row, (along([[a, h]]) - 2 * value + along([[a, -h]])) / (h * h));
    for (const [column, b] of axes.slice(0, row).entries()) {
      const sum = (p: number, q: number) =>
        along([
          [a, p],
          [b, q],
        ]);
      const mixed = (sum(h, h) - sum(h, -h) - sum(-h, h) + sum(-h, -h)) / (4 * h * h);
      curvature.set(row, column, mixed);
      curvature.set(column, row, mixed);
    }
  }
  // By singular values: a direction in which the law is flat is left alone.
  const steps = solve(curvature, Matrix.columnVector(gradient), true).getColumn(0);
  if (steps.some((step) => !(Math.abs(step) <= FURTHEST))) return minimum;
  moved.set(x);
  for (const [index, axis] of axes.entries()) moved[axis] = (moved[axis] ?? 0) - (steps[index] ?? 0);
  const polished = objective(moved);
  return polished <= value + ROUNDING ? { x: moved.slice(), value: polished } : minimum;
}
