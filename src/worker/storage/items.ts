/** What takes room in this browser, thing by thing, each with what would be lost with it. */

import { TextCache } from '../../store/textCache.ts';
import type { StoredItem } from '../api/storage.ts';
import { fleetTitle } from '../fleetTitle.ts';
import { keptModels, MODELS } from '../models/modelFolder.ts';
import { FLEETS } from '../notebook.ts';
import { SWEEPS } from '../queue/sweepFolder.ts';
import { textsOfSweeps } from '../queue/sweeps.ts';
import type { SessionNote } from '../sessionFile.ts';
import { CORPORA, listTexts } from '../texts/corpusFiles.ts';
import { type QueuedEntry, queuedSweeps, type StorageParts, sizesIn, specTitle } from './parts.ts';

const TUNING = 'tuning';
const FETCHED = 'texts';
/** Notes of the lab itself, without which nothing else is found: no thing of its own. */
const SESSION = 'session.json';

export async function storedItems(parts: StorageParts): Promise<readonly StoredItem[]> {
  const sizes = await sizesIn(parts.store);
  const session = await parts.notes.read();
  const sweeps = await queuedSweeps(parts.queue);
  const under = (folder: string) => sumUnder(sizes, folder);
  const texts = await textItems(parts, session, sweeps, under);
  const models = await modelItems(parts, under);
  const known = [
    ...texts.map(({ id }) => `${CORPORA}/${id.slice('text:'.length)}/`),
    // What a note points to and cannot be read as a text is not left over.
    ...(await textsOfSweeps(parts.queue)).map((key) => `${CORPORA}/${key}/`),
    ...models.map(({ id }) => `${id.slice('model:'.length)}/`),
    ...(session.fleet ? [`${session.fleet.folder}/`] : []),
    ...sweeps.map(({ entry }) => `${SWEEPS}/${entry.id}/`),
  ];
  return [
    ...fleetItems(session, under, parts.fleet.busy),
    ...sweepItems(sweeps, under),
    ...models,
    ...texts,
    ...(await fetchedItems(parts)),
    ...(await runItems(parts)),
    ...(await tableItems(parts)),
    ...(await settingItems(parts)),
    ...measuredItems(under),
    ...otherItems(sizes, [SESSION, `${TUNING}/`, `${FETCHED}/`, ...known]),
  ];
}

type Sum = (folder: string) => number;

function fleetItems({ fleet }: SessionNote, under: Sum, isBusy: boolean): StoredItem[] {
  if (!fleet) return [];
  const { configs, finished } = fleet;
  const names = configs.map(({ name }) => name).join('; ');
  const models =
    configs.length === 1 ? 'Its model in Play goes too' : `Its ${configs.length} models in Play go too`;
  return [
    {
      id: 'fleet',
      kind: 'fleet',
      title: fleetTitle(fleet.begunAt),
      detail: `${counted(configs.length, 'run')}, ${finished ? 'over' : 'not finished'}: ${names}`,
      bytes: under(fleet.folder),
      loss: `${
        finished
          ? 'Its checkpoints: none of its runs can go on. Finished runs stay among the runs.'
          : 'Its checkpoints: what its runs have trained so far, unless they are finished.'
      } ${models}; those that are kept there stay.`,
      held: isBusy ? 'It is at work; stop it first.' : null,
    },
  ];
}

function sweepItems(sweeps: readonly QueuedEntry[], under: Sum): StoredItem[] {
  return sweeps.map(({ entry, sweep }) => ({
    id: `sweep:${entry.id}`,
    kind: 'sweep',
    title: sweep.name,
    detail: `${sweep.finished} of ${counted(sweep.runs, 'run')} finished: manifest and checkpoints`,
    bytes: under(`${SWEEPS}/${entry.id}`),
    loss: 'Its place in the queue, and what its unfinished runs have trained so far. Finished runs stay among the runs.',
    held: null,
  }));
}

async function modelItems({ store }: StorageParts, under: Sum): Promise<StoredItem[]> {
  const models = await keptModels(store);
  return models.map(({ folder, name, note: { origin } }) => ({
    id: `model:${folder}`,
    kind: 'model',
    title: name,
    detail: origin === 'brought' ? 'a model that was brought along' : 'a model that was kept from a fleet',
    bytes: under(folder),
    loss:
      origin === 'brought'
        ? 'The copy of the model that lies here; the files it came from are not touched.'
        : 'The model, for good. Export it first if it is worth keeping.',
    held: null,
  }));
}

