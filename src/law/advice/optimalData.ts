/** What a budget would like to have: the corpus, and the model, of the best monolingual training of one pass. */

import type { Law } from '../law.ts';
import { type MovingPoint, movePoint, pointOf } from '../point.ts';
import { FINE } from './best.ts';
import { evenly, reachOfScales, TOUCH } from './scales.ts';
import { type Effort, minimise } from './search/minimise.ts';
import { checkTask } from './task.ts';

export type OptimalData = {
  readonly compute: number;
  /** N*(C). */
  readonly N: number;
  /** D*(C) = C/(6·N*), in tokens. */
  readonly D: number;
  readonly loss: number;
};

/**
 * D*(C) and N*(C): the lowest loss at r = 1, k = 1 and all of the compute, over how it is split between model and text. Null where the
 * law does not speak of such runs, or wants ever larger or ever smaller models.
 */
export function optimalData(
  law: Law,
  theta: Float64Array,
  compute: number,
  effort: Effort = FINE,
): OptimalData | null {
  checkTask({ compute, targetTokens: 1 });
  const { low, high } = reachOfScales(compute);
  const point: MovingPoint = { ...pointOf({ N: 1, D_T: 1, k: 1, r: 1, r_f: 1 }) };
  const gradient = new Float64Array(law.parameters.length);
  const found = minimise(
    ({ 0: lnN = 0 }) => {
      const N = Math.exp(lnN);
      movePoint(point, N, compute / (6 * N), 1, 1, 1);
      if (law.covers !== undefined && !law.covers(point)) return Number.POSITIVE_INFINITY;
      const value = law.logLoss(point, theta, gradient);
      return Number.isNaN(value) ? Number.POSITIVE_INFINITY : value;
    },
    { lower: Float64Array.of(low), upper: Float64Array.of(high), nodes: [evenly(low, high)], holds: [] },
    effort,
  );
  if (found === null) return null;
  const lnN = found.x[0] ?? Number.NaN;
  if (lnN - low <= TOUCH || high - lnN <= TOUCH) return null;
  const N = Math.exp(lnN);
  return { compute, N, D: compute / (6 * N), loss: Math.exp(found.value) };
}
