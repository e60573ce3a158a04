import fc from 'fast-check';
import { expect, test } from 'vitest';
import { BANDS, MinHash } from '../../../src/text/corpus/minHash.ts';
import { SHINGLE_BYTES, shinglesOf, similarity } from '../../../src/text/corpus/shingles.ts';

const encoder = new TextEncoder();

function sequences(text: string): Set<string> {
  const found = new Set<string>();
  for (let at = 0; at + SHINGLE_BYTES <= text.length; at++) found.add(text.slice(at, at + SHINGLE_BYTES));
  return found;
}

const letters = fc.string({ unit: fc.constantFrom('a', 'b', ' '), minLength: SHINGLE_BYTES, maxLength: 80 });

test('similarity is shared over all, or null below the bound', () => {
  fc.assert(
    fc.property(letters, letters, fc.constantFrom(0.05, 0.2, 0.5, 0.8), (a, b, least) => {
      const [setA, setB] = [sequences(a), sequences(b)];
      const shared = [...setA].filter((sequence) => setB.has(sequence)).length;
      const share = shared / (setA.size + setB.size - shared);
      const found = similarity(shinglesOf(encoder.encode(a)), shinglesOf(encoder.encode(b)), least);
      expect(found).toBe(share >= least ? share : null);
    }),
    { seed: 5, numRuns: 2000 },
  );
});

test('a similarity exactly at the bound is not lost to rounding', () => {
  for (let size = 1; size <= 400; size++) {
    const all = Float64Array.from({ length: 5 * size }, (_, i) => i);
    expect(similarity(all.subarray(0, 4 * size), all, 0.8)).toBe(0.8);
    expect(similarity(all.subarray(0, 4 * size - 1), all, 0.8)).toBeNull();
  }
});

test('sequences of five bytes are told apart, whatever the bytes', () => {
  expect(shinglesOf(Uint8Array.of(255, 255, 255, 255, 255, 254))).toEqual(
    Float64Array.of(2 ** 40 - 2, 2 ** 40 - 1),
  );
  expect(shinglesOf(encoder.encode('aaaaaaaa')).length).toBe(1);
  expect(shinglesOf(encoder.encode('abcd')).length).toBe(0);
});

test('bands are shared by equal sets, and hardly ever by sets that share little', () => {
  const minHash = new MinHash();
  const bandsOf = (text: string) => [...minHash.bandsOf(encoder.encode(text))];
  expect(bandsOf('abcdefgh abcdefgh')).toEqual(bandsOf('abcdefgh abcdefgh abcdefgh'));
  expect(bandsOf('abcdefgh')).toHaveLength(BANDS);
  const strangers = Array.from({ length: 400 }, (_, i) =>
    `${i * 7919} ${(i * 104_729) % 99_991} ${i}`.repeat(2),
  );
  const seen = new Set(strangers.flatMap(bandsOf));
  expect(seen.size).toBe(strangers.length * BANDS);
});
