/** Which runs pull: what becomes of a fit when one of them is left out, to first order. */

import { covariance } from '../fit/covariance.ts';
import { informationOf } from '../fit/information.ts';
import type { Fit } from '../fit/outcome.ts';
import { rowsOf } from '../fit/rows.ts';
import type { Run } from '../run.ts';
import { matchingRuns } from './given.ts';
import { linearise } from './linearised.ts';

export type Influence = {
  /** Root mean square, over the runs of the fit, of the change of the log of the predicted loss; by run. */
  readonly pull: Float64Array;
  /** The parameter that moves most against its standard error: its place in the law's list, −1 where none moves. */
  readonly parameter: Int16Array;
  /** By how many standard errors it moves. */
  readonly shift: Float64Array;
};

/**
 * One Newton step of Huber's objective without the run, as the linearised bootstrap makes it: the fit's curvature is that of all runs,
 * so that a run which stands alone pulls somewhat more than is said here. `runs` are those that the law covers. Throws a `RangeError` where
 * they are not those of the fit.
 */
export function influence(fit: Fit, runs: readonly Run[]): Influence {
  const { law, theta } = fit;
  const covered = matchingRuns(fit, runs);
  const count = covered.length;
  const without = linearise(fit, covered, { of: Int32Array.from(covered.keys()), count });
  const all = law.parameters.map((_, index) => index);
  const rows = rowsOf(law, covered);
  const { weight } = rows;
  const information = informationOf(law, { ...rows, weight: new Float64Array(count).fill(1) }, theta, all);
  const { free, matrix } = covariance(fit, covered);
  const errors = new Map(
    free.map((index, place) => [index, Math.sqrt(matrix[place * free.length + place] ?? 0)]),
  );
  const found = {
    pull: new Float64Array(count),
    parameter: new Int16Array(count).fill(-1),
    shift: new Float64Array(count),
  };
  const counts = new Float64Array(count).fill(1);
  for (let row = 0; row < count; row++) {
    if (weight[row] === 0) continue;
    counts[row] = 0;
    const moved = without(counts);
    counts[row] = 1;
    const change = moved.map((value, index) => {
      const before = theta[index] ?? 0;
      return value === before ? 0 : value - before;
    });
    let squares = 0;
    for (const [a, ofA] of change.entries()) {
      if (ofA === 0) continue;
      for (const [b, ofB] of change.entries()) if (ofB !== 0) squares += ofA * ofB * information.get(a, b);
      const error = errors.get(a) ?? 0;
      const shift = error > 0 ? ofA / error : 0;
      if (Math.abs(shift) > Math.abs(found.shift[row] ?? 0)) {
        found.shift[row] = shift;
        found.parameter[row] = a;
      }
    }
    found.pull[row] = Math.sqrt(Math.max(0, squares) / count);
  }
  return found;
}
