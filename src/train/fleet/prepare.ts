/** Everything of a list of runs that comes before the first step: plans, earlier checkpoints, which runs share a fleet. */

import type { TrainConfig } from '../../formats/config.ts';
import { canonicalJson } from '../../formats/json.ts';
import type { References, RunRecord } from '../../formats/record.ts';
import type { SavedRun } from '../../formats/runFile.ts';
import type { Engine, FleetOutline, FleetShape, OutlineChoices } from '../../model/engine.ts';
import type { ParameterTable } from '../../model/llama/parameters.ts';
import type { Store } from '../../store/store.ts';
import { readSavedRun, readState } from '../checkpoint/checkpoint.ts';
import { checkForks, type Fork } from '../checkpoint/fork.ts';
import { checkResume, corpusHashes, planFingerprint, RunExistsError } from '../checkpoint/resume.ts';
import type { OnTrainEvent } from '../events.ts';
import { type Environment, TrainingRun } from '../run.ts';
import { chooseStart } from '../start/choose.ts';
import type { StartModel } from '../start/start.ts';
import { awaitForks } from './forks.ts';
import type { Member } from './member.ts';
import { type CorporaOfRuns, type FleetPlan, type PlannedRun, planFleets } from './plan.ts';

export type TrainerOptions = {
  /** One a run. Runs that share model, batch, texts and tokenizer train side by side, groups of others one after the other. */
  readonly configs: readonly TrainConfig[];
  readonly corpora: CorporaOfRuns;
  /** The models that configs name as their start; those of runs with a checkpoint are not needed. */
  readonly starts?: readonly StartModel[];
  readonly engine: Engine;
  readonly store: Store;
  /**
   * Runs that are not to take the first steps they have in common with another one. Each waits until the other is there, and begins by
   * itself where that does not come to pass: the other has ended before, or is further already, or its kernels are not those of the run.
   */
  readonly forks?: readonly Fork[];
  /** The checkpoint folder of each run, '' for the store's root; the runs' names when absent. */
  readonly folders?: readonly string[];
  /** Asked for once the engine has been. */
  readonly environment: Environment | (() => Environment);
  /** Goes on from checkpoints where there are any; without it, a checkpoint that is there is an error. */
  readonly resume?: boolean;
  readonly onEvent: OnTrainEvent;
  /** Awaited whenever losses have been measured, before the next step and before runs that have ended leave. What it throws ends the training. */
  readonly onMeasured?: (runs: readonly ReadableRun[]) => Promise<void>;
  /** What the target of a run is held against, for its record; asked for runs that are still to be trained. */
  readonly references?: (config: TrainConfig) => Promise<References>;
  /** Seconds of training from one checkpoint to the next. */
  readonly checkpointEverySeconds?: number;
  /** Runs that train side by side at most; chosen by memory and measured speed when left out. */
  readonly fleetSize?: number;
  /** Bytes that a fleet may take, null where nobody can say; asked for once the engine has been. */
  readonly memoryBytes?: () => number | null;
  /** Breaks off the preparation, whose measurements may take a while; once prepared, the signal of `run` counts. */
  readonly signal?: AbortSignal;
};

/** A run whose weights can be read, as long as `onMeasured` is awaited. */
export type ReadableRun = {
  readonly run: string;
  /** Taken so far. */
  readonly step: number;
  /** That its plan has. */
  readonly steps: number;
  /** Whether it takes no more. */
  readonly ended: boolean;
  readonly table: ParameterTable;
  /** The arena of `table`. */
  readonly parameters: () => Promise<Float32Array>;
};

/** Runs that one fleet trains. */
export type Group = {
  readonly plan: FleetPlan;
  readonly outline: FleetOutline;
  readonly planSteps: number;
  readonly members: readonly Member[];
  /** Of its fleet; all members' until it has one. */
  slots: number;
};

export type Prepared = {
  /** Records of runs that had ended before, by name. */
  readonly done: ReadonlyMap<string, RunRecord>;
  readonly groups: readonly Group[];
};

/** A run that is still to be trained, and what an earlier sitting left of it. */
type Waiting = {
  readonly planned: PlannedRun;
  readonly folder: string;
  readonly fingerprint: string;
  readonly saved: SavedRun | null;
  /** Where it begins; null for fresh weights, and for a run that goes on. */
  readonly start: StartModel | null;
};

/** Waiting runs of one plan that were saved with the same kernel choices, or with none, and what fleets of them would be. */
type Draft = { readonly waiting: readonly Waiting[]; readonly outline: FleetOutline };

/**
 * Reads what is saved and refuses what cannot go on; runs come in the order of their configs. Writes nothing. Throws the reason of
 * `options.signal` when that says no.
 */
export async function prepareGroups(options: TrainerOptions): Promise<Prepared> {
  const done = new Map<string, RunRecord>();
  const lists: { readonly plan: FleetPlan; readonly runs: readonly Waiting[] }[] = [];
  const folders = new Map(options.configs.map(({ name }, i) => [name, options.folders?.[i] ?? name]));
  const plans = planFleets(options.configs, options.corpora);
  checkForks(options.forks ?? [], plans);
  for (const plan of plans) {
    const runs: Waiting[] = [];
    for (const planned of plan.runs) {
      const run = await readWaiting(options, plan, planned, folders.get(planned.name) ?? planned.name);
      const { saved } = run;
      if (saved && isOver(saved)) done.set(planned.name, calledAs(planned.name, saved.record));
      else runs.push(run);
    }
    lists.push({ plan, runs });
  }
  const groups: Group[] = [];
  for (const { plan, runs } of lists) groups.push(...(await groupsOf(plan, runs, options)));
  const order = new Map(options.configs.map(({ name }, index) => [name, index]));
  const firstOf = ({ members }: Group) => order.get(members[0]?.run.name ?? '') ?? 0;
  return { done, groups: groups.sort((a, b) => firstOf(a) - firstOf(b)) };
}

