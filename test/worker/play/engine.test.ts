import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openDawn } from '../../../src/cli/gpu/dawn.ts';
import { scoreText } from '../../../src/cli/score.ts';
import { probeEngine } from '../../../src/export/probe.ts';
import { type GpuDevice, openDevice } from '../../../src/gpu/device.ts';
import { createGenerator } from '../../../src/model/inference/generate.ts';
import { byteTokenizer, END_OF_DOCUMENT } from '../../../src/text/tokenizer/bytes.ts';
import { promptTokens } from '../../../src/text/tokenizer/prompt.ts';
import type { ModelProbe } from '../../../src/worker/api/models.ts';
import type { Writing } from '../../../src/worker/api/play.ts';
import { tinyModel } from '../../export/onnx/tiny.ts';
import { randomTokens } from '../../reference/random.ts';
import { filesOf, openSession, WRITING, weightsOf } from './open.ts';

const TINY = tinyModel();
const { table, parameters, config } = TINY;

let gpu: GpuDevice;
const session = openSession();

beforeAll(async () => {
  gpu = await openDevice(await openDawn());
  await session.send({ command: 'openModel', files: filesOf(TINY, 'a') });
});
afterAll(() => gpu.destroy());

describe('beside our engine', () => {
  test('the same tokens are written, with each setting and seed, beyond the context', async () => {
    const generator = await createGenerator(gpu, table, parameters);
    const settings: Partial<Writing>[] = [
      { prompt: '', seed: 1 },
      { seed: 2, temperature: 0 },
      { seed: 3, temperature: 0.7, topK: 30 },
      { prompt: 'a prompt that is longer than the context', seed: 4, temperature: 1.2, topP: 0.9 },
    ];
    try {
      for (const change of settings) {
        const writing: Writing = { ...WRITING, ...change };
        const theirs = await session.send({ command: 'write', task: 1, model: 'a', writing });
        const ours: number[] = [];
        const prompt = promptTokens(byteTokenizer, writing.prompt);
        for await (const token of generator.generate({ ...writing, prompt })) {
          ours.push(token);
          if (token === END_OF_DOCUMENT) break;
        }
        expect(theirs.tokens.map(({ id }) => id)).toEqual(ours);
      }
    } finally {
      generator.destroy();
    }
  });

  test('a text has the same loss', async () => {
    const text = 'The old man asked where they had hidden the keys.';
    const scored = await session.send({ command: 'scoreText', model: 'a', text });
    const tokens = Uint16Array.of(...promptTokens(byteTokenizer, text), END_OF_DOCUMENT);
    const ours = await scoreText(gpu, table, parameters, tokens);
    expect(Math.abs(scored.meanNats - ours.nats / ours.tokens)).toBeLessThan(1e-4);
    expect(scored.tokens).toHaveLength(ours.tokens);
  });

  test('a check passes, and one of other weights does not', async () => {
    const windows = randomTokens(5, 2 * (config.context + 1), config.vocabulary);
    const probe = await probeOf(windows);
    const parity = await session.send({ command: 'checkModel', model: 'a', probe });
    expect(parity).toMatchObject({ provider: 'wasm', windows: 2, tokens: 32, passed: true });
    const { text, weights } = probe;
    expect(parity).toMatchObject({ text, weights });
    const other = filesOf(tinyModel({}, 4), 'b');
    await session.send({ command: 'openModel', files: other });
    expect(await session.failureOf({ command: 'checkModel', model: 'b', probe })).toMatchObject({
      kind: 'not-now',
      message: expect.stringContaining('trained on in the meantime'),
    });
    const asIfItWere = { ...probe, weights: weightsOf(other) };
    expect(await session.send({ command: 'checkModel', model: 'b', probe: asIfItWere })).toMatchObject({
      passed: false,
    });
  });
});

async function probeOf(windows: Uint16Array): Promise<ModelProbe> {
  const { context, vocabulary } = config;
  const count = windows.length / (context + 1);
  const generator = await createGenerator(gpu, table, parameters);
  try {
    const probe = await probeEngine(generator, { windows, count, context }, vocabulary);
    return { ...probe, text: '2 windows of noise', weights: weightsOf(filesOf(TINY, 'a')) };
  } finally {
    generator.destroy();
  }
}
