/** How far a sweep's folder is, without touching it. */

import { ConfigError } from '../../formats/configError.ts';
import { JsonError } from '../../formats/json.ts';
import type { ManifestRun } from '../../formats/manifest.ts';
import type { Store } from '../../store/store.ts';
import { readSavedRun } from '../../train/checkpoint/checkpoint.ts';
import { CheckpointError } from '../../train/checkpoint/error.ts';
import { mergedLines, roundManifests } from '../experiments/results.ts';
import { Claims, type Identity } from './claims.ts';
import { findRecord, keptManifest, MANIFEST_FILE, workFolder } from './folder.ts';

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

/** How far the runs of one manifest are, in its order. */
export type ManifestStates = { readonly path: string; readonly states: readonly RunState[] };

/**
 * Of the manifest of a sweep, and of those that a reproduction keeps, one a round; none where it is no folder of either. A run stands in
 * each that names it. Throws `JsonError` and `ConfigError`.
 */
export async function folderStatus(store: Store, identity: Identity): Promise<ManifestStates[]> {
  const kept = await keptManifest(store);
  const manifests = [
    ...(kept ? [{ path: MANIFEST_FILE, runs: kept }] : []),
    ...(await roundManifests(store)),
  ];
  const states = await statesOf(
    store,
    manifests.flatMap(({ runs }) => runs),
    identity,
  );
  return manifests.map(({ path, runs }) => ({
    path,
    states: runs.flatMap(({ id }) => states.get(id) ?? []),
  }));
}

async function statesOf(
  store: Store,
  runs: readonly ManifestRun[],
  identity: Identity,
): Promise<Map<string, RunState>> {
  const holders = await new Claims(store, identity).holders();
  const states = new Map<string, RunState>();
  for (const run of mergedLines(runs)) {
    const found = await findRecord(store, run.id);
    if (found.kind === 'finished') {
      const { status, realised, final } = found.record;
      const state = status === 'diverged' ? 'diverged' : 'done';
      const targetLoss = final?.targetLoss ?? null;
      states.set(run.id, { run, state, step: realised.steps, holder: null, targetLoss });
      continue;
    }
    const owner = holders.get(run.id);
    const holder = owner ? { host: owner.host, pid: owner.pid } : null;
    const step = await savedStep(store, run.id);
    const begun = step === null ? 'open' : 'begun';
    const state = found.kind === 'damaged' ? 'damaged' : holder ? 'held' : begun;
    states.set(run.id, { run, state, step: step ?? 0, holder, targetLoss: null });
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
