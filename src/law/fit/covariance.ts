/** Standard errors of a fit's coordinates, to first order. */

import type { Run } from '../run.ts';
import { huberScale } from './huberScale.ts';
import { informationOf, inverseOf } from './information.ts';
import type { Fit } from './outcome.ts';
import { rowsOf } from './rows.ts';

export type Covariance = {
  /** Numbers of the coordinates it speaks of: fitted, told by some run, and not at a bound. */
  readonly free: readonly number[];
  /** [free, free], row by row, of coordinates (not of values). Very large along directions that the runs leave open. */
  readonly matrix: Float64Array;
  /** Standard deviation of log loss that a run of weight 1 counts as having. */
  readonly sigma: number;
};

/**
 * σ²·(JᵀWJ)⁻¹, with σ² the variance of an M-estimator of location by Huber's function for residuals as these (Huber 1964): with a δ
 * wide against the residuals their mean square, with a narrow one that of a median, which is larger. `runs` are those of the fit.
 */
export function covariance(fit: Fit, runs: readonly Run[]): Covariance {
  const { law, theta, delta } = fit;
  const held = new Set([...fit.frozen, ...fit.unknown, ...fit.atBounds]);
  const free = law.parameters.flatMap(({ name }, index) => (held.has(name) ? [] : [index]));
  const rows = rowsOf(law, runs);
  const gradient = new Float64Array(law.parameters.length);
  const residuals = Float64Array.from(
    rows.points,
    (point, row) => (rows.lnLoss[row] ?? 0) - law.logLoss(point, theta, gradient),
  );
  const { variance } = huberScale(residuals, rows.weight, delta, free.length);
  const { matrix } = inverseOf(informationOf(law, rows, theta, free));
  return { free, matrix: matrix.map((entry) => entry * variance), sigma: Math.sqrt(variance) };
}
