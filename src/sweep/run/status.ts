/** How far a sweep's folder is, without touching it. */

import { ConfigError } from '../../formats/configError.ts';
import { JsonError } from '../../formats/json.ts';
import type { ManifestRun } from '../../formats/manifest.ts';
import type { Store } from '../../store/store.ts';
import { readSavedRun } from '../../train/checkpoint/checkpoint.ts';
import { CheckpointError } from '../../train/checkpoint/huggingFace.ts';
import { Claims, type Identity } from './claims.ts';
import { findRecord, keptManifest, workFolder } from './folder.ts';

export type RunState = {
  readonly run: ManifestRun;
  /** `begun`: there is a checkpoint, and no claim that binds anybody; `held`: a process has claimed it, dead or alive. */
  readonly state: 'done' | 'diverged' | 'damaged' | 'held' | 'begun' | 'open';
  /** Of its last checkpoint, or of its end. */
  readonly step: number;
  /** Who claims it. */
  readonly holder: { readonly host: string; readonly pid: number } | null;
  /** Nats per token, where it is finished. */
  readonly targetLoss: number | null;
};

/** In the order of the manifest; null where it is no folder of a sweep. Throws `JsonError` and `ConfigError`. */
export async function sweepStatus(store: Store, identity: Identity): Promise<RunState[] | null> {
  const manifest = await keptManifest(store);
  if (!manifest) return null;
  const holders = await new Claims(store, identity).holders();
  const states: RunState[] = [];
  for (const run of manifest) {
    const found = await findRecord(store, run.id);
    if (found.kind === 'finished') {
      const { status, realised, final } = found.record;
      const state = status === 'diverged' ? 'diverged' : 'done';
      states.push({ run, state, step: realised.steps, holder: null, targetLoss: final?.targetLoss ?? null });
      continue;
    }
    const owner = holders.get(run.id);
    const holder = owner ? { host: owner.host, pid: owner.pid } : null;
    const step = await savedStep(store, run.id);
    const begun = step === null ? 'open' : 'begun';
    const state = found.kind === 'damaged' ? 'damaged' : holder ? 'held' : begun;
    states.push({ run, state, step: step ?? 0, holder, targetLoss: null });
  }
  return states;
}

/** Null where there is no checkpoint that can be read. */
async function savedStep(store: Store, id: string): Promise<number | null> {
  try {
    return (await readSavedRun(store, workFolder(id)))?.resume.step ?? null;
  } catch (error) {
    const isDamage =
      error instanceof CheckpointError || error instanceof JsonError || error instanceof ConfigError;
    if (!isDamage) throw error;
    return null;
  }
}
