/** Runs that go on from each other: who waits for whom, and that every one of them is what it is alone. */

import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { TrainConfig } from '../../src/formats/config.ts';
import type { RunRecord } from '../../src/formats/record.ts';
import type { Engine } from '../../src/model/engine.ts';
import { MemoryStore } from '../../src/store/memory.ts';
import { StorageFullError, type Store } from '../../src/store/store.ts';
import { familiesOf } from '../../src/sweep/families.ts';
import { type Fork, ForkError } from '../../src/train/checkpoint/fork.ts';
import type { TrainEvent } from '../../src/train/events.ts';
import { openTestEngine, type TestEngine } from './engines.ts';
import { eventsOf, prepare, sampleCorpora, smallConfig, snapshot } from './fixtures.ts';
import { ReferenceEngine } from './referenceEngine.ts';

/** Seconds differ from sitting to sitting; everything else must not. */
const timeless = (records: readonly RunRecord[]) => records.map((record) => ({ ...record, seconds: 0 }));

/** The weights and moments of every run, by path. */
async function arenas(store: Parameters<typeof snapshot>[0]): Promise<Record<string, string>> {
  const files = Object.entries(await snapshot(store)).filter(([path]) => path.endsWith('.safetensors'));
  expect(files.length).toBeGreaterThan(0);
  return Object.fromEntries(files);
}

const STEPS = 16;
const WINDOWS = 13;

/** Sixteen steps at two windows each, an eighth of them target text until the final stage begins. */
function twoStage(name: string, finalShare: number, finalRatio: number, every: number): TrainConfig {
  const ratio = (1 / 8) * (1 - finalShare) + finalRatio * finalShare;
  return smallConfig({
    name,
    recipe: {
      targetTokens: 209,
      epochs: (ratio * STEPS * 2) / WINDOWS,
      ratio,
      finalRatio,
      firstRatio: 1 / 8,
    },
    optimizer: { schedule: 'wsd', warmup: 0.2, decay: 0.3, weightDecay: 0.3, clip: 0.5 },
    evaluation: { every },
  });
}

/** Final stages of three lengths and two ratios after one first stage, and a run that has nothing in common with them. */
const LIST = [
  twoStage('trunk', 0.25, 1, 5),
  twoStage('mixed', 0.25, 0.75, 7),
  smallConfig({ name: 'other', seed: 8 }),
  twoStage('long', 0.5, 1, 4),
  twoStage('long, mixed', 0.5, 0.75, 16),
];

let FORKS: readonly Fork[] = [];
let saved = 0;
beforeAll(async () => {
  const found = familiesOf(LIST, await sampleCorpora(), 6);
  FORKS = found.forks;
  saved = found.savedSteps;
});

test('the list has a fork of a fork', () => {
  expect(FORKS.map(({ from, to }) => [from, to])).toEqual([
    ['trunk', 'mixed'],
    ['trunk', 'long'],
    ['long', 'long, mixed'],
  ]);
});

type Expected = { records: RunRecord[]; files: Record<string, string> };

/** Every run in a sitting of its own. */
async function separately(engine: Engine, configs: readonly TrainConfig[]): Promise<Expected> {
  const expected: Expected = { records: [], files: {} };
  for (const config of configs) {
    const { trainer, store } = await prepare(engine, [config]);
    expected.records.push(...timeless(await trainer.run()));
    trainer.destroy();
    Object.assign(expected.files, await arenas(store));
  }
  return expected;
}

