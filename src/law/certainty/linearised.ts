/** A refit under resampled weights to first order, by influence functions: what a resample costs when a refit costs too much. */

import { huberScale } from '../fit/huberScale.ts';
import type { Fit } from '../fit/outcome.ts';
import { precisionsOf } from '../fit/weights.ts';
import type { Run } from '../run.ts';
import type { Cells } from './cells.ts';
import { indicesWithout, sensitivities } from './sensitivities.ts';
import { addOuter, dot, inverseWhereKnown } from './symmetric.ts';

/**
 * A function from multiplicities of cells to coordinates: one Newton step from the fit, with the expected Hessian of Huber's objective
 * (slope·JᵀWJ) of all runs. `runs` are those that the fit covers. Coordinates that are frozen, unknown or at a bound stay, and the
 * others keep to their bounds.
 */
export function linearise(
  fit: Fit,
  runs: readonly Run[],
  cells: Cells,
): (counts: Float64Array) => Float64Array {
  const { law, theta, delta } = fit;
  const moving = indicesWithout(law, [...fit.frozen, ...fit.unknown, ...fit.atBounds]);
  const { residuals, jacobian, width } = sensitivities(law, runs, theta);
  const weight = precisionsOf(runs);
  const { slope } = huberScale(residuals, weight, delta, moving.length);
  const information = new Float64Array(moving.length ** 2);
  // Row `cell` holds the gradient of the objective that the runs of that cell make, with its sign turned.
  const scores = new Float64Array(cells.count * moving.length);
  weight.forEach((times, row) => {
    addOuter(information, jacobian, times * slope, row * width, moving);
    const residual = residuals[row] ?? 0;
    const pull = times * Math.max(-delta, Math.min(delta, residual));
    const offset = (cells.of[row] ?? 0) * moving.length;
    moving.forEach((coordinate, index) => {
      scores[offset + index] =
        (scores[offset + index] ?? 0) + pull * (jacobian[row * width + coordinate] ?? 0);
    });
  });
  const inverse = inverseWhereKnown(information, moving.length);

  return (counts) => {
    const score = new Float64Array(moving.length);
    counts.forEach((count, cell) => {
      if (count === 1) return;
      for (let index = 0; index < moving.length; index++)
        score[index] = (score[index] ?? 0) + (count - 1) * (scores[cell * moving.length + index] ?? 0);
    });
    const moved = theta.slice();
    moving.forEach((coordinate, index) => {
      const row = inverse.subarray(index * moving.length, (index + 1) * moving.length);
      const parameter = law.parameters[coordinate];
      if (parameter === undefined) return;
      const value = (theta[coordinate] ?? 0) + dot(row, score);
      moved[coordinate] = Math.min(Math.max(value, parameter.lower), parameter.upper);
    });
    return moved;
  };
}