async function textItems(
  { store, fleet }: StorageParts,
  session: SessionNote,
  sweeps: readonly QueuedEntry[],
  under: Sum,
): Promise<StoredItem[]> {
  const ofFleet = Object.values(session.fleet?.corpora ?? {});
  const ofSweeps = new Set(sweeps.flatMap(({ sweep }) => sweep.texts));
  const open = Object.values(session.corpora);
  const texts = await listTexts(store);
  return texts.map(({ key, spec }) => {
    const isOfFleet = ofFleet.includes(key);
    const users = [
      ...(open.includes(key) ? ['open in Train'] : []),
      ...(isOfFleet ? ['read by the saved fleet'] : []),
      ...(ofSweeps.has(key) ? ['read by a sweep'] : []),
    ];
    return {
      id: `text:${key}`,
      kind: 'text',
      title: specTitle(spec),
      detail: users.join(', ') || 'not in use',
      bytes: under(`${CORPORA}/${key}`),
      loss: 'The text as it was prepared; choose it again to train on it.',
      held: isOfFleet
        ? 'The saved fleet reads it; remove the fleet first.'
        : ofSweeps.has(key)
          ? 'A sweep in the queue reads it; remove the sweep first.'
          : fleet.busy && open.includes(key)
            ? 'A fleet is at work; stop it first.'
            : null,
    };
  });
}

async function fetchedItems({ store }: StorageParts): Promise<StoredItem[]> {
  const texts = await new TextCache(store, () => {}).list();
  return texts.map(({ spec, pieces }) => ({
    id: `fetched:${spec}`,
    kind: 'fetched',
    title: specTitle(spec),
    detail: 'a text as it was fetched',
    bytes: pieces.reduce((sum, { bytes }) => sum + bytes, 0),
    loss: 'It is fetched again when it is chosen the next time.',
    held: null,
  }));
}

async function runItems({ runs }: StorageParts): Promise<StoredItem[]> {
  const { seen, removed } = await runs.collections();
  const items: StoredItem[] = seen.map(({ name, runs: count, bytes }) => ({
    id: `runs:${name}`,
    kind: 'runs',
    title: name,
    detail: `${counted(count, 'run')} with their curves`,
    bytes,
    loss: `${counted(count, 'run')} and their curves, for good. Export them first if they are worth keeping.`,
    held: null,
  }));
  if (removed.runs === 0) return items;
  const gone: StoredItem = {
    id: 'removed',
    kind: 'runs',
    title: 'Deleted runs',
    detail: `${counted(removed.runs, 'run')}, which can still be put back until the next visit`,
    bytes: removed.bytes,
    loss: 'They can no longer be put back.',
    held: null,
  };
  return [...items, gone];
}

async function tableItems({ small }: StorageParts): Promise<StoredItem[]> {
  const bytes = await small.tableBytes();
  const tables = await small.tables();
  return tables.map(({ id, name }) => ({
    id: `table:${id}`,
    kind: 'table',
    title: name,
    detail: 'a table of runs, opened in Fit',
    bytes: bytes.get(id) ?? 0,
    loss: 'The table and what was said of its columns; the file it came from is not touched.',
    held: null,
  }));
}

async function settingItems({ small }: StorageParts): Promise<StoredItem[]> {
  const settings = await small.settings();
  if (settings.size === 0) return [];
  const item: StoredItem = {
    id: 'settings',
    kind: 'settings',
    title: 'Settings',
    detail: 'what was chosen in the views, and laws of your own',
    bytes: JSON.stringify([...settings]).length,
    loss: 'Laws of your own and what you chose in the views.',
    held: null,
  };
  return [item];
}

function measuredItems(under: Sum): StoredItem[] {
  const bytes = under(TUNING);
  if (bytes === 0) return [];
  const item: StoredItem = {
    id: 'measured',
    kind: 'measured',
    title: 'Kernel choices',
    detail: 'which kernels are fastest on this device',
    bytes,
    loss: 'They are measured again when something is trained the next time, which takes some seconds.',
    held: null,
  };
  return [item];
}

/** What nothing points to: left by a crash, or by another version of the lab. */
function otherItems(sizes: ReadonlyMap<string, number>, known: readonly string[]): StoredItem[] {
  const folders = new Map<string, number>();
  for (const [path, bytes] of sizes) {
    if (known.some((start) => path === start || (start.endsWith('/') && path.startsWith(start)))) continue;
    const [top = path, second] = path.split('/');
    const folder =
      second !== undefined && [CORPORA, FLEETS, MODELS, SWEEPS].includes(top) ? `${top}/${second}` : top;
    folders.set(folder, (folders.get(folder) ?? 0) + bytes);
  }
  return [...folders].map(([folder, bytes]) => ({
    id: `other:${folder}`,
    kind: 'other',
    title: folder,
    detail: 'left over: nothing in this version of the lab points to it',
    bytes,
    loss: 'Files that this version of the lab does not use.',
    held: null,
  }));
}

function sumUnder(sizes: ReadonlyMap<string, number>, folder: string): number {
  let sum = 0;
  for (const [path, bytes] of sizes) if (path.startsWith(`${folder}/`)) sum += bytes;
  return sum;
}

function counted(count: number, word: string): string {
  return `${count.toLocaleString('en')} ${word}${count === 1 ? '' : 's'}`;
}
