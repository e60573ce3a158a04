/** What is known of laws that were fitted to runs: the fits themselves, and all that says how far to trust them. */

import type { OwnLawFile } from '../../formats/ownLaw.ts';
import type { Runs } from '../../formats/runs/row.ts';
import { distinctKinds } from '../advice/kinds.ts';
import type { Bootstrap } from '../certainty/bootstrap.ts';
import type { Helpfulness } from '../certainty/nextRun.ts';
import type { Profile } from '../certainty/profile.ts';
import type { CrossValidation } from '../comparison/folds.ts';
import type { HeldOut } from '../comparison/heldOut.ts';
import type { NullTest } from '../comparison/nulls.ts';
import type { Ranking } from '../comparison/rank.ts';
import type { TableRow } from '../comparison/table.ts';
import {
  BorrowError,
  ConstantLossError,
  FreezeError,
  NowhereFiniteError,
  TooFewRunsError,
} from '../fit/errors.ts';
import type { Fit } from '../fit/outcome.ts';
import type { Law } from '../law.ts';
import { NoLossError } from '../own/errors.ts';
import { recipeKind } from '../point.ts';
import type { Run } from '../run.ts';

export type LawStudy = {
  readonly asked: {
    readonly law: Law;
    /** Where it is one of the user's own. */
    readonly own: OwnLawFile | null;
  };
  readonly fit: Fit;
  /** Null where no resamples were asked for. */
  readonly bootstrap: Bootstrap | null;
  readonly heldOut: readonly HeldOut[];
  /** Null where it was left out. */
  readonly crossValidation: CrossValidation | null;
};

export type Study = {
  readonly source: Runs;
  readonly runs: readonly Run[];
  /** The best first, then those that are not ranked. */
  readonly laws: readonly LawStudy[];
  readonly ranking: Ranking;
  /** Laws that could not be fitted. */
  readonly failed: readonly { readonly law: string; readonly reason: string }[];
  /** Null where nothing was held out, or the runs are of one kind of recipe. */
  readonly table: readonly TableRow[] | null;
  /** For the best law the most helpful of each kind of recipe, the most helpful first. */
  readonly nextRuns: readonly Helpfulness[];
  /** Effects of the best law that the runs were asked about. */
  readonly nulls: readonly NullTest[];
  /** Each of the best law that fits the parameter. */
  readonly profiles: readonly { readonly fit: Fit; readonly profile: Profile }[];
  /** What was chosen of the source, as it was asked for. */
  readonly chosen: readonly string[];
  readonly seed: number;
};

/** Of one kind the first few are much alike; kinds that the law cannot tell apart are one. */
export function mostHelpful(sorted: readonly Helpfulness[], law: Law): Helpfulness[] {
  return distinctKinds(law)
    .flatMap((kind) => sorted.find(({ point }) => recipeKind(point) === kind) ?? [])
    .sort((a, b) => b.reduction - a.reduction);
}

/** Errors of a law with these runs, which leave the other laws their chance. */
export function cannotBeFitted(error: unknown): error is Error {
  return [TooFewRunsError, ConstantLossError, BorrowError, FreezeError, NowhereFiniteError, NoLossError].some(
    (type) => error instanceof type,
  );
}
