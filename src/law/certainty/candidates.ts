/** A list of runs that one might make next, from the extents of those that there are. */

import { type Coordinates, type Point, pointOf } from '../point.ts';
import type { Run } from '../run.ts';

export type CandidateLimits = {
  /** Of model scale; twice the largest so far unless it is said. */
  readonly maxN?: number;
  /** Of target text; twice the largest so far unless it is said. */
  readonly maxTargetTokens?: number;
  /** In FLOPs; four times the dearest run so far unless it is said. */
  readonly maxCompute?: number;
};

/** Half, as it was at the ends, and double. */
const BEYOND = 2;

/** A run of four times the compute is about the next that one can afford. */
const COMPUTE_BEYOND = 4;

/**
 * One pass, passes that are nearly as good as new text (Muennighoff et al. 2023), and worn out ones. Less than one pass is a smaller
 * corpus.
 */
const EPOCHS = [1, 4, 16];

/** Ratios of whole and final stage: monolingual, single-stage and two-stage, from an even mixture to one that is nearly all source. */
const RATIOS: readonly (readonly [r: number, finalRatio: number])[] = [
  [1, 1],
  [0.5, 0.5],
  [0.2, 0.2],
  [0.05, 0.05],
  [0.5, 1],
  [0.2, 0.5],
  [0.2, 1],
  [0.05, 0.5],
  [0.05, 1],
];

/**
 * Candidates: half the smallest, the smallest, the largest and double the largest model and corpus, each with few and with many passes
 * and with each kind of recipe, as far as the limits allow. Runs that have been made already may be among them: a second seed tells
 * something too. Throws a `RangeError` where there are no runs.
 */
export function proposeRuns(runs: readonly Run[], limits: CandidateLimits = {}): Point[] {
  if (runs.length === 0) throw new RangeError('Without any run there is nothing to go on from');
  const scales = ends(runs.map(({ point }) => point.N));
  const corpora = ends(runs.map(({ point }) => point.D_T));
  const greatest = (of: (point: Point) => number) =>
    runs.reduce((most, { point }) => Math.max(most, of(point)), 0);
  const maxN = limits.maxN ?? scales.at(-1) ?? 0;
  const maxTargetTokens = limits.maxTargetTokens ?? corpora.at(-1) ?? 0;
  const maxCompute = limits.maxCompute ?? COMPUTE_BEYOND * greatest(({ C }) => C);
  const mostEpochs = BEYOND * greatest(({ k }) => k);
  const epochs = [...new Set([...EPOCHS, mostEpochs])].sort((a, b) => a - b);
  const points: Point[] = [];
  for (const N of scales)
    for (const D_T of corpora)
      for (const k of epochs)
        for (const [r, r_f] of RATIOS) {
          const at: Coordinates = { N, D_T, k, r, r_f };
          const point = pointOf(at);
          if (N <= maxN && D_T <= maxTargetTokens && point.C <= maxCompute) points.push(point);
        }
  return points;
}

/** Half the least, the least, the greatest, twice the greatest. */
function ends(values: readonly number[]): number[] {
  let least = Number.POSITIVE_INFINITY;
  let greatest = 0;
  for (const value of values) {
    least = Math.min(least, value);
    greatest = Math.max(greatest, value);
  }
  return [...new Set([least / BEYOND, least, greatest, greatest * BEYOND])];
}