async function readWaiting(
  { store, resume, starts = [] }: TrainerOptions,
  plan: FleetPlan,
  planned: PlannedRun,
  folder: string,
): Promise<Waiting> {
  const fingerprint = planFingerprint(planned);
  const saved = await readSavedRun(store, folder);
  if (saved) {
    if (!resume) throw new RunExistsError(planned.name, saved.resume.step, planned.plan.steps);
    checkResume(saved, planned, fingerprint, plan.corpora);
    // Read now so that a damaged one is refused now, and once more when its turn comes: a long list would fill the memory.
    if (!isOver(saved)) await readState(store, folder, plan.table, saved.resume.step);
  }
  const start = saved ? null : chooseStart(planned.config, plan.corpora.tokenizer, starts);
  return { planned, folder, fingerprint, saved, start };
}

/** A run that ended under another name is the same run, and is asked for by the name that it has now. */
function calledAs(name: string, record: RunRecord): RunRecord {
  return record.config.name === name ? record : { ...record, config: { ...record.config, name } };
}

function isOver({ record: { status } }: SavedRun): boolean {
  return status === 'done' || status === 'diverged';
}

/** A fleet has one set of kernel choices: runs that were begun with others go into fleets of their own, in the plan's order. */
async function groupsOf(
  plan: FleetPlan,
  runs: readonly Waiting[],
  options: TrainerOptions,
): Promise<readonly Group[]> {
  // Fresh runs have choices made for them as if there were no others, so that a neighbour's checkpoint moves none of their bits.
  const drafts: Draft[] = [];
  for (const waiting of byKey(runs, ({ saved }) => choicesKey(saved?.resume ?? {}))) {
    const { tuning, microBatch } = waiting[0]?.saved?.resume ?? {};
    const choices = {
      ...(tuning !== undefined && { tuning }),
      ...(microBatch !== undefined && { microBatch }),
    };
    drafts.push({ waiting, outline: await outlined(plan, waiting, options, choices) });
  }
  const groups: Group[] = [];
  for (const alike of byKey(drafts, ({ outline }) => choicesKey(outline.facts(1)))) {
    groups.push(await groupOf(plan, alike, options));
  }
  return groups;
}

/** What share a key, in the order of the first of each. */
function byKey<T>(items: readonly T[], keyOf: (item: T) => string): T[][] {
  const alike = new Map<string, T[]>();
  for (const item of items) {
    const key = keyOf(item);
    alike.set(key, [...(alike.get(key) ?? []), item]);
  }
  return [...alike.values()];
}

function choicesKey({ tuning, microBatch }: { tuning?: unknown; microBatch?: number }): string {
  return canonicalJson({ tuning: tuning ?? null, microBatch: microBatch ?? null });
}

function outlined(
  plan: FleetPlan,
  waiting: readonly Waiting[],
  { engine, signal }: TrainerOptions,
  choices: OutlineChoices,
): Promise<FleetOutline> {
  signal?.throwIfAborted();
  const shape: FleetShape = {
    config: plan.table.config,
    batch: waiting[0]?.planned.plan.batch ?? 1,
    tokens: plan.layout.tokens.length,
    evaluation: plan.evaluation.windows.length,
    planSteps: longestPlan(waiting),
  };
  return engine.outline(shape, { ...choices, ...(signal && { signal }) });
}

function longestPlan(waiting: readonly Waiting[]): number {
  return Math.max(...waiting.map(({ planned }) => planned.plan.steps));
}

/** One group of drafts whose choices turned out to be equal. */
async function groupOf(plan: FleetPlan, drafts: readonly Draft[], options: TrainerOptions): Promise<Group> {
  const { environment, onEvent, signal } = options;
  const order = new Map(plan.runs.map(({ name }, index) => [name, index]));
  const placeOf = ({ planned }: Waiting) => order.get(planned.name) ?? 0;
  const waiting = drafts.flatMap((draft) => draft.waiting).sort((a, b) => placeOf(a) - placeOf(b));
  const retuned = new Set(drafts.filter(({ outline }) => outline.retuned).flatMap((draft) => draft.waiting));
  const [first, another] = drafts;
  if (!first) throw new RangeError('a group without runs');
  const facts = first.outline.facts(1);
  const { tuning, microBatch } = facts;
  const outline = another ? await outlined(plan, waiting, options, { tuning, microBatch }) : first.outline;
  const hashes = corpusHashes(plan.corpora);
  const members: Member[] = [];
  for (const one of waiting) {
    const { planned, folder, fingerprint, saved, start } = one;
    const where = typeof environment === 'function' ? environment() : environment;
    signal?.throwIfAborted();
    const references = saved?.record.references ?? (await options.references?.(planned.config)) ?? null;
    const run = new TrainingRun(planned, facts, where, hashes, onEvent, references);
    if (saved) run.restore({ record: saved.record, step: saved.resume.step, pending: saved.resume.pending });
    const fresh = { slot: null, lastStep: run.steps, told: false, awaits: null, forked: null, history: null };
    members.push({ run, folder, fingerprint, saved, start, retuned: retuned.has(one), ...fresh });
  }
  awaitForks(members, options.forks ?? []);
  return { plan, outline, planSteps: longestPlan(waiting), members, slots: members.length };
}
