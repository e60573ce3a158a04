/** Percentile intervals, of anything that can be computed from a law's coordinates. */

import type { Law } from '../law.ts';
import type { Point } from '../point.ts';
import { quantile } from '../quantile.ts';

/** Where the middle 95 % of the resamples lie. */
export type Interval = { readonly low: number; readonly high: number };

/** An interval, and how many resamples had no value at all (no threshold, no optimum): these are not in it. */
export type QuantityInterval = { readonly interval: Interval | null; readonly missing: number };

const LOW_SHARE = 0.025;
const HIGH_SHARE = 0.975;

/**
 * The 95 % percentile interval of `values`; null where there are fewer than two. Of fewer than 40 values it is little more than the
 * smallest and the largest.
 */
export function percentileInterval(values: readonly number[]): Interval | null {
  if (values.length < 2) return null;
  const sorted = Float64Array.from(values).sort();
  return { low: quantile(sorted, LOW_SHARE), high: quantile(sorted, HIGH_SHARE) };
}

/**
 * The interval of a quantity over `thetas`, e.g. a bootstrap's. `quantity` gives null (or NaN) where the quantity does not exist
 * under these coordinates.
 */
export function intervalOf(
  thetas: readonly Float64Array[],
  quantity: (theta: Float64Array) => number | null,
): QuantityInterval {
  const values: number[] = [];
  for (const theta of thetas) {
    const value = quantity(theta);
    if (value !== null && !Number.isNaN(value)) values.push(value);
  }
  return { interval: percentileInterval(values), missing: thetas.length - values.length };
}

/** The interval of the expected loss at `point`, in nats per token: of the law's curve, without the noise of a single run. */
export function predictionInterval(law: Law, thetas: readonly Float64Array[], point: Point): Interval | null {
  const gradient = new Float64Array(law.parameters.length);
  return intervalOf(thetas, (theta) => Math.exp(law.logLoss(point, theta, gradient))).interval;
}
