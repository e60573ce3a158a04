import { describe, expect, test } from 'vitest';
import { createWebGpuEngine } from '../../src/model/fleet/webgpuEngine.ts';
import { evaluateTokens } from '../../src/model/inference/evaluate.ts';
import { createGenerator, type GenerateOptions } from '../../src/model/inference/generate.ts';
import type { LlamaConfig } from '../../src/model/llama/config.ts';
import { parameterTable } from '../../src/model/llama/parameters.ts';
import { adapterName, useDevice } from '../gpu/adapter.ts';
import { expectClose } from '../reference/compare.ts';
import { referenceForward, referenceGradients } from '../reference/llama.ts';
import { randomArena, randomTokens } from '../reference/random.ts';
import { windowTokens } from '../reference/train.ts';
import { OPTIMIZER, TINY, TOKENS, tinyFleet, tinyRun } from './tiny.ts';

const gpu = useDevice();

/** f32 rounding through two blocks. */
const TOLERANCE = 1e-5;

describe('evaluating tokens', () => {
  test('agrees with the float64 reference, in batches that the windows do not fill', async () => {
    const table = parameterTable(TINY);
    const parameters = randomArena(table, 3);
    const windows = Uint32Array.from([0, 16, 31, 1000, 3984]);
    const nats = await evaluateTokens(gpu(), table, parameters, TOKENS, windows, 2);
    const { inputs, targets } = windowTokens(TOKENS, windows, TINY.context);
    const reference = referenceForward(table, parameters, inputs, targets, windows.length).nats;
    const sums = Array.from(windows, (_, w) =>
      reference.subarray(w * 16, (w + 1) * 16).reduce((sum, value) => sum + value, 0),
    );
    expectClose('evaluateTokens', nats, sums, TOLERANCE, {
      shape: [windows.length],
      adapter: adapterName(gpu()),
    });
    const past = evaluateTokens(gpu(), table, parameters, TOKENS, Uint32Array.of(3985), 2);
    await expect(past).rejects.toThrow('a window at token 3985 reads 17 tokens, and there are 4001 in all');
  });
});

describe('generation', () => {
  const table = parameterTable(TINY);
  const parameters = randomArena(table, 4);
  const options: GenerateOptions = {
    prompt: TOKENS.slice(0, 5),
    tokens: 24,
    temperature: 0.8,
    topK: 40,
    topP: 0.95,
    seed: 9,
  };

  test('gives the logits of the last token, inside a window and past its end', async () => {
    const generator = await createGenerator(gpu(), table, parameters);
    try {
      for (const length of [1, 5, 16, 30]) {
        const prompt = TOKENS.slice(40, 40 + length);
        const seen = prompt.slice(-TINY.context);
        const { logits } = referenceForward(table, parameters, seen, seen, 1);
        const expected = logits.subarray((seen.length - 1) * TINY.vocabulary);
        expectClose(`logits after ${length} tokens`, await generator.logits(prompt), expected, TOLERANCE);
      }
      await expect(generator.logits(new Uint16Array(0))).rejects.toThrow('at least one token');
    } finally {
      generator.destroy();
    }
  });

  test('gives the logits after every token of a window, whole or not', async () => {
    // Two heads of 16 rows, the second not full.
    const longer = parameterTable({ ...TINY, context: 32 });
    const weights = randomArena(longer, 6);
    const generator = await createGenerator(gpu(), longer, weights);
    try {
      for (const length of [1, 16, 23, 32]) {
        const window = TOKENS.slice(60, 60 + length);
        const { logits } = referenceForward(longer, weights, window, window, 1);
        const actual = await generator.everyLogits(window);
        expect(actual).toHaveLength(length * TINY.vocabulary);
        expectClose(`logits of ${length} tokens`, actual, logits, TOLERANCE);
      }
      // A second call while the first is between two heads would mix two texts.
      const window = TOKENS.slice(60, 92);
      const alone = await generator.everyLogits(window);
      const first = generator.everyLogits(window);
      await expect(generator.everyLogits(TOKENS.slice(0, 32))).rejects.toThrow('this generator is at work');
      await expect(generator.logits(TOKENS.slice(0, 3))).rejects.toThrow('this generator is at work');
      expect(await first).toEqual(alone);
      expect(await generator.logits(window)).toEqual(alone.slice(-TINY.vocabulary));
      await expect(generator.everyLogits(TOKENS.slice(0, 33))).rejects.toThrow('33 tokens is not of 1 to 32');
      await expect(generator.everyLogits(new Uint16Array(0))).rejects.toThrow('0 tokens is not of 1 to 32');
    } finally {
      generator.destroy();
    }
  });

  test('draws the same tokens for a seed, others for another, the likeliest at temperature 0', async () => {
    const generator = await createGenerator(gpu(), table, parameters);
    const draw = async (change: Partial<GenerateOptions> = {}) => {
      const drawn: number[] = [];
      for await (const token of generator.generate({ ...options, ...change })) drawn.push(token);
      return drawn;
    };
    try {
      const once = await draw();
      expect(once).toHaveLength(24);
      expect(await draw()).toEqual(once);
      expect(await draw({ seed: 10 })).not.toEqual(once);
      const [greedy] = await draw({ temperature: 0, tokens: 1 });
      const { logits } = referenceForward(table, parameters, options.prompt, options.prompt, 1);
      const last = logits.subarray(4 * TINY.vocabulary);
      expect(greedy).toBe(last.indexOf(Math.max(...last)));
      await expect(draw({ topP: 2 })).rejects.toThrow('topP: 2');
      await expect(draw({ signal: AbortSignal.abort() })).rejects.toThrow('aborted');
    } finally {
      generator.destroy();
    }
  });
});

