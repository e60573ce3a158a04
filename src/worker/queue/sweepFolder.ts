/** The folder of a queued sweep: as on the command line, and beside it why each round of an adaptive design was chosen. */

import { ConfigError } from '../../formats/configError.ts';
import { JsonError, parseJson } from '../../formats/json.ts';
import type { ManifestRun, Tags } from '../../formats/manifest.ts';
import { parseSweepRounds, type SweepRound } from '../../formats/queuedSweep.ts';
import { parseRunRecord, type RunRecord } from '../../formats/record.ts';
import type { Store } from '../../store/store.ts';
import { keptManifest } from '../../sweep/run/folder.ts';
import { PlacedStore } from './placedStore.ts';

/** Every sweep has a folder of its own in this one, named by its id. */
export const SWEEPS = 'sweeps';
const ROUNDS_FILE = 'rounds.json';

/** Where finished runs are kept for good: every record of a sweep goes there first. */
export type RecordKeeper = {
  /** Throws what storage throws; then the run does not count as finished. */
  keep(record: RunRecord, place: { readonly collection: string; readonly tags: Tags }): Promise<void>;
  /** A finished run that is there already; null where there is none. */
  find(id: string): Promise<RunRecord | null>;
};

/** A sweep is in the queue, and its manifest is not in storage: somebody has cleared it, or it cannot be had at this visit. */
export class SweepLostError extends Error {
  override readonly name = 'SweepLostError';
  readonly sweep: string;
  constructor(sweep: string) {
    super(
      'the manifest of this sweep is not in this browser’s storage; load the page again, and if it stays so, put its design into the queue once more',
    );
    this.sweep = sweep;
  }
}

export function sweepFolder(store: Store, id: string): Store {
  return new PlacedStore(store, `${SWEEPS}/${id}`);
}

/** The runs of its manifest so far; none where there is no manifest yet. Throws `JsonError` and `ConfigError`. */
export async function manifestOf(folder: Store): Promise<readonly ManifestRun[]> {
  return (await keptManifest(folder)) ?? [];
}

/** None where there are none, or another version of the lab wrote them: they are for people alone. */
export async function readRounds(folder: Store): Promise<readonly SweepRound[]> {
  const bytes = await folder.read(ROUNDS_FILE);
  if (!bytes) return [];
  try {
    return parseSweepRounds(parseJson(new TextDecoder().decode(bytes), ROUNDS_FILE), ROUNDS_FILE);
  } catch (error) {
    if (error instanceof JsonError || error instanceof ConfigError) return [];
    throw error;
  }
}

export async function writeRounds(folder: Store, rounds: readonly SweepRound[]): Promise<void> {
  await folder.write(ROUNDS_FILE, new TextEncoder().encode(JSON.stringify(rounds)));
}

/** The folder as its trainer sees it: a record that is written there, which ends its run, is in the library before. */
export class KeepingStore extends PlacedStore {
  readonly #keep: (record: RunRecord) => Promise<void>;

  constructor(store: Store, id: string, keep: (record: RunRecord) => Promise<void>) {
    super(store, `${SWEEPS}/${id}`);
    this.#keep = keep;
  }

  override async write(path: string, bytes: Uint8Array): Promise<void> {
    if (/^records\/[^/]+\.json$/.test(path)) {
      await this.#keep(parseRunRecord(parseJson(new TextDecoder().decode(bytes), path), path));
    }
    await super.write(path, bytes);
  }
}
