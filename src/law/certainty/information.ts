/** What the runs and a weak prior together say of a law's coordinates, in a normal approximation. */

import { huberScale } from '../fit/huberScale.ts';
import type { Fit } from '../fit/outcome.ts';
import { precisionsOf } from '../fit/weights.ts';
import type { Law, LawParameter } from '../law.ts';
import type { Run } from '../run.ts';
import { indicesWithout, sensitivities } from './sensitivities.ts';
import { addOuter, inverseWhereKnown } from './symmetric.ts';

export type Belief = {
  /** Numbers of the parameters that may move: all but the frozen. */
  readonly free: readonly number[];
  /** Covariance of their coordinates, [free, free]. */
  readonly covariance: Float64Array;
  /** Variance of the log loss of a run of mean weight. */
  readonly variance: number;
};

/** Where a parameter's starts do not spread, one natural unit of its coordinate. */
const UNIT = 1;

/**
 * Standard deviation of the prior of a coordinate: half of the range that its starting grid spans, which is where one would look for it
 * without having seen a run. It only has to keep finite what no run tells.
 */
export function priorDeviation({ starts }: LawParameter): number {
  const half = (Math.max(...starts) - Math.min(...starts)) / 2;
  return half > 0 ? half : UNIT;
}

/**
 * Laplace's approximation at `theta`, which need not be the fit's own: precision JᵀWJ/σ² of the runs plus that of the prior, σ² being
 * the variance that the fit's residuals show ({@link huberScale}).
 */
export function beliefAt(fit: Fit, runs: readonly Run[], theta: Float64Array): Belief {
  const { law } = fit;
  const free = indicesWithout(law, fit.frozen);
  const { residuals } = sensitivities(law, runs, fit.theta);
  const weight = precisionsOf(runs);
  const { variance } = huberScale(residuals, weight, fit.delta, free.length - fit.unknown.length);
  const { jacobian, width } = sensitivities(law, runs, theta);
  const precision = priorPrecision(law, free);
  weight.forEach((times, row) => {
    addOuter(precision, jacobian, times / variance, row * width, free);
  });
  return { free, covariance: inverseWhereKnown(precision, free.length), variance };
}

function priorPrecision(law: Law, free: readonly number[]): Float64Array {
  const precision = new Float64Array(free.length ** 2);
  free.forEach((number, place) => {
    const parameter = law.parameters[number];
    if (parameter !== undefined) precision[place * free.length + place] = 1 / priorDeviation(parameter) ** 2;
  });
  return precision;
}
