/** Whether a monolingual recipe gains by its first source tokens, to first order in their share. */

import type { Law } from '../../law.ts';
import { type MovingPoint, movePoint, pointOf, type RecipeKind } from '../../point.ts';
import type { Recipe } from '../space.ts';

/** Share of source tokens at which the slope is taken: its error is of the second order, and rounding adds some 3e−11. */
const SHARE = 3e-5;

/** How the first source tokens may be spread: evenly, all before the final stage, and in between. */
const TO_ONE: readonly { readonly kind: RecipeKind; readonly parts: readonly number[] }[] = [
  { kind: 'multi-lingual single-stage', parts: [0] },
  { kind: 'multi-lingual two-stage', parts: [0.5, 1] },
];

/**
 * The lowest derivative of ln L by the share of source tokens at `optimum`, a best monolingual recipe, over the ways to make room for
 * them: fewer epochs, a smaller model, or compute that lies idle. Below 0 the best recipe is bilingual. At a smooth optimum all ways
 * agree; at a kink, e.g. of k = 1, they do not.
 */
export function departureSlope(
  law: Law,
  theta: Float64Array,
  { N, k, D_T, spends }: Recipe,
  kinds: readonly RecipeKind[],
): number {
  const point: MovingPoint = { ...pointOf({ N, D_T, k, r: 1, r_f: 1 }) };
  const gradient = new Float64Array(law.parameters.length);
  const logLoss = (scale: number, epochs: number, r: number, toOne: number): number => {
    movePoint(point, scale, D_T, epochs, r, r ** (1 - toOne));
    if (law.covers !== undefined && !law.covers(point)) return Number.POSITIVE_INFINITY;
    return law.logLoss(point, theta, gradient);
  };
  const stay = logLoss(N, k, 1, 1);
  const ways: ((r: number, toOne: number) => number)[] = [
    (r, toOne) => logLoss(N, k * r, r, toOne),
    (r, toOne) => logLoss(N * r, k, r, toOne),
  ];
  if (spends < 1 - 2 * SHARE) ways.push((r, toOne) => logLoss(N, k, r, toOne));
  let lowest = Number.POSITIVE_INFINITY;
  for (const { kind, parts } of TO_ONE) {
    if (!kinds.includes(kind)) continue;
    for (const toOne of parts) {
      for (const way of ways) {
        const whole = way(1 - SHARE, toOne) - stay;
        const half = way(1 - SHARE / 2, toOne) - stay;
        // Richardson's: the curvature drops out.
        const slope = (4 * half - whole) / SHARE;
        if (slope < lowest) lowest = slope;
      }
    }
  }
  return lowest;
}
