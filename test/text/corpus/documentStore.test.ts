import { expect, test } from 'vitest';
import { documentHash } from '../../../src/text/corpus/documentHash.ts';
import { documentList } from '../../../src/text/corpus/documentList.ts';
import { DocumentStore } from '../../../src/text/corpus/documentStore.ts';

const encoder = new TextEncoder();

/** Short ones, ones that must have a piece of their own, and together several pieces. */
const TEXTS = Array.from(
  { length: 600 },
  (_, i) => `${i} ${'ß'.repeat(i % 50 === 7 ? 40_000 : 50 * (i % 90))}`,
);

function storeOf(texts: readonly string[]): DocumentStore {
  const store = new DocumentStore();
  for (const [number, text] of texts.entries()) {
    store.add({
      bytes: encoder.encode(text),
      number,
      hash: documentHash(text),
      key: documentHash(`key ${number}`),
      bits: number % 2 === 0 ? number / 3 : null,
    });
  }
  return store;
}

test('a store gives back what it took', () => {
  const store = storeOf(TEXTS);
  expect(store.count).toBe(TEXTS.length);
  expect(store.bytes).toBe(encoder.encode(TEXTS.join('')).length);
  expect(store.bytes).toBeGreaterThan(2 ** 21);
  const decoder = new TextDecoder();
  for (const [place, text] of TEXTS.entries()) {
    expect(decoder.decode(store.bytesOf(place))).toBe(text);
    expect(store.hashOf(place)).toEqual(documentHash(text));
    expect(store.keyOf(place)).toEqual(documentHash(`key ${place}`));
    expect(store.bitsOf(place)).toBe(place % 2 === 0 ? place / 3 : null);
  }
  expect(() => store.bytesOf(TEXTS.length)).toThrow(RangeError);
});

test('a store that keeps some of its documents has forgotten the others', () => {
  const store = storeOf(TEXTS);
  const kept = TEXTS.flatMap((_, place) => (place % 3 === 1 ? [place] : []));
  store.keepOnly(Uint32Array.from(kept));
  const decoder = new TextDecoder();
  expect(Array.from({ length: store.count }, (_, i) => decoder.decode(store.bytesOf(i)))).toEqual(
    kept.map((place) => TEXTS[place]),
  );
  expect(Array.from({ length: store.count }, (_, i) => store.numberOf(i))).toEqual(kept);
  expect(store.bytes).toBe(encoder.encode(kept.map((place) => TEXTS[place]).join('')).length);
  // And takes more, without writing over what is there.
  store.add({
    bytes: encoder.encode('one more'),
    number: 9999,
    hash: documentHash(''),
    key: documentHash(''),
    bits: 1,
  });
  expect(decoder.decode(store.bytesOf(kept.length))).toBe('one more');
  expect(decoder.decode(store.bytesOf(kept.length - 1))).toBe(TEXTS[kept.at(-1) ?? 0]);
});

test('a store knows which texts came again, and under which keys', () => {
  const store = storeOf(['a', 'b']);
  for (let i = 0; i < 300; i++) store.addRepeat(documentHash(`text ${i}`), documentHash(`key ${i % 3}`));
  const wanted = documentHash('key 1');
  const { texts, keys } = store.repeatsUnder(({ low }) => low === wanted.low);
  expect([texts.has(documentHash('text 1')), texts.has(documentHash('text 298'))]).toEqual([true, true]);
  expect([texts.has(documentHash('text 0')), keys.has(documentHash('key 0'))]).toEqual([false, false]);
  expect(keys.has(wanted)).toBe(true);
});

test('a list counts bytes with and without ends, and can be thinned', () => {
  const list = documentList(['a', 'ß', '漢字']);
  expect([list.count, list.bytes, list.bytesWithEnds, list.bits]).toEqual([3, 9, 12, null]);
  const thinner = list.without(new Set([1]));
  expect([thinner.textOf(0), thinner.textOf(1), thinner.bytes]).toEqual(['a', '漢字', 7]);
  expect(() => thinner.textOf(2)).toThrow(RangeError);
});
