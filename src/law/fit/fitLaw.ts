/** The fit of a law to runs, from nothing. */

import type { Law } from '../law.ts';
import { Rest } from '../rest.ts';
import type { Run } from '../run.ts';
import { withBorrowed } from './borrow.ts';
import { diagnose } from './diagnose.ts';
import { ConstantLossError, TooFewRunsError } from './errors.ts';
import { DEFAULT_DESCENTS, deltaOf, type FitOptions } from './options.ts';
import type { Fit } from './outcome.ts';
import { type Rows, rowsOf } from './rows.ts';
import { polish } from './search/polish.ts';
import { sampleRows } from './search/sample.ts';
import { searchValleys } from './search/valleys.ts';
import { hold, neutralPlace, spaceOf, toldAnywhere } from './space.ts';

/** Of the search's bottoms, those that are descended on all rows where the search saw a sample. */
const POLISHED = 3;

/** Of the work, the share of the search where a polish follows. */
const SEARCH_SHARE = 0.9;

/**
 * Fits `law` to those of `runs` that it covers: Hoffmann's procedure (2022, appendix D.3) with a stage for monolingual runs before the
 * joint one ({@link searchValleys}), on a sample of them where they are many ({@link sampleRows}), then on all. Parameters that no run
 * tells are not fitted but left at {@link neutralPlace}. The same runs, options and seed give the same bits.
 *
 * Throws {@link TooFewRunsError}, {@link ConstantLossError}, `BadRunError`, `FreezeError`, `WeightsError`, `BorrowError`,
 * `NowhereFiniteError`, and the signal's reason when aborted.
 */
export async function fitLaw(law: Law, runs: readonly Run[], options: FitOptions = {}): Promise<Fit> {
  const delta = deltaOf(options);
  const { descents = DEFAULT_DESCENTS, seed = 0, weights, signal } = options;
  const rest = new Rest(options);
  const rows = rowsOf(law, runs, weights);
  requireRows(law, rows, runs.length);
  const freeze = await withBorrowed(law, runs, options.freeze ?? {}, (other, theirs, shared) => {
    return fitLaw(other, theirs, {
      delta,
      descents,
      seed,
      freeze: shared,
      ...(weights && { weights: weightsOf(theirs, runs, weights) }),
      ...(signal && { signal }),
    });
  });
  const { box: whole, frozen } = spaceOf(law, freeze);
  const isTold = toldAnywhere(law, rows);
  const untold = frozen.map((isFrozen, index) => !isFrozen && isTold[index] !== true);
  const box = hold(whole, (index) => untold[index] === true, neutralPlace(law, rows, untold));
  const isOpen = frozen.some((isFrozen, index) => !isFrozen && !untold[index]);
  if (isOpen) requireDifferentLosses(rows);

  const part = sampleRows(rows, seed);
  const found = await searchValleys(
    { law, rows: part, box, delta, descents: isOpen ? Math.max(descents, 1) : 1, seed },
    rest,
    SEARCH_SHARE,
  );
  const starts = found.bottoms.slice(0, part === rows ? 1 : POLISHED);
  const polished = await polish({ law, rows, box, delta }, starts, () => rest.after(SEARCH_SHARE));
  const fit = diagnose({
    law,
    rows,
    delta,
    ...polished,
    frozen,
    borrowed: law.parameters.map(
      ({ name }) => freeze[name] !== undefined && options.freeze?.[name] === undefined,
    ),
    untold,
    descents: found.descents,
    evaluations: found.evaluations + polished.evaluations,
  });
  await rest.after(1);
  return fit;
}

function requireRows(law: Law, { weight }: Rows, given: number): void {
  const present = weight.reduce((count, one) => (one > 0 ? count + 1 : count), 0);
  if (present < 2) throw new TooFewRunsError(law, given, weight.length, present);
}

function requireDifferentLosses({ lnLoss, weight }: Rows): void {
  const first = lnLoss[weight.findIndex((one) => one > 0)] ?? 0;
  if (lnLoss.every((one, row) => one === first || weight[row] === 0))
    throw new ConstantLossError(Math.exp(first), lnLoss.length);
}

/** The weights of some of the runs. */
function weightsOf(some: readonly Run[], runs: readonly Run[], weights: Float64Array): Float64Array {
  const chosen = new Set(some);
  return weights.filter((_, index) => {
    const run = runs[index];
    return run !== undefined && chosen.has(run);
  });
}
