/** The folder of a sweep: what lies where, finished records, and the manifest that it was begun with. */

import { ConfigError } from '../../formats/configError.ts';
import { JsonError, parseJson } from '../../formats/json.ts';
import { type ManifestRun, parseManifest } from '../../formats/manifest.ts';
import { parseRunRecord, type RunRecord } from '../../formats/record.ts';
import type { Store } from '../../store/store.ts';

export const MANIFEST_FILE = 'manifest.jsonl';
const RECORDS = 'records';
export const WORK = 'work';

/** Where a run keeps its checkpoint while it is under way. */
export const workFolder = (id: string) => `${WORK}/${id}`;
const recordPath = (id: string) => `${RECORDS}/${id}.json`;

/** A manifest that is not the one that the folder was begun with, nor a longer one that begins alike. */
export class ManifestChangedError extends Error {
  override readonly name = 'ManifestChangedError';
  /** The first line, from 1, in which they differ. */
  readonly line: number;
  constructor(line: number, words: string) {
    super(words);
    this.line = line;
  }
}

/** What is known of a run's record; a damaged one counts as none. */
export type FoundRecord =
  | { readonly kind: 'none' }
  | { readonly kind: 'damaged'; readonly path: string; readonly problem: string }
  | { readonly kind: 'finished'; readonly record: RunRecord };

export async function findRecord(store: Store, id: string): Promise<FoundRecord> {
  const path = recordPath(id);
  const bytes = await store.read(path);
  if (!bytes) return { kind: 'none' };
  try {
    const record = parseRunRecord(parseJson(new TextDecoder().decode(bytes), path), path);
    const { status } = record;
    if (record.id !== id) return { kind: 'damaged', path, problem: `it is the record of ${record.id}` };
    if (isFinal(record)) return { kind: 'finished', record };
    return { kind: 'damaged', path, problem: `its run is ${status}, and only finished ones belong there` };
  } catch (error) {
    if (!(error instanceof ConfigError || error instanceof JsonError)) throw error;
    const problem = error.message.replace(`${path}: `, '').replace(`${path}, `, '');
    return { kind: 'damaged', path, problem };
  }
}

/** Whether there is nothing left to train. */
export function isFinal({ status }: Pick<RunRecord, 'status'>): boolean {
  return status === 'done' || status === 'diverged';
}

/** From here on the run is finished. Throws what the store throws. */
export function writeRecord(store: Store, record: RunRecord): Promise<void> {
  return store.write(recordPath(record.id), new TextEncoder().encode(`${JSON.stringify(record)}\n`));
}

/** Ids of the runs that have a record, whole or damaged. */
export async function recordedIds(store: Store): Promise<string[]> {
  const paths = await store.list(RECORDS);
  return paths.flatMap((path) => /^records\/([^/]+)\.json$/.exec(path)?.[1] ?? []);
}

/** The manifest that the folder was begun with; null where it was not begun. Throws `JsonError` and `ConfigError`. */
export async function keptManifest(store: Store): Promise<ManifestRun[] | null> {
  const bytes = await store.read(MANIFEST_FILE);
  return bytes && parseManifest(new TextDecoder().decode(bytes), MANIFEST_FILE);
}

/**
 * Keeps a manifest in the folder, `text` as it was read and `runs` as it was understood. A longer one takes the place of the one that was there. Throws {@link ManifestChangedError}
 * where it does not begin as that one; `self` names whoever writes.
 */
export async function adoptManifest(
  store: Store,
  { text, runs }: { readonly text: string; readonly runs: readonly ManifestRun[] },
  self: string,
): Promise<void> {
  const bytes = new TextEncoder().encode(text);
  if (await store.create(MANIFEST_FILE, bytes)) return;
  const kept = (await keptManifest(store)) ?? [];
  for (const [index, { id }] of kept.entries()) {
    const given = runs[index]?.id;
    if (given === id) continue;
    const there =
      given === undefined ? `ends after ${runs.length} of ${kept.length} runs` : `has run ${given} there`;
    throw new ManifestChangedError(
      index + 1,
      `the folder was begun with another manifest: its run ${index + 1} is ${id}, and this manifest ${there}; runs may be added at its end, else choose another folder`,
    );
  }
  if (runs.length === kept.length) return;
  // Of several processes that bring the same longer manifest each writes a file of its own.
  const mine = `${self}.${MANIFEST_FILE}`;
  await store.write(mine, bytes);
  await store.move(mine, MANIFEST_FILE);
}
