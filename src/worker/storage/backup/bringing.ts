/**
 * Brings back what was taken along, and adds it to what is here. Nothing that is here is replaced, but the saved fleet where that was
 * asked for; what could not be taken is said.
 */

import { BACKUP_FILES, parseBackupQueue, parseRunsAbout, type RunAbout } from '../../../formats/backup.ts';
import { ConfigError } from '../../../formats/configError.ts';
import type { JsonValue } from '../../../formats/json.ts';
import { parseQueuedSweep, type QueuedSweep } from '../../../formats/queuedSweep.ts';
import type { RunRecord } from '../../../formats/record.ts';
import type { QueueEntry } from '../../../store/database.ts';
import type { ImportedFile } from '../../api/library.ts';
import type { BackupFacts, BroughtBack } from '../../api/storage.ts';
import { Outcome } from '../../library/importing.ts';
import { runsOfFile } from '../../library/reading.ts';
import type { RunToKeep } from '../../library/runShelf.ts';
import { takeLock } from '../../lock.ts';
import { keptModels, MODELS } from '../../models/modelFolder.ts';
import { SWEEPS } from '../../queue/sweepFolder.ts';
import { CORPORA } from '../../texts/corpusFiles.ts';
import type { StorageParts } from '../parts.ts';
import { Archive, type PickedBackup } from './archive.ts';
import { type Bringing, bringFiles, bringFolders, type Said } from './bringFiles.ts';
import { bringSession } from './bringSession.ts';
import { bringSettings, bringTables } from './bringSmallThings.ts';

/** Runs that are put down at once. */
const BATCH = 100;

export type BringingOptions = {
  readonly signal: AbortSignal;
  readonly onShare: (share: number) => void;
};

/** Reads the file through and changes nothing. Throws `BackupError`. */
export async function inspectBackup(
  file: PickedBackup,
  { notes }: StorageParts,
  { signal, onShare }: BringingOptions,
): Promise<BackupFacts> {
  const archive = await Archive.open(file, signal);
  await archive.check(signal, onShare);
  const { madeAt, lab, runs, tables, sweeps, texts, fleet } = archive.about;
  const fleetHere = (await notes.read()).fleet !== null;
  return { madeAt, lab, runs, tables, sweeps, texts, fleet, fleetHere, bytes: archive.bytes };
}

/**
 * Throws `BackupError` before anything is changed, `NotNowError` while a fleet trains, `BusyError` where the fleet is to be replaced while
 * another tab trains, `StorageFullError`.
 */
export async function bringBack(
  file: PickedBackup,
  replaceFleet: boolean,
  parts: StorageParts,
  { signal, onShare }: BringingOptions,
): Promise<BroughtBack> {
  const archive = await Archive.open(file, signal);
  await archive.check(signal, (share) => onShare(share / 2));
  const giveBack = await parts.turn.take('backup');
  let release = () => {};
  try {
    // The fleet that is here may be at work in another tab, and its checkpoints go with it.
    if (replaceFleet) release = await takeLock(parts.locks);
    const said: Said = { taken: [], leftOut: [], hasSmallThings: false };
    const bringing: Bringing = { archive, parts, signal, said };
    const runs = await bringRuns(bringing);
    onShare(0.7);
    await bringTables(bringing);
    await bringSettings(bringing);
    await bringFetched(bringing);
    onShare(0.8);
    await bringModels(bringing);
    await bringSession(bringing, replaceFleet);
    parts.models.changed();
    onShare(0.9);
    await bringSweeps(bringing);
    onShare(1);
    return { runs, ...said };
  } finally {
    release();
    giveBack();
    await parts.sweeps.look();
  }
}

