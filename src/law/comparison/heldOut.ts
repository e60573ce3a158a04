/** How well a law foresees runs that its fit has not seen. */

import { coveredRuns } from '../certainty/sensitivities.ts';
import { BorrowError, ConstantLossError, TooFewRunsError } from '../fit/errors.ts';
import { fitLaw } from '../fit/fitLaw.ts';
import type { FitOptions } from '../fit/options.ts';
import type { Fit } from '../fit/outcome.ts';
import type { Law } from '../law.ts';
import type { Run } from '../run.ts';
import { predictFrom } from './prediction.ts';
import { type Score, scoreOf } from './score.ts';
import { type SliceName, sliceRuns } from './slices.ts';

/** What came of one turn: a score, or the reason why there is none. */
export type TurnOutcome = {
  readonly label: string;
  /** Runs that were held out and that the law covers. */
  readonly held: number;
  readonly score: Score | null;
  readonly reason: string | null;
};

export type HeldOut = {
  readonly slice: SliceName;
  readonly turns: readonly TurnOutcome[];
  /** Over the held-out runs of all turns together; null where a turn has none. */
  readonly score: Score | null;
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
 * A law that cannot be fitted to the rest, or to which the rest does not tell all that a prediction needs, has a reason instead of a
 * score. Rejects with the signal's reason when aborted.
 */
export async function holdOut(
  law: Law,
  runs: readonly Run[],
  name: SliceName,
  options: HeldOutOptions = {},
): Promise<HeldOut> {
  const slice = sliceRuns(name, runs);
  if (slice.reason !== null) return { slice: name, turns: [], score: null, reason: slice.reason };
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
    });
  }
  const failure = turns.find(({ reason }) => reason !== null);
  if (failure !== undefined)
    return { slice: name, turns, score: null, reason: `${failure.label}: ${failure.reason}` };
  const score = scoreOf(
    foreseen.flatMap(({ measured }) => measured),
    foreseen.flatMap(({ predicted }) => predicted),
  );
  return { slice: name, turns, score, reason: null };
}

/** A fit, or why there is none. */
export type RestFit = { readonly fit: Fit } | { readonly reason: string };

/** A cold fit to what is left. Rejects only with the signal's reason, or for runs that no fit could take. */
export async function fitRest(
  law: Law,
  rest: readonly Run[],
  options: HeldOutOptions = {},
): Promise<RestFit> {
  try {
    return { fit: await fitLaw(law, rest, { descents: HELD_OUT_DESCENTS, ...options }) };
  } catch (error) {
    const isTooLittle =
      error instanceof TooFewRunsError || error instanceof ConstantLossError || error instanceof BorrowError;
    if (!isTooLittle) throw error;
    return { reason: error.message };
  }
}

/** Measured and predicted losses; both empty where there is a reason. */
export type Foresight = {
  readonly measured: readonly number[];
  readonly predicted: readonly number[];
  readonly reason: string | null;
};

/** What a fit to the rest says of `held`. */
export function foresee(law: Law, fitted: RestFit, held: readonly Run[]): Foresight {
  const nothing = { measured: [], predicted: [] };
  if ('reason' in fitted) return { ...nothing, reason: fitted.reason };
  const covered = coveredRuns(law, held);
  if (covered.length === 0) return { ...nothing, reason: 'the law covers none of the runs held out' };
  const predictions = covered.map(({ point }) => predictFrom(fitted.fit, point));
  const needs = [...new Set(predictions.flatMap((prediction) => prediction.needs))];
  if (needs.length > 0)
    return { ...nothing, reason: `the runs that are left do not tell ${needs.join(', ')}` };
  return {
    measured: covered.map(({ loss }) => loss),
    predicted: predictions.map(({ logLoss }) => Math.exp(logLoss)),
    reason: null,
  };
}
