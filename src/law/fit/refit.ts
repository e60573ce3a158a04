/** A fit from where an earlier one ended: as a run arrives, for a resample, for a fold. */

import type { Law } from '../law.ts';
import type { DescentState } from '../optimise/descent.ts';
import type { Run } from '../run.ts';
import { diagnose } from './diagnose.ts';
import { TooFewRunsError } from './errors.ts';
import { deltaOf, type FitOptions } from './options.ts';
import type { Fit } from './outcome.ts';
import { rowsOf } from './rows.ts';
import { Fitter, TIGHT } from './search/fitter.ts';
import { isSettled, settled } from './search/settle.ts';
import { hold, spaceOf, toldAnywhere } from './space.ts';

type End = {
  readonly theta: Float64Array;
  readonly value: number;
  readonly state: DescentState;
  readonly slope: Float64Array;
};

/**
 * The best of the descents from `starts` (coordinates; at least one) and from nowhere else, at once and without a rest. What is frozen
 * takes the value of `options.freeze`; parameters that the law borrows, and such that no run tells, stay where the first start has them.
 * What has next to no effect where the descent ends is settled, as in a fit from nothing.
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
  let evaluations = 0;
  const descend = (start: Float64Array): End => {
    const state = fitter.run(start, TIGHT);
    evaluations += fitter.evaluations;
    return { theta: fitter.theta, value: fitter.value, state, slope: fitter.slope.slice() };
  };
  let best = descend(first);
  for (const start of starts.slice(1)) {
    const end = descend(start);
    if (end.value < best.value || Number.isNaN(best.value)) best = end;
  }
  const still = settled(law, rows, box, best.theta, best.slope);
  if (still !== null) {
    const end = descend(still);
    if (isSettled(end.value, best.value)) best = end;
  }
  const { theta, value, state } = best;
  return diagnose({
    law,
    rows,
    delta,
    theta,
    value,
    state,
    frozen,
    borrowed: frozen.map((isFrozen, index) => isFrozen && given.frozen[index] !== true),
    untold,
    descents: starts.length,
    evaluations,
  });
}
