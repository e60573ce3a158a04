import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { END_SYMBOL, MAX_ORDER, NgramModel, SYMBOLS } from '../../../src/text/corpus/ngram.ts';

const encoder = new TextEncoder();

function trained(...texts: string[]): NgramModel {
  const model = new NgramModel();
  for (const text of texts) model.add(encoder.encode(text));
  return model;
}

/** Sums of 257 terms of double precision. */
const SUM_TOLERANCE = 1e-12;

const text = fc.string({ unit: fc.constantFrom('a', 'b', 'c', 'ß', '漢') });

describe('a byte n-gram', () => {
  test('gives each context probabilities that sum to one, under every order', () => {
    fc.assert(
      fc.property(fc.array(text), text, fc.integer({ min: 0, max: MAX_ORDER }), (texts, before, order) => {
        const model = trained(...texts);
        let sum = 0;
        for (let symbol = 0; symbol < SYMBOLS; symbol++) {
          const probability = model.probability(encoder.encode(before), symbol, order);
          expect(probability).toBeGreaterThan(0);
          sum += probability;
        }
        expect(Math.abs(sum - 1)).toBeLessThan(SUM_TOLERANCE);
      }),
      { seed: 7, numRuns: 60 },
    );
  });

  test('says what was worked out by hand', () => {
    // After the documents "ab" and "ac": the symbols are a b E a c E.
    const model = trained('ab', 'ac');
    const [a, b, c] = [97, 98, 99];
    // Order 0: 6 symbols of 4 types, and below it 1/257 for each.
    const zero = (count: number) => (count + 4 / 257) / 10;
    expect(model.probability([], a, 0)).toBeCloseTo(zero(2), 15);
    expect(model.probability([], b, 0)).toBeCloseTo(zero(1), 15);
    expect(model.probability([], 120, 0)).toBeCloseTo(zero(0), 15);
    // After a: b and c, once each.
    const afterA = (1 + 2 * zero(1)) / 4;
    expect(model.probability([a], b, 1)).toBeCloseTo(afterA, 15);
    expect(model.probability([a], END_SYMBOL, 1)).toBeCloseTo((2 * zero(2)) / 4, 15);
    // After an end and a: the same once more.
    expect(model.probability([a], b, 2)).toBeCloseTo((1 + 2 * afterA) / 4, 15);
    // After b: the end, once; b was never after an end, so longer contexts say no more than b alone.
    const afterB = (1 + zero(2)) / 2;
    expect(model.probability([b], END_SYMBOL, 1)).toBeCloseTo(afterB, 15);
    expect(model.probability([b], END_SYMBOL)).toBeCloseTo(afterB, 15);
    // c was read last but one: after it too came an end.
    expect(model.probability([c], END_SYMBOL, 1)).toBeCloseTo(afterB, 15);
    expect(model.trainedBytes).toBe(6);
  });

  test('knows the contexts of five bytes across the end of a document, and none of six', () => {
    const model = trained('abcdef', 'gx', 'bcdef', 'hx');
    const end = END_SYMBOL;
    const symbols = (before: string) => [...encoder.encode(before), end];
    // "cdef" and an end came twice: before g and before h. With the b before them there is no telling either.
    expect(model.probability(symbols('bcdef'), 103)).toBe(model.probability(symbols('bcdef'), 104));
    expect(model.probability(symbols('abcdef'), 103)).toBe(model.probability(symbols('bcdef'), 103));
    expect(model.probability(symbols('bcdef'), 103)).toBeGreaterThan(model.probability(symbols('hx'), 103));
  });

  test('adds up the information of documents, their ends included', () => {
    const model = trained('abcabc', 'bca');
    const bits = new Float64Array(MAX_ORDER + 1);
    const contexts = model.begin();
    model.addInformation(encoder.encode('ab'), contexts, bits);
    model.addInformation(encoder.encode('c'), contexts, bits);
    const symbols = [97, 98, END_SYMBOL, 99, END_SYMBOL];
    for (let order = 0; order <= MAX_ORDER; order++) {
      let expected = 0;
      for (const [at, symbol] of symbols.entries()) {
        expected -= Math.log2(model.probability(symbols.slice(0, at), symbol, order));
      }
      expect(bits[order]).toBeCloseTo(expected, 12);
    }
  });

  test('holds no more contexts than it may, and says how much it learnt', () => {
    const model = new NgramModel(1000);
    const bytes = Uint8Array.from({ length: 5000 }, (_, i) => (i * i * 31) % 251);
    expect(model.isFull).toBe(false);
    model.add(bytes);
    expect(model.isFull).toBe(true);
    const learnt = model.trainedBytes;
    // At most six contexts a byte.
    expect(learnt).toBeGreaterThan(150);
    expect(learnt).toBeLessThan(1000);
    model.add(bytes);
    expect(model.trainedBytes).toBe(learnt);
  });
});
