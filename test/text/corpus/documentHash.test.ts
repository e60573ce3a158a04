import { expect, test } from 'vitest';
import {
  documentHash,
  HashSet,
  isHeldOut,
  meaningKey,
  numberKey,
  VALIDATION_SHARE,
} from '../../../src/text/corpus/documentHash.ts';

test('documents never move: hashes are what they always were', () => {
  expect(['', 'a', 'Mtoto anasoma.', '漢字'].map(documentHash)).toEqual(GOLDEN_HASHES);
  expect(isHeldOut({ high: 0, low: 214_748_364 })).toBe(true);
  expect(isHeldOut({ high: 0, low: 214_748_365 })).toBe(false);
});

/** From this module's own first version; a change would split and order every corpus anew. */
const GOLDEN_HASHES: readonly { high: number; low: number }[] = [
  { high: 3896759365, low: 883263915 },
  { high: 3853908384, low: 470905395 },
  { high: 2021769801, low: 1511968154 },
  { high: 3583707871, low: 1918998205 },
];

test('a hash set knows what it holds, zero included', () => {
  const set = new HashSet();
  const hashes = [
    { high: 0, low: 0 },
    ...Array.from({ length: 5000 }, (_, i) => documentHash(`document ${i}`)),
  ];
  expect(hashes.map((hash) => set.add(hash))).not.toContain(false);
  expect(hashes.map((hash) => set.add(hash))).not.toContain(true);
});

test('a hash set takes over what another holds', () => {
  const [some, more] = [new HashSet(), new HashSet()];
  const hashes = Array.from({ length: 2000 }, (_, i) => documentHash(`document ${i}`));
  for (const [i, hash] of hashes.entries()) (i % 2 === 0 ? some : more).add(hash);
  some.addAll(more);
  expect(hashes.every((hash) => some.has(hash))).toBe(true);
  expect(some.has(documentHash('document 2000'))).toBe(false);
  expect(more.has(documentHash('document 0'))).toBe(false);
});

test('a text, a meaning and a place that are written alike have nothing to do with each other', () => {
  expect(new Set([documentHash('7'), meaningKey('7'), numberKey(7)].map(({ low }) => low)).size).toBe(3);
});

test.each([
  ['places', numberKey],
  ['meanings', (i: number) => meaningKey(`story ${i}`)],
])('of %s 5 %% are held out', (_, keyOf) => {
  const count = 20_000;
  const held = Array.from({ length: count }, (_, i) => keyOf(i)).filter(isHeldOut).length;
  const expected = VALIDATION_SHARE * count;
  // Four standard deviations of a binomial count.
  expect(Math.abs(held - expected)).toBeLessThan(4 * Math.sqrt(expected * (1 - VALIDATION_SHARE)));
});
