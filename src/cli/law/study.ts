/** Laws fitted to runs, with all that says how far to trust them. */

import type { Runs } from '../../formats/runs/row.ts';
import { type Bootstrap, bootstrap } from '../../law/certainty/bootstrap.ts';
import { proposeRuns } from '../../law/certainty/candidates.ts';
import { type Helpfulness, helpfulRuns } from '../../law/certainty/nextRun.ts';
import { type Profile, profile } from '../../law/certainty/profile.ts';
import { type CrossValidation, crossValidate } from '../../law/comparison/folds.ts';
import { type HeldOut, holdOut } from '../../law/comparison/heldOut.ts';
import { type Ranking, rankFits } from '../../law/comparison/rank.ts';
import type { SliceName } from '../../law/comparison/slices.ts';
import { lawTable, type TableRow } from '../../law/comparison/table.ts';
import { BorrowError, ConstantLossError, TooFewRunsError } from '../../law/fit/errors.ts';
import { fitLaw } from '../../law/fit/fitLaw.ts';
import type { Fit } from '../../law/fit/outcome.ts';
import { RECIPE_KINDS, recipeKind } from '../../law/point.ts';
import type { Run } from '../../law/run.ts';
import { runOf } from '../../law/runs.ts';
import { InputError } from '../report.ts';
import type { AskedLaw } from './laws.ts';

export type StudyOptions = {
  readonly freeze: Readonly<Record<string, number>>;
  readonly delta: number | undefined;
  readonly resamples: number;
  readonly slices: readonly SliceName[];
  readonly crossValidate: boolean;
  readonly groupBy: string | undefined;
  readonly profile: string | undefined;
  readonly seed: number;
  readonly signal: AbortSignal;
  /** A law's name, what is being done, and the share of it that is done. */
  readonly onProgress: (law: string, doing: string, share: number) => void;
};

export type LawStudy = {
  readonly asked: AskedLaw;
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
  /** Null where there is one law, or one kind of recipe. */
  readonly table: readonly TableRow[] | null;
  /** For the best law the most helpful of each kind of recipe, the most helpful first. */
  readonly nextRuns: readonly Helpfulness[];
  /** Of the best law. */
  readonly profile: Profile | null;
  readonly seed: number;
};

/**
 * Fits each law. One that cannot be fitted is an error where it is the only one, else it is listed. Throws `InputError` for a parameter
 * that no law has, and what reading a formula's values throws.
 */
export async function study(asked: readonly AskedLaw[], source: Runs, options: StudyOptions): Promise<Study> {
  const { seed, signal } = options;
  const runs = source.rows.map(runOf);
  checkNames(asked, options);
  const laws: LawStudy[] = [];
  const failed: { law: string; reason: string; error: Error }[] = [];
  for (const one of asked) {
    one.check(runs);
    try {
      laws.push(await studyLaw(one, runs, options));
    } catch (error) {
      if (!cannotBeFitted(error)) throw error;
      failed.push({ law: one.law.name, reason: error.message, error });
    }
  }
  const [first] = failed;
  if (laws.length === 0 && first) throw first.error;
  const ranking = rankFits(
    laws.map(({ fit }) => fit),
    runs,
  );
  const order = [...ranking.ranked, ...ranking.apart].map(({ fit }) => fit);
  laws.sort((a, b) => order.indexOf(a.fit) - order.indexOf(b.fit));
  const [best] = laws;
  const tell = (doing: string) => (share: number) =>
    options.onProgress(best?.fit.law.name ?? '', doing, share);
  return {
    source,
    runs,
    laws,
    ranking,
    failed: failed.map(({ law, reason }) => ({ law, reason })),
    table: await tableOf(laws, runs, options),
    nextRuns: best ? mostHelpful(helpfulRuns(best.fit, runs, proposeRuns(runs))) : [],
    profile:
      best && options.profile !== undefined
        ? await profile(best.fit, runs, options.profile, {
            signal,
            onProgress: tell(`profile of ${options.profile}`),
          })
        : null,
    seed,
  };
}

/** Of one kind the first few are much alike. */
function mostHelpful(sorted: readonly Helpfulness[]): Helpfulness[] {
  return RECIPE_KINDS.flatMap((kind) => sorted.find(({ point }) => recipeKind(point) === kind) ?? []).sort(
    (a, b) => b.reduction - a.reduction,
  );
}

/** Errors of a law with these runs, which leave the other laws their chance. */
function cannotBeFitted(error: unknown): error is Error {
  return [TooFewRunsError, ConstantLossError, BorrowError].some((type) => error instanceof type);
}

async function studyLaw(asked: AskedLaw, runs: readonly Run[], options: StudyOptions): Promise<LawStudy> {
  const { law } = asked;
  const { delta, resamples, slices, groupBy, seed, signal } = options;
  const tell = (doing: string) => (share: number) => options.onProgress(law.name, doing, share);
  const freeze = Object.fromEntries(
    Object.entries(options.freeze).filter(([name]) =>
      law.parameters.some((parameter) => parameter.name === name),
    ),
  );
  const common = { ...(delta !== undefined && { delta }), freeze, seed, signal };
  const fit = await fitLaw(law, runs, { ...common, onProgress: tell('fit') });
  const crossValidation = options.crossValidate
    ? await crossValidate(fit, runs, {
        seed,
        signal,
        onProgress: tell('cross-validation'),
        ...(groupBy !== undefined && { groupBy }),
      })
    : null;
  const heldOut: HeldOut[] = [];
  for (const slice of slices) {
    heldOut.push(await holdOut(law, runs, slice, { ...common, onProgress: tell(`held out: ${slice}`) }));
  }
  const resampled =
    resamples === 0
      ? null
      : await bootstrap(fit, runs, { resamples, seed, signal, onProgress: tell('bootstrap') });
  return { asked, fit, bootstrap: resampled, heldOut, crossValidation };
}

async function tableOf(
  laws: readonly LawStudy[],
  runs: readonly Run[],
  { seed, signal, delta, slices, onProgress }: StudyOptions,
): Promise<readonly TableRow[] | null> {
  const kinds = new Set(runs.map(({ point }) => recipeKind(point)));
  if (laws.length < 2 || kinds.size < 2 || !slices.includes('top-compute')) return null;
  const fits = laws.map(({ fit }) => fit);
  return await lawTable(fits, runs, {
    own: false,
    seed,
    signal,
    ...(delta !== undefined && { delta }),
    onProgress: (share) => onProgress('all', 'by kind', share),
  });
}

function checkNames(asked: readonly AskedLaw[], { freeze, profile: profiled }: StudyOptions): void {
  const known = [...new Set(asked.flatMap(({ law }) => law.parameters.map(({ name }) => name)))];
  const check = (option: string, name: string) => {
    if (known.includes(name)) return;
    throw new InputError(
      `${option}: no law that is fitted has a parameter ${name}; there are ${known.join(', ')}`,
    );
  };
  for (const name of Object.keys(freeze)) check('--freeze', name);
  if (profiled !== undefined) check('--profile', profiled);
}
