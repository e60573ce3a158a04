/** More runs than slots, runs of several shapes: who trains when, and that nothing of it moves a bit. */

import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { RunRecord } from '../../src/formats/record.ts';
import type { Engine } from '../../src/model/engine.ts';
import { MemoryStore } from '../../src/store/memory.ts';
import { CheckpointError } from '../../src/train/checkpoint/error.ts';
import { RunConfigError } from '../../src/train/fleet/plan.ts';
import { fastEnough } from '../../src/train/fleet/size.ts';
import { openTestEngine, type TestEngine } from './engines.ts';
import { corpusOf, eventsOf, prepare, sampleCorpora, smallConfig, snapshot } from './fixtures.ts';
import { ReferenceEngine, SLOT_BYTES } from './referenceEngine.ts';

/** Seconds differ from sitting to sitting; everything else must not. */
const timeless = (records: readonly RunRecord[]) => records.map((record) => ({ ...record, seconds: 0 }));

/** The weights and moments of every run, by path. */
async function arenas(store: Parameters<typeof snapshot>[0]): Promise<Record<string, string>> {
  const files = Object.entries(await snapshot(store)).filter(([path]) => path.endsWith('.safetensors'));
  expect(files.length).toBeGreaterThan(0);
  return Object.fromEntries(files);
}

const WILD = smallConfig({ name: 'wild', seed: 8, optimizer: { learningRate: 1e30, warmup: 0, clip: 0 } });

/** Five runs of three lengths, of which the second diverges at once. */
const LIST = [
  smallConfig({ name: 'long', recipe: { targetTokens: 209, epochs: 1.5, ratio: 0.5 } }),
  WILD,
  smallConfig({ name: 'short', recipe: { targetTokens: 209, epochs: 1.5, ratio: 1 } }),
  smallConfig({ name: 'single', seed: 8, optimizer: { learningRate: 0.01 } }),
  smallConfig({
    name: 'two-stage',
    recipe: { targetTokens: 209, epochs: 1, ratio: 0.5, finalRatio: 1, firstRatio: 0.125 },
  }),
];
const NAMES = LIST.map(({ name }) => name);

describe.each<[string, () => Promise<TestEngine>]>([
  ['the float64 reference', async () => ({ engine: new ReferenceEngine(), close: () => {} })],
  ['WebGPU', openTestEngine],
])('a list of runs on %s', (_, open) => {
  let engine: Engine;
  let close = () => {};
  /** What came of the list with every run in a slot of its own. */
  let expected: { records: RunRecord[]; files: Record<string, string> };
  beforeAll(async () => {
    ({ engine, close } = await open());
    const { trainer, store } = await prepare(engine, LIST);
    expected = { records: timeless(await trainer.run()), files: await arenas(store) };
    trainer.destroy();
  });
  afterAll(() => close());

  test.each([1, 2, 3])('gives the same bits with %i slots as with one for each', async (fleetSize) => {
    const { trainer, store, events } = await prepare(engine, LIST, { fleetSize });
    expect(timeless(await trainer.run())).toEqual(expected.records);
    trainer.destroy();
    expect(await arenas(store)).toEqual(expected.files);
    expect(expected.records.map(({ status }) => status)).toEqual([
      'done',
      'diverged',
      'done',
      'done',
      'done',
    ]);
    expect(
      eventsOf(events, 'done')
        .map(({ run }) => run)
        .sort(),
    ).toEqual([...NAMES].sort());
    const progress = eventsOf(events, 'progress');
    expect(progress.at(-1)).toMatchObject({ steps: progress[0]!.totalSteps, remainingSeconds: 0 });
  });

  test('killed in the middle of the queue and resumed, with another number of slots, gives the same bits', async () => {
    const store = new MemoryStore();
    // In the midst of the first run, of the third, and of the last.
    for (const [sitting, name] of ['long', 'short', 'two-stage'].entries()) {
      const abort = new AbortController();
      const part = await prepare(engine, LIST, {
        store,
        resume: sitting > 0,
        fleetSize: 1 + (sitting % 2),
        onEvent: (event) => {
          if (event.event === 'eval' && event.run === name) abort.abort();
        },
      });
      await expect(part.trainer.run(abort.signal)).rejects.toMatchObject({ name: 'AbortError' });
      part.trainer.destroy();
    }
    const rest = await prepare(engine, LIST, { store, resume: true, fleetSize: 2 });
    expect(timeless(await rest.trainer.run())).toEqual(expected.records);
    rest.trainer.destroy();
    expect(await arenas(store)).toEqual(expected.files);
  });
});

