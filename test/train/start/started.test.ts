import { beforeAll, describe, expect, test } from 'vitest';
import { huggingFaceFolder } from '../../../src/export/folder.ts';
import { parseTrainConfig, runId, type TrainConfig } from '../../../src/formats/config.ts';
import { parseRunRecord, type RunRecord } from '../../../src/formats/record.ts';
import type { Engine } from '../../../src/model/engine.ts';
import { MemoryStore } from '../../../src/store/memory.ts';
import { startFacts, withStart } from '../../../src/train/start/config.ts';
import { filesOfBytes, filesOfStore } from '../../../src/train/start/files.ts';
import { readStart, type StartModel } from '../../../src/train/start/start.ts';
import { openTestEngine } from '../engines.ts';
import { eventsOf, prepare, smallConfig } from '../fixtures.ts';
import { ReferenceEngine } from '../referenceEngine.ts';

const BASE = {
  version: 1,
  name: 'started',
  corpora: { target: 'file:target.txt', source: 'file:source.txt' },
  // Twelve windows of the target.
  recipe: { targetTokens: 193, epochs: 1, ratio: 1 },
  optimizer: { learningRate: 0.02, batch: 2, warmup: 0, decay: 1 },
  evaluation: { every: 2, windows: 4 },
  seed: 3,
};

/** A config of a run that begins from `start`, which says nothing of the model. */
function startedConfig(start: StartModel, changes: Record<string, unknown> = {}): TrainConfig {
  return parseTrainConfig(withStart({ ...BASE, ...changes }, 'test', startFacts(start)), 'test');
}

/**
 * A run of two stages, the source alone and then the target alone, six steps each, that was stopped between them, and its checkpoint;
 * and the record of the same run, not stopped.
 */
async function twoStages(engine: Engine) {
  const config = smallConfig({
    name: 'two stages',
    recipe: { targetTokens: 193, epochs: 1, ratio: 0.5, finalRatio: 1 },
    optimizer: { warmup: 0.25, decay: 0.5 },
    evaluation: { every: 2 },
  });
  const store = new MemoryStore();
  const half = await prepare(engine, [config], { store });
  const [stopped] = await half.trainer.run(undefined, 6);
  half.trainer.destroy();
  const whole = await prepare(engine, [config]);
  const [record] = await whole.trainer.run();
  whole.trainer.destroy();
  expect(stopped).toMatchObject({ status: 'stopped', realised: { steps: 6, S: 192 } });
  expect(record).toMatchObject({ status: 'done', realised: { steps: 12, S: 192 } });
  return { store, stopped: stopped!, record: record! };
}

const readFrom = async (store: MemoryStore, moments = false) =>
  readStart(await filesOfStore(store, 'two stages'), 'first', { moments });

/** Trains one run and gives its record. */
async function trained(
  engine: Engine,
  config: TrainConfig,
  starts: readonly StartModel[],
): Promise<RunRecord> {
  const { trainer } = await prepare(engine, [config], { starts });
  const [record] = await trainer.run();
  trainer.destroy();
  return record!;
}

/** Largest difference of two lists of losses, as long as each other. */
function largestDifference(a: readonly number[], b: readonly number[]): number {
  expect(a).toHaveLength(b.length);
  expect(a.length).toBeGreaterThan(0);
  return Math.max(...a.map((value, index) => Math.abs(value - b[index]!)));
}

describe.each<[string, () => Promise<Engine>]>([
  ['the float64 engine', async () => new ReferenceEngine()],
  ['the device', async () => (await openTestEngine()).engine],
])('on %s', (_, open) => {
  let engine: Engine;
  let two: Awaited<ReturnType<typeof twoStages>>;
  beforeAll(async () => {
    engine = await open();
    two = await twoStages(engine);
  });

  test('the loss before the first step is the last one before the model was saved', async () => {
    const start = await readFrom(two.store);
    const { curve } = await trained(engine, startedConfig(start), [start]);
    const last = two.stopped.curve.at(-1)!;
    expect(curve[0]).toEqual({
      step: 0,
      tokens: 0,
      targetLoss: expect.any(Number),
      sourceLoss: expect.any(Number),
    });
    expect(Math.abs(curve[0]!.targetLoss! - last.targetLoss!)).toBeLessThanOrEqual(1e-5);
    expect(Math.abs(curve[0]!.sourceLoss! - last.sourceLoss!)).toBeLessThanOrEqual(1e-5);
    // Another seed is another order of the text, and the same weights.
    const other = await trained(engine, startedConfig(start, { seed: 4 }), [start]);
    expect(other.curve[0]).toEqual(curve[0]);
    expect(other.curve[1]?.loss).not.toBe(curve[1]?.loss);
  });

  test('continual pre-training with the moments is stage 2 of the run with both stages', async () => {
    const start = await readFrom(two.store, true);
    const again = await trained(engine, startedConfig(start), [start]);
    const second = two.record.curve.filter(({ step }) => step > 6);
    const first = again.curve.filter(({ step }) => step > 0);
    expect(first.map(({ step }) => step + 6)).toEqual(second.map(({ step }) => step));
    for (const of of ['loss', 'targetLoss', 'sourceLoss'] as const) {
      const lossesOf = (curve: typeof first) => curve.flatMap((point) => point[of] ?? []);
      expect(largestDifference(lossesOf(first), lossesOf(second))).toBeLessThanOrEqual(1e-5);
    }
    expect(Math.abs(again.final!.targetLoss - two.record.final!.targetLoss)).toBeLessThanOrEqual(1e-5);
    // The criterion tells something: with fresh moments it is another run.
    const fresh = await readFrom(two.store);
    const { final } = await trained(engine, startedConfig(fresh), [fresh]);
    expect(Math.abs(final!.targetLoss - two.record.final!.targetLoss)).toBeGreaterThan(1e-3);
  });

  test('a run that begins from a model and one that does not train side by side as each does alone', async () => {
    const start = await readFrom(two.store);
    const started = startedConfig(start);
    const { start: _, ...rest } = started;
    const configs = [started, { ...rest, name: 'fresh' }];
    const { trainer, events } = await prepare(engine, configs, { starts: [start], fleetSize: 2 });
    const records = await trainer.run();
    trainer.destroy();
    expect(eventsOf(events, 'fleet')).toMatchObject([{ runs: ['started', 'fresh'], size: 2 }]);
    expect(records.map(({ curve }) => curve[0]?.step)).toEqual([0, 1]);
    for (const [index, config] of configs.entries()) {
      const alone = await trained(engine, config, [start]);
      expect(records[index]?.curve).toEqual(alone.curve);
      expect(records[index]?.final).toEqual(alone.final);
    }
  });
});

