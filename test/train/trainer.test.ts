import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parseRunRecord, type RunRecord } from '../../src/formats/record.ts';
import type { Engine } from '../../src/model/engine.ts';
import { MemoryStore } from '../../src/store/memory.ts';
import { StorageFullError } from '../../src/store/store.ts';
import { readCheckpoint } from '../../src/train/checkpoint/checkpoint.ts';
import type { TrainEvent } from '../../src/train/events.ts';
import { openTestEngine, type TestEngine } from './engines.ts';
import { eventsOf, prepare, sampleCorpora, smallConfig, snapshot } from './fixtures.ts';
import { ReferenceEngine } from './referenceEngine.ts';

/** Seconds differ from sitting to sitting; everything else must not. */
const timeless = (records: readonly RunRecord[]) => records.map((record) => ({ ...record, seconds: 0 }));

const FLEET = [
  smallConfig({ name: 'mono', recipe: { targetTokens: 209, epochs: 1.5, ratio: 1 } }),
  smallConfig({ name: 'single', seed: 8 }),
  smallConfig({
    name: 'two-stage',
    recipe: { targetTokens: 209, epochs: 1, ratio: 0.5, finalRatio: 1, firstRatio: 0.125 },
  }),
];

describe.each<[string, () => Promise<TestEngine>]>([
  ['the float64 reference', async () => ({ engine: new ReferenceEngine(), close: () => {} })],
  ['WebGPU', openTestEngine],
])('a fleet on %s', (_, open) => {
  let engine: Engine;
  let close = () => {};
  beforeAll(async () => {
    ({ engine, close } = await open());
  });
  afterAll(() => close());

  test('trains every run to its end, tells how it went, and writes records that hold', async () => {
    const { trainer, events } = await prepare(engine, FLEET);
    const records = await trainer.run();
    trainer.destroy();
    expect(records.map(({ config, status }) => [config.name, status])).toEqual([
      ['mono', 'done'],
      ['single', 'done'],
      ['two-stage', 'done'],
    ]);
    for (const record of records) {
      expect(parseRunRecord(JSON.parse(JSON.stringify(record)), 'record')).toEqual(record);
      const { curve, final, realised } = record;
      expect(curve.map(({ step }) => step)).toEqual(Array.from({ length: realised.steps }, (__, i) => i + 1));
      expect(curve.at(-1)?.tokens).toBe(realised.D);
      const validated = curve.filter(({ targetLoss }) => targetLoss !== undefined).map(({ step }) => step);
      const marks = [5, 10, 15].filter((step) => step < realised.steps);
      expect(validated).toEqual([...marks, realised.steps]);
      // 257 tokens, and weights near zero: the first loss is ln 257 = 5.549, whatever is learnt later.
      expect(curve[0]?.loss).toBeCloseTo(Math.log(257), 1);
      expect(final?.targetLoss).toBeLessThan(5.2);
      expect(final?.targetBitsPerByte).toBeCloseTo((final?.targetLoss ?? 0) / Math.LN2, 6);
      expect(final?.targetLossError).toBeGreaterThan(0);
      expect(final?.sourceLoss).not.toBeNull();
      expect(record.device.software).toBe(true);
    }
    expect(records.map(({ realised }) => realised.kind)).toEqual([
      'monolingual single-stage',
      'multi-lingual single-stage',
      'multi-lingual two-stage',
    ]);
    expect(eventsOf(events, 'start')).toHaveLength(1);
    expect(
      eventsOf(events, 'done')
        .map(({ run }) => run)
        .sort(),
    ).toEqual(['mono', 'single', 'two-stage']);
    const progress = eventsOf(events, 'progress').at(-1)!;
    expect(progress.steps).toBe(progress.totalSteps);
    expect(progress.remainingSeconds).toBe(0);
    expect(progress.tokensPerSecond).toBeGreaterThan(0);
    expect(progress.flopsPerSecond).toBeGreaterThan(progress.tokensPerSecond);
  });

  test('a run among others is the run alone, bit for bit', async () => {
    const together = await prepare(engine, FLEET);
    const records = await together.trainer.run();
    const inFleet = await snapshot(together.store);
    together.trainer.destroy();
    for (const [index, config] of FLEET.entries()) {
      const alone = await prepare(engine, [config]);
      expect(timeless(await alone.trainer.run())).toEqual(timeless([records[index]!]));
      alone.trainer.destroy();
      for (const [path, content] of Object.entries(await snapshot(alone.store))) {
        if (path.endsWith('.safetensors')) expect(content === inFleet[path], path).toBe(true);
      }
    }
  });

  test('killed at any checkpoint and resumed, it is the uninterrupted fleet, bit for bit', async () => {
    const whole = await prepare(engine, FLEET);
    const expected = timeless(await whole.trainer.run());
    whole.trainer.destroy();
    const files = await snapshot(whole.store);

    // The three stops are before a validation, at one, and where one run has ended already.
    const store = new MemoryStore();
    let sittings = 0;
    for (const upTo of [3, 5, 11]) {
      const abort = new AbortController();
      const part = await prepare(engine, FLEET, {
        store,
        resume: sittings++ > 0,
        onEvent: (event) => {
          if (event.event === 'progress' && event.steps >= upTo) abort.abort();
        },
      });
      await expect(part.trainer.run(abort.signal)).rejects.toMatchObject({ name: 'AbortError' });
      part.trainer.destroy();
    }
    const rest = await prepare(engine, FLEET, { store, resume: true });
    expect(timeless(await rest.trainer.run())).toEqual(expected);
    rest.trainer.destroy();
    const resumed = await snapshot(store);
    expect(Object.keys(resumed)).toEqual(Object.keys(files));
    for (const path of Object.keys(files)) {
      if (!path.endsWith('run.json')) expect(resumed[path] === files[path], path).toBe(true);
    }
  });

  test('a run that diverges stops alone', async () => {
    const wild = smallConfig({
      name: 'wild',
      seed: 8,
      optimizer: { learningRate: 1e30, warmup: 0, clip: 0 },
    });
    const { trainer, events, store } = await prepare(engine, [FLEET[1]!, wild]);
    const records = await trainer.run();
    trainer.destroy();
    expect(records.map(({ status }) => status)).toEqual(['done', 'diverged']);
    const [diverged] = eventsOf(events, 'diverged');
    expect(diverged?.run).toBe('wild');
    expect(diverged?.step).toBeLessThan(5);
    expect(parseRunRecord(JSON.parse(JSON.stringify(records[1])), 'record').curve.length).toBeLessThan(5);
    const alone = await prepare(engine, [FLEET[1]!]);
    expect(timeless(await alone.trainer.run())).toEqual(timeless([records[0]!]));
    alone.trainer.destroy();
    const again = await prepare(engine, [FLEET[1]!, wild], { store, resume: true });
    expect((await again.trainer.run()).map(({ status }) => status)).toEqual(['done', 'diverged']);
    // Nothing is left to train, and whoever listens gets the records all the same, once.
    expect(again.events).toEqual([
      { event: 'done', run: 'single', record: records[0] },
      { event: 'done', run: 'wild', record: records[1] },
    ]);
  });
});

