import { beforeAll, describe, expect, test } from 'vitest';
import { onnxModel } from '../../src/export/onnx/model.ts';
import { OrtRunError } from '../../src/export/ort/errors.ts';
import { ortRuntime } from '../../src/export/ort/load.ts';
import type { OrtRuntime } from '../../src/export/ort/session.ts';
import { checkParity } from '../../src/export/parity.ts';
import { probeEngine } from '../../src/export/probe.ts';
import { PARITY_LIMITS, type ParityProbe } from '../../src/formats/parity.ts';
import { createGenerator } from '../../src/model/inference/generate.ts';
import { useDevice } from '../gpu/adapter.ts';
import { referenceForward } from '../reference/llama.ts';
import { randomTokens } from '../reference/random.ts';
import { windowTokens } from '../reference/train.ts';
import { GRID, type TinyModel, tinyModel, wordsOf } from './onnx/tiny.ts';

const gpu = useDevice();

/** Both sides add up nats in float64 of float32 logits; the reference does all in float64. */
const LOSS_TOLERANCE = 1e-5;

function exported(model: TinyModel) {
  return { plain: onnxModel(model, { cache: false }), cached: onnxModel(model, { cache: true }) };
}

/** `count` windows of random tokens with our engine's logits. */
async function probeOf({ config, table, parameters }: TinyModel, count: number): Promise<ParityProbe> {
  const { context, vocabulary } = config;
  const windows = randomTokens(12, count * (context + 1), vocabulary);
  const generator = await createGenerator(gpu(), table, parameters);
  try {
    return await probeEngine(generator, { windows, count, context }, vocabulary);
  } finally {
    generator.destroy();
  }
}

describe('our engine and ONNX Runtime', () => {
  test.each(GRID.map((change) => [wordsOf(change), change] as const))('agree: %s', async (_, change) => {
    const model = tinyModel(change);
    const count = model.config.context === 512 ? 1 : 3;
    const probe = await probeOf(model, count);
    const parity = await checkParity(exported(model), model, probe, await ortRuntime());
    expect(parity).toMatchObject({ passed: true, provider: 'wasm', windows: count });
    expect(parity.tokens).toBe(count * model.config.context);
    expect(parity.logits).toBeLessThan(PARITY_LIMITS.logits / 10);
    expect(parity.cacheLogits).toBeLessThan(PARITY_LIMITS.logits / 10);
    expect(parity.loss).toBeLessThan(LOSS_TOLERANCE);
  });

  test('agree on windows that are shorter than the context; what they are of goes along', async () => {
    const model = tinyModel();
    const short = await probeOf({ ...model, config: { ...model.config, context: 9 } }, 2);
    const probe = { ...short, text: '2 windows of noise', weights: 'abc' };
    const parity = await checkParity(exported(model), model, probe, await ortRuntime());
    expect(parity).toMatchObject({ passed: true, tokens: 18, text: '2 windows of noise', weights: 'abc' });
  });

  test("in a loss that is the reference's", async () => {
    const model = tinyModel();
    const probe = await probeOf(model, 3);
    const { engineLoss } = await checkParity(exported(model), model, probe, await ortRuntime());
    const starts = Uint32Array.of(0, 17, 34);
    const { inputs, targets } = windowTokens(probe.windows, starts, probe.context);
    const { loss } = referenceForward(model.table, model.parameters, inputs, targets, 3);
    expect(Math.abs(engineLoss - loss)).toBeLessThan(LOSS_TOLERANCE);
  });
});