describe.each<[string, () => Promise<TestEngine>]>([
  ['the float64 reference', async () => ({ engine: new ReferenceEngine(), close: () => {} })],
  ['WebGPU', openTestEngine],
])('a family on %s', (_, open) => {
  let engine: Engine;
  let close = () => {};
  let expected: Expected;
  beforeAll(async () => {
    ({ engine, close } = await open());
    expected = await separately(engine, LIST);
  });
  afterAll(() => close());

  test.each([1, 2, 5])(
    'with %i slots gives every record and every bit of the runs alone',
    async (fleetSize) => {
      const { trainer, store, events } = await prepare(engine, LIST, { fleetSize, forks: FORKS });
      expect(timeless(await trainer.run())).toEqual(expected.records);
      trainer.destroy();
      expect(await arenas(store)).toEqual(expected.files);
      expect(eventsOf(events, 'fork')).toHaveLength(FORKS.length);
      for (const { from, step, to } of FORKS) {
        expect(eventsOf(events, 'fork')).toContainEqual({ event: 'fork', run: to, from, step });
      }
      const progress = eventsOf(events, 'progress');
      expect(new Set(progress.map(({ totalSteps }) => totalSteps)).size).toBe(1);
      const taken = progress.map(({ steps }) => steps);
      expect(taken).toEqual([...taken].sort((a, b) => a - b));
      expect(progress.at(-1)).toMatchObject({ steps: progress[0]!.totalSteps, remainingSeconds: 0 });
    },
  );

  test('halved, the final loss is the mean of its halves', async () => {
    for (const { final } of expected.records) {
      const [even, odd] = final!.targetHalves!;
      // As many windows in both, or one more in the first.
      expect(Math.min(even, odd)).toBeLessThan(final!.targetLoss);
      expect(Math.max(even, odd)).toBeGreaterThan(final!.targetLoss);
      expect(final!.targetHalvesBitsPerByte).toEqual([
        expect.closeTo(even / Math.LN2, 6),
        expect.closeTo(odd / Math.LN2, 6),
      ]);
    }
  });

  test('killed before a fork, at it and behind it, and resumed, gives the same', async () => {
    const store = new MemoryStore();
    const moments: ((event: TrainEvent) => boolean)[] = [
      (event) => event.event === 'loss' && event.step === 3,
      // Behind a validation that the trunk made for another, and at one of its own.
      (event) => event.event === 'eval' && event.run === 'trunk' && event.step === 5,
      (event) => event.event === 'fork' && event.run === 'long',
      (event) => event.event === 'fork' && event.run === 'mixed',
      (event) => event.event === 'done' && event.run === 'trunk',
    ];
    for (const [sitting, isNow] of moments.entries()) {
      const abort = new AbortController();
      const part = await prepare(engine, LIST, {
        store,
        resume: sitting > 0,
        fleetSize: 1 + (sitting % 3),
        forks: FORKS,
        onEvent: (event) => {
          if (isNow(event)) abort.abort();
        },
      });
      await expect(part.trainer.run(abort.signal), `sitting ${sitting}`).rejects.toMatchObject({
        name: 'AbortError',
      });
      part.trainer.destroy();
    }
    const rest = await prepare(engine, LIST, { store, resume: true, forks: FORKS });
    expect(timeless(await rest.trainer.run())).toEqual(expected.records);
    rest.trainer.destroy();
    expect(await arenas(store)).toEqual(expected.files);
  });
});

