/**
 * What finished runs of experiments are: chosen by their tags, held against each other by two halves of the held-out text, and taken
 * together where they differ in nothing but the seed. Nothing here depends on the order of the runs.
 */

import { canonicalJson } from '../../formats/json.ts';
import type { Nominal } from '../../formats/manifest.ts';
import { type ManifestRun, parseManifest, type TagValue, tagValues } from '../../formats/manifest.ts';
import type { RunRecord } from '../../formats/record.ts';
import { meanOf } from '../../law/mean.ts';
import { RECIPE_KINDS, type RecipeKind } from '../../law/point.ts';
import type { Store } from '../../store/store.ts';
import { joinTags } from '../design/expand.ts';
import { findRecord } from '../run/folder.ts';
import type { ResultRun } from './experiment.ts';
import { ASKED, askedValue } from './settings.ts';

export const MONOLINGUAL = 'monolingual single-stage' satisfies RecipeKind;
export const SINGLE_STAGE = 'multi-lingual single-stage' satisfies RecipeKind;
export const TWO_STAGE = 'multi-lingual two-stage' satisfies RecipeKind;

/** Where a folder keeps the manifest of each round of each experiment. */
export const MANIFESTS = 'manifests';

/** Whether a run carries this value of a tag, alone or among others: a run that several asked for has the tags of all. */
export function hasTag({ tags }: Pick<ResultRun, 'tags'>, tag: string, value: TagValue): boolean {
  return tagValues(tags, tag).includes(value);
}

/** Runs that this round of this experiment asked for, whoever else did. */
export function ofRound(results: readonly ResultRun[], experiment: string, round: string): ResultRun[] {
  return results.filter((run) => hasTag(run, ASKED, askedValue(experiment, round)));
}

/** Whether a round of this experiment asked for the run. */
export function isAskedBy({ tags }: Pick<ResultRun, 'tags'>, experiment: string): boolean {
  return tagValues(tags, ASKED).some((asked) => String(asked).startsWith(askedValue(experiment, '')));
}

/** Whether a round of this name did, of whatever experiment: rounds that experiments share are of none of them. */
export function isAskedIn({ tags }: Pick<ResultRun, 'tags'>, round: string): boolean {
  return tagValues(tags, ASKED).some((asked) => String(asked).endsWith(askedValue('', round)));
}

/** Target loss on the even held-out windows, in bits per byte: what a cell is chosen by. Infinity where the run diverged. */
export function chosenLoss(run: ResultRun): number {
  return halfLoss(run, 0);
}

/** The same on the odd ones: what is reported of a cell that was chosen by the others. */
export function reportedLoss(run: ResultRun): number {
  return halfLoss(run, 1);
}

/** Target loss on all held-out windows, in bits per byte; Infinity where the run diverged. */
export function wholeLoss({ record }: ResultRun): number {
  if (record.status === 'diverged') return Number.POSITIVE_INFINITY;
  return record.final?.targetBitsPerByte ?? Number.POSITIVE_INFINITY;
}

/** A text of one held-out window has no halves, and neither has an old record: both halves are then the whole. */
function halfLoss(run: ResultRun, half: 0 | 1): number {
  const whole = wholeLoss(run);
  return Number.isFinite(whole) ? (run.record.final?.targetHalvesBitsPerByte?.[half] ?? whole) : whole;
}

/** What a run is apart from its seed and its name: model, recipe, texts, tokenizer, optimiser. Records of the same recipe have the same. */
export function cellKey({ record }: ResultRun): string {
  const known = knownKeys.get(record);
  if (known !== undefined) return known;
  const { name: _, seed: __, evaluation: ___, ...recipe } = record.config;
  const key = canonicalJson(recipe);
  knownKeys.set(record, key);
  return key;
}

/** Analyses ask for the same keys many times over. */
const knownKeys = new WeakMap<RunRecord, string>();

/** Runs of one recipe under several seeds. */
export type Cell = {
  readonly key: string;
  /** By seed. */
  readonly runs: readonly ResultRun[];
  readonly nominal: Nominal;
  /** Means over seeds of {@link chosenLoss} and {@link reportedLoss}; Infinity where one diverged. */
  readonly chosen: number;
  readonly reported: number;
  /** Standard deviation of the reported loss over seeds; NaN of one seed. */
  readonly deviation: number;
};

/** The recipes of these runs, in an order that is always the same. */
export function cells(runs: readonly ResultRun[]): Cell[] {
  const byKey = new Map<string, ResultRun[]>();
  for (const run of runs) {
    const key = cellKey(run);
    const others = byKey.get(key);
    if (others) others.push(run);
    else byKey.set(key, [run]);
  }
  const keys = [...byKey.keys()].sort();
  return keys.flatMap((key) => {
    const ofCell = (byKey.get(key) ?? []).sort(bySeed);
    const [first] = ofCell;
    return first ? [cellOf(key, ofCell, first.nominal)] : [];
  });
}

