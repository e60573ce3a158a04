/** How the predictions of a fit depend on its coordinates, run by run. */

import type { Law } from '../law.ts';
import type { Point } from '../point.ts';
import type { Run } from '../run.ts';

export type Sensitivities = {
  readonly rows: number;
  /** Parameters of the law, the frozen ones included. */
  readonly width: number;
  /** ln measured − ln predicted, a value for each run. */
  readonly residuals: Float64Array;
  /** ∂ ln predicted / ∂ coordinate, [rows, width]. */
  readonly jacobian: Float64Array;
};

export function sensitivities(law: Law, runs: readonly Run[], theta: Float64Array): Sensitivities {
  const width = law.parameters.length;
  const jacobian = new Float64Array(runs.length * width);
  const gradient = new Float64Array(width);
  const residuals = Float64Array.from(runs, ({ point, loss }, row) => {
    const residual = Math.log(loss) - law.logLoss(point, theta, gradient);
    jacobian.set(gradient, row * width);
    return residual;
  });
  return { rows: runs.length, width, residuals, jacobian };
}

/** ∂ ln predicted / ∂ coordinate at points without a loss, [points, width]. */
export function gradientsAt(law: Law, points: readonly Point[], theta: Float64Array): Float64Array[] {
  return points.map((point) => {
    const gradient = new Float64Array(law.parameters.length);
    law.logLoss(point, theta, gradient);
    return gradient;
  });
}

/** The runs that the law speaks of, in their order: those that a fit of it was made on. */
export function coveredRuns(law: Law, runs: readonly Run[]): readonly Run[] {
  const { covers } = law;
  return covers === undefined ? runs : runs.filter(({ point }) => covers(point));
}

/** Numbers of the parameters that are not among `names`. */
export function indicesWithout(law: Law, names: readonly string[]): number[] {
  return law.parameters.flatMap(({ name }, index) => (names.includes(name) ? [] : [index]));
}
