import { describe, expect, test } from 'vitest';
import { targetSubset, tokenizeCorpus } from '../../../src/text/corpus/corpus.ts';
import { referenceBitsPerByte } from '../../../src/text/corpus/reference.ts';
import { targetReferences } from '../../../src/text/pair/references.ts';
import { byteTokenizer } from '../../../src/text/tokenizer/bytes.ts';
import type { Tokenizer } from '../../../src/text/tokenizer/tokenizer.ts';
import { evaluationWindows, finalTokens, layOut } from '../../../src/train/layout.ts';
import { windowBytes } from '../../../src/train/windowBytes.ts';
import { numbered, prepare, raw } from '../corpus/fixtures.ts';
import { smallBpe } from '../tokenizer/fixtures.ts';

const ALL = Number.MAX_SAFE_INTEGER;
const wish = (
  more: { targetTokens?: number; scoredTokens?: number } = {},
  tokenizer: Tokenizer = byteTokenizer,
) => ({
  tokenizer,
  targetTokens: 1000,
  scoredTokens: ALL,
  ...more,
});

describe('the n-gram', () => {
  test('has read the bytes of the D_T tokens, whatever the tokenizer', async () => {
    const corpus = await prepare(numbered(0, 2000));
    const bpe = await smallBpe();
    const [ofBytes, ofBpe] = [
      await targetReferences(corpus, wish()),
      await targetReferences(corpus, wish({}, bpe)),
    ];
    // One of the thousand begins the text and is no byte of it.
    const { bitsPerByte } = await referenceBitsPerByte(corpus, 999);
    expect(ofBytes).toEqual({ floorBitsPerByte: null, ngramBitsPerByte: bitsPerByte });
    const { bytes } = targetSubset(corpus, bpe, 1000);
    expect(bytes).toBeGreaterThan(1000);
    expect(ofBpe.ngramBitsPerByte).toBe((await referenceBitsPerByte(corpus, bytes)).bitsPerByte);
  });

  test('says how much it has read where its memory ended before D_T did', async () => {
    const corpus = await prepare(numbered(0, 2000));
    const { ngramTrainedBytes = ALL, ngramBitsPerByte } = await targetReferences(
      corpus,
      wish({ targetTokens: 5000 }),
      { maxNodes: 1000 },
    );
    expect(ngramTrainedBytes).toBeGreaterThan(100);
    expect(ngramTrainedBytes).toBeLessThan(4999);
    expect(ngramBitsPerByte).toBe((await referenceBitsPerByte(corpus, ngramTrainedBytes)).bitsPerByte);
  });

  test('is measured on the scored bytes alone', async () => {
    const validation = [...numbered(0, 5), ...Array.from({ length: 50 }, (_, i) => `§${i * 7919}§`)];
    const corpus = await prepare(numbered(100, 400), { validation });
    const { ngramBitsPerByte } = await targetReferences(corpus, wish({ scoredTokens: 5 * 18 }));
    const known = await prepare(numbered(100, 400), { validation: numbered(0, 5) });
    expect(ngramBitsPerByte).toBe((await referenceBitsPerByte(known, 999)).bitsPerByte);
    expect((await targetReferences(corpus, wish())).ngramBitsPerByte).toBeGreaterThan(
      2 * (ngramBitsPerByte ?? ALL),
    );
  });
});

describe('the floor', () => {
  // 10 bytes with the end, and so many bits.
  const document = (number: number, bits: number | null) => raw(`text ${1000 + number}`, { bits });

  test('is the information of the scored documents, a byte', async () => {
    const validation = [5, 20, 30, 900].map((bits, number) => document(number, bits));
    const corpus = await prepare(numbered(0, 20), { validation });
    const floor = async (scoredTokens: number) =>
      (await targetReferences(corpus, wish({ scoredTokens }))).floorBitsPerByte;
    expect(await floor(10)).toBeCloseTo(5 / 10, 12);
    expect(await floor(20)).toBeCloseTo(25 / 20, 12);
    // A document that is cut counts by its share.
    expect(await floor(26)).toBeCloseTo((25 + 0.6 * 30) / 26, 12);
    expect(await floor(40)).toBeCloseTo(955 / 40, 12);
    expect(await floor(ALL)).toBeCloseTo(955 / 40, 12);
    expect(await floor(0)).toBeNull();
  });

  test('is known where all scored documents know their information', async () => {
    const validation = [document(0, 5), document(1, null)];
    const corpus = await prepare(numbered(0, 20), { validation });
    const floor = async (scoredTokens: number) =>
      (await targetReferences(corpus, wish({ scoredTokens }))).floorBitsPerByte;
    expect(await floor(10)).toBeCloseTo(0.5, 12);
    expect(await floor(11)).toBeNull();
  });
});

test.each([16, 100, 1024])(
  'what is scored is what the final loss is divided by, at a context of %i',
  async (context) => {
    // Each document has more information a byte than the one before, so that a byte more or less shows.
    const documents = Array.from({ length: 5000 }, (_, i) => `document number ${i * i} of many`);
    const validation = documents.map((text, i) => raw(text, { bits: i * (text.length + 1) }));
    const target = await prepare(numbered(0, 100), { validation });
    for (const tokenizer of [byteTokenizer, await smallBpe()]) {
      const corpus = await tokenizeCorpus(target, tokenizer);
      const layout = layOut(corpus, null);
      const evaluation = evaluationWindows(layout, context, 8);
      const scoredTokens = finalTokens(corpus.validation.length, context);
      expect(scoredTokens).toBe(evaluation.target.count * context);
      expect(scoredTokens).toBeLessThan(corpus.validation.length - context);
      const windows = windowBytes(evaluation, layout, context, { target: corpus, source: null, tokenizer });
      const bytes = windows.reduce((sum, ofWindow) => sum + ofWindow, 0);
      const { floorBitsPerByte } = await targetReferences(target, wish({ scoredTokens }, tokenizer));
      expect(floorBitsPerByte).toBeCloseTo((target.validation.bitsOfFirst(bytes) ?? 0) / bytes, 9);
      expect(target.validation.bitsOfFirst(bytes)).not.toBeCloseTo(
        target.validation.bitsOfFirst(bytes + 1) ?? 0,
        3,
      );
    }
  },
);
