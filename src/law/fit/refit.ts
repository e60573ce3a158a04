/** A fit from where an earlier one ended: as a run arrives, for a resample, for a fold. */

import type { Law } from '../law.ts';
import type { Run } from '../run.ts';
import { diagnose } from './diagnose.ts';
import { TooFewRunsError } from './errors.ts';
import { Fitter, TIGHT } from './fitter.ts';
import { deltaOf, type FitOptions } from './options.ts';
import type { Fit } from './outcome.ts';
import { rowsOf } from './rows.ts';
import { hold, spaceOf, toldAnywhere } from './space.ts';

/**
 * The best of the descents from `starts` (coordinates; at least one) and from nowhere else, at once and without a rest. What is frozen
 * takes the value of `options.freeze`; parameters that the law borrows, and such that no run tells, stay where the first start has them.
 *
 * Throws what {@link rowsOf} and {@link spaceOf} throw, {@link TooFewRunsError} where the law covers no run of weight above 0, and
 * a `RangeError` without a start. A single run and constant losses are no error here: a resample may come to that.
 */
export function refit(
  law: Law,
  runs: readonly Run[],
  starts: readonly Float64Array[],
  options: FitOptions = {},
): Fit {
  options.signal?.throwIfAborted();
  const delta = deltaOf(options);
  const [first] = starts;
  if (first === undefined)
    throw new RangeError(`${law.name}: a refit begins somewhere; give it one start at least`);
  const rows = rowsOf(law, runs, options.weights);
  if (!(rows.total > 0)) throw new TooFewRunsError(law, runs.length, rows.points.length, 0);
  const given = spaceOf(law, options.freeze);
  const borrowed = law.borrows?.parameters ?? [];
  const frozen = law.parameters.map(
    ({ name }, index) => given.frozen[index] === true || borrowed.includes(name),
  );
  const isTold = toldAnywhere(law, rows, starts);
  const untold = frozen.map((isFrozen, index) => !isFrozen && isTold[index] !== true);
  const box = hold(
    given.box,
    (index) => given.frozen[index] !== true && (frozen[index] === true || untold[index] === true),
    first,
  );
  const fitter = new Fitter(law, rows, delta, box);
  let best: { theta: Float64Array; value: number; state: ReturnType<Fitter['run']> } | null = null;
  let evaluations = 0;
  for (const start of starts) {
    const state = fitter.run(start, TIGHT);
    evaluations += fitter.evaluations;
    if (best === null || fitter.value < best.value || Number.isNaN(best.value))
      best = { theta: fitter.theta, value: fitter.value, state };
  }
  const { theta, value, state } = best ?? { theta: first, value: Number.NaN, state: 'stuck' as const };
  return diagnose({
    law,
    rows,
    delta,
    theta,
    value,
    state,
    frozen,
    untold,
    descents: starts.length,
    evaluations,
  });
}
