/** Fleets that the lab trains: to their end, over pauses, visits and lost devices. */

import { beforeAll, beforeEach, expect, test } from 'vitest';
import { MemoryStore } from '../../src/store/memory.ts';
import { MemoryDatabase } from '../../src/store/memoryDatabase.ts';
import type { SavedFleet } from '../../src/worker/api/fleet.ts';
import type { LabEvent } from '../../src/worker/api/lab.ts';
import type { KeptRun } from '../../src/worker/api/library.ts';
import type { Side } from '../../src/worker/api/texts.ts';
import { readSession, writeSession } from '../../src/worker/sessionFile.ts';
import {
  CONFIGS,
  config,
  ENOUGH_MS,
  loseSharedDevice,
  openLab,
  openLabWithTexts,
  picked,
  pickedFiles,
  results,
  STEPS,
  sharedGpu,
} from './lab.ts';

let gpu: GPU;
let files: Record<Side, File>;
let store: MemoryStore;
/** A store in which a fleet of {@link CONFIGS} was trained without a break, and what came of it. */
let finished: {
  store: MemoryStore;
  saved: SavedFleet | null;
  kept: readonly KeptRun[];
  told: readonly LabEvent[];
};

beforeAll(async () => {
  gpu = await sharedGpu();
  files = await pickedFiles();
  store = new MemoryStore();
  const lab = await openWithTexts();
  await lab.must({ command: 'train', configs: CONFIGS });
  await lab.until('done');
  const { saved } = await lab.must({ command: 'open' });
  const { runs: kept } = await lab.must({ command: 'runs', after: null });
  finished = { store, saved, kept, told: lab.events };
});

beforeEach(() => {
  store = new MemoryStore();
});

const open = () => openLab(gpu, store);
/** Phases from a resumption on, when the pause after it is taken back at once. */
async function resumedAndPaused(lab: ReturnType<typeof open>) {
  const told = lab.events.length;
  await lab.must({ command: 'resume' });
  const paused = lab.must({ command: 'pause' });
  await lab.must({ command: 'resume' });
  await paused;
  return lab.events.slice(told).flatMap((event) => (event.event === 'phase' ? [event.phase] : []));
}

const openWithTexts = () => openLabWithTexts(gpu, store, files);

test('a fleet trains to its end, and its records are found by the next visit', async () => {
  store = finished.store;
  const { saved } = await open().must({ command: 'open' });
  expect(saved).toEqual(finished.saved);
  expect(saved?.finished).toBe(true);
  for (const { record, step } of saved?.runs ?? []) {
    expect(step).toBe(STEPS);
    expect(record?.status).toBe('done');
    expect(record?.final?.targetBitsPerByte).toBeLessThan(8);
  }
  expect(saved?.runs.map(({ run }) => run)).toEqual(['monolingual', 'bilingual']);
});

test('finished runs are in the library before the page hears of their end', () => {
  const { kept, told, saved } = finished;
  const ids = kept.map(({ summary }) => summary.id).sort();
  expect(ids).toEqual((saved?.runs ?? []).map(({ record }) => record?.id ?? '').sort());
  expect(kept[0]?.summary).toMatchObject({ origin: 'own', status: 'done' });
  expect(kept[0]?.summary.collection).toMatch(/^Fleet of \d{4}-\d\d-\d\d \d\d:\d\d$/);
  const first = told.findIndex(({ event }) => event === 'recorded');
  const done = told.findIndex(
    (event) => event.event === 'train' && event.events.some((one) => one.event === 'done'),
  );
  expect(first).toBeGreaterThan(-1);
  expect(first).toBeLessThan(done);
});

test('before the first step it is told how many kernels are compiled', () => {
  const { told } = finished;
  const compiling = told.flatMap((event) => (event.event === 'compiling' ? [event.kernels] : []));
  expect(compiling[0]?.compiled).toBe(0);
  expect(compiling.some((kernels) => kernels !== null && kernels.asked > 0)).toBe(true);
  for (const kernels of compiling) expect(kernels?.compiled ?? 0).toBeLessThanOrEqual(kernels?.asked ?? 0);
  expect(compiling.at(-1)).toBeNull();
  const at = (isSo: (event: LabEvent) => boolean) => told.findIndex(isSo);
  const begins = at((event) => event.event === 'compiling');
  // What was chosen is chosen by then.
  expect(at((event) => event.event === 'tuning' && event.classes === null)).toBeLessThan(begins);
  expect(begins).toBeLessThan(at((event) => event.event === 'phase' && event.phase === 'training'));
});

