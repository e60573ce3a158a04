import { describe, expect, test } from 'vitest';
import { OrtRunError } from '../../../src/export/ort/errors.ts';
import { cachedFeeds, keyValuesOf, noKeyValues, plainFeeds } from '../../../src/export/ort/feeds.ts';
import { floatsOf, floatTensor, wholeTensor } from '../../../src/export/ort/session.ts';
import { referenceForward } from '../../reference/llama.ts';
import { randomTokens } from '../../reference/random.ts';
import { GRID, largestDifference, logitsOf, tinyModel, withSession, wordsOf } from './tiny.ts';

/** f32 rounding through a few blocks; the threshold of the lab is ten times as wide. */
const TOLERANCE = 1e-4;

describe.each(GRID.map((change) => [wordsOf(change), change] as const))('%s', (_, change) => {
  const model = tinyModel(change);
  const { config, table, parameters } = model;
  const tokens = randomTokens(5, config.context, config.vocabulary);
  const { logits } = referenceForward(table, parameters, tokens, tokens, 1);

  test('without cache, the logits are those of the float64 reference', async () => {
    const actual = await withSession(model, false, (session) => logitsOf(session, plainFeeds(tokens)));
    expect(largestDifference(actual, logits)).toBeLessThan(TOLERANCE);
  });

  test('with cache, in pieces and token by token, too', async () => {
    await withSession(model, true, async (session) => {
      let cache = noKeyValues(config);
      let from = 0;
      for (const length of [5, 7, 1, 1, 1]) {
        const piece = tokens.subarray(from, from + length);
        const outputs = await session.run(cachedFeeds(piece, from, cache));
        const expected = logits.subarray(from * config.vocabulary, (from + length) * config.vocabulary);
        expect(largestDifference(floatsOf(outputs, 'logits'), expected)).toBeLessThan(TOLERANCE);
        cache = keyValuesOf(outputs);
        from += length;
      }
    });
  });
});

describe('a batch with padding on the left', () => {
  const model = tinyModel({ tied: false });
  const { config, table, parameters } = model;
  const long = randomTokens(6, 9, config.vocabulary);
  const short = randomTokens(7, 4, config.vocabulary);
  const padding = long.length - short.length;
  // Positions as transformers makes them: counted from the first token, and 1 where there is none.
  const feeds = (pad: number) => ({
    input_ids: wholeTensor([...long, ...new Array<number>(padding).fill(pad), ...short], [2, 9]),
    attention_mask: wholeTensor([...long.map(() => 1), 0, 0, 0, 0, 0, 1, 1, 1, 1], [2, 9]),
    position_ids: wholeTensor([...long.keys(), 1, 1, 1, 1, 1, 0, 1, 2, 3], [2, 9]),
  });
  const expected = [long, short].map((text) => referenceForward(table, parameters, text, text, 1).logits);

  test('gives each text the logits that it has alone, whatever the padding is', async () => {
    await withSession(model, false, async (session) => {
      for (const pad of [0, 200]) {
        const logits = await logitsOf(session, feeds(pad));
        expect(logits.every(Number.isFinite)).toBe(true);
        const rows = [0, long.length + padding].map((row) => row * config.vocabulary);
        for (const [text, reference] of expected.entries()) {
          const from = rows[text]!;
          expect(largestDifference(logits.subarray(from, from + reference.length), reference)).toBeLessThan(
            TOLERANCE,
          );
        }
      }
    });
  });

  test('goes on from its cache', async () => {
    const next = randomTokens(8, 2, config.vocabulary);
    await withSession(model, true, async (session) => {
      const empty = Object.fromEntries(
        Object.entries(noKeyValues(config)).map(([name, { dims }]) => [
          name,
          floatTensor(new Float32Array(0), [2, ...dims.slice(1)]),
        ]),
      );
      const first = await session.run({ ...feeds(0), ...empty });
      const logits = await logitsOf(session, {
        ...keyValuesOf(first),
        input_ids: wholeTensor(next, [2, 1]),
        attention_mask: wholeTensor([...long.map(() => 1), 1, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1], [2, 10]),
        position_ids: wholeTensor([long.length, short.length], [2, 1]),
      });
      for (const [index, text] of [long, short].entries()) {
        const whole = Uint16Array.of(...text, next[index]!);
        const reference = referenceForward(table, parameters, whole, whole, 1).logits;
        const row = logits.subarray(index * config.vocabulary, (index + 1) * config.vocabulary);
        expect(largestDifference(row, reference.subarray(-config.vocabulary))).toBeLessThan(TOLERANCE);
      }
    });
  });
});

test('a position beyond the context, and a token that there is not, are refused in words', async () => {
  const model = tinyModel();
  await withSession(model, false, async (session) => {
    const beyond = plainFeeds(randomTokens(5, model.config.context + 1, model.config.vocabulary));
    await expect(session.run(beyond)).rejects.toThrow(OrtRunError);
    await expect(session.run(beyond)).rejects.toThrow(/the model cannot be run \(.*rotary_emb/);
    await expect(session.run(plainFeeds([model.config.vocabulary]))).rejects.toThrow(/embed_tokens/);
    // And the session lives on.
    expect(await logitsOf(session, plainFeeds([1, 2]))).toHaveLength(2 * model.config.vocabulary);
  });
});
