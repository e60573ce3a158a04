/** The queue on a real device: to its end, over a reload, beside a fleet, in rounds. */

import { beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { MemoryStore } from '../../../src/store/memory.ts';
import { MemoryDatabase } from '../../../src/store/memoryDatabase.ts';
import type { QueueFacts } from '../../../src/worker/api/sweep.ts';
import { CONFIGS, ENOUGH_MS, loseSharedDevice, openLab, picked, pickedFiles, sharedGpu } from '../lab.ts';
import { designOf } from './design.ts';

let gpu: GPU;
let store: MemoryStore;
let database: Promise<MemoryDatabase>;

/** A busy machine may take a while to make kernels, and some tests make them twice. */
vi.setConfig({ testTimeout: 5 * ENOUGH_MS });

beforeAll(async () => {
  gpu = await sharedGpu();
});

beforeEach(() => {
  store = new MemoryStore();
  database = Promise.resolve(new MemoryDatabase());
});

/** A visit of the same browser. */
function visit(from: GPU | null = gpu) {
  const lab = openLab(from ?? undefined, store, { database });
  const queue = (): QueueFacts | undefined => lab.events.findLast((event) => event.event === 'queue')?.queue;
  const sweep = () => queue()?.sweeps[0];
  const until = (isSo: () => unknown) =>
    vi.waitUntil(() => Boolean(isSo()), { timeout: 2 * ENOUGH_MS, interval: 10 });
  const kept = async () =>
    (await lab.must({ command: 'runs', after: null })).runs.map(({ summary }) => summary);
  return { ...lab, queue, sweep, until, kept };
}

/** Far more steps than a test waits for. */
const LONG = {
  recipe: { targetTokens: 513, epochs: 2000 },
  evaluation: { every: 20, windows: 4 },
  seeds: [0],
};

test('a sweep is trained to its end, and its runs are in the library before they count as finished', async () => {
  const lab = visit();
  await lab.must({ command: 'open' });
  const id = await lab.must({ command: 'enqueueSweep', design: designOf(), name: 'first' });
  await lab.until(() => lab.sweep()?.state === 'done');
  expect(lab.sweep()).toMatchObject({ id, name: 'first', runs: 4, finished: 4, refused: [], failure: null });
  const kept = await lab.kept();
  expect(kept).toHaveLength(4);
  expect(kept[0]).toMatchObject({
    origin: 'own',
    collection: 'first',
    status: 'done',
    tags: { design: 'tiny' },
  });
  let seen = 0;
  for (const event of lab.events) {
    if (event.event === 'recorded') seen += event.runs.length;
    if (event.event === 'queue') expect(event.queue.sweeps[0]?.finished ?? 0).toBeLessThanOrEqual(seen);
  }
  const runs = await lab.must({ command: 'sweepRuns', sweep: id });
  expect(runs.map(({ status }) => status)).toEqual(['done', 'done', 'done', 'done']);
  const design = JSON.parse(await lab.must({ command: 'sweepDesign', sweep: id }));
  expect(design).toMatchObject({ name: 'tiny', seeds: [0, 1] });
  const [curve] = await lab.must({ command: 'sweepCurves', sweep: id, runs: [runs[0]?.id ?? ''] });
  expect(curve?.tokens.length).toBeGreaterThanOrEqual(3);
  expect(curve?.targetBits.every((bits) => bits > 0 && bits < 10)).toBe(true);
  expect(lab.events.some((event) => event.event === 'metrics' && event.from === 'queue')).toBe(true);
  await lab.must({ command: 'removeSweep', sweep: id });
  expect(await store.list('sweeps')).toEqual([]);
  expect(await lab.kept()).toHaveLength(4);

  // The same runs once more: nobody trains them again.
  const trained = lab.events.length;
  await lab.must({ command: 'enqueueSweep', design: designOf(), name: 'again' });
  await lab.until(() => lab.sweep()?.name === 'again' && lab.sweep()?.state === 'done');
  expect(lab.events.slice(trained).some((event) => event.event === 'metrics')).toBe(false);
});

test('a visit that is cut off is gone on with by the next, from where it was saved', async () => {
  const first = visit();
  await first.must({ command: 'open' });
  const design = designOf({ recipe: { targetTokens: 513, epochs: 12 }, seeds: [0] });
  const sweep = await first.must({ command: 'enqueueSweep', design, name: 'cut' });
  await first.until(() => first.queue()?.current?.runs.some(({ step }) => step > 20));
  await first.must({ command: 'pauseSweep', sweep, paused: true });
  await first.until(() => first.sweep()?.state === 'paused' && first.queue()?.current === null);
  const begun = await first.must({ command: 'sweepRuns', sweep });
  expect(begun.some(({ status }) => status === 'begun')).toBe(true);
  const [curve] = await first.must({ command: 'sweepCurves', sweep, runs: begun.map(({ id }) => id) });
  expect(curve?.tokens.length).toBeGreaterThan(0);

  const second = visit();
  await second.must({ command: 'open' });
  expect((await second.must({ command: 'queue' })).sweeps[0]).toMatchObject({ state: 'paused', name: 'cut' });
  await second.must({ command: 'runQueue', run: true });
  await second.until(() => second.sweep()?.state === 'done');
  const told = second.events.flatMap((event) => (event.event === 'metrics' ? event.runs : []));
  expect(Math.min(...told.flatMap(({ losses }) => [...losses.steps]))).toBeGreaterThan(8);
  expect((await second.kept()).map(({ status, steps }) => [status, steps]).sort()).toEqual([
    ['done', 192],
    ['done', 96],
  ]);
});

test('a fleet of Train has the GPU first, and the queue goes on when it is over', async () => {
  const lab = visit();
  await lab.must({ command: 'open' });
  const files = await pickedFiles();
  for (const side of ['target', 'source'] as const)
    await lab.must({ command: 'readCorpus', side, origin: picked(files[side]) });
  const sweep = await lab.must({ command: 'enqueueSweep', design: designOf(LONG), name: 'long' });
  await lab.until(() => lab.queue()?.state === 'training');
  await lab.must({ command: 'train', configs: CONFIGS });
  expect(['aside', 'saving']).toContain(lab.queue()?.state);
  await lab.until(() => lab.phase() === 'done');
  await lab.until(() => lab.queue()?.state === 'training');
  expect(lab.sweep()?.state).toBe('working');
  await lab.must({ command: 'removeSweep', sweep });
  await lab.until(() => lab.queue()?.state === 'idle');
});

test('what stands first is trained first, and a run that is ended by hand is passed over', async () => {
  const lab = visit();
  await lab.must({ command: 'open' });
  const long = await lab.must({ command: 'enqueueSweep', design: designOf(LONG), name: 'long' });
  await lab.until(() => lab.queue()?.state === 'training');
  const short = await lab.must({
    command: 'enqueueSweep',
    design: designOf({ name: 'short', seeds: [0] }),
    name: 'short',
  });
  await lab.must({ command: 'moveSweep', sweep: short, to: 0 });
  await lab.until(() => lab.queue()?.sweeps.find(({ id }) => id === short)?.state === 'done');
  await lab.until(() => lab.queue()?.current?.sweep === long && lab.queue()?.state === 'training');
  for (const { id } of await lab.must({ command: 'sweepRuns', sweep: long }))
    await lab.must({ command: 'stopSweepRun', sweep: long, run: id, stopped: true });
  await lab.until(() => lab.queue()?.sweeps.find(({ id }) => id === long)?.state === 'done');
  expect(lab.queue()?.sweeps.find(({ id }) => id === long)).toMatchObject({ finished: 0 });
  expect(lab.queue()?.sweeps.find(({ id }) => id === long)?.stopped).toHaveLength(2);
});

test('a device that is lost is opened again, and the queue goes on', async () => {
  const lab = visit();
  await lab.must({ command: 'open' });
  const design = designOf({ recipe: { targetTokens: 513, epochs: 12 }, seeds: [0] });
  await lab.must({ command: 'enqueueSweep', design, name: 'lost' });
  await lab.until(() => lab.queue()?.current?.runs.some(({ step }) => step > 20));
  await loseSharedDevice();
  await lab.until(() => lab.sweep()?.state === 'done');
  expect(lab.events.some((event) => event.event === 'notice' && /opened again/.test(event.message))).toBe(
    true,
  );
});

test('rounds of an adaptive design follow each other until every run is made', async () => {
  const lab = visit();
  await lab.must({ command: 'open' });
  const design = designOf({ adaptive: { runs: 3 } });
  const sweep = await lab.must({ command: 'enqueueSweep', design, name: 'rounds' });
  expect(await lab.must({ command: 'sweepRuns', sweep })).toHaveLength(3);
  await lab.until(() => lab.sweep()?.state === 'done');
  expect(lab.sweep()?.adaptive).toMatchObject({ perRound: 3, ended: true });
  expect(lab.sweep()?.adaptive?.rounds.map(({ runs, aim }) => [runs.length, aim])).toEqual([
    [3, null],
    [1, null],
  ]);
  expect(lab.sweep()).toMatchObject({ runs: 4, finished: 4 });
});

test('without WebGPU the queue says why it stands still, and a design is planned all the same', async () => {
  const lab = visit(null);
  await lab.must({ command: 'open' });
  expect(await lab.must({ command: 'planSweep', design: designOf() })).toMatchObject({ runs: 4 });
  await lab.must({ command: 'enqueueSweep', design: designOf(), name: 'waits' });
  await lab.until(() => lab.queue()?.state === 'blocked');
  expect(lab.queue()?.failure).toMatchObject({ kind: 'no-webgpu' });
  expect(lab.sweep()).toMatchObject({ state: 'waiting', finished: 0 });
});

test('a sweep whose folder is gone says so, and does not count as done', async () => {
  const lab = visit(null);
  await lab.must({ command: 'open' });
  await lab.must({ command: 'enqueueSweep', design: designOf(), name: 'lost' });
  await lab.until(() => lab.queue()?.state === 'blocked');
  await store.remove('sweeps');
  await lab.must({ command: 'runQueue', run: true });
  await lab.until(() => lab.sweep()?.state === 'failed');
  expect(lab.sweep()?.failure).toMatchObject({
    kind: 'storage',
    message: expect.stringContaining('storage'),
  });
});

test('what a design costs is measured, while the queue stands aside', async () => {
  const lab = visit();
  await lab.must({ command: 'open' });
  const sweep = await lab.must({ command: 'enqueueSweep', design: designOf(LONG), name: 'long' });
  await lab.until(() => lab.queue()?.state === 'training');
  const cost = await lab.must({ command: 'estimateSweep', design: designOf() });
  expect(cost).toMatchObject({ software: true, fleets: [{ runs: 4, batch: 4 }] });
  expect(cost.seconds).toBeGreaterThan(0);
  await lab.until(() => lab.queue()?.state === 'training');
  await lab.must({ command: 'removeSweep', sweep });
});
