/** A run of a group: where it is, and how it is saved. */

import type { SavedRun } from '../../formats/runFile.ts';
import type { FleetRun, RunState } from '../../model/engine.ts';
import { initialState } from '../../model/llama/initialise.ts';
import type { Store } from '../../store/store.ts';
import { readState, saveCheckpoint } from '../checkpoint/checkpoint.ts';
import type { RunHistory } from '../history.ts';
import type { TrainingRun } from '../run.ts';
import { type StartModel, startState } from '../start/start.ts';
import type { FleetPlan } from './plan.ts';

export type Member = {
  readonly run: TrainingRun;
  /** Of its checkpoint. */
  readonly folder: string;
  /** The plan's. */
  readonly fingerprint: string;
  /** What an earlier sitting, or the run that it was forked from, left of it. */
  saved: SavedRun | null;
  /** The model that it begins from; null for fresh weights, and once there is a checkpoint. */
  start: StartModel | null;
  /** Whether it goes on with other kernel choices than those it was saved with. */
  readonly retuned: boolean;
  /** Its place in the fleet; null before it takes one and after it has left. */
  slot: number | null;
  /** The step at which this sitting ends for it, at the end of its plan or before. */
  lastStep: number;
  /** It has ended, and whoever listens was told. */
  told: boolean;
  /** The run that it waits for, and the step of that run from which it will go on. */
  awaits: Origin | null;
  /** Where it went on from in this sitting, after it had waited. */
  forked: Origin | null;
  /** What it measured so far, as long as others wait for it. */
  history: RunHistory | null;
};

/** A step of another run. */
export type Origin = { readonly from: Member; readonly step: number };

/** A member that has a slot. */
export type Seated = Member & { slot: number };

/** The run as it stands in the store, or before its first step. Throws what the store throws, and `CheckpointError`. */
export async function stateOf(
  { run, folder, saved, start }: Member,
  plan: FleetPlan,
  store: Store,
): Promise<RunState> {
  if (saved) return readState(store, folder, plan.table, saved.resume.step);
  if (start) return startState(start);
  return initialState(plan.table, run.planned.config.seed);
}

/**
 * Saves a run that begins from a model as it is before its first step, so that it can go on without that model; false where there is no
 * need. Throws what the store throws.
 */
export async function keepStart(member: Member, plan: FleetPlan, store: Store): Promise<boolean> {
  if (!member.start || member.saved || member.run.ended || member.run.step > 0) return false;
  member.saved = await saveMember(member, startState(member.start), plan, store);
  // It takes the memory of all its weights.
  member.start = null;
  return true;
}

export function fleetRun({ run }: Member, state: RunState): FleetRun {
  const { config, plan, learningRates, optimizer } = run.planned;
  const stepsBefore = config.start?.moments?.step ?? 0;
  return { windows: plan.windows, learningRates, optimizer, stepsBefore, state };
}

/**
 * Writes the checkpoint of a run at the step it has reached, where its arenas are `state`; gives what it says beside them.
 * Throws what the store throws.
 */
export async function saveMember(
  { run, folder, fingerprint, history }: Member,
  state: RunState,
  { corpora: { target, source, tokenizer } }: FleetPlan,
  store: Store,
): Promise<SavedRun> {
  const { table, tuning, microBatch } = run.facts;
  const { record, step, pending } = run.progressRecord();
  const corpora = {
    target: target.sha256,
    source: run.planned.hasSource ? (source?.sha256 ?? null) : null,
  };
  const resume = {
    step,
    pending,
    tuning,
    microBatch,
    plan: fingerprint,
    corpora,
    tokenizer: tokenizer.fingerprint,
    ...(history && { history: history.facts(step) }),
  };
  await saveCheckpoint(store, folder, { table, tokenizer }, { ...state, step }, { record, resume });
  return { record, resume };
}
