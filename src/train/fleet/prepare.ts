/** Everything of a list of runs that comes before the first step: plans, earlier checkpoints, which runs share a fleet. */

import type { TrainConfig } from '../../formats/config.ts';
import { canonicalJson } from '../../formats/json.ts';
import type { RunRecord } from '../../formats/record.ts';
import type { Engine, FleetOutline, FleetShape } from '../../model/engine.ts';
import type { Store } from '../../store/store.ts';
import { readSavedRun, readState, type SavedRun } from '../checkpoint/checkpoint.ts';
import { checkResume, corpusHashes, planFingerprint, RunExistsError } from '../checkpoint/resume.ts';
import type { OnTrainEvent } from '../events.ts';
import { type Environment, TrainingRun } from '../run.ts';
import type { Member } from './member.ts';
import { type CorporaOfRuns, type FleetPlan, type PlannedRun, planFleets } from './plan.ts';

export type TrainerOptions = {
  /** One a run. Runs that share model, batch and texts train side by side, groups of others one after the other. */
  readonly configs: readonly TrainConfig[];
  readonly corpora: CorporaOfRuns;
  readonly engine: Engine;
  readonly store: Store;
  /** The checkpoint folder of each run, '' for the store's root; the runs' names when absent. */
  readonly folders?: readonly string[];
  /** Asked for once the engine has been. */
  readonly environment: Environment | (() => Environment);
  /** Goes on from checkpoints where there are any; without it, a checkpoint that is there is an error. */
  readonly resume?: boolean;
  readonly onEvent: OnTrainEvent;
  /** Seconds of training from one checkpoint to the next. */
  readonly checkpointEverySeconds?: number;
  /** Runs that train side by side at most; chosen by memory and measured speed when left out. */
  readonly fleetSize?: number;
  /** Bytes that a fleet may take, null where nobody can say; asked for once the engine has been. */
  readonly memoryBytes?: () => number | null;
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
};

/** Waiting runs of one plan that go on with the same kernel choices. */
type Draft = { readonly plan: FleetPlan; readonly waiting: Waiting[]; saved: SavedRun['resume'] | null };

/** Reads what is saved and refuses what cannot go on; runs come in the order of their configs. Writes nothing. */
export async function prepareGroups(options: TrainerOptions): Promise<Prepared> {
  const done = new Map<string, RunRecord>();
  const drafts: Draft[] = [];
  const folders = new Map(options.configs.map(({ name }, i) => [name, options.folders?.[i] ?? name]));
  for (const plan of planFleets(options.configs, options.corpora)) {
    const ofPlan: Draft[] = [];
    for (const planned of plan.runs) {
      const run = await readWaiting(options, plan, planned, folders.get(planned.name) ?? planned.name);
      const { saved } = run;
      if (saved && isOver(saved)) done.set(planned.name, saved.record);
      else addTo(ofPlan, plan, run);
    }
    drafts.push(...ofPlan);
  }
  const order = new Map(options.configs.map(({ name }, index) => [name, index]));
  const firstOf = ({ waiting }: Draft) => order.get(waiting[0]?.planned.name ?? '') ?? 0;
  drafts.sort((a, b) => firstOf(a) - firstOf(b));
  const groups: Group[] = [];
  for (const draft of drafts) groups.push(await outlined(draft, options));
  return { done, groups };
}

async function readWaiting(
  { store, resume }: TrainerOptions,
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
  return { planned, folder, fingerprint, saved };
}

function isOver({ record: { status } }: SavedRun): boolean {
  return status === 'done' || status === 'diverged';
}

/** A fleet has one set of kernel choices, so a run that was begun with others goes into a fleet of its own. */
function addTo(drafts: Draft[], plan: FleetPlan, run: Waiting): void {
  const resume = run.saved?.resume ?? null;
  const draft = drafts.find(({ saved }) => saved === null || resume === null || sameChoices(saved, resume));
  if (draft) {
    draft.waiting.push(run);
    draft.saved ??= resume;
  } else drafts.push({ plan, waiting: [run], saved: resume });
}

function sameChoices(a: SavedRun['resume'], b: SavedRun['resume']): boolean {
  return a.microBatch === b.microBatch && canonicalJson(a.tuning) === canonicalJson(b.tuning);
}

async function outlined({ plan, waiting, saved }: Draft, options: TrainerOptions): Promise<Group> {
  const planSteps = Math.max(...waiting.map(({ planned }) => planned.plan.steps));
  const shape: FleetShape = {
    config: plan.table.config,
    batch: waiting[0]?.planned.plan.batch ?? 1,
    tokens: plan.layout.tokens.length,
    evaluation: plan.evaluation.windows.length,
    planSteps,
  };
  const outline = await options.engine.outline(
    shape,
    saved ? { tuning: saved.tuning, microBatch: saved.microBatch } : {},
  );
  const { environment, onEvent } = options;
  const facts = outline.facts(1);
  const hashes = corpusHashes(plan.corpora);
  const members = waiting.map(({ planned, folder, fingerprint, saved: left }): Member => {
    const where = typeof environment === 'function' ? environment() : environment;
    const run = new TrainingRun(planned, facts, where, hashes, onEvent);
    if (left) run.restore({ record: left.record, step: left.resume.step, pending: left.resume.pending });
    return { run, folder, fingerprint, saved: left, slot: null, lastStep: run.steps, told: false };
  });
  return { plan, outline, planSteps, members, slots: members.length };
}
