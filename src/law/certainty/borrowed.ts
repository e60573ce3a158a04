/** The uncertainty that a law takes over with the parameters of another law's fit. */

import { fitLaw } from '../fit/fitLaw.ts';
import type { Fit } from '../fit/outcome.ts';
import { refit } from '../fit/refit.ts';
import { parameterValue } from '../law.ts';
import { lawNamed } from '../laws/catalogue.ts';
import type { Run } from '../run.ts';
import { recipeCells } from './cells.ts';
import { drawCells, spreadOverRows } from './resampling.ts';

/** Of the other law's fit, which had as many as any when its parameters were borrowed; this one only has to find that place again. */
const DESCENTS = 40;

/**
 * A function from the number of a resample to the values that `fit` borrows, by name, as a fit to a resample of the other law's runs
 * gives them. `runs` are all runs, those of the other law among them. Null where nothing was borrowed, or where those runs are not there.
 *
 * Rejects with the signal's reason when aborted.
 */
export async function resampleBorrowed(
  fit: Fit,
  runs: readonly Run[],
  seed: number,
  signal?: AbortSignal,
): Promise<((index: number) => Record<string, number>) | null> {
  const { borrows } = fit.law;
  if (borrows === undefined || fit.borrowed.length === 0) return null;
  const theirs = runs.filter(({ point }) => borrows.runs(point));
  if (theirs.length === 0) return null;
  const other = lawNamed(borrows.law);
  const { delta } = fit;
  // What was given by hand was given to the other fit as well.
  const freeze = Object.fromEntries(
    fit.law.parameters.flatMap((parameter, index) =>
      borrows.parameters.includes(parameter.name) && !fit.borrowed.includes(parameter.name)
        ? [[parameter.name, parameterValue(parameter, fit.theta[index] ?? Number.NaN)]]
        : [],
    ),
  );
  const scratch = await fitLaw(other, theirs, {
    delta,
    freeze,
    descents: DESCENTS,
    ...(signal && { signal }),
  });
  const cells = recipeCells(theirs);
  const weights = new Float64Array(theirs.length);
  return (index) => {
    spreadOverRows(drawCells(cells.count, seed, index, ' of the other law'), cells.of, weights);
    const { theta } = refit(other, theirs, [scratch.theta], { delta, freeze, weights });
    return Object.fromEntries(
      other.parameters.flatMap((parameter, place) =>
        fit.borrowed.includes(parameter.name)
          ? [[parameter.name, parameterValue(parameter, theta[place] ?? Number.NaN)]]
          : [],
      ),
    );
  };
}