describe('a run that begins from a model', () => {
  let start: StartModel;
  let withMoments: StartModel;
  beforeAll(async () => {
    const { store } = await twoStages(new ReferenceEngine());
    start = await readFrom(store);
    withMoments = await readFrom(store, true);
  });

  test('records which one, by its fingerprint, and reads back', async () => {
    const record = await trained(new ReferenceEngine(), startedConfig(withMoments), [start, withMoments]);
    const { name, fingerprint, moments } = withMoments;
    expect(record.config.start).toEqual({
      name,
      fingerprint,
      moments: { step: 6, fingerprint: moments?.fingerprint },
    });
    expect(parseRunRecord(JSON.parse(JSON.stringify(record)), 'run.json')).toEqual(record);
  });

  test('tells of the validation before the first step, once', async () => {
    const store = new MemoryStore();
    const { trainer, events } = await prepare(new ReferenceEngine(), [startedConfig(start)], {
      starts: [start],
      store,
    });
    await trainer.run(undefined, 2);
    expect(eventsOf(events, 'eval').map(({ step, tokens }) => [step, tokens])).toEqual([
      [0, 0],
      [2, 64],
    ]);
    // The model is needed no more.
    const again = await prepare(new ReferenceEngine(), [startedConfig(start)], { store, resume: true });
    const [record] = await again.trainer.run();
    expect(eventsOf(again.events, 'eval').map(({ step }) => step)).toEqual([4, 6]);
    const alone = await trained(new ReferenceEngine(), startedConfig(start), [start]);
    expect(record?.curve).toEqual(alone.curve);
    expect(record?.final).toEqual(alone.final);
  });

  test('with moments goes on after a resume as if it had not been stopped', async () => {
    const store = new MemoryStore();
    const config = startedConfig(withMoments);
    const { trainer } = await prepare(new ReferenceEngine(), [config], { starts: [withMoments], store });
    await trainer.run(undefined, 3);
    const again = await prepare(new ReferenceEngine(), [config], { store, resume: true });
    const [record] = await again.trainer.run();
    expect(record?.curve).toEqual((await trained(new ReferenceEngine(), config, [withMoments])).curve);
  });

  test('that is stopped at once has a checkpoint of the model, and goes on', async () => {
    const store = new MemoryStore();
    const { trainer } = await prepare(new ReferenceEngine(), [startedConfig(start)], {
      starts: [start],
      store,
    });
    await trainer.stop();
    const saved = await readStart(await filesOfStore(store, 'started'), 'saved');
    expect(saved.parameters).toEqual(start.parameters);
    const again = await prepare(new ReferenceEngine(), [startedConfig(start)], { store, resume: true });
    const [record] = await again.trainer.run();
    expect(record?.curve).toEqual(
      (await trained(new ReferenceEngine(), startedConfig(start), [start])).curve,
    );
  });

  test('has a checkpoint before its first step, one that waits for a slot too, and goes on from it', async () => {
    const store = new MemoryStore();
    const configs = ['a', 'b'].map((name, seed) => startedConfig(start, { name, seed }));
    const engine = new ReferenceEngine();
    const saved: [string, number][] = [];
    const broken = new MemoryStore();
    const { trainer } = await prepare(engine, configs, {
      starts: [start],
      store,
      fleetSize: 1,
      onEvent: (event) => {
        if (event.event === 'checkpoint') saved.push([event.run, event.step]);
      },
      // As if the process ended here: at the first validation, before a step.
      onMeasured: async () => {
        for (const path of await store.list('')) await broken.write(path, (await store.read(path))!);
        throw new Error('the end');
      },
    });
    await expect(trainer.run()).rejects.toThrow('the end');
    expect(saved).toEqual([
      ['a', 0],
      ['b', 0],
    ]);
    const again = await prepare(engine, configs, { store: broken, resume: true });
    const records = await again.trainer.run();
    for (const [index, config] of configs.entries()) {
      const alone = await trained(engine, config, [start]);
      expect(records[index]?.curve).toEqual(alone.curve);
      expect(records[index]?.final).toEqual(alone.final);
    }
  });

  test('has the same fingerprint of a checkpoint, of its export, and of what comes back', async () => {
    const { config, table, parameters, tokenizer, fingerprint } = start;
    const model = { config, table, parameters, tokenizer, record: null, name: 'first' };
    const exported = await readStart(filesOfBytes(huggingFaceFolder(model, null)), 'exported');
    expect(exported.fingerprint).toBe(fingerprint);
    // A config that was written for the checkpoint takes the export.
    const again = await trained(new ReferenceEngine(), startedConfig(start), [exported]);
    expect(again.config.start?.fingerprint).toBe(fingerprint);
  });

  test('may read shorter windows than the model could', async () => {
    const longer = { ...start, config: { ...start.config, context: 32 } };
    const record = await trained(new ReferenceEngine(), startedConfig(longer, { model: { context: 16 } }), [
      longer,
    ]);
    expect(record.config.model.context).toBe(16);
  });

  test.each<
    [string, (config: TrainConfig) => { config: TrainConfig; starts: readonly StartModel[] }, string]
  >([
    [
      'is not at hand',
      (config) => ({ config, starts: [] }),
      'start: the run begins from first, whose weights are not here',
    ],
    [
      'has only fresh moments',
      (config) => ({
        config: { ...config, start: { ...config.start!, moments: { step: 6, fingerprint: 'a'.repeat(64) } } },
        starts: [start],
      }),
      'with moments of step 6); train it where they are',
    ],
    [
      'is wider',
      (config) => ({ config: { ...config, model: { ...config.model, width: 32 } }, starts: [start] }),
      'model.width: 32 is not what first has',
    ],
    [
      'is untied',
      (config) => ({ config: { ...config, model: { ...config.model, tied: false } }, starts: [start] }),
      'model.tied: false is not what first has',
    ],
    [
      'has a shorter context',
      (config) => ({ config: { ...config, model: { ...config.model, context: 32 } }, starts: [start] }),
      'model.context: 32 is not a context that first can have, the model that the run begins from: at most 16',
    ],
    [
      'has another tokenizer',
      (config) => ({
        config,
        starts: [{ ...start, tokenizer: { ...start.tokenizer, fingerprint: 'b'.repeat(64) } }],
      }),
      'tokenizer: the texts were read with another tokenizer',
    ],
  ])('is refused where the model %s', async (_, change, words) => {
    const { config, starts } = change(startedConfig(start));
    await expect(prepare(new ReferenceEngine(), [config], { starts })).rejects.toThrow(words);
  });

  test('goes on with no checkpoint of one that began from another model', async () => {
    const store = new MemoryStore();
    const config = startedConfig(start);
    const { trainer } = await prepare(new ReferenceEngine(), [config], { starts: [start], store });
    await trainer.run(undefined, 2);
    const other = { ...config, start: { ...config.start!, fingerprint: 'c'.repeat(64) } };
    await expect(prepare(new ReferenceEngine(), [other], { store, resume: true })).rejects.toThrow(
      'start.fingerprint',
    );
    const renamed = { ...config, start: { ...config.start!, name: 'another name' } };
    await expect(prepare(new ReferenceEngine(), [renamed], { store, resume: true })).resolves.toBeDefined();
    expect(runId(renamed)).toBe(runId(config));
    expect(runId(other)).not.toBe(runId(config));
  });

  test('has the moments of its own weights, or none', async () => {
    const { store } = await twoStages(new ReferenceEngine());
    const state = (await store.read('two stages/state.safetensors'))!;
    await store.write('two stages/state.safetensors', new Uint8Array(5e6));
    await expect(readFrom(store, true)).rejects.toThrow(
      /^state\.safetensors: it is 5,000,000 bytes long, more than the two moments/,
    );
    const later = state.slice();
    later[new TextDecoder().decode(state.subarray(0, 100)).indexOf('"step":"6"') + 8] = '7'.charCodeAt(0);
    await store.write('two stages/state.safetensors', later);
    await expect(readFrom(store, true)).rejects.toThrow(
      'state.safetensors: it is of step 7, and model.safetensors of step 6',
    );
    expect((await readFrom(store)).moments).toBeNull();
  });

  test('is not forked', async () => {
    const configs = ['a', 'b'].map((name) => startedConfig(start, { name }));
    await expect(
      prepare(new ReferenceEngine(), configs, { starts: [start], forks: [{ from: 'a', step: 1, to: 'b' }] }),
    ).rejects.toThrow('they agree in their first 0 steps only');
  });
});