describe('slots', () => {
  test('are taken by the next run that waits as soon as one ends, and given up when none waits', async () => {
    const engine = new ReferenceEngine();
    const { trainer, events } = await prepare(engine, LIST, { fleetSize: 2 });
    await trainer.run();
    expect(engine.fleets.map(({ slots }) => slots)).toEqual([2]);
    expect(engine.fleets[0]?.destroyed).toBe(true);
    // Two train until nobody waits and one of the last two has ended; the last one trains alone.
    const alone = engine.occupied.indexOf(1);
    expect(new Set(engine.occupied.slice(0, alone))).toEqual(new Set([2]));
    expect(new Set(engine.occupied.slice(alone))).toEqual(new Set([1]));
    // The second diverges and makes room for the third, which ends before the first; the fourth takes its place.
    expect(eventsOf(events, 'done').map(({ run }) => run)).toEqual([
      'wild',
      'short',
      'long',
      'single',
      'two-stage',
    ]);
    // What was taken in all: no step more than the runs have, save those in which the diverged one was noticed.
    const runSteps = engine.advances.reduce((sum, count, i) => sum + count * engine.occupied[i]!, 0);
    const planned = LIST.filter(({ name }) => name !== 'wild').map(({ name }) => name);
    const start = eventsOf(events, 'start')[0]!.runs;
    const steps = start
      .filter(({ run }) => planned.includes(run))
      .reduce((sum, r) => sum + r.realised.steps, 0);
    expect(runSteps - steps).toBeLessThanOrEqual(5);
  });

  test('a run that waits begins only when it has a slot', async () => {
    const { trainer, events } = await prepare(new ReferenceEngine(), LIST, { fleetSize: 1 });
    await trainer.run();
    const order = events.flatMap((event) => (event.event === 'loss' ? [event.run] : []));
    // One after the other, in the order of the list; the diverged one has a loss before its first update.
    expect(order.filter((run, i) => run !== order[i - 1])).toEqual(NAMES);
  });

  test('runs that wait are stopped where they stand: before the first step, or at their checkpoint', async () => {
    const engine = new ReferenceEngine();
    const first = await prepare(engine, LIST, { fleetSize: 2 });
    first.trainer.pause();
    const run = first.trainer.run();
    await first.trainer.step(3);
    await first.trainer.stop('single');
    await first.trainer.stop();
    const records = await run;
    expect(records.map(({ status, realised }) => [status, realised.steps])).toEqual([
      ['stopped', 3],
      ['diverged', expect.any(Number)],
      ['stopped', expect.any(Number)],
      ['stopped', 0],
      ['stopped', 0],
    ]);
    // All of them are saved, so that a later sitting finds all of them.
    const whole = await prepare(engine, LIST);
    const expected = timeless(await whole.trainer.run());
    const rest = await prepare(engine, LIST, { store: first.store, resume: true, fleetSize: 1 });
    rest.trainer.pause();
    const resumed = rest.trainer.run();
    await rest.trainer.stop('short');
    rest.trainer.resume();
    const again = timeless(await resumed);
    expect(again.map(({ status }) => status)).toEqual(['done', 'diverged', 'stopped', 'done', 'done']);
    expect(again[2]).toEqual(timeless([records[2]!])[0]);
    const last = await prepare(engine, LIST, { store: first.store, resume: true });
    expect(timeless(await last.trainer.run())).toEqual(expected);
  });

  test('with a limit of steps, every run takes so many, whatever the number of slots', async () => {
    const counted = async (fleetSize: number) => {
      const { trainer } = await prepare(new ReferenceEngine(), LIST, { fleetSize });
      return timeless(await trainer.run(undefined, 4));
    };
    const records = await counted(5);
    expect(
      records.filter(({ status }) => status === 'stopped').map(({ realised }) => realised.steps),
    ).toEqual([4, 4, 4, 4]);
    expect(await counted(1)).toEqual(records);
    expect(await counted(2)).toEqual(records);
  });

  test('progress counts the runs that wait', async () => {
    const { trainer, events } = await prepare(new ReferenceEngine(), [LIST[0]!, LIST[3]!], { fleetSize: 1 });
    const [long, single] = (await trainer.run()).map(({ realised }) => realised.steps) as [number, number];
    const progress = eventsOf(events, 'progress');
    expect(new Set(progress.map(({ totalSteps }) => totalSteps))).toEqual(new Set([long + single]));
    expect(progress.map(({ steps }) => steps)).toEqual(
      [...progress.map(({ steps }) => steps)].sort((a, b) => a - b),
    );
    const atHalf = progress.find(({ steps }) => steps === long)!;
    // The second run's share of what is left by then, of equal steps: all of it.
    expect(atHalf.remainingSeconds / atHalf.elapsedSeconds).toBeCloseTo(single / long, 6);
  });

  test('a full store keeps a run in its slot, and with room again it is saved and leaves', async () => {
    class Full extends MemoryStore {
      isFull = true;
      override async write(path: string, bytes: Uint8Array): Promise<void> {
        if (this.isFull) throw new Error('full');
        await super.write(path, bytes);
      }
    }
    const store = new Full();
    const whole = await prepare(new ReferenceEngine(), LIST.slice(2));
    const expected = timeless(await whole.trainer.run());
    const { trainer } = await prepare(new ReferenceEngine(), LIST.slice(2), { store, fleetSize: 1 });
    await expect(trainer.run()).rejects.toThrow('full');
    store.isFull = false;
    expect(timeless(await trainer.run())).toEqual(expected);
    expect(await arenas(store)).toEqual(await arenas(whole.store));
  });
});