describe('what must not pass', () => {
  const model = tinyModel();
  let probe: ParityProbe;
  let runtime: OrtRuntime;
  beforeAll(async () => {
    probe = await probeOf(model, 3);
    runtime = await ortRuntime();
  });

  /** The model with one weight of its second layer moved. */
  function broken(by: number): TinyModel {
    const parameters = model.parameters.slice();
    const at = model.table.tensors.find(({ name }) => name === 'model.layers.1.mlp.up_proj.weight')!.offset;
    parameters[at] = parameters[at]! + by;
    return { ...model, parameters };
  }

  test('a model with one weight changed, with cache or without', async () => {
    const good = exported(model);
    const bad = exported(broken(0.5));
    const plain = await checkParity({ ...good, plain: bad.plain }, model, probe, runtime);
    expect(plain.logits).toBeGreaterThan(PARITY_LIMITS.logits);
    expect(plain).toMatchObject({ passed: false });
    expect(plain.cacheLogits).toBeLessThan(PARITY_LIMITS.logits);
    const cached = await checkParity({ ...good, cached: bad.cached }, model, probe, runtime);
    expect(cached.logits).toBeLessThan(PARITY_LIMITS.logits);
    expect(cached.cacheLogits).toBeGreaterThan(PARITY_LIMITS.logits);
    expect(cached).toMatchObject({ passed: false });
  });

  test.each([Number.NaN, Number.POSITIVE_INFINITY])('a weight that is %s', async (weight) => {
    const parity = await checkParity(exported(broken(weight)), model, probe, runtime);
    expect(parity).toMatchObject({ passed: false, logits: Number.POSITIVE_INFINITY });
    expect(parity.loss).toBe(Number.POSITIVE_INFINITY);
    expect(parity.cacheLogits).toBe(Number.POSITIVE_INFINITY);
  });

  test('logits of our own that are not finite', async () => {
    const logits = probe.logits.slice().fill(Number.NaN, 5, 6);
    const parity = await checkParity(exported(model), model, { ...probe, logits }, runtime);
    expect(parity).toMatchObject({ passed: false, logits: Number.POSITIVE_INFINITY });
  });

  test('windows in another order', async () => {
    const windows = probe.windows.slice();
    const length = probe.context + 1;
    windows.set(probe.windows.subarray(0, length), length);
    expect(await checkParity(exported(model), model, { ...probe, windows }, runtime)).toMatchObject({
      passed: false,
    });
  });

  test('bytes that are no model, and a probe whose sizes disagree: said, not measured', async () => {
    const onnx = exported(model);
    const cut = { ...onnx, cached: onnx.cached.subarray(0, 1000) };
    await expect(checkParity(cut, model, probe, runtime)).rejects.toThrow(OrtRunError);
    const check = (change: Partial<ParityProbe>) =>
      checkParity(onnx, model, { ...probe, ...change }, runtime);
    await expect(check({ count: 0 })).rejects.toThrow('a probe has at least one window');
    await expect(check({ count: 2 })).rejects.toThrow('51 tokens are not 2 windows of 16 + 1');
    await expect(check({ context: 17 })).rejects.toThrow(
      'a window of 17 tokens does not fit a context of 16',
    );
    await expect(check({ logits: probe.logits.subarray(1) })).rejects.toThrow('are not those of 3 windows');
  });

  /** The runtime, with an account of its sessions; `onRun` is called before each run. */
  function counted(onRun: () => void) {
    const account = { open: 0 };
    const watched: OrtRuntime = {
      ...runtime,
      create: async (onnx) => {
        const session = await runtime.create(onnx);
        account.open++;
        return {
          ...session,
          run: (feeds) => {
            onRun();
            return session.run(feeds);
          },
          release: () => {
            account.open--;
            return session.release();
          },
        };
      },
    };
    return { account, watched };
  }

  test('it stops when it is told to, and leaves no session open', async () => {
    const stop = new AbortController();
    const { account, watched } = counted(() => stop.abort());
    await expect(checkParity(exported(model), model, probe, watched, stop.signal)).rejects.toThrow('aborted');
    expect(account.open).toBe(0);
  });

  test('each model is made when its turn comes, and none while another is open', async () => {
    const { account, watched } = counted(() => {});
    const made: string[] = [];
    const lazy = (['plain', 'cached'] as const).map((file) => [
      file,
      () => {
        made.push(`${file}, ${account.open} open`);
        return exported(model)[file];
      },
    ]);
    const onnx = Object.fromEntries(lazy) as Parameters<typeof checkParity>[0];
    expect(await checkParity(onnx, model, probe, watched)).toMatchObject({ passed: true });
    expect(made).toEqual(['plain, 0 open', 'cached, 0 open']);
  });
});
