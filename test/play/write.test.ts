import { describe, expect, test } from 'vitest';
import { type SamplingOptions, sampleToken, uniformStream } from '../../src/model/inference/sampling.ts';
import { checkWriting, type WriteOptions, type WrittenToken, write } from '../../src/play/write.ts';
import { byteTokenizer } from '../../src/text/tokenizer/bytes.ts';
import { promptTokens } from '../../src/text/tokenizer/prompt.ts';
import type { TinyModel } from '../export/onnx/tiny.ts';
import { smallBpe } from '../text/tokenizer/fixtures.ts';
import { referenceLogits, withPlayModel } from './models.ts';

const CONTEXT = 16;
const OPTIONS: WriteOptions = { prompt: 'Ibu', tokens: 40, seed: 7, temperature: 0.8, topK: 0, topP: 1 };

async function all(tokens: AsyncIterable<WrittenToken>): Promise<WrittenToken[]> {
  const list: WrittenToken[] = [];
  for await (const token of tokens) list.push(token);
  return list;
}

/** What our engine would draw: the last tokens of the context are read anew each time. */
function reference(tiny: TinyModel, start: Uint16Array, options: WriteOptions): number[] {
  const uniform = uniformStream(options.seed);
  const text = [...start];
  while (text.length < start.length + options.tokens) {
    text.push(sampleToken(referenceLogits(tiny, Uint16Array.from(text)), options, uniform));
  }
  return text.slice(start.length);
}

describe('writing', () => {
  const settings: (SamplingOptions & { prompt: string })[] = [
    { prompt: 'Ibu', temperature: 0, topK: 0, topP: 1 },
    { prompt: '', temperature: 0.8, topK: 0, topP: 1 },
    { prompt: 'a prompt that is longer than the context', temperature: 1.3, topK: 40, topP: 1 },
    { prompt: 'fifteen letters', temperature: 1, topK: 0, topP: 0.7 },
  ];
  test('draws what is drawn when every window is read anew, beyond the context too', () =>
    withPlayModel(async (model, tiny) => {
      expect(tiny.config.context).toBe(CONTEXT);
      for (const [index, setting] of settings.entries()) {
        const options = { ...OPTIONS, ...setting, seed: index + 1, tokens: 24 };
        const drawn = (await all(write(model, options))).map(({ id }) => id);
        expect(drawn).toEqual(reference(tiny, promptTokens(byteTokenizer, setting.prompt), options));
        expect(drawn).toHaveLength(24);
      }
    }));

  test('is another text for another seed, and the same at temperature 0', () =>
    withPlayModel(async (model) => {
      const text = async (change: Partial<WriteOptions>) =>
        (await all(write(model, { ...OPTIONS, tokens: 20, ...change }))).map(({ id }) => id);
      expect(await text({ seed: 8 })).not.toEqual(await text({}));
      expect(await text({ seed: 8, temperature: 0 })).toEqual(await text({ temperature: 0 }));
    }));

  test('tells the probabilities of what was drawn and of what could have been', () =>
    withPlayModel(async (model, tiny) => {
      const options = { ...OPTIONS, tokens: 24, temperature: 0.5, topK: 20 };
      const text = [...promptTokens(byteTokenizer, options.prompt)];
      for (const { id, probability, drawn, alternatives } of await all(write(model, options))) {
        const logits = referenceLogits(tiny, Uint16Array.from(text));
        const largest = Math.max(...logits);
        const weights = Array.from(logits, (logit) => Math.exp(logit - largest));
        const sum = weights.reduce((sum, weight) => sum + weight, 0);
        expect(probability).toBeCloseTo((weights[id] ?? 0) / sum, 5);
        const best = [...weights].sort((a, b) => b - a);
        expect(alternatives.map((one) => one.probability * sum)).toEqual(
          best.slice(0, 8).map((weight) => expect.closeTo(weight, 3)),
        );
        for (const one of alternatives) expect(one.probability * sum).toBeCloseTo(weights[one.id] ?? 0, 3);
        // Drawn from the twenty likeliest, at half the temperature.
        const kept = best.slice(0, 20).reduce((sum, weight) => sum + weight ** 2, 0);
        expect(drawn).toBeCloseTo((weights[id] ?? 0) ** 2 / kept, 4);
        text.push(id);
      }
    }));

  test('says at temperature 0 what the model thinks, and that there was nothing to draw', () =>
    withPlayModel(async (model) => {
      for (const token of await all(write(model, { ...OPTIONS, temperature: 0, tokens: 5 }))) {
        expect(token.drawn).toBe(1);
        expect(token.probability).toBeLessThan(1);
        expect(token.alternatives[0]?.id).toBe(token.id);
      }
    }));

  test('gives texts that come to what the tokenizer makes of all tokens', async () => {
    const tokenizer = await smallBpe();
    for (const kind of [byteTokenizer, tokenizer]) {
      await withPlayModel(
        async (model) => {
          const tokens = await all(write(model, { ...OPTIONS, prompt: '猫は', temperature: 1, tokens: 60 }));
          const text = tokens.map((token) => token.text).join('');
          // A character that is broken off at the end stands there too, as `m3lab generate` writes it.
          expect(text).toBe(kind.decode(tokens.map(({ id }) => id)));
        },
        { tokenizer: kind },
      );
    }
  });

  test('stops when it is told to', () =>
    withPlayModel(async (model) => {
      const controller = new AbortController();
      const seen: number[] = [];
      const writing = async () => {
        for await (const { id } of write(model, { ...OPTIONS, signal: controller.signal })) {
          seen.push(id);
          if (seen.length === 3) controller.abort();
        }
      };
      await expect(writing()).rejects.toThrow('aborted');
      expect(seen).toHaveLength(3);
    }));

  test.each<[Partial<WriteOptions>, string]>([
    [{ tokens: 0 }, 'tokens: 0 is not a whole number from 1 to 10,000'],
    [{ tokens: 10_001 }, 'tokens: 10001 is not'],
    [{ seed: -1 }, 'seed: -1 is not a whole number from 0 to 4294967295'],
    [{ temperature: Number.NaN }, 'temperature: NaN'],
    [{ topK: 1.5 }, 'topK: 1.5'],
    [{ topP: 0 }, 'topP: 0'],
  ])('refuses %j', (change, words) => {
    expect(() => checkWriting({ ...OPTIONS, ...change })).toThrow(words);
  });
});
