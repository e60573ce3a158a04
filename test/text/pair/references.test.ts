import { expect, test } from 'vitest';
import { targetSubset } from '../../../src/text/corpus/corpus.ts';
import { referenceBitsPerByte } from '../../../src/text/corpus/reference.ts';
import { targetReferences } from '../../../src/text/pair/references.ts';
import { byteTokenizer } from '../../../src/text/tokenizer/bytes.ts';
import { numbered, prepare, raw } from '../corpus/fixtures.ts';
import { smallBpe } from '../tokenizer/fixtures.ts';

test('the n-gram has read the bytes of the D_T tokens, whatever the tokenizer', async () => {
  const corpus = await prepare(numbered(0, 2000));
  const bpe = await smallBpe();
  const [ofBytes, ofBpe] = [
    await targetReferences(corpus, byteTokenizer, 1000),
    await targetReferences(corpus, bpe, 1000),
  ];
  // One of the thousand begins the text and is no byte of it.
  expect(ofBytes.ngramBitsPerByte).toBe((await referenceBitsPerByte(corpus, 999)).bitsPerByte);
  const { bytes } = targetSubset(corpus, bpe, 1000);
  expect(bytes).toBeGreaterThan(1000);
  expect(ofBpe.ngramBitsPerByte).toBe((await referenceBitsPerByte(corpus, bytes)).bitsPerByte);
  expect(ofBytes.floorBitsPerByte).toBeNull();
});

test('the floor is the information of the validation documents, a byte', async () => {
  const documents = numbered(0, 200).map((text) => raw(text, { bits: 2 * (text.length + 1) }));
  const { floorBitsPerByte } = await targetReferences(await prepare(documents), byteTokenizer, 100);
  expect(floorBitsPerByte).toBeCloseTo(2, 12);
});