describe('a vocabulary whose logits come in several chunks', () => {
  // 65,536 logits of 4 bytes fill the 16 MiB of a chunk with 64 rows; a batch of 5 windows has 80.
  const config: LlamaConfig = {
    layers: 1,
    width: 16,
    heads: 1,
    mlp: 16,
    context: 16,
    vocabulary: 65_536,
    tied: true,
  };

  test('gives the gradients of the float64 reference', async () => {
    const table = parameterTable(config);
    const tokens = randomTokens(8, 200, config.vocabulary);
    const parameters = randomArena(table, 5);
    const optimizer = { ...OPTIMIZER, clip: 0, weightDecay: 0 };
    const run = tinyRun(5, 1, 5, config, optimizer);
    const windows = run.windows.map((window) => window % 180);
    const spec = {
      ...tinyFleet([{ ...run, windows, state: { ...run.state, parameters } }], 5, config),
      tokens,
    };
    const fleet = await createWebGpuEngine(gpu()).createFleet({ ...spec, evaluation: Uint32Array.of(0, 33) });
    try {
      expect(fleet.facts.dispatchesPerStep).toBe(19 + 12 + 4);
      const [before] = await fleet.evaluate();
      await fleet.advance(1);
      const state = await fleet.readState(0);
      const [progress] = await fleet.progress();
      const { inputs, targets } = windowTokens(tokens, windows, config.context);
      const expected = referenceGradients(table, parameters, inputs, targets, 5);
      const scale = 1 / Math.fround(1 - Math.fround(OPTIMIZER.beta1));
      const actual = state.firstMoment.map((value) => value * scale);
      expectClose('gradients over two chunks', actual, expected.gradients, 1e-4, {
        adapter: adapterName(gpu()),
      });
      expectClose('loss over two chunks', [progress!.losses[0]!.loss], [expected.loss], TOLERANCE);
      const evaluated = windowTokens(tokens, Uint32Array.of(0, 33), config.context);
      const { loss } = referenceForward(table, parameters, evaluated.inputs, evaluated.targets, 2);
      expectClose('evaluation over two chunks', [(before![0]! + before![1]!) / 32], [loss], TOLERANCE);
    } finally {
      fleet.destroy();
    }
  });
});
