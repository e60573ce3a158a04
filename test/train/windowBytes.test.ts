import { expect, test } from 'vitest';
import type { Corpus } from '../../src/text/corpus/corpus.ts';
import { byteTokenizer } from '../../src/text/tokenizer/bytes.ts';
import type { Tokenizer } from '../../src/text/tokenizer/tokenizer.ts';
import { evaluationWindows, layOut } from '../../src/train/layout.ts';
import { windowBytes } from '../../src/train/windowBytes.ts';
import { sampleCorpora } from './fixtures.ts';

const CONTEXT = 4;

/** A token of this many bytes is its own number. */
const numbers: Tokenizer = { ...byteTokenizer, bytesOf: (token) => token };

function corpus(like: Corpus, validation: readonly number[], validationBytes: number): Corpus {
  return {
    ...like,
    train: Uint16Array.of(0, 1, 2, 3, 4),
    validation: Uint16Array.from(validation),
    validationBytes,
  };
}

async function bytesOf(validationBytes: number): Promise<number[]> {
  const { target: like } = await sampleCorpora();
  const target = corpus(like, [50, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10], validationBytes);
  const source = corpus(like, [90, 1, 1, 1, 1], 4);
  const layout = layOut(target, source);
  const windows = evaluationWindows(layout, CONTEXT, 10);
  const bytes = windowBytes(windows, layout, CONTEXT, { target, source, tokenizer: numbers });
  return Array.from(windows.windows, (_, index) => bytes[index] ?? Number.NaN);
}

test('are those of the predicted tokens, where these add up to the text', async () => {
  // 1 + … + 10 bytes in all; the token before the first is read and not predicted, and the last two fill no window.
  expect(await bytesOf(55)).toEqual([1 + 2 + 3 + 4, 5 + 6 + 7 + 8, 4]);
});

test('and in the same proportions where a tokenizer adds or loses bytes', async () => {
  expect(await bytesOf(110)).toEqual([20, 52, 4]);
});