describe('between two chunks', () => {
  test('pause, steps one by one, and going on give what an unpaused run gives', async () => {
    const engine = new ReferenceEngine();
    const whole = await prepare(engine, [smallConfig()]);
    const expected = timeless(await whole.trainer.run());

    const { trainer } = await prepare(engine, [smallConfig()]);
    engine.advances.length = 0;
    trainer.pause();
    const run = trainer.run();
    await trainer.step(1);
    expect(trainer.steps.taken).toBe(1);
    await trainer.step(4);
    expect(trainer.steps.taken).toBe(5);
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(trainer.steps.taken).toBe(5);
    expect(engine.advances.reduce((sum, count) => sum + count, 0)).toBe(5);
    trainer.resume();
    expect(timeless(await run)).toEqual(expected);
  });

  test('no chunk crosses a step at which something is measured', async () => {
    const engine = new ReferenceEngine();
    const { trainer } = await prepare(engine, [smallConfig({ evaluation: { every: 3, windows: 2 } })]);
    await trainer.run();
    const ends = engine.advances.map((_, i) =>
      engine.advances.slice(0, i + 1).reduce((sum, n) => sum + n, 0),
    );
    for (const mark of [3, 6, 9, trainer.steps.total]) expect(ends).toContain(mark);
  });

  test('stop ends one run where it is and lets the others train on; it can be resumed', async () => {
    const engine = new ReferenceEngine();
    const whole = await prepare(engine, FLEET);
    const expected = timeless(await whole.trainer.run());

    const { trainer, store, events } = await prepare(engine, FLEET);
    trainer.pause();
    const run = trainer.run();
    await trainer.step(6);
    await trainer.stop('single');
    trainer.resume();
    const records = await run;
    expect(records.map(({ status }) => status)).toEqual(['done', 'stopped', 'done']);
    expect(timeless([records[0]!, records[2]!])).toEqual([expected[0], expected[2]]);
    expect(records[1]!.curve.at(-1)?.step).toBe(6);
    expect(records[1]!.realised).toMatchObject({ steps: 6, D: 6 * 2 * 16 });
    // Its last validation, at step 5, on the periodic windows.
    expect(records[1]!.final?.best.step).toBe(5);
    expect(eventsOf(events, 'checkpoint')).toContainEqual({ event: 'checkpoint', run: 'single', step: 6 });

    const rest = await prepare(engine, FLEET, { store, resume: true });
    expect(timeless(await rest.trainer.run())).toEqual(expected);
    expect(eventsOf(rest.events, 'start')[0]?.runs.map(({ run }) => run)).toEqual(['single']);
    expect(
      eventsOf(rest.events, 'done')
        .map(({ run }) => run)
        .sort(),
    ).toEqual(['mono', 'single', 'two-stage']);
  });

  test('a source that is the target is warned of, and the record says so', async () => {
    const { target, tokenizer } = await sampleCorpora();
    const mono = smallConfig({ name: 'mono', corpora: { source: null }, recipe: { targetTokens: 209 } });
    const { trainer, events } = await prepare(new ReferenceEngine(), [smallConfig(), mono], {
      corpora: { target, source: target, tokenizer },
    });
    const [record, alone] = await trainer.run();
    expect(record?.warnings).toContainEqual(expect.stringMatching(/target and source are the same text/));
    expect(alone?.warnings).toEqual([]);
    expect(eventsOf(events, 'start')[0]?.runs.map(({ warnings }) => warnings)).toEqual([
      record?.warnings,
      [],
    ]);
  });

  test('a re-warm is recorded only where the learning rate begins anew', async () => {
    const stages = [
      { share: 0.5, ratio: 1 },
      { share: 0.5, ratio: 1 },
    ];
    const recipe = { targetTokens: 209, tokens: 320, stages };
    const plain = smallConfig({ name: 'plain', recipe, optimizer: { warmup: 0.2 } });
    const warmed = smallConfig({ name: 'warmed', recipe, optimizer: { warmup: 0.2, rewarm: true } });
    const { trainer } = await prepare(new ReferenceEngine(), [plain, warmed]);
    expect((await trainer.run()).map(({ realised }) => realised.kind)).toEqual([
      'monolingual single-stage',
      'monolingual re-warm',
    ]);
  });

  test('stop without a name ends all, also while paused or before it began', async () => {
    const engine = new ReferenceEngine();
    const paused = await prepare(engine, FLEET);
    paused.trainer.pause();
    const run = paused.trainer.run();
    await paused.trainer.stop();
    expect((await run).every(({ status }) => status === 'stopped')).toBe(true);
    const unborn = await prepare(engine, [smallConfig()]);
    await unborn.trainer.stop();
    expect((await unborn.trainer.run())[0]?.curve).toEqual([]);
  });

  test('an abort while paused saves and rejects; the trainer can go on', async () => {
    const engine = new ReferenceEngine();
    const { trainer, store } = await prepare(engine, [smallConfig()]);
    const abort = new AbortController();
    trainer.pause();
    const run = trainer.run(abort.signal);
    await trainer.step(2);
    abort.abort();
    await expect(run).rejects.toMatchObject({ name: 'AbortError' });
    expect((await readCheckpoint(store, 'run')).record?.status).toBe('stopped');
    trainer.resume();
    expect((await trainer.run())[0]?.status).toBe('done');
  });

  test('an abort breaks a validation off; it is made when the run is resumed', async () => {
    const engine = new ReferenceEngine();
    const whole = await prepare(engine, FLEET);
    const expected = timeless(await whole.trainer.run());
    // At the first validation, and at the first that measures every window.
    for (const atStep of [5, 10]) {
      const abort = new AbortController();
      const cut = await prepare(engine, FLEET);
      let evaluations = 0;
      engine.beforeEvaluate = () => {
        if (cut.trainer.steps.taken < atStep) return;
        evaluations++;
        abort.abort();
      };
      await expect(cut.trainer.run(abort.signal)).rejects.toMatchObject({ name: 'AbortError' });
      engine.beforeEvaluate = () => {};
      expect(evaluations).toBe(1);
      expect(cut.trainer.steps.taken).toBe(atStep);
      const rest = await prepare(engine, FLEET, { store: cut.store, resume: true });
      expect(timeless(await rest.trainer.run())).toEqual(expected);
    }
  });

  test('saves on its own after some time, and on request', async () => {
    const engine = new ReferenceEngine();
    const often = await prepare(engine, [smallConfig()], { checkpointEverySeconds: 0 });
    await often.trainer.run();
    // After every chunk, and once more when the run is done.
    expect(eventsOf(often.events, 'checkpoint').length).toBe(eventsOf(often.events, 'progress').length + 1);
    const asked = await prepare(engine, [smallConfig()]);
    await asked.trainer.checkpoint();
    expect(eventsOf(asked.events, 'checkpoint')).toEqual([{ event: 'checkpoint', run: 'run', step: 0 }]);
  });

  test('a run is gone on with under another name, to the same end, and is done under that name', async () => {
    const engine = new ReferenceEngine();
    const whole = await prepare(engine, [smallConfig()]);
    const [expected] = timeless(await whole.trainer.run());
    const store = new MemoryStore();
    const begun = await prepare(engine, [smallConfig()], { store, folders: ['here'] });
    await begun.trainer.run(undefined, 4);
    begun.trainer.destroy();
    const renamed = smallConfig({ name: 'renamed' });
    for (const sitting of ['the rest', 'nothing left']) {
      const { trainer, events } = await prepare(engine, [renamed], {
        store,
        folders: ['here'],
        resume: true,
      });
      const [record] = timeless(await trainer.run());
      trainer.destroy();
      expect(record, sitting).toEqual({ ...expected, config: { ...expected!.config, name: 'renamed' } });
      expect(
        eventsOf(events, 'done').map(({ run }) => run),
        sitting,
      ).toEqual(['renamed']);
    }
  });

  test('a device that is lost rejects; a new one goes on from the last checkpoint to the same end', async () => {
    const engine = new ReferenceEngine();
    const whole = await prepare(engine, [smallConfig()]);
    const expected = timeless(await whole.trainer.run());
    const store = new MemoryStore();
    const broken = await prepare(engine, [smallConfig()], { store, checkpointEverySeconds: 0 });
    let chunks = 0;
    engine.beforeAdvance = () => {
      if (++chunks > 3) throw new Error('the device was lost');
    };
    await expect(broken.trainer.run()).rejects.toThrow('the device was lost');
    engine.beforeAdvance = () => {};
    const fresh = await prepare(engine, [smallConfig()], { store, resume: true });
    expect(timeless(await fresh.trainer.run())).toEqual(expected);
  });

  test('a full disk rejects and leaves the last checkpoint whole; with room again it goes on', async () => {
    class FullStore extends MemoryStore {
      full = false;
      override async write(path: string, bytes: Uint8Array): Promise<void> {
        if (this.full && path.endsWith('state.safetensors')) throw new StorageFullError(path, bytes.length);
        await super.write(path, bytes);
      }
    }
    const store = new FullStore();
    const engine = new ReferenceEngine();
    const { trainer } = await prepare(engine, [smallConfig()], { store });
    await trainer.checkpoint();
    const before = await snapshot(store);
    store.full = true;
    await expect(trainer.run()).rejects.toThrow(StorageFullError);
    expect(await snapshot(store)).toEqual(before);
  });
});

test('a trainer that is destroyed trains no more, and overwrites no checkpoint', async () => {
  const engine = new ReferenceEngine();
  const { trainer, store } = await prepare(engine, [smallConfig()]);
  const abort = new AbortController();
  trainer.pause();
  const run = trainer.run(abort.signal);
  await trainer.step(3);
  abort.abort();
  await expect(run).rejects.toMatchObject({ name: 'AbortError' });
  const before = await snapshot(store);
  trainer.destroy();
  trainer.destroy();
  await expect(trainer.run()).rejects.toThrow(/destroyed; prepare another/);
  await expect(trainer.stop()).rejects.toThrow(/destroyed; prepare another/);
  expect(engine.fleets).toHaveLength(1);
  expect(await snapshot(store)).toEqual(before);
});

test('events are plain data', async () => {
  const { trainer, events } = await prepare(new ReferenceEngine(), [smallConfig()]);
  await trainer.run();
  const copies = events.map((event): TrainEvent => structuredClone(event));
  expect(copies).toEqual(events);
  expect(JSON.parse(JSON.stringify(copies))).toEqual(events);
});
