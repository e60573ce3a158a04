/** What runs' weights come to. */

import type { Run } from '../run.ts';

/**
 * Weights of mean 1 over the runs that have one above 0; those are then n runs whatever unit the weights came in. Equal weights are 1 to
 * the last bit.
 */
export function precisionsOf(runs: readonly Run[]): Float64Array {
  const first = runs.find(({ weight }) => weight > 0)?.weight ?? 1;
  const precisions = Float64Array.from(runs, ({ weight }) => weight / first);
  let sum = 0;
  let count = 0;
  for (const precision of precisions) {
    sum += precision;
    if (precision > 0) count++;
  }
  const mean = count === 0 ? 1 : sum / count;
  return precisions.map((precision) => precision / mean);
}
