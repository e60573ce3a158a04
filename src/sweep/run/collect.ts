/** What the folders of a sweep hold: finished records with their tags, and how far the rest is. */

import type { ManifestRun, Tags } from '../../formats/manifest.ts';
import type { RunRecord } from '../../formats/record.ts';
import type { TaggedRecord } from '../../formats/runs/writeCsv.ts';
import type { Store } from '../../store/store.ts';
import { mergedLines, roundManifests } from '../experiments/results.ts';
import { findRecord, keptManifest, recordedIds } from './folder.ts';

/** One folder of a sweep. */
export type Collected = {
  /** In the order of the manifest; those that it does not name come after them. */
  readonly runs: readonly TaggedRecord[];
  /** What the runs were planned as, in the same order; of such as no manifest names there is none. */
  readonly lines: readonly ManifestRun[];
  readonly damaged: readonly { readonly path: string; readonly problem: string }[];
  /** Runs of the manifest without a record. */
  readonly missing: readonly ManifestRun[];
};

/**
 * The folder of a sweep, or of a reproduction, which has a manifest for each round. Throws `JsonError` and `ConfigError` where a manifest
 * in it cannot be read. Null where it is no folder of a sweep.
 */
export async function collectFolder(store: Store): Promise<Collected | null> {
  const manifest = await plannedRuns(store);
  const ids = await recordedIds(store);
  if (!manifest && ids.length === 0) return null;
  const planned = new Map((manifest ?? []).map((run) => [run.id, run] as const));
  const runs: TaggedRecord[] = [];
  const lines: ManifestRun[] = [];
  const damaged: { path: string; problem: string }[] = [];
  const missing: ManifestRun[] = [];
  for (const id of new Set([...planned.keys(), ...ids])) {
    const run = planned.get(id);
    const found = await findRecord(store, id);
    if (found.kind === 'finished') {
      runs.push({ record: found.record, tags: run?.tags ?? {} });
      if (run) lines.push(run);
    } else if (run) missing.push(run);
    if (found.kind === 'damaged') damaged.push({ path: found.path, problem: found.problem });
  }
  return { runs, lines, damaged, missing };
}

/** Null where there is no manifest at all. */
async function plannedRuns(store: Store): Promise<ManifestRun[] | null> {
  const kept = await keptManifest(store);
  const rounds = (await roundManifests(store)).flatMap(({ runs }) => runs);
  return kept || rounds.length > 0 ? mergedLines([...(kept ?? []), ...rounds]) : null;
}

/** Runs of several folders as one list. A run that two folders hold comes once, with the tags of both. */
export function mergeCollected(parts: readonly (readonly TaggedRecord[])[]): {
  readonly runs: readonly TaggedRecord[];
  /** Runs whose records say different losses: trained on devices that round differently, say. The first is taken. */
  readonly differing: readonly string[];
} {
  const merged = new Map<string, { record: RunRecord; tags: Tags }>();
  const differing = new Set<string>();
  for (const { record, tags } of parts.flat()) {
    const before = merged.get(record.id);
    if (before && before.record.final?.targetLoss !== record.final?.targetLoss) differing.add(record.id);
    merged.set(record.id, { record: before?.record ?? record, tags: { ...tags, ...before?.tags } });
  }
  return { runs: [...merged.values()], differing: [...differing] };
}
