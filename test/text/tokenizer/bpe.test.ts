import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { MergeTable } from '../../../src/text/tokenizer/mergeTable.ts';
import { MAX_PIECE_CHARACTERS, preTokens } from '../../../src/text/tokenizer/preTokens.ts';
import { LANGUAGES, libraryIds, MIXED, smallBpe, TRICKY } from './fixtures.ts';

const text = fc.string({ unit: 'grapheme', maxLength: 80 }).map((drawn) => drawn.normalize('NFC'));

describe('pieces', () => {
  test('joined are the text, and none is long', () => {
    for (const sample of [...TRICKY, ...MIXED]) {
      const pieces = preTokens(sample, 'lab');
      expect(pieces.join('')).toBe(sample);
      for (const piece of pieces) expect([...piece].length).toBeLessThanOrEqual(MAX_PIECE_CHARACTERS + 1);
      expect(preTokens(sample, 'gpt2').join('')).toBe(sample);
    }
  });

  test('are words with their space, numbers, signs and spaces', () => {
    expect(preTokens("She's got 42  apples!! ", 'lab')).toEqual([
      'She',
      "'s",
      ' got',
      ' 42',
      ' ',
      ' apples',
      '!!',
      ' ',
    ]);
    // What Unicode calls white space, which JavaScript's own \s is not quite.
    expect(preTokens('a \u0085b \ufeffc', 'lab')).toEqual(['a', ' ', '\u0085', 'b', ' \ufeff', 'c']);
    expect(preTokens('नमस्ते', 'lab')).toEqual(['नमस्ते']);
    expect(preTokens('नमस्ते', 'gpt2').length).toBeGreaterThan(1);
    expect(preTokens(`${' '.repeat(40)}x`, 'lab')).toEqual([' '.repeat(32), ' '.repeat(7), ' x']);
  });
});

describe('merging', () => {
  const merges = [
    { left: 1, right: 2, merged: 10 },
    { left: 10, right: 3, merged: 11 },
    { left: 1, right: 1, merged: 12 },
    { left: 2, right: 3, merged: 13 },
    { left: 12, right: 10, merged: 14 },
    { left: 11, right: 11, merged: 15 },
  ];

  /** By the definition, one pair at a time. */
  function naive(tokens: number[]): number[] {
    for (;;) {
      let [best, at] = [merges.length, -1];
      for (let i = 0; i + 1 < tokens.length; i++) {
        const rank = merges.findIndex(({ left, right }) => left === tokens[i] && right === tokens[i + 1]);
        if (rank >= 0 && rank < best) [best, at] = [rank, i];
      }
      if (at < 0) return tokens;
      tokens = [...tokens.slice(0, at), merges[best]!.merged, ...tokens.slice(at + 2)];
    }
  }

  test('takes the earliest pair and the leftmost of it, in short pieces and in long ones', () => {
    const table = new MergeTable(merges);
    const tokens = fc.array(fc.integer({ min: 1, max: 4 }), { maxLength: 400, size: 'max' });
    fc.assert(
      fc.property(tokens, (drawn) => {
        const inPlace = Uint16Array.from(drawn);
        const length = table.apply(inPlace, drawn.length);
        expect([...inPlace.subarray(0, length)]).toEqual(naive(drawn));
      }),
    );
    // Beyond the length at which another algorithm takes over.
    const long = Array.from({ length: 700 }, (_, i) => 1 + ((i * i + (i >> 3)) % 3));
    const inPlace = Uint16Array.from(long);
    const length = table.apply(inPlace, long.length);
    expect(length).toBeLessThan(long.length);
    expect([...inPlace.subarray(0, length)]).toEqual(naive(long));
  });
});

describe('a trained BPE', () => {
  test('gives back every text to the byte, also token by token', async () => {
    const bpe = await smallBpe();
    fc.assert(
      fc.property(text, (drawn) => {
        const tokens = bpe.encode(drawn);
        expect(bpe.decode(tokens)).toBe(drawn);
        const decoder = bpe.decoder();
        let streamed = '';
        for (const token of tokens) streamed += decoder.push(token);
        expect(streamed + decoder.end()).toBe(drawn);
      }),
    );
    for (const sample of [...TRICKY, ...MIXED]) expect(bpe.decode(bpe.encode(sample))).toBe(sample);
  });

  test('gives the ids of @huggingface/tokenizers', async () => {
    const bpe = await smallBpe();
    for (const sample of [...TRICKY, ...MIXED]) {
      expect([...bpe.encode(sample)], sample).toEqual(libraryIds(bpe.file(), sample));
    }
    fc.assert(
      fc.property(text, (drawn) => {
        expect([...bpe.encode(drawn)]).toEqual(libraryIds(bpe.file(), drawn));
      }),
      { numRuns: 30 },
    );
  });

  test('gives the same ids for a piece that it has met before', async () => {
    const bpe = await smallBpe();
    const first = MIXED.map((document) => [...bpe.encode(document)]);
    expect(MIXED.map((document) => [...bpe.encode(document)])).toEqual(first);
  });

  test('knows what each token stands for', async () => {
    const bpe = await smallBpe();
    const utf8 = new TextEncoder();
    for (const sample of [...TRICKY, ...MIXED]) {
      const bytes = [...bpe.encode(sample)].reduce((sum, token) => sum + bpe.bytesOf(token), 0);
      expect(bytes).toBe(utf8.encode(sample).length);
    }
    expect(bpe.bytesOf(bpe.endOfDocument)).toBe(1);
    expect(bpe.bytesOf(bpe.vocabulary)).toBe(0);
    expect(bpe.decode([bpe.endOfDocument, ...bpe.encode('a'), bpe.endOfDocument])).toBe('\na\n');
    expect(bpe.warnings).toEqual([]);
  });

  test('takes a special token that a document spells out for text', async () => {
    const bpe = await smallBpe();
    const tokens = bpe.encode('a<|endoftext|>b');
    expect([...tokens]).not.toContain(bpe.endOfDocument);
    expect(bpe.decode(tokens)).toBe('a<|endoftext|>b');
  });

  test('cuts what it was trained on more coarsely than bytes', async () => {
    const bpe = await smallBpe();
    expect(LANGUAGES).toHaveLength(4);
    const tokens = MIXED.reduce((sum, document) => sum + bpe.encode(document).length, 0);
    const bytes = MIXED.reduce((sum, document) => sum + new TextEncoder().encode(document).length, 0);
    expect(bytes / tokens).toBeGreaterThan(2);
  });
});