describe('runs of several shapes', () => {
  const wide = (name: string) => smallConfig({ name, model: { width: 32 } });
  const MIXED = [smallConfig({ name: 'a' }), wide('b'), smallConfig({ name: 'c', seed: 9 }), wide('d')];

  test('train in groups, one after the other in the order of their first runs, as each would alone', async () => {
    const engine = new ReferenceEngine();
    const { trainer, events } = await prepare(engine, MIXED);
    const records = await trainer.run();
    expect(records.map(({ config, status }) => [config.name, status])).toEqual(
      MIXED.map(({ name }) => [name, 'done']),
    );
    expect(engine.fleets).toEqual([
      { slots: 2, destroyed: true },
      { slots: 2, destroyed: true },
    ]);
    const starts = eventsOf(events, 'start').map(({ runs }) => runs.map(({ run }) => run));
    expect(starts).toEqual([
      ['a', 'c'],
      ['b', 'd'],
    ]);
    const doneBefore = events.findIndex((event) => event.event === 'start' && event.runs[0]?.run === 'b');
    expect(eventsOf(events.slice(0, doneBefore), 'done').map(({ run }) => run)).toEqual(['a', 'c']);
    for (const [index, config] of MIXED.entries()) {
      const alone = await prepare(new ReferenceEngine(), [config]);
      expect(timeless(await alone.trainer.run())).toEqual(timeless([records[index]!]));
    }
    // The second group counts from the first step on.
    const { totalSteps } = eventsOf(events, 'progress')[0]!;
    expect(totalSteps).toBe(records[0]!.realised.steps + records[1]!.realised.steps);
    expect(eventsOf(events, 'progress').at(-1)).toMatchObject({ steps: totalSteps, remainingSeconds: 0 });
  });

  test('read the texts of each', async () => {
    const corpora = await sampleCorpora();
    const other = {
      target: await corpusOf(
        'other.txt',
        'quite another text\n'.repeat(9) + 'and its end\n'.repeat(90) + lines(200),
      ),
      source: corpora.source,
      tokenizer: corpora.tokenizer,
    };
    const configs = [
      smallConfig({ name: 'a' }),
      smallConfig({ name: 'b', corpora: { target: 'file:other.txt' } }),
      smallConfig({ name: 'c', corpora: { source: null }, recipe: { targetTokens: 209 } }),
    ];
    const { trainer } = await prepare(new ReferenceEngine(), configs, {
      corpora: (config) => (config.name === 'b' ? other : corpora),
    });
    const records = await trainer.run();
    const hash = (record: RunRecord) => record.config.corpora.target.split('#sha256=')[1];
    expect(records.map(hash)).toEqual([corpora.target.sha256, other.target.sha256, corpora.target.sha256]);
    const alone = await prepare(new ReferenceEngine(), [configs[1]!], { corpora: other });
    expect(timeless(await alone.trainer.run())).toEqual(timeless([records[1]!]));
  });

  test('a run of a later group that cannot be is refused before anything is written', async () => {
    const store = new MemoryStore();
    const engine = new ReferenceEngine();
    const bad = smallConfig({ name: 'bad', model: { width: 32 }, recipe: { targetTokens: 1e6 } });
    await expect(prepare(engine, [smallConfig(), bad], { store })).rejects.toThrow(RunConfigError);
    expect(await store.list('')).toEqual([]);
    const ended = await prepare(engine, [wide('b')], { store });
    await ended.trainer.stop();
    await store.write('b/model.safetensors', new TextEncoder().encode('{'));
    const refused = prepare(engine, [smallConfig(), wide('b')], { store, resume: true });
    await expect(refused).rejects.toThrow(/b\/model\.safetensors/);
    expect((await store.list('')).every((path) => path.startsWith('b/'))).toBe(true);
    await store.remove('b/model.safetensors');
    await expect(prepare(engine, [smallConfig(), wide('b')], { store, resume: true })).rejects.toThrow(
      CheckpointError,
    );
  });

  test('a waiting group can be stopped; it is saved before its first step', async () => {
    const { trainer, store } = await prepare(new ReferenceEngine(), MIXED);
    trainer.pause();
    const run = trainer.run();
    await trainer.step(2);
    await trainer.stop('b');
    await trainer.stop('d');
    trainer.resume();
    expect((await run).map(({ status }) => status)).toEqual(['done', 'stopped', 'done', 'stopped']);
    const rest = await prepare(new ReferenceEngine(), MIXED, { store, resume: true });
    expect((await rest.trainer.run()).every(({ status }) => status === 'done')).toBe(true);
  });

  test('a group whose checkpoint is gone when its turn comes rejects, and trains when it is back', async () => {
    const store = new MemoryStore();
    const first = await prepare(new ReferenceEngine(), MIXED, { store });
    await first.trainer.run(undefined, 3);
    const whole = await prepare(new ReferenceEngine(), MIXED);
    const expected = timeless(await whole.trainer.run());
    const { trainer } = await prepare(new ReferenceEngine(), MIXED, { store, resume: true });
    const model = (await store.read('d/model.safetensors'))!;
    await store.remove('d/model.safetensors');
    await expect(trainer.run()).rejects.toThrow(CheckpointError);
    await store.write('d/model.safetensors', model);
    expect(timeless(await trainer.run())).toEqual(expected);
  });

  test('a fleet that is resumed with other kernel choices than another is a fleet of its own', async () => {
    const store = new MemoryStore();
    const two = [smallConfig({ name: 'a' }), smallConfig({ name: 'b', seed: 9 })];
    const first = await prepare(new ReferenceEngine(), two, { store });
    await first.trainer.run(undefined, 3);
    await edit(store, 'b/run.json', (json) => {
      (json.resume as { tuning: unknown }).tuning = { gradientSlices: 2, variants: {} };
    });
    const engine = new ReferenceEngine();
    const rest = await prepare(engine, two, { store, resume: true });
    const records = await rest.trainer.run();
    expect(engine.fleets.map(({ slots }) => slots)).toEqual([1, 1]);
    expect(records.map(({ tuning }) => tuning.gradientSlices)).toEqual([4, 2]);
    expect(eventsOf(rest.events, 'warning')).toEqual([]);
  });

  test.each([
    { names: ['saved', 'fresh'], resumed: 'first' },
    { names: ['fresh', 'saved'], resumed: 'last' },
  ])(
    'a fresh run has the choices that it would have alone, also where one resumed comes $resumed',
    async (given) => {
      const store = new MemoryStore();
      const configs = given.names.map((name, seed) => smallConfig({ name, seed }));
      const saved = configs.filter(({ name }) => name === 'saved');
      const first = await prepare(new ReferenceEngine(), saved, { store });
      await first.trainer.run(undefined, 3);
      const engine = new ReferenceEngine();
      engine.tuning = { gradientSlices: 2, variants: {} };
      const { trainer } = await prepare(engine, configs, { store, resume: true });
      const slices = (await trainer.run()).map(({ config, tuning }) => [config.name, tuning.gradientSlices]);
      expect(Object.fromEntries(slices)).toEqual({ saved: 4, fresh: 2 });
      expect(engine.fleets.map(({ slots }) => slots)).toEqual([1, 1]);
    },
  );

  test('resumed and fresh runs of equal choices share a fleet, in the order of the list', async () => {
    const store = new MemoryStore();
    const first = await prepare(new ReferenceEngine(), [smallConfig({ name: 'b' })], { store });
    await first.trainer.run(undefined, 3);
    const engine = new ReferenceEngine();
    const three = ['a', 'b', 'c'].map((name) => smallConfig({ name }));
    const { trainer, events } = await prepare(engine, three, { store, resume: true });
    await trainer.run();
    expect(engine.fleets.map(({ slots }) => slots)).toEqual([3]);
    expect(eventsOf(events, 'start')[0]!.runs.map(({ run, step }) => [run, step])).toEqual([
      ['a', 0],
      ['b', 3],
      ['c', 0],
    ]);
    expect(eventsOf(events, 'warning')).toEqual([]);
  });

  test('an interruption while the fleet of a later group is measured rejects; the trainer can go on', async () => {
    const engine = new ReferenceEngine();
    engine.software = false;
    const store = new MemoryStore();
    const { trainer } = await prepare(engine, MIXED, { store });
    const measured = engine.fleets.length;
    const abort = new AbortController();
    engine.beforeFleet = () => abort.abort({ code: 130 });
    await expect(trainer.run(abort.signal)).rejects.toMatchObject({ name: 'AbortError' });
    // One size was being measured; neither the next nor the fleet itself was begun.
    expect(engine.fleets.slice(measured)).toEqual([{ slots: 1, destroyed: true }]);
    engine.beforeFleet = () => {};
    expect((await trainer.run()).every(({ status }) => status === 'done')).toBe(true);
  });

  test('an interruption of the preparation ends it before the next shape, and before the next size', async () => {
    const engine = new ReferenceEngine();
    engine.software = false;
    let outlines = 0;
    const choosing = new AbortController();
    engine.beforeOutline = () => {
      outlines++;
      choosing.abort();
    };
    const store = new MemoryStore();
    const interrupted = prepare(engine, MIXED, { store, signal: choosing.signal });
    await expect(interrupted).rejects.toMatchObject({ name: 'AbortError' });
    expect([outlines, engine.fleets.length]).toEqual([1, 0]);
    engine.beforeOutline = () => {};
    const measuring = new AbortController();
    engine.beforeFleet = () => measuring.abort();
    await expect(prepare(engine, MIXED, { store, signal: measuring.signal })).rejects.toMatchObject({
      name: 'AbortError',
    });
    expect(engine.fleets).toEqual([{ slots: 1, destroyed: true }]);
    expect(await store.list('')).toEqual([]);
  });

  test.each<[string, object]>([
    ['of an earlier engine', { tileRows: 8, gradientSlices: 4 }],
    ['of a later engine', { gradientSlices: 4, variants: { head: 'hexagons 5×5' } }],
  ])('a checkpoint with kernel choices %s goes on with others, and says so', async (_, tuning) => {
    const store = new MemoryStore();
    const two = [smallConfig({ name: 'a' }), smallConfig({ name: 'fresh', seed: 9 })];
    const first = await prepare(new ReferenceEngine(), [two[0]!], { store });
    await first.trainer.run(undefined, 3);
    await edit(store, 'a/run.json', (json) => {
      (json.resume as { tuning: unknown }).tuning = tuning;
    });
    const rest = await prepare(new ReferenceEngine(), two, { store, resume: true });
    const records = await rest.trainer.run();
    expect(records.map(({ status, tuning }) => [status, tuning.gradientSlices])).toEqual([
      ['done', 4],
      ['done', 4],
    ]);
    expect(eventsOf(rest.events, 'warning')).toEqual([
      { event: 'warning', run: 'a', message: expect.stringMatching(/last bits may differ/) },
    ]);
  });
});

