/** A search in all directions of the compass, diagonals included: slow, and not to be stopped by a kink that runs along one of them. */

import type { Box, Minimum, Objective } from './nelderMead.ts';

/** Steps shrink by this when no direction helps. */
const SHRINK = 1 / 4;

/** Directions that are tried in all: enough for some tens of shrunk steps, and an end for a law that misbehaves. */
const MOST_TRIALS = 4000;

/**
 * From `start` along every vector of −1, 0 and 1 times the step, as far as each goes on helping. `steps` holds the first step of each
 * coordinate, 0 where it stays; the last is `smallest` of the first. The coordinates of recipes are logarithms, so that k, D and C are
 * each constant along one of these directions: where a law has a kink in one of them, the simplex falls flat and this does not.
 */
export function compass(
  objective: Objective,
  start: Minimum,
  { lower, upper }: Box,
  steps: Float64Array,
  smallest: number,
): Minimum {
  const directions = directionsOf(steps);
  const x = start.x.slice();
  const trial = start.x.slice();
  let value = start.value;
  let trials = 0;
  const tryFrom = (direction: readonly number[], scale: number): boolean => {
    let isMoved = false;
    for (let axis = 0; axis < x.length; axis++) {
      const here = x[axis] ?? 0;
      const there = here + (direction[axis] ?? 0) * scale;
      trial[axis] = Math.min(Math.max(there, lower[axis] ?? 0), upper[axis] ?? 0);
      isMoved ||= trial[axis] !== here;
    }
    if (!isMoved) return false;
    trials++;
    const found = objective(trial);
    if (!(found < value)) return false;
    value = found;
    x.set(trial);
    return true;
  };
  for (let scale = 1; scale >= smallest && trials < MOST_TRIALS; ) {
    let helped = false;
    for (const direction of directions) {
      let reach = scale;
      while (tryFrom(direction, reach) && trials < MOST_TRIALS) {
        helped = true;
        reach *= 2;
      }
    }
    if (!helped) scale *= SHRINK;
  }
  return { x, value };
}

function directionsOf(steps: Float64Array): number[][] {
  let all: number[][] = [[]];
  for (const step of steps) {
    const signs = step === 0 ? [0] : [-step, 0, step];
    all = all.flatMap((direction) => signs.map((sign) => [...direction, sign]));
  }
  return all.filter((direction) => direction.some((step) => step !== 0));
}
