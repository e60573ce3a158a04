import { describe, expect, test } from 'vitest';
import type { PlayModel } from '../../src/play/playModel.ts';
import { type Scored, scoreText } from '../../src/play/score.ts';
import { byteTokenizer, END_OF_DOCUMENT } from '../../src/text/tokenizer/bytes.ts';
import type { Tokenizer } from '../../src/text/tokenizer/tokenizer.ts';
import { type TinyModel, tinyModel } from '../export/onnx/tiny.ts';
import { referenceForward } from '../reference/llama.ts';
import { smallBpe } from '../text/tokenizer/fixtures.ts';
import { withPlayModel } from './models.ts';

const CONTEXT = 16;
/** f32 through two blocks, against float64. */
const TOLERANCE = 1e-4;

/** Nats of each token but the first, in windows of the context of which the last ends at the end. */
function reference({ table, parameters }: TinyModel, tokens: readonly number[]): number[] {
  const nats: number[] = [];
  const all = tokens.length - 1;
  for (let from = 0; from < all; from += CONTEXT) {
    const start = Math.max(0, Math.min(from, all - CONTEXT));
    const inputs = tokens.slice(start, Math.min(start + CONTEXT, all));
    const targets = tokens.slice(start + 1, start + 1 + inputs.length);
    nats.push(...referenceForward(table, parameters, inputs, targets, 1).nats.subarray(from - start));
  }
  return nats;
}

function expectScored(scored: Scored, tiny: TinyModel, tokenizer: Tokenizer, documents: string[]): void {
  const end = tokenizer.endOfDocument;
  const tokens = [end, ...documents.flatMap((text) => [...tokenizer.encode(text), end])];
  const bytes = documents.reduce((sum, text) => sum + Buffer.byteLength(text) + 1, 0);
  const nats = reference(tiny, tokens);
  expect(scored.tokens.map(({ id }) => id)).toEqual(tokens.slice(1));
  expect(scored.tokens.map((token) => token.text).join('')).toBe(`${documents.join('\n')}\n`);
  const worst = Math.max(...nats.map((expected, i) => Math.abs(expected - (scored.tokens[i]?.nats ?? NaN))));
  expect(worst).toBeLessThan(TOLERANCE);
  const sum = nats.reduce((all, one) => all + one, 0);
  expect(Math.abs(scored.meanNats - sum / nats.length)).toBeLessThan(TOLERANCE);
  expect(Math.abs(scored.bitsPerByte - sum / Math.LN2 / bytes)).toBeLessThan(TOLERANCE);
  expect(scored).toMatchObject({ bytes, documents: documents.length });
}

describe('scoring', () => {
  test.each([
    ['a text shorter than the context', 'Ibu'],
    ['a text of just one window', 'fifteen letters'],
    ['windows that come out even', 'a'.repeat(31)],
    ['windows that do not', 'The old man asked where they had hidden the keys.'],
    ['characters of several bytes', '猫がいる 🙂 é'],
  ])('%s: each token once, as in float64', (_, text) =>
    withPlayModel(async (model, tiny) => {
      expectScored(await scoreText(model, text), tiny, byteTokenizer, [text]);
    }),
  );

  test('the pieces of a BPE', async () => {
    const tokenizer = await smallBpe();
    const text = 'watoto wanakwenda sokoni, ドアが 開いた';
    await withPlayModel(
      async (model, tiny) => expectScored(await scoreText(model, text), tiny, tokenizer, [text]),
      { tokenizer },
    );
  });

  test('lines as documents, trimmed, in normal form C, empty ones left out', () =>
    withPlayModel(async (model, tiny) => {
      const scored = await scoreText(model, '\n  one line\r\n\r\n \t\nSen\u0303or  \n');
      expectScored(scored, tiny, byteTokenizer, ['one line', 'Señor']);
      expect(scored.tokens.at(-1)).toMatchObject({ id: END_OF_DOCUMENT, text: '\n', piece: '‹end›' });
    }));

  test('tells alternatives that are probabilities, the likeliest first', () =>
    withPlayModel(async (model) => {
      for (const { nats, probability, alternatives } of (await scoreText(model, 'abc def')).tokens) {
        expect(probability).toBeCloseTo(Math.exp(-nats), 12);
        const chances = alternatives.map((one) => one.probability);
        expect(chances).toEqual([...chances].sort((a, b) => b - a));
        expect(chances).toHaveLength(8);
        expect(chances.reduce((sum, chance) => sum + chance, 0)).toBeLessThanOrEqual(1);
        expect(probability).toBeLessThanOrEqual(chances[0] ?? 0);
      }
    }));

  test('shows a character with the byte that completes it', () =>
    withPlayModel(async (model) => {
      const { tokens } = await scoreText(model, '猫');
      expect(tokens.map(({ text, piece }) => [text, piece])).toEqual([
        ['', '‹E7›'],
        ['', '‹8C›'],
        ['猫', '‹AB›'],
        ['\n', '‹end›'],
      ]);
    }));

  const noModel: PlayModel = {
    config: tinyModel().config,
    tokenizer: byteTokenizer,
    session: { run: () => Promise.reject(new Error('it was run')) },
  };
  test.each(['', ' \n\t\r\n '])('has nothing to say of %j', async (text) => {
    await expect(scoreText(noModel, text)).rejects.toThrow('there is nothing to score; paste a sentence');
  });

  test('refuses what nobody would look at token by token', async () => {
    const long = scoreText(noModel, 'a'.repeat(20_000));
    await expect(long).rejects.toThrow('the text has 20,001 tokens, and at most 20,000 can');
  });

  test('can be broken off between windows', () =>
    withPlayModel(async (model) => {
      const stop = new AbortController();
      let windows = 0;
      const session: PlayModel['session'] = {
        run(feeds) {
          windows++;
          if (windows === 2) stop.abort();
          return model.session.run(feeds);
        },
      };
      const scoring = scoreText({ ...model, session }, 'a'.repeat(100), stop);
      await expect(scoring).rejects.toThrow('aborted');
      expect(windows).toBe(2);
    }));
});