async function bringRuns({ archive, parts, signal }: Bringing): Promise<ImportedFile> {
  const outcome = new Outcome(BACKUP_FILES.runs);
  const about = (await archive.json(BACKUP_FILES.runsAbout, parseRunsAbout, signal)) ?? {};
  const bytes = await archive.read(BACKUP_FILES.runs, signal);
  if (!bytes || bytes.length === 0) return outcome.facts();
  const blob = new Blob([bytes as Uint8Array<ArrayBuffer>]);
  let batch: RunToKeep[] = [];
  const keep = async () => {
    outcome.take(batch, await parts.runs.keepAll(batch, 'gently'));
    batch = [];
  };
  for await (const found of runsOfFile(Object.assign(blob, { name: BACKUP_FILES.runs }))) {
    signal.throwIfAborted();
    if ('refused' in found) outcome.refuse(found.refused);
    else batch.push(placed(found.record, about[found.record.id]));
    if (batch.length >= BATCH) await keep();
  }
  await keep();
  return outcome.facts();
}

function placed(record: RunRecord, about: RunAbout | undefined): RunToKeep {
  if (!about) return { record, place: { origin: 'imported', collection: 'Brought back' } };
  const { name, origin, collection, tags, at } = about;
  const named = { ...record, config: { ...record.config, name } };
  return { record: named, place: { origin, collection, tags }, at };
}

/** Fetched texts: their pieces are named by their content, and an index comes after its pieces. */
async function bringFetched(bringing: Bringing): Promise<void> {
  const paths = bringing.archive.under(BACKUP_FILES.files).filter((path) => path.startsWith('texts/'));
  const isIndex = (path: string) => path.startsWith('texts/index/');
  const inOrder = [...paths.filter((path) => !isIndex(path)), ...paths.filter(isIndex)];
  const written = await bringFiles(bringing, inOrder);
  const texts = written.filter(isIndex).length;
  if (texts > 0) bringing.said.taken.push(texts === 1 ? 'a fetched text' : `${texts} fetched texts`);
}

/** Models have names that are never given twice: one that is here already is the same. */
async function bringModels(bringing: Bringing): Promise<void> {
  const { archive, parts, said } = bringing;
  const here = new Set((await keptModels(parts.store)).map(({ folder }) => folder));
  const paths = archive.under(BACKUP_FILES.files).filter((path) => path.startsWith(`${MODELS}/`));
  const folders = new Set(paths.map((path) => path.split('/').slice(0, 2).join('/')));
  await bringFolders(bringing, [...folders]);
  const brought = (await keptModels(parts.store)).filter(({ folder }) => !here.has(folder));
  for (const { name } of brought) said.taken.push(`the model ${name}`);
}

/** Sweeps come to the end of the queue and wait there until somebody lets them go on. */
async function bringSweeps(bringing: Bringing): Promise<void> {
  const { archive, parts, signal, said } = bringing;
  const brought = (await archive.json(BACKUP_FILES.queue, parseBackupQueue, signal)) ?? [];
  const here = await parts.queue.list();
  const last = Math.max(-1, ...here.map(({ place }) => place));
  const added: QueueEntry[] = [];
  // Within a change of the notes nobody throws away texts that no sweep points to yet.
  await parts.notes.change(async (session) => {
    for (const { id, value } of brought) {
      const sweep = sweepOf(value, id);
      if (!sweep) {
        said.leftOut.push(`the sweep ${id}: another version of the lab wrote it, which this one cannot read`);
      } else if (here.some((entry) => entry.id === id)) {
        said.leftOut.push(`the sweep ${sweep.name}: it is here already, and stays as it is`);
      } else {
        const folders = [...sweep.texts.map((key) => `${CORPORA}/${key}`), `${SWEEPS}/${id}`];
        await bringFolders(bringing, folders);
        added.push({ id, place: last + 1 + added.length, value: { ...sweep, paused: true } });
        said.taken.push(`the sweep ${sweep.name}, paused`);
      }
    }
    await parts.queue.put(added);
    return session;
  });
}

function sweepOf(value: JsonValue, id: string): QueuedSweep | null {
  try {
    return parseQueuedSweep(value, id);
  } catch (error) {
    if (error instanceof ConfigError) return null;
    throw error;
  }
}
