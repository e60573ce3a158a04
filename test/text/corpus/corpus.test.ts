import { expect, test } from 'vitest';
import { targetSubset, tokenizeCorpus, trainingTexts } from '../../../src/text/corpus/corpus.ts';
import { TokenBuffer } from '../../../src/text/corpus/tokenBuffer.ts';
import { byteTokenizer } from '../../../src/text/tokenizer/bytes.ts';
import type { Tokenizer } from '../../../src/text/tokenizer/tokenizer.ts';
import { numbered, prepare, raw, textsOf } from './fixtures.ts';

/** Two characters of ASCII a token, or one at the end of a text; 0 ends a document. */
const pairs: Tokenizer = {
  ...byteTokenizer,
  endOfDocument: 0,
  encode: (text) =>
    Uint16Array.from({ length: Math.ceil(text.length / 2) }, (_, i) =>
      2 * i + 1 < text.length ? 1 + text.charCodeAt(2 * i) : 1000 + text.charCodeAt(2 * i),
    ),
  bytesOf: (token) => (token === 0 || token >= 1000 ? 1 : 2),
};

test('a corpus is the tokens of its documents, whatever the tokenizer', async () => {
  const prepared = await prepare([...numbered(0, 500), 'document number 1'], { nearDuplicates: 'report' });
  const corpus = await tokenizeCorpus(prepared, pairs);
  for (const [tokens, list] of [
    [corpus.train, prepared.train],
    [corpus.validation, prepared.validation],
  ] as const) {
    expect([...tokens]).toEqual([0, ...textsOf(list).flatMap((text) => [...pairs.encode(text), 0])]);
  }
  const { name, sha256, dropped, sample, nearDuplicates } = prepared;
  expect(corpus).toMatchObject({
    name,
    sha256,
    dropped,
    sample,
    nearDuplicates,
    validationSha256: null,
    trainBytes: prepared.train.bytes + prepared.train.count,
    validationBytes: prepared.validation.bytes + prepared.validation.count,
    documents: prepared.train.count,
    validationDocuments: prepared.validation.count,
    floorBitsPerByte: null,
  });
});

test('a corpus that knows its own entropy says so', async () => {
  const prepared = await prepare(numbered(0, 300).map((text) => raw(text, { bits: 9 })));
  const { floorBitsPerByte, validationBytes, validationDocuments } = await tokenizeCorpus(
    prepared,
    byteTokenizer,
  );
  expect(floorBitsPerByte).toBe((9 * validationDocuments) / validationBytes);
});

test('the subset of the first tokens is counted in documents and bytes', async () => {
  const prepared = await prepare(numbered(0, 100));
  const { train } = await tokenizeCorpus(prepared, byteTokenizer);
  for (const tokens of [0, 1, 2, 18, 19, 20, 500]) {
    const ends = train.subarray(1, tokens).filter((token) => token === byteTokenizer.endOfDocument).length;
    const isBegun = tokens > 1 && train[tokens - 1] !== byteTokenizer.endOfDocument;
    expect(targetSubset(prepared, byteTokenizer, tokens)).toEqual({
      tokens,
      bytes: Math.max(0, tokens - 1),
      documents: ends + (isBegun ? 1 : 0),
    });
  }
  expect(targetSubset(prepared, byteTokenizer, 1e9)).toEqual({
    tokens: train.length,
    bytes: prepared.train.bytesWithEnds,
    documents: prepared.train.count,
  });
  const length = prepared.train.lengthOf(0);
  const ofFirst = 1 + Math.ceil(length / 2);
  expect(targetSubset(prepared, pairs, ofFirst).bytes).toBe(length);
  expect(targetSubset(prepared, pairs, ofFirst + 1).bytes).toBe(length + 1);
  expect(targetSubset(prepared, pairs, 3)).toEqual({ tokens: 3, bytes: 4, documents: 1 });
});

test('the texts of a subset are cut where its bytes end, and never within a character', async () => {
  const prepared = await prepare(Array.from({ length: 50 }, (_, i) => `漢字 ${i}`));
  const texts = textsOf(prepared.train);
  expect([...trainingTexts(prepared)]).toEqual(texts);
  const length = prepared.train.lengthOf(0);
  const of = (bytes: number) => [...trainingTexts(prepared, bytes)];
  expect([of(0), of(2), of(3), of(5), of(6)]).toEqual([[], [], ['漢'], ['漢'], ['漢字']]);
  expect([of(length), of(length + 1), of(length + 3)]).toEqual([[texts[0]], [texts[0]], [texts[0]]]);
  expect(of(length + 1 + 6)).toEqual([texts[0], '漢字']);
});

test('tokenising stops when told to', async () => {
  const prepared = await prepare(numbered(0, 100));
  const signal = AbortSignal.abort();
  await expect(tokenizeCorpus(prepared, byteTokenizer, { signal })).rejects.toMatchObject({
    name: 'AbortError',
  });
});

test('a token buffer gives back what it took, across its pieces, once', () => {
  const buffer = new TokenBuffer();
  const part = Uint16Array.from({ length: 70_001 }, (_, i) => i % 60_000);
  for (let i = 0; i < 40; i++) buffer.push(part);
  expect(buffer.length).toBe(part.length * 40);
  const all = buffer.take();
  expect(all.length).toBe(part.length * 40);
  for (const i of [0, 14, 29, 39]) {
    const same = Buffer.from(all.slice(part.length * i, part.length * (i + 1)).buffer);
    expect(same.equals(Buffer.from(part.buffer))).toBe(true);
  }
  expect([buffer.length, buffer.take().length]).toEqual([0, 0]);
});
