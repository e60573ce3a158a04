/** What a law says of a recipe that a person has in mind, beside the one that it advises. */

import { type Interval, percentileInterval } from '../certainty/intervals.ts';
import type { Law } from '../law.ts';
import { type Coordinates, type Point, pointOf, type RecipeKind, recipeKind } from '../point.ts';

export type Foretold = {
  readonly point: Point;
  readonly kind: RecipeKind;
  /** Predicted, in nats per token. */
  readonly loss: number;
  /** Middle 95 % over the resamples; null without them. */
  readonly interval: Interval | null;
  /** Nats per token above the recipe that it is held against, and its interval; each resample predicts both. */
  readonly excess: number;
  readonly excessInterval: Interval | null;
};

/** The prediction for `given`, held against `best`; null where the law has no loss there, as it speaks of other recipes. */
export function foretell(
  law: Law,
  theta: Float64Array,
  given: Coordinates,
  best: Coordinates,
  thetas: readonly Float64Array[] = [],
): Foretold | null {
  const point = pointOf(given);
  if (law.covers !== undefined && !law.covers(point)) return null;
  const against = pointOf(best);
  const gradient = new Float64Array(law.parameters.length);
  const lossAt = (at: Point, under: Float64Array) => Math.exp(law.logLoss(at, under, gradient));
  const loss = lossAt(point, theta);
  if (!Number.isFinite(loss)) return null;
  const losses = thetas.map((other) => lossAt(point, other));
  return {
    point,
    kind: recipeKind(point),
    loss,
    interval: percentileInterval(losses),
    excess: loss - lossAt(against, theta),
    excessInterval: percentileInterval(
      losses.map((other, index) => other - lossAt(against, thetas[index] ?? theta)),
    ),
  };
}
