/** Everything of a fleet that comes before its first step: earlier checkpoints, initial states, the device. */

import type { TrainConfig } from '../formats/config.ts';
import type { RunRecord } from '../formats/record.ts';
import type { Engine, Fleet, RunState, Tuning } from '../model/engine.ts';
import { initialState } from '../model/initialise.ts';
import type { Store } from '../store/store.ts';
import { readSavedRun, readState, type SavedRun } from './checkpoint.ts';
import type { OnTrainEvent } from './events.ts';
import type { Corpora, FleetPlan, PlannedRun } from './fleetPlan.ts';
import { checkResume, planFingerprint, ResumeError, RunExistsError } from './resume.ts';
import type { Environment } from './run.ts';

export type TrainerOptions = {
  /** One a run; a fleet shares model, batch and corpora. */
  readonly configs: readonly TrainConfig[];
  readonly corpora: Corpora;
  readonly engine: Engine;
  readonly store: Store;
  /** The checkpoint folder of each run, '' for the store's root; the runs' names when absent. */
  readonly folders?: readonly string[];
  /** Asked for once the fleet is on the device. */
  readonly environment: Environment | (() => Environment);
  /** Goes on from checkpoints where there are any; without it, a checkpoint that is there is an error. */
  readonly resume?: boolean;
  readonly onEvent: OnTrainEvent;
  /** Seconds of training from one checkpoint to the next. */
  readonly checkpointEverySeconds?: number;
};

/** A run that is still to be trained, and what an earlier sitting left of it. */
export type Waiting = {
  readonly planned: PlannedRun;
  readonly folder: string;
  readonly fingerprint: string;
  readonly saved: SavedRun | null;
};
export type Prepared = {
  readonly done: ReadonlyMap<string, RunRecord>;
  readonly waiting: readonly Waiting[];
  readonly fleet: Fleet | null;
};

/** Reads what is saved, refuses what cannot go on, and puts the rest on the device. Writes nothing. */
export async function prepareRuns(options: TrainerOptions, plan: FleetPlan): Promise<Prepared> {
  const { store, corpora } = options;
  const done = new Map<string, RunRecord>();
  const waiting: Waiting[] = [];
  for (const [index, planned] of plan.runs.entries()) {
    const folder = options.folders?.[index] ?? planned.name;
    const fingerprint = planFingerprint(planned);
    const saved = await readSavedRun(store, folder);
    if (saved && !options.resume)
      throw new RunExistsError(planned.name, saved.resume.step, planned.plan.steps);
    if (saved) checkResume(saved, planned, fingerprint, corpora);
    if (saved && (saved.record.status === 'done' || saved.record.status === 'diverged')) {
      done.set(planned.name, saved.record);
    } else waiting.push({ planned, folder, fingerprint, saved });
  }
  if (waiting.length === 0) return { done, waiting, fleet: null };
  const states: RunState[] = [];
  for (const { planned, folder, saved } of waiting) {
    states.push(
      saved
        ? await readState(store, folder, plan.table, saved.resume.step)
        : initialState(plan.table, planned.config.seed),
    );
  }
  const fleet = await options.engine.createFleet(
    {
      config: plan.table.config,
      batch: waiting[0]?.planned.plan.batch ?? 1,
      tokens: plan.layout.tokens,
      runs: waiting.map(({ planned }, index) => ({
        windows: planned.plan.windows,
        learningRates: planned.learningRates,
        optimizer: planned.optimizer,
        state: states[index] as RunState,
      })),
      evaluation: plan.evaluation.windows,
    },
    choicesOf(waiting),
  );
  return { done, waiting, fleet };
}

/** The engine's choices that the checkpoints were made with; all must agree, since a fleet has one set. */
function choicesOf(waiting: readonly Waiting[]): { tuning?: Tuning; microBatch?: number } {
  const saved = waiting.filter((run) => run.saved !== null);
  const first = saved[0]?.saved?.resume;
  if (!first) return {};
  const { tuning, microBatch } = first;
  for (const { planned, saved: other } of saved) {
    if (
      JSON.stringify(other?.resume.tuning) !== JSON.stringify(tuning) ||
      other?.resume.microBatch !== microBatch
    ) {
      throw new ResumeError(planned.name, '', 'it was trained with other kernel choices; resume it alone');
    }
  }
  return { tuning, microBatch };
}
