/** How well a law foresees runs that its fit has not seen. */

import { coveredRuns } from '../certainty/sensitivities.ts';
import { BorrowError, ConstantLossError, NowhereFiniteError, TooFewRunsError } from '../fit/errors.ts';
import { fitLaw } from '../fit/fitLaw.ts';
import type { FitOptions } from '../fit/options.ts';
import type { Fit } from '../fit/outcome.ts';
import type { Law } from '../law.ts';
import type { Run } from '../run.ts';
import { predictorOf } from './prediction.ts';
import { type Score, scoreOf } from './score.ts';
import { type SliceName, sliceRuns } from './slices.ts';

/** What came of one turn: a score, or the reason why there is none. */
export type TurnOutcome = {
  readonly label: string;
  /** Runs that were held out and that the law covers. */
  readonly held: number;
  /** Of those of them that could be predicted. */
  readonly score: Score | null;
  readonly reason: string | null;
  readonly untold: Untold;
};

/** Runs that could not be predicted, since the runs that are left do not tell `parameters`. */
export type Untold = { readonly rows: number; readonly parameters: readonly string[] };

export type HeldOut = {
  readonly slice: SliceName;
  readonly turns: readonly TurnOutcome[];
  /** Over the held-out runs of all turns together that could be predicted, `score.rows`; null where a turn has none. */
  readonly score: Score | null;
  /** Of `held` runs that the law covers, those that are not in `score`: it is of other runs than a law's that foresees all. */
  readonly held: number;
  readonly untold: Untold;
  /** Why `score` is null. */
  readonly reason: string | null;
};

export type HeldOutOptions = Pick<FitOptions, 'delta' | 'freeze' | 'seed' | 'signal' | 'onProgress'> & {
  /** Of each fit; {@link HELD_OUT_DESCENTS} unless it is said. */
  readonly descents?: number;
};

/** Far fewer than a fit of its own takes, since there is one for every turn; they begin at the best of the whole grid. */
export const HELD_OUT_DESCENTS = 24;

/**
 * Parts `runs` as the slice says, fits `law` to the rest and predicts what was held out. Each fit is cold: it starts from the law's own
 * grid, as any fit does, and knows nothing of a fit that has seen the held-out runs. The parts are the same for every law, and a law is
 * judged on those of the runs held out that it covers. R² is about the mean of the runs held out, so it is below 0 where a law foresees
 * worse than that mean, which it could not know.
 *
 * A law that cannot be fitted to the rest, or to which the rest does not tell what any prediction needs, has a reason instead of a
 * score; where it tells some predictions, the score is of those. Rejects with the signal's reason when aborted.
 */
export async function holdOut(
  law: Law,
  runs: readonly Run[],
  name: SliceName,
  options: HeldOutOptions = {},
): Promise<HeldOut> {
  const slice = sliceRuns(name, runs);
  if (slice.reason !== null)
    return { slice: name, turns: [], score: null, held: 0, untold: NOTHING_UNTOLD, reason: slice.reason };
  const { onProgress } = options;
  const turns: TurnOutcome[] = [];
  const foreseen: Foresight[] = [];
  for (const [index, { label, held, rest }] of slice.turns.entries()) {
    const fitted = await fitRest(law, rest, {
      ...options,
      ...(onProgress && { onProgress: (share) => onProgress((index + share) / slice.turns.length) }),
    });
    const foresight = foresee(law, fitted, held);
    foreseen.push(foresight);
    turns.push({
      label,
      held: coveredRuns(law, held).length,
      score: scoreOf(foresight.measured, foresight.predicted),
      reason: foresight.reason,
      untold: foresight.untold,
    });
  }
  const held = turns.reduce((sum, turn) => sum + turn.held, 0);
  const untold = {
    rows: turns.reduce((sum, turn) => sum + turn.untold.rows, 0),
    parameters: [...new Set(turns.flatMap((turn) => turn.untold.parameters))],
  };
  const failure = turns.find(({ reason }) => reason !== null);
  if (failure !== undefined) {
    const { label, reason } = failure;
    // A slice of one turn has its name.
    return {
      slice: name,
      turns,
      score: null,
      held,
      untold,
      reason: label === name ? reason : `${label}: ${reason}`,
    };
  }
  const score = scoreOf(
    foreseen.flatMap(({ measured }) => measured),
    foreseen.flatMap(({ predicted }) => predicted),
  );
  return { slice: name, turns, score, held, untold, reason: null };
}

/** A fit, or why there is none. */
export type RestFit = { readonly fit: Fit; readonly rest: readonly Run[] } | { readonly reason: string };

/** A cold fit to what is left. Rejects only with the signal's reason, or for runs that no fit could take. */
export async function fitRest(
  law: Law,
  rest: readonly Run[],
  options: HeldOutOptions = {},
): Promise<RestFit> {
  try {
    return { fit: await fitLaw(law, rest, { descents: HELD_OUT_DESCENTS, ...options }), rest };
  } catch (error) {
    const isOfLaw = [TooFewRunsError, ConstantLossError, BorrowError, NowhereFiniteError].some(
      (type) => error instanceof type,
    );
    if (!(isOfLaw && error instanceof Error)) throw error;
    return { reason: error.message };
  }
}

/** Measured and predicted losses; both empty where there is a reason. */
export type Foresight = {
  readonly measured: readonly number[];
  readonly predicted: readonly number[];
  readonly reason: string | null;
  readonly untold: Untold;
};

const NOTHING_UNTOLD: Untold = { rows: 0, parameters: [] };

/** What a fit to the rest says of `held`. */
export function foresee(law: Law, fitted: RestFit, held: readonly Run[]): Foresight {
  const nothing = { measured: [], predicted: [], untold: NOTHING_UNTOLD };
  if ('reason' in fitted) return { ...nothing, reason: fitted.reason };
  const covered = coveredRuns(law, held);
  if (covered.length === 0) return { ...nothing, reason: 'the law covers none of the runs held out' };
  const predict = predictorOf(fitted.fit, fitted.rest);
  const predictions = covered.map(({ point, loss }) => ({ loss, ...predict(point) }));
  const parameters = [...new Set(predictions.flatMap(({ needs }) => needs))];
  const told = predictions.filter(({ needs }) => needs.length === 0);
  return {
    measured: told.map(({ loss }) => loss),
    predicted: told.map(({ logLoss }) => Math.exp(logLoss)),
    untold: { rows: covered.length - told.length, parameters },
    reason: told.length > 0 ? null : `the runs that are left do not tell ${parameters.join(', ')}`,
  };
}
