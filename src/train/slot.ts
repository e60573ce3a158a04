/** A run of a fleet on the device, and how it is saved. */

import type { Fleet } from '../model/engine.ts';
import type { Store } from '../store/store.ts';
import { saveCheckpoint } from './checkpoint.ts';
import type { Corpora } from './fleetPlan.ts';
import type { TrainingRun } from './run.ts';

export type Slot = {
  readonly run: TrainingRun;
  /** Place in the engine's fleet. */
  readonly index: number;
  /** Of its checkpoint. */
  readonly folder: string;
  /** The plan's. */
  readonly fingerprint: string;
};

/** Writes the checkpoint of a run at the step it has reached; gives the step. Throws what engine and store throw. */
export async function saveSlot(
  { run, index, folder, fingerprint }: Slot,
  fleet: Fleet,
  store: Store,
  { target, source }: Corpora,
): Promise<number> {
  const { table, tuning, microBatch } = fleet.facts;
  const state = await fleet.readState(index);
  const { record, step, pending } = run.progressRecord();
  const corpora = {
    target: target.sha256,
    source: run.planned.hasSource ? (source?.sha256 ?? null) : null,
  };
  const resume = { step, pending, tuning, microBatch, plan: fingerprint, corpora };
  await saveCheckpoint(store, folder, table, { ...state, step }, { record, resume });
  return step;
}
