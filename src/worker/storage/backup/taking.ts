/** Takes everything along: runs, tables, settings, the queue, checkpoints and texts, as one zip. */

import { BACKUP_FILES, BACKUP_VERSION, type BackupAbout, type RunAbout } from '../../../formats/backup.ts';
import type { Leaving } from '../../api/storage.ts';
import { BusyError, NotNowError } from '../../failures.ts';
import { takeLock } from '../../lock.ts';
import { keptModels } from '../../models/modelFolder.ts';
import { SWEEPS } from '../../queue/sweepFolder.ts';
import { sessionJson } from '../../sessionFile.ts';
import { CORPORA } from '../../texts/corpusFiles.ts';
import { queuedSweeps, type StorageParts } from '../parts.ts';
import { BackupTooLargeError, BackupTooManyError, MOST_BYTES, MOST_FILES } from './errors.ts';
import { ZipFile } from './zipFile.ts';

export type TakingOptions = {
  readonly without: readonly Leaving[];
  /** Version of the lab. */
  readonly lab: string;
  readonly signal: AbortSignal;
  readonly onShare: (share: number) => void;
};

/** What goes along of the store for files, and of the notes that point to it. */
type Files = {
  readonly paths: ReadonlyMap<string, number>;
  readonly session: string;
  readonly queue: readonly unknown[];
  readonly hasFleet: boolean;
  readonly texts: number;
};

/**
 * Throws `BackupTooLargeError` and `BackupTooManyError`, and `NotNowError` while a fleet trains, or another tab does whose checkpoints are to
 * go along; the queue stands aside for it.
 */
export async function takeAlong(parts: StorageParts, options: TakingOptions): Promise<Blob> {
  const giveBack = await parts.turn.take('backup');
  let release = () => {};
  try {
    if (!options.without.includes('checkpoints')) release = await holdCheckpoints(parts);
    return await pack(parts, options);
  } finally {
    release();
    giveBack();
  }
}

/** Files of one checkpoint that were copied before and after it was saved anew would be worth nothing. */
async function holdCheckpoints({ locks }: StorageParts): Promise<() => void> {
  try {
    return await takeLock(locks);
  } catch (error) {
    if (!(error instanceof BusyError)) throw error;
    const how = error.by === 'queue' ? 'pause the queue in Sweep' : 'stop it there';
    throw new NotNowError(
      `Another tab of this browser is training, and its checkpoints change while they would be copied: ${how}, or leave out checkpoints here.`,
    );
  }
}

async function pack(parts: StorageParts, { without, lab, signal, onShare }: TakingOptions): Promise<Blob> {
  const files = await filesOf(parts, without);
  const tables = await Promise.all((await parts.small.tables()).map(({ id }) => parts.small.table(id)));
  const { seen } = await parts.runs.collections();
  const runs = seen.reduce((sum, collection) => sum + collection.runs, 0);
  const runBytes = seen.reduce((sum, { bytes }) => sum + bytes, 0);
  const fileBytes = [...files.paths.values()].reduce((sum, bytes) => sum + bytes, 0);
  const total = fileBytes + runBytes;
  if (total > MOST_BYTES) throw new BackupTooLargeError(total);
  const names = files.paths.size + Object.keys(BACKUP_FILES).length;
  if (names > MOST_FILES) throw new BackupTooManyError(names);
  const about: BackupAbout = {
    format: 'm3lab backup',
    version: BACKUP_VERSION,
    madeAt: Date.now(),
    lab,
    runs,
    tables: tables.length,
    sweeps: files.queue.length,
    texts: files.texts,
    fleet: files.hasFleet,
  };
  const zip = new ZipFile();
  const addJson = (name: string, value: unknown) => zip.add(name, [encoded(JSON.stringify(value))], signal);
  await addJson(BACKUP_FILES.about, about);
  const aboutRuns: Record<string, RunAbout> = {};
  await zip.add(BACKUP_FILES.runs, runLines(parts, aboutRuns), signal);
  await addJson(BACKUP_FILES.runsAbout, aboutRuns);
  await addJson(BACKUP_FILES.tables, tables);
  await addJson(BACKUP_FILES.settings, Object.fromEntries(await parts.small.settings()));
  await addJson(BACKUP_FILES.queue, files.queue);
  await zip.add(BACKUP_FILES.session, [encoded(files.session)], signal);
  let packed = runBytes;
  for (const [path, bytes] of files.paths) {
    onShare(packed / Math.max(1, total));
    const content = await parts.store.read(path);
    // What vanished since it was listed is of no use to anybody.
    if (content) await zip.add(`${BACKUP_FILES.files}${path}`, [content], signal);
    packed += bytes;
  }
  onShare(1);
  return zip.end();
}

async function* runLines(
  { runs }: StorageParts,
  about: Record<string, RunAbout>,
): AsyncGenerator<Uint8Array> {
  for await (const { stored, json } of runs.all()) {
    const { id, name, origin, collection, tags } = stored.summary;
    about[id] = { name, origin: origin === 'own' ? 'own' : 'imported', collection, tags, at: stored.at };
    yield encoded(`${json}\n`);
  }
}

async function filesOf({ store, notes, queue }: StorageParts, without: readonly Leaving[]): Promise<Files> {
  const note = await notes.read();
  const takesCheckpoints = !without.includes('checkpoints');
  const takesTexts = !without.includes('texts');
  const sweeps = takesCheckpoints ? await queuedSweeps(queue) : [];
  const fleet = takesCheckpoints ? note.fleet : null;
  const corpora = takesTexts ? note.corpora : { target: null, source: null };
  // A checkpoint is worth nothing without the texts that it goes on with.
  const keys = new Set([
    ...Object.values(fleet?.corpora ?? {}),
    ...sweeps.flatMap(({ sweep }) => sweep.texts),
    ...Object.values(corpora).filter((key) => key !== null),
  ]);
  const folders = [
    ...(takesTexts ? ['texts'] : []),
    ...[...keys].map((key) => `${CORPORA}/${key}`),
    ...sweeps.map(({ entry }) => `${SWEEPS}/${entry.id}`),
    ...(fleet ? [fleet.folder] : []),
    ...(takesCheckpoints ? (await keptModels(store)).map(({ folder }) => folder) : []),
  ];
  const paths = new Map<string, number>();
  for (const folder of folders) {
    for (const path of await store.list(folder)) paths.set(path, (await store.size(path)) ?? 0);
  }
  return {
    paths,
    session: sessionJson({ corpora, fleet }),
    queue: sweeps.map(({ entry }) => entry),
    hasFleet: fleet !== null,
    texts: keys.size,
  };
}

function encoded(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}
