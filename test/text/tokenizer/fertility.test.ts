import { expect, test } from 'vitest';
import { byteTokenizer } from '../../../src/text/tokenizer/bytes.ts';
import { fertility } from '../../../src/text/tokenizer/fertility.ts';
import { readTokenizer } from '../../../src/text/tokenizer/file/read.ts';
import { documentsOf, smallBpe, unigramFile } from './fixtures.ts';

test('of bytes is what a text itself holds', () => {
  expect(fertility(byteTokenizer, ['two words', '猫だ'])).toMatchObject({
    bytes: 9 + 6,
    characters: 9 + 2,
    tokens: 15,
    changed: 0,
    bytesPerToken: 1,
    tokensPerByte: 1,
    tokensPerCharacter: 15 / 11,
  });
  expect(fertility(byteTokenizer, ['It has four words.']).tokensPerWord).toBe(18 / 4);
});

test('is lower where a tokenizer was trained', async () => {
  const sample = documentsOf('swahili', 20);
  const trained = fertility(await smallBpe(), sample);
  expect(trained.tokensPerWord).toBeLessThan(fertility(byteTokenizer, sample).tokensPerWord);
  expect(trained.bytesPerToken).toBeCloseTo(trained.bytes / trained.tokens, 12);
});

test('of no text is 0', () => {
  expect(fertility(byteTokenizer, [])).toMatchObject({ tokens: 0, bytesPerToken: 0, tokensPerWord: 0 });
});

test('counts the documents that do not come back', async () => {
  const unigram = await readTokenizer(unigramFile(), 'x');
  expect(fertility(unigram, ['plain', '猫', 'more'])).toMatchObject({ changed: 1 });
});
