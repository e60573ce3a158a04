/** What a Huber fit says of the noise: how much one run tells, and how far the objective may rise by chance. */

import { quantile } from '../quantile.ts';

export type HuberScale = {
  /** Expected ψ′ of a residual, ψ being the derivative of Huber's function: the share of the quadratic zone. */
  readonly slope: number;
  /** Expected ψ². */
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
 * The scale of `residuals` on log loss, `free` parameters having been fitted to them. Where δ is narrower than the typical residual
 * the few residuals inside it would say little about their density at 0, so it is taken from the inner half of them; `free`
 * residuals are not counted, since a narrow δ lets the fit pass through as many runs exactly.
 */
export function huberScale(residuals: Float64Array, delta: number, free: number): HuberScale {
  const sizes = residuals.map(Math.abs).sort();
  const degrees = Math.max(sizes.length - free, 1);
  const zone = Math.max(delta, quantile(sizes, 0.5));
  let inside = -free;
  let squares = 0;
  for (const size of sizes) {
    if (size <= zone) inside++;
    squares += Math.min(size, delta) ** 2;
  }
  const share = Math.max(inside, 1) / degrees;
  const slope = Math.min((share * delta) / zone, 1);
  const square = Math.max(squares / degrees, SMALLEST_VARIANCE * slope ** 2);
  return { slope, square, variance: square / slope ** 2 };
}
