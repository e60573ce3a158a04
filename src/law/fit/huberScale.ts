/** What a Huber fit says of the noise: how much one run tells, and how far the objective may rise by chance. */

import { quantile } from '../quantile.ts';

export type HuberScale = {
  /** Expected ψ′ of a residual, ψ being the derivative of Huber's function: the share of the quadratic zone. */
  readonly slope: number;
  /** Expected weight·ψ²: weights are precisions, so that a weight times the square of its residual is as large as any other. */
  readonly square: number;
  /**
   * Variance of log loss that a run of weight 1 counts as having: square/slope², the asymptotic variance of an M-estimator (Huber
   * 1964). With a wide δ it is the variance of the residuals; with a narrow one that of a median.
   */
  readonly variance: number;
};

/** Losses are stored with some ten digits: residuals below tell of rounding, and nothing may be divided by zero. */
const SMALLEST_VARIANCE = 1e-20;

/**
 * The scale of `residuals` on log loss, `free` parameters having been fitted to them; `weight` has a mean of 1. Where δ is narrower than
 * the typical residual the few residuals inside it would say little about their density at 0, so it is taken from the inner half of
 * them. The `free` smallest are left out of that, since a narrow δ lets the fit pass through as many runs exactly.
 */
export function huberScale(
  residuals: Float64Array,
  weight: Float64Array,
  delta: number,
  free: number,
): HuberScale {
  const order = Uint32Array.from(residuals.keys())
    .filter((row) => (weight[row] ?? 0) > 0)
    .sort((a, b) => Math.abs(residuals[a] ?? 0) - Math.abs(residuals[b] ?? 0));
  const degrees = Math.max(order.length - free, 1);
  const rest = order.subarray(order.length - Math.min(degrees, order.length));
  const sizes = Float64Array.from(rest, (row) => Math.abs(residuals[row] ?? 0));
  const zone = sizes.length === 0 ? delta : Math.max(delta, quantile(sizes, 0.5));
  let inside = 0;
  let total = 0;
  for (const row of rest) {
    const times = weight[row] ?? 0;
    total += times;
    const size = Math.abs(residuals[row] ?? 0);
    // Of an odd number the middle one is half inside.
    inside += size < zone ? times : size === zone ? times / 2 : 0;
  }
  let squares = 0;
  for (const row of order)
    squares += ((weight[row] ?? 0) * Math.min(Math.abs(residuals[row] ?? 0), delta)) ** 2;
  const slope = total > 0 ? Math.min(((inside / total) * delta) / zone, 1) : 1;
  const square = Math.max(squares / degrees, SMALLEST_VARIANCE * slope ** 2);
  return { slope, square, variance: square / slope ** 2 };
}