describe('a family', () => {
  let expected: Expected;
  beforeAll(async () => {
    expected = await separately(new ReferenceEngine(), LIST);
  });

  /** Steps that an engine took, over all runs. */
  const runSteps = ({ advances, occupied }: ReferenceEngine) =>
    advances.reduce((sum, count, i) => sum + count * occupied[i]!, 0);

  test('takes no step twice', async () => {
    const engine = new ReferenceEngine();
    const { trainer } = await prepare(engine, LIST, { forks: FORKS, fleetSize: 1 });
    const records = await trainer.run();
    const steps = records.reduce((sum, { realised }) => sum + realised.steps, 0);
    expect(saved).toBeGreaterThan(20);
    expect(runSteps(engine)).toBe(steps - saved);
  });

  test('leaves nothing in a checkpoint but what the run alone would', async () => {
    const { trainer, store } = await prepare(new ReferenceEngine(), LIST, { forks: FORKS });
    await trainer.run();
    for (const { name } of LIST) {
      const alone = await prepare(new ReferenceEngine(), [LIST.find((config) => config.name === name)!]);
      await alone.trainer.run();
      expect(await runFile(store, name)).toEqual(await runFile(alone.store, name));
    }
  });

  test('does not count the seconds of another run', async () => {
    const store = new MemoryStore();
    const atFork: Promise<unknown>[] = [];
    const { trainer } = await prepare(new ReferenceEngine(), LIST, {
      store,
      forks: FORKS,
      onEvent: (event) => {
        if (event.event === 'fork') atFork.push(secondsOf(store, event.run));
      },
    });
    await trainer.run();
    expect(await Promise.all(atFork)).toEqual([0, 0, 0]);
  });

  test('goes on by itself where the run that it waits for is stopped or comes to nothing', async () => {
    const stopped = await prepare(new ReferenceEngine(), LIST, { forks: FORKS });
    stopped.trainer.pause();
    const run = stopped.trainer.run();
    await stopped.trainer.step(2);
    await stopped.trainer.stop('trunk');
    stopped.trainer.resume();
    const records = timeless(await run);
    expect(records.slice(1)).toEqual(expected.records.slice(1));
    // The first is gone, and of the second one the third was forked all the same.
    expect(eventsOf(stopped.events, 'fork').map(({ run: to }) => to)).toEqual(['long, mixed']);

    const wild = (name: string, seed: number, epochs: number) =>
      smallConfig({
        name,
        seed,
        corpora: { source: null },
        recipe: { targetTokens: 209, epochs, ratio: 1 },
        optimizer: { learningRate: 1e30, schedule: 'wsd', warmup: 0, decay: 0, clip: 0 },
      });
    const two = [wild('wild', 3, 2), wild('as wild', 3, 4)];
    const both = await prepare(new ReferenceEngine(), two, {
      forks: [{ from: 'wild', step: 13, to: 'as wild' }],
    });
    expect((await both.trainer.run()).map(({ status }) => status)).toEqual(['diverged', 'diverged']);
    expect(eventsOf(both.events, 'fork')).toEqual([]);
  });

  test('of two lengths goes on from the end of the shorter one, and ends where the longer one is', async () => {
    const run = (name: string, epochs: number, every: number) =>
      smallConfig({
        name,
        corpora: { source: null },
        recipe: { targetTokens: 209, epochs, ratio: 1 },
        optimizer: { schedule: 'wsd', warmup: 0, decay: 0 },
        evaluation: { every },
      });
    const two = [run('short', 1, 3), run('long', 2, 6)];
    const alone = await separately(new ReferenceEngine(), two);
    const steps = alone.records[0]!.realised.steps;
    for (const [from, to] of [['short', 'long'] as const, ['long', 'short'] as const]) {
      const { trainer, store } = await prepare(new ReferenceEngine(), two, {
        forks: [{ from, step: steps, to }],
        fleetSize: 1,
      });
      expect(timeless(await trainer.run())).toEqual(alone.records);
      expect(await arenas(store)).toEqual(alone.files);
    }
  });

  test('may be stopped while it waits, and with a limit of steps each run takes so many', async () => {
    const { trainer, store } = await prepare(new ReferenceEngine(), LIST, { forks: FORKS });
    const cut = await trainer.run(undefined, 4);
    expect(cut.map(({ realised }) => realised.steps)).toEqual([4, 4, 4, 4, 4]);
    // Each has taken steps that another one would have taken for it; those that are left are shared again.
    const engine = new ReferenceEngine();
    const rest = await prepare(engine, LIST, { store, resume: true, forks: FORKS });
    expect(timeless(await rest.trainer.run())).toEqual(expected.records);
    expect(await arenas(store)).toEqual(expected.files);

    const waiting = await prepare(new ReferenceEngine(), LIST, { forks: FORKS });
    waiting.trainer.pause();
    const run = waiting.trainer.run();
    await waiting.trainer.step(2);
    await waiting.trainer.stop('long');
    waiting.trainer.resume();
    const records = timeless(await run);
    expect(records[3]).toMatchObject({ status: 'stopped', realised: { steps: 0 } });
    const others = (of: readonly RunRecord[]) => of.filter(({ config }) => config.name !== 'long');
    expect(others(records)).toEqual(others(expected.records));
  });

  test('goes on from what a run keeps of an earlier sitting, and by itself where nothing is kept', async () => {
    const begun = new MemoryStore();
    const first = await prepare(new ReferenceEngine(), [LIST[0]!], { store: begun });
    await first.trainer.run(undefined, 3);
    const engine = new ReferenceEngine();
    const rest = await prepare(engine, LIST, { store: begun, resume: true, forks: FORKS });
    expect(timeless(await rest.trainer.run())).toEqual(expected.records);
    expect(eventsOf(rest.events, 'fork').map(({ run }) => run)).toEqual(['long, mixed']);
  });

  test.each<[string, object]>([
    ['other kernels', { gradientSlices: 2, variants: {} }],
    ['kernels that are not there any more', { gradientSlices: 4, variants: { head: 'hexagons 5×5' } }],
  ])('never goes on from what was computed with %s', async (_, tuning) => {
    const store = new MemoryStore();
    const abort = new AbortController();
    const first = await prepare(new ReferenceEngine(), LIST, {
      store,
      forks: FORKS,
      onEvent: (event) => {
        if (event.event === 'eval') abort.abort();
      },
    });
    await expect(first.trainer.run(abort.signal)).rejects.toMatchObject({ name: 'AbortError' });
    await changeRunFile(store, 'trunk', ({ resume }) => {
      resume.tuning = tuning;
    });
    const rest = await prepare(new ReferenceEngine(), LIST, { store, resume: true, forks: FORKS });
    expect(timeless(await rest.trainer.run()).slice(1)).toEqual(expected.records.slice(1));
    expect(eventsOf(rest.events, 'fork').map(({ from }) => from)).toEqual(['long']);
  });

  test('waits on where the store is full, and is forked when there is room again', async () => {
    class FullStore extends MemoryStore {
      full = true;
      override async write(path: string, bytes: Uint8Array): Promise<void> {
        if (this.full && path.startsWith('long/') && path.endsWith('run.json')) {
          throw new StorageFullError(path, bytes.length);
        }
        await super.write(path, bytes);
      }
    }
    const store = new FullStore();
    const { trainer, events } = await prepare(new ReferenceEngine(), LIST, { store, forks: FORKS });
    await expect(trainer.run()).rejects.toThrow(StorageFullError);
    expect((await store.list('long')).filter((path) => !path.startsWith('long/next/'))).toEqual([]);
    store.full = false;
    expect(timeless(await trainer.run())).toEqual(expected.records);
    expect(eventsOf(events, 'fork')).toHaveLength(FORKS.length);
    expect(await arenas(store)).toEqual(expected.files);
  });

  test('is refused before anything is written where a fork cannot be', async () => {
    const store = new MemoryStore();
    const forks = [{ from: 'trunk', step: 15, to: 'long' }];
    await expect(prepare(new ReferenceEngine(), LIST, { store, forks })).rejects.toThrow(ForkError);
    expect(await store.list('')).toEqual([]);
  });

  test('comes through a crash at any write', async () => {
    class CrashingStore extends MemoryStore {
      left = Number.POSITIVE_INFINITY;
      override async write(path: string, bytes: Uint8Array): Promise<void> {
        this.spend();
        await super.write(path, bytes);
      }
      override async move(from: string, to: string): Promise<void> {
        this.spend();
        await super.move(from, to);
      }
      override async remove(path: string): Promise<void> {
        this.spend();
        await super.remove(path);
      }
      private spend(): void {
        // A process that is dead does nothing more.
        if (this.left-- <= 0) throw new Error('killed');
      }
    }
    const three = LIST.filter(({ name }) => name !== 'other' && name !== 'mixed');
    const forks = FORKS.filter(({ to }) => to !== 'mixed');
    const names = new Set(three.map(({ name }) => name));
    const records = expected.records.filter(({ config: { name } }) => names.has(name));
    const store = new CrashingStore();
    let crashes = 0;
    // Ever later, so that each sitting comes further than the one before.
    for (let writes = 3; ; writes += 11) {
      store.left = writes;
      const { trainer } = await prepare(new ReferenceEngine(), three, {
        store,
        forks,
        resume: crashes > 0,
        checkpointEverySeconds: 0,
      });
      const got = await trainer.run().catch((error: Error) => error.message);
      trainer.destroy();
      if (got === 'killed') crashes++;
      else {
        expect(timeless(got as RunRecord[])).toEqual(records);
        break;
      }
    }
    expect(crashes).toBeGreaterThan(4);
    store.left = Number.POSITIVE_INFINITY;
    for (const [path, content] of Object.entries(await arenas(store))) {
      expect(content === expected.files[path], path).toBe(true);
    }
  });
});

type RunFile = { record: RunRecord; resume: Record<string, unknown> };

async function readRunFile(store: Store, name: string): Promise<RunFile> {
  return JSON.parse(new TextDecoder().decode((await store.read(`${name}/run.json`))!));
}

/** What a checkpoint says beside its tensors, but for the time it took. */
async function runFile(store: Store, name: string): Promise<RunFile> {
  const { record, resume } = await readRunFile(store, name);
  return { record: { ...record, seconds: 0 }, resume };
}

async function secondsOf(store: Store, name: string): Promise<number> {
  return (await readRunFile(store, name)).record.seconds;
}

async function changeRunFile(store: Store, name: string, change: (file: RunFile) => void): Promise<void> {
  const file = await readRunFile(store, name);
  change(file);
  await store.write(`${name}/run.json`, new TextEncoder().encode(JSON.stringify({ version: 1, ...file })));
}