function cellOf(key: string, runs: readonly ResultRun[], nominal: Nominal): Cell {
  const reported = runs.map(reportedLoss);
  return {
    key,
    runs,
    nominal,
    chosen: meanOf(runs.map(chosenLoss)),
    reported: meanOf(reported),
    deviation: Math.sqrt(squaresAbout(reported) / (runs.length - 1)),
  };
}

function bySeed(a: ResultRun, b: ResultRun): number {
  return a.record.config.seed - b.record.config.seed || (a.id < b.id ? -1 : 1);
}

/** The cell with the lowest chosen loss; null where there is no run that ended with a loss. */
export function bestCell(runs: readonly ResultRun[]): Cell | null {
  const [first, ...others] = cells(runs).filter(({ chosen }) => Number.isFinite(chosen));
  return first ? others.reduce((best, cell) => (cell.chosen < best.chosen ? cell : best), first) : null;
}

/**
 * Standard deviation of the reported loss over seeds, in bits per byte, pooled over all recipes with two or more seeds (n − 1 a recipe);
 * null where there is none. Recipes that diverged under a seed are left out.
 */
export function seedDeviation(runs: readonly ResultRun[]): number | null {
  const repeated = cells(runs).filter((cell) => cell.runs.length > 1 && Number.isFinite(cell.reported));
  if (repeated.length === 0) return null;
  const squares = repeated.reduce(
    (sum, { deviation, runs: { length } }) => sum + deviation ** 2 * (length - 1),
    0,
  );
  return Math.sqrt(squares / repeated.reduce((sum, { runs: { length } }) => sum + length - 1, 0));
}

/** Which of the laws' kinds a run was planned as; null for the others. */
export function recipeKind({ nominal }: Pick<ResultRun, 'nominal'>): RecipeKind | null {
  return RECIPE_KINDS.find((kind) => kind === nominal.kind) ?? null;
}

/** Runs by kind; runs of none of the three are left out. */
export function kindsOf(runs: readonly ResultRun[]): Readonly<Record<RecipeKind, readonly ResultRun[]>> {
  const ofKind = (kind: RecipeKind) => runs.filter(({ nominal }) => nominal.kind === kind);
  return {
    [MONOLINGUAL]: ofKind(MONOLINGUAL),
    [SINGLE_STAGE]: ofKind(SINGLE_STAGE),
    [TWO_STAGE]: ofKind(TWO_STAGE),
  };
}

function squaresAbout(values: readonly number[]): number {
  const middle = meanOf(values);
  return values.reduce((sum, value) => sum + (value - middle) ** 2, 0);
}

/** Lines of several manifests as one list, each run once and with the tags of all. */
export function mergedLines(lines: readonly ManifestRun[]): ManifestRun[] {
  const merged = new Map<string, ManifestRun>();
  for (const line of lines) {
    const before = merged.get(line.id);
    merged.set(line.id, before ? { ...before, tags: joinTags(before.tags, line.tags) } : line);
  }
  return [...merged.values()];
}

/** Finished runs of manifests, of several rounds perhaps, in their order; a run without a finished record is left out. */
export function resultsOf(lines: readonly ManifestRun[], records: Iterable<RunRecord>): ResultRun[] {
  const byId = new Map([...records].map((record) => [record.id, record] as const));
  return mergedLines(lines).flatMap(({ id, config, tags, nominal }) => {
    const record = byId.get(id);
    const isFinished = record?.status === 'done' || record?.status === 'diverged';
    return record && isFinished ? [{ id, config, tags, nominal, record }] : [];
  });
}

export type CollectedResults = {
  readonly results: readonly ResultRun[];
  /** Planned runs without a finished record. */
  readonly missing: readonly ManifestRun[];
  readonly damaged: readonly { readonly path: string; readonly problem: string }[];
};

/** The manifests of rounds that a folder holds, by their paths. Throws `JsonError` and `ConfigError` where one cannot be read. */
export async function roundManifests(
  store: Store,
): Promise<{ readonly path: string; readonly runs: readonly ManifestRun[] }[]> {
  const paths = (await store.list(MANIFESTS)).filter((path) => path.endsWith('.jsonl')).sort();
  const manifests: { path: string; runs: readonly ManifestRun[] }[] = [];
  for (const path of paths) {
    const bytes = await store.read(path);
    if (bytes) manifests.push({ path, runs: parseManifest(new TextDecoder().decode(bytes), path) });
  }
  return manifests;
}

/** All that a folder of experiments holds. Throws `JsonError` and `ConfigError` where one of its manifests cannot be read. */
export async function collectResults(store: Store): Promise<CollectedResults> {
  const planned = mergedLines((await roundManifests(store)).flatMap(({ runs }) => runs));
  const records: RunRecord[] = [];
  const missing: ManifestRun[] = [];
  const damaged: { path: string; problem: string }[] = [];
  for (const line of planned) {
    const found = await findRecord(store, line.id);
    if (found.kind === 'finished') records.push(found.record);
    else missing.push(line);
    if (found.kind === 'damaged') damaged.push({ path: found.path, problem: found.problem });
  }
  return { results: resultsOf(planned, records), missing, damaged };
}
