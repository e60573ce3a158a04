/** Whether one pass over the text is a turning point of a law. */

import type { Objective } from './search/nelderMead.ts';

/** Places at which the loss is tried for a turn at one pass, and how far to both sides in ln k. */
const SEAM_PLACES = 5;
const SEAM_STEP = 1e-4;

/** Slopes that differ by less, in ln of the loss by ln k, make no notch that matters. */
const SEAM_TURN = 1e-3;

/**
 * Whether `objective` turns upwards at k = 1 somewhere: `ceiling` says how many epochs there can be, `nodes` where N and r are tried.
 * Its last coordinate is ln k, its third the way to a final ratio of 1.
 */
export function turnsUp(
  objective: Objective,
  ceiling: (N: number, r: number) => number,
  [scales = [], ratios = []]: readonly (readonly number[])[],
): boolean {
  const some = (nodes: readonly number[]) =>
    Array.from(
      { length: SEAM_PLACES },
      (_, index) => nodes[Math.floor((index * nodes.length) / SEAM_PLACES)] ?? 0,
    );
  return some(scales).some((lnN) =>
    some(ratios).some((lnR) => {
      if (ceiling(Math.exp(lnN), Math.exp(lnR)) < 1 + 2 * SEAM_STEP) return false;
      const [less = 0, one = 0, more = 0] = [-SEAM_STEP, 0, SEAM_STEP].map((wish) =>
        objective(Float64Array.of(lnN, lnR, 1, wish)),
      );
      return more - 2 * one + less > SEAM_TURN * SEAM_STEP;
    }),
  );
}
