/** The threshold over budgets, with how sure it is. */

import { type Interval, percentileInterval } from '../../certainty/intervals.ts';
import type { Law } from '../../law.ts';
import { Rest } from '../../rest.ts';
import { type Threshold, type ThresholdOptions, threshold, thresholdNear } from './threshold.ts';

export type ThresholdLineOptions = ThresholdOptions & {
  /** Coordinates of resampled fits. */
  readonly thetas?: readonly Float64Array[] | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Told the share that is done, 0 … 1. */
  readonly onProgress?: ((share: number) => void) | undefined;
};

export type UncertainThreshold = {
  readonly threshold: Threshold;
  /**
   * Middle 95 % of D_T^c over the resamples, where 0 is never and Infinity is always; null without resamples that have an answer.
   */
  readonly interval: Interval | null;
  /** Shares of the resamples that always, never, and not at all have an answer. */
  readonly always: number;
  readonly never: number;
  readonly untold: number;
};

/** One threshold for each budget of `computes`, in FLOPs. Throws as `threshold` does; rejects with the signal's reason when aborted. */
export async function thresholdLine(
  law: Law,
  theta: Float64Array,
  computes: readonly number[],
  { thetas = [], signal, onProgress, ...options }: ThresholdLineOptions = {},
): Promise<readonly UncertainThreshold[]> {
  const rest = new Rest({ ...(signal && { signal }), ...(onProgress && { onProgress }) });
  // A fine threshold costs as much as some ten near ones.
  const pieces = computes.length * (FINE_IN_PIECES + thetas.length);
  let done = 0;
  const line: UncertainThreshold[] = [];
  for (const compute of computes) {
    const found = threshold(law, theta, compute, options);
    done += FINE_IN_PIECES;
    await rest.after(done / pieces);
    const values: number[] = [];
    for (const other of thetas) {
      const value = thresholdNear(law, other, compute, startOf(found), options);
      if (value !== null) values.push(value);
      done++;
      await rest.after(done / pieces);
    }
    const shareOf = (count: number) => (thetas.length === 0 ? 0 : count / thetas.length);
    line.push({
      threshold: found,
      interval: percentileInterval(values),
      always: shareOf(values.filter((value) => value === Number.POSITIVE_INFINITY).length),
      never: shareOf(values.filter((value) => value === 0).length),
      untold: shareOf(thetas.length - values.length),
    });
  }
  return line;
}

const FINE_IN_PIECES = 10;

function startOf(found: Threshold): number {
  switch (found.state) {
    case 'crossed':
      return found.D_T;
    case 'always':
      return found.to;
    case 'never':
      return found.from;
    case 'untold':
      return Math.sqrt(found.compute / 6);
  }
}