describe('the size of a fleet', () => {
  const four = ['a', 'b', 'c', 'd'].map((name, seed) => smallConfig({ name, seed }));

  test('is what memory allows, and is told', async () => {
    const engine = new ReferenceEngine();
    const { trainer, events } = await prepare(engine, four, { memoryBytes: () => 3.5 * SLOT_BYTES });
    await trainer.run();
    expect(engine.fleets.map(({ slots }) => slots)).toEqual([3]);
    expect(eventsOf(events, 'fleet')).toEqual([
      {
        event: 'fleet',
        runs: ['a', 'b', 'c', 'd'],
        size: 3,
        wanted: 4,
        bytes: 3 * SLOT_BYTES,
        bytesPerRun: SLOT_BYTES,
        throughput: [],
        reason: expect.stringMatching(
          /^3 of 4 runs train at a time, and the others wait for a slot: each further run takes /,
        ),
      },
    ]);
    expect(events.map(({ event }) => event).indexOf('fleet')).toBe(1);
  });

  test('is what the limits allow, and half of it where the device turns out to lack the memory', async () => {
    const engine = new ReferenceEngine();
    engine.mostSlots = 3;
    const limited = await prepare(engine, four);
    expect(engine.fleets.map(({ slots }) => slots)).toEqual([3]);
    limited.trainer.destroy();
    engine.mostSlots = 64;
    engine.roomFor = 1;
    const { trainer, events } = await prepare(engine, four);
    expect((await trainer.run()).every(({ status }) => status === 'done')).toBe(true);
    expect(engine.fleets.at(-1)?.slots).toBe(1);
    expect(eventsOf(events, 'fleet')[0]).toMatchObject({
      size: 1,
      reason: expect.stringMatching(/^1 of 4 runs trains at a time, .*: the device has no memory for 2; /),
    });
    engine.roomFor = 0;
    await expect(prepare(engine, four)).rejects.toThrow('no room for 1');
  });

  test('is measured where a GPU does the work; what was measured is told, thrown away, and moves no bit', async () => {
    const plain = await prepare(new ReferenceEngine(), four);
    const expected = timeless(await plain.trainer.run());
    const engine = new ReferenceEngine();
    engine.software = false;
    const { trainer, events, store } = await prepare(engine, four);
    // Fleets to measure come first, by ever larger sizes, and are gone when the real one is made.
    const measured = engine.fleets.slice(0, -1);
    expect(measured.map(({ slots }) => slots)).toEqual([1, 2, 4].slice(0, measured.length));
    expect(measured.length).toBeGreaterThanOrEqual(2);
    expect(engine.fleets.map(({ destroyed }) => destroyed)).toEqual([...measured.map(() => true), false]);
    expect(timeless(await trainer.run())).toEqual(expected);
    expect(await arenas(store)).toEqual(await arenas(plain.store));
    const [fleet] = eventsOf(events, 'fleet');
    expect(fleet!.throughput.map(({ runs }) => runs)).toEqual(measured.map(({ slots }) => slots));
    expect(fleet!.throughput.every(({ tokensPerSecond }) => tokensPerSecond > 0)).toBe(true);
    expect(fleet!.size).toBe(fastEnough(fleet!.throughput).chosen.runs);
    expect(fleet!.size).toBe(engine.fleets.at(-1)!.slots);
    expect(fleet!.reason).toMatch(/: measured, this /);
  });

  test('is measured no further than the memory reaches', async () => {
    const engine = new ReferenceEngine();
    engine.software = false;
    engine.roomFor = 1;
    const { trainer, events } = await prepare(engine, four);
    await trainer.run();
    expect(eventsOf(events, 'fleet')[0]).toMatchObject({
      size: 1,
      throughput: [{ runs: 1 }],
      reason: expect.stringMatching(/the device has no memory for 2/),
    });
  });

  test('is what was asked for, and nothing is told of a single run', async () => {
    const engine = new ReferenceEngine();
    const asked = await prepare(engine, four, { fleetSize: 2, memoryBytes: () => 1 });
    expect(engine.fleets.at(-1)?.slots).toBe(2);
    await asked.trainer.run();
    expect(eventsOf(asked.events, 'fleet')[0]).toMatchObject({
      size: 2,
      reason: expect.stringContaining('as was asked for'),
    });
    const one = await prepare(engine, four.slice(0, 1));
    await one.trainer.run();
    expect(eventsOf(one.events, 'fleet')).toEqual([]);
  });
});

function lines(count: number): string {
  return Array.from({ length: count }, (_, i) => `neno ${i} na ${i * i}\n`).join('');
}

async function edit(store: MemoryStore, path: string, change: (json: Record<string, unknown>) => void) {
  const json = JSON.parse(new TextDecoder().decode((await store.read(path))!));
  change(json);
  await store.write(path, new TextEncoder().encode(JSON.stringify(json)));
}
