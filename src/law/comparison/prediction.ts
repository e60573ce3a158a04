/** Predictions that say when they rest on a parameter that no run told. */

import type { Fit } from '../fit/outcome.ts';
import type { Point } from '../point.ts';

export type Prediction = {
  readonly logLoss: number;
  /** Unknown parameters of the fit that the prediction depends on: where there are any it is made up. */
  readonly needs: readonly string[];
};

export function predictFrom({ law, theta, unknown }: Fit, point: Point): Prediction {
  const gradient = new Float64Array(law.parameters.length);
  const logLoss = law.logLoss(point, theta, gradient);
  const needs = law.parameters.flatMap(({ name }, index) =>
    unknown.includes(name) && gradient[index] !== 0 ? [name] : [],
  );
  return { logLoss, needs };
}