test('runs that could not be kept at their end are by the next visit, and once deleted stay so', async () => {
  for (const path of await finished.store.list('')) {
    await store.write(path, (await finished.store.read(path)) ?? new Uint8Array());
  }
  const session = await readSession(store);
  const all = CONFIGS.map(({ name }) => name);
  expect([...(session.fleet?.inLibrary ?? [])].sort()).toEqual([...all].sort());
  await writeSession(store, { ...session, fleet: session.fleet && { ...session.fleet, inLibrary: [] } });
  const database = Promise.resolve(new MemoryDatabase());
  const visit = async () => {
    const lab = openLab(gpu, store, { database });
    await lab.must({ command: 'open' });
    await expect.poll(async () => (await readSession(store)).fleet?.inLibrary).toHaveLength(all.length);
    const { runs } = await lab.must({ command: 'runs', after: null });
    return { lab, ids: runs.map(({ summary }) => summary.id) };
  };
  const { lab, ids } = await visit();
  expect(ids).toHaveLength(CONFIGS.length);
  await lab.must({ command: 'removeRuns', ids });
  expect((await visit()).ids).toEqual([]);
});

test('a fleet is pausing until the steps under way are taken, then paused', async () => {
  const lab = await openWithTexts();
  await lab.must({ command: 'train', configs: CONFIGS });
  const paused = lab.must({ command: 'pause' });
  expect(lab.phase()).toBe('pausing');
  await paused;
  const told = lab.events.length;
  await lab.must({ command: 'step', steps: 1 });
  const runs = lab.events.slice(told).flatMap((event) => (event.event === 'metrics' ? event.runs : []));
  const steps = runs.flatMap(({ run, losses }) => (run === 'bilingual' ? [...losses.steps] : []));
  expect(steps).toHaveLength(1);
  const again = await resumedAndPaused(lab);
  expect(again.slice(0, 3)).toEqual(['training', 'pausing', 'training']);
  await lab.until('done');
});

test('a fleet that was paused and left goes on in another visit to the same bits', async () => {
  const first = await openWithTexts();
  await first.must({ command: 'train', configs: CONFIGS });
  await first.must({ command: 'pause' });
  expect(first.phase()).toBe('paused');
  const before = (await open().must({ command: 'open' })).saved?.runs[0]?.step ?? 0;
  await first.must({ command: 'step', steps: 3 });

  const second = open();
  const { saved } = await second.must({ command: 'open' });
  expect(saved?.finished).toBe(false);
  expect(saved?.runs[0]?.step).toBe(before + 3);
  await second.must({ command: 'continue' });
  await second.until('done');
  expect(results((await second.must({ command: 'open' })).saved)).toEqual(results(finished.saved));
  await first.must({ command: 'stop' });
});

test('a lost device is opened again, and the fleet ends as if nothing had happened', async () => {
  const lab = await openWithTexts();
  await lab.must({ command: 'train', configs: CONFIGS });
  await expect.poll(lab.reached, { timeout: ENOUGH_MS, interval: 2 }).toBeGreaterThan(0);
  await loseSharedDevice();
  await lab.until('done');
  expect(lab.events).toContainEqual({ event: 'notice', message: expect.stringContaining('opened again') });
  expect(results((await lab.must({ command: 'open' })).saved)).toEqual(results(finished.saved));
});

