/** Laws fitted to runs, with all that says how far to trust them. */

import type { Runs } from '../../formats/runs/row.ts';
import { bootstrap } from '../../law/certainty/bootstrap.ts';
import { proposeRuns } from '../../law/certainty/candidates.ts';
import { helpfulRuns } from '../../law/certainty/nextRun.ts';
import { profile } from '../../law/certainty/profile.ts';
import { coveredRuns } from '../../law/certainty/sensitivities.ts';
import { crossValidate } from '../../law/comparison/folds.ts';
import { type HeldOut, holdOut } from '../../law/comparison/heldOut.ts';
import { testNulls } from '../../law/comparison/nulls.ts';
import { rankFits } from '../../law/comparison/rank.ts';
import type { SliceName } from '../../law/comparison/slices.ts';
import { lawTable, type TableRow } from '../../law/comparison/table.ts';
import { fitLaw } from '../../law/fit/fitLaw.ts';
import type { Fit } from '../../law/fit/outcome.ts';
import { coordinateOf, type Law, parameterValue } from '../../law/law.ts';
import { recipeKind } from '../../law/point.ts';
import { cannotBeFitted, type LawStudy, mostHelpful, type Study } from '../../law/report/study.ts';
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
  readonly profiles: readonly string[];
  /** What was chosen of the runs, as it was asked for. */
  readonly chosen: readonly string[];
  readonly seed: number;
  readonly signal: AbortSignal;
  /** A law's name, what is being done, and the share of it that is done. */
  readonly onProgress: (law: string, doing: string, share: number) => void;
};

/**
 * Fits each law. One that cannot be fitted is an error where it is the only one, else it is listed. Throws `InputError`, before any fit,
 * for a parameter that no law has or that is held where it is to be profiled, and what reading a formula's values throws.
 */
export async function study(asked: readonly AskedLaw[], source: Runs, options: StudyOptions): Promise<Study> {
  const { seed, signal } = options;
  const runs = source.rows.map(runOf);
  checkNames(asked, options);
  const laws: LawStudy[] = [];
  const failed: { law: string; reason: string; error: Error }[] = [];
  for (const one of asked) {
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
    nextRuns: best ? mostHelpful(helpfulRuns(best.fit, runs, proposeRuns(runs)), best.fit.law) : [],
    nulls: best ? await testNulls(best.fit, runs, { seed, signal, onProgress: tell('nulls') }) : [],
    profiles: await profilesOf(options.profiles),
    chosen: options.chosen,
    seed,
  };

  async function profilesOf(names: readonly string[]): Promise<Study['profiles']> {
    const found: Study['profiles'][number][] = [];
    for (const name of names) {
      const owner = laws.find(({ fit }) => isFree(fit, name))?.fit;
      if (owner === undefined) continue;
      const onProgress = (share: number) => options.onProgress(owner.law.name, `profile of ${name}`, share);
      found.push({ fit: owner, profile: await profile(owner, runs, name, { signal, onProgress }) });
    }
    return found;
  }
}

function isFree({ law, frozen }: Fit, name: string): boolean {
  return law.parameters.some((parameter) => parameter.name === name) && !frozen.includes(name);
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
  // A law of the user's own says of itself where it has no limit.
  if (!asked.own) checkInfinite(law, runs, freeze);
  asked.check(runs, freeze);
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
  if (laws.length === 0 || kinds.size < 2 || !slices.includes('top-compute')) return null;
  const fits = laws.map(({ fit }) => fit);
  return await lawTable(fits, runs, {
    seed,
    signal,
    ...(delta !== undefined && { delta }),
    onProgress: (share) => onProgress('all', 'by kind', share),
  });
}

/** A parameter can be held at infinity only where the law has a limit there. Throws `InputError`. */
function checkInfinite(law: Law, runs: readonly Run[], freeze: Readonly<Record<string, number>>): void {
  const [first] = coveredRuns(law, runs);
  const infinite = Object.entries(freeze).filter(([, value]) => !Number.isFinite(value));
  if (first === undefined || infinite.length === 0) return;
  const theta = Float64Array.from(law.parameters, (parameter) => {
    const start = parameter.starts[parameter.starts.length >> 1] ?? 0;
    return coordinateOf(parameter, freeze[parameter.name] ?? parameterValue(parameter, start));
  });
  if (Number.isFinite(law.logLoss(first.point, theta, new Float64Array(theta.length)))) return;
  const named = infinite.map(([name, value]) => `${name} = ${value}`).join(', ');
  throw new InputError(`--freeze: ${law.name} has no loss at ${named}; hold it at a finite value`);
}

function checkNames(asked: readonly AskedLaw[], { freeze, profiles }: StudyOptions): void {
  const known = [...new Set(asked.flatMap(({ law }) => law.parameters.map(({ name }) => name)))];
  const check = (option: string, name: string) => {
    if (known.includes(name)) return;
    throw new InputError(
      `${option}: no law that is fitted has a parameter ${name}; there are ${known.join(', ')}`,
    );
  };
  for (const name of Object.keys(freeze)) check('--freeze', name);
  for (const name of profiles) {
    check('--profile', name);
    if (freeze[name] !== undefined)
      throw new InputError(
        `--profile: ${name} is held by --freeze, so that it has no profile; leave it out of one of the two`,
      );
    checkLent(asked, name);
  }
}

function checkLent(asked: readonly AskedLaw[], name: string): void {
  const owners = asked.map(({ law }) => law).filter((law) => law.parameters.some((one) => one.name === name));
  const [lender] = owners.flatMap(({ borrows }) => borrows ?? []);
  if (lender && owners.every(({ borrows }) => borrows?.parameters.includes(name)))
    throw new InputError(
      `--profile: ${owners.map((law) => law.name).join(', ')} takes ${name} from a fit of ${lender.law} to other runs; profile it there (--law ${lender.law})`,
    );
}