test('a stopped fleet goes on to the same bits, also after a reload and after other texts were chosen', async () => {
  const first = await openWithTexts();
  await first.must({ command: 'train', configs: CONFIGS });
  await first.must({ command: 'pause' });
  await first.must({ command: 'stop' });
  await first.until('stopped');
  await first.must({ command: 'readCorpus', side: 'target', origin: picked(files.source) });

  const second = open();
  await second.must({ command: 'open' });
  const { target } = await second.must({ command: 'continue' });
  expect(target.name).toBe('sw.txt');
  expect((await open().must({ command: 'open' })).saved?.finished).toBe(false);
  await second.until('done');
  expect(results((await second.must({ command: 'open' })).saved)).toEqual(results(finished.saved));
});

test('a finished run that was deleted stays so when its fleet goes on, stopped or interrupted', async () => {
  const database = Promise.resolve(new MemoryDatabase());
  /** Another visit of the same browser, which removes for good what the last one has deleted. */
  const visit = async () => {
    const lab = openLab(gpu, store, { database });
    await lab.must({ command: 'open' });
    const listed = async () =>
      (await lab.must({ command: 'runs', after: null })).runs.map(({ summary }) => summary);
    await listed();
    return { ...lab, listed };
  };
  const first = await visit();
  for (const side of ['target', 'source'] as const)
    await first.must({ command: 'readCorpus', side, origin: picked(files[side]) });
  await first.must({ command: 'train', configs: [config('short', 1), config('long', 0.5, 500)] });
  await expect.poll(first.listed, { timeout: ENOUGH_MS }).toMatchObject([{ name: 'short', status: 'done' }]);
  const ids = (await first.listed()).map(({ id }) => id);
  await first.must({ command: 'removeRuns', ids });
  await first.must({ command: 'pause' });

  const second = await visit();
  await second.must({ command: 'continue' });
  await second.must({ command: 'stop' });
  await second.until('stopped');
  expect(await second.listed()).toMatchObject([{ name: 'long', status: 'stopped' }]);

  const third = await visit();
  await third.must({ command: 'continue' });
  await third.must({ command: 'stop' });
  await third.until('stopped');
  expect(await third.listed()).toMatchObject([{ name: 'long' }]);
  await first.must({ command: 'stop' });
});

test('a stopped fleet is over, and a discarded one leaves nothing behind', async () => {
  const lab = await openWithTexts();
  await lab.must({ command: 'train', configs: CONFIGS });
  await lab.must({ command: 'pause' });
  await lab.must({ command: 'stop' });
  await lab.until('stopped');
  const { saved } = await lab.must({ command: 'open' });
  expect(saved?.finished).toBe(true);
  expect(saved?.runs.map(({ record }) => record?.status)).toEqual(['stopped', 'stopped']);
  await lab.must({ command: 'discard' });
  expect((await lab.must({ command: 'open' })).saved).toBeNull();
  expect(await store.list('fleets')).toEqual([]);
});

test('what cannot be is an outcome with its field, and leaves the saved fleet alone', async () => {
  store = finished.store;
  const lab = open();
  await lab.must({ command: 'open' });
  const noEpochs = [config('monolingual', 1, 0)];
  for (const command of ['check', 'train'] as const) {
    expect(await lab.send({ command, configs: noEpochs })).toMatchObject({
      ok: false,
      failure: { kind: 'config', field: 'recipe.epochs', run: 'monolingual' },
    });
  }
  expect((await lab.must({ command: 'open' })).saved?.finished).toBe(true);
});

test('a text that is still being read when a fleet begins does not take the place of what it trains on', async () => {
  const lab = await openWithTexts();
  let deliver = () => {};
  const delivered = new Promise<void>((resolve) => {
    deliver = resolve;
  });
  const late = new File([files.source], 'late.txt');
  const stream = late.stream.bind(late);
  late.stream = () => {
    const gate = new TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>>({
      transform: async (chunk, controller) => {
        await delivered;
        controller.enqueue(chunk);
      },
    });
    return stream().pipeThrough(gate);
  };
  const reading = lab.send({ command: 'readCorpus', side: 'target', origin: picked(late) });
  await lab.must({ command: 'train', configs: CONFIGS });
  deliver();
  expect(await reading).toMatchObject({ ok: false, failure: { kind: 'not-now' } });
  await lab.must({ command: 'stop' });
  await lab.until('stopped');
  expect((await open().must({ command: 'open' })).corpora.target?.name).toBe('sw.txt');
});
