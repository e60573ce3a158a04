/** Copied stretches, held against looking for every stretch at every place. */

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { findCopied } from '../../../src/text/corpus/copied.ts';
import { CopySearch } from '../../../src/text/corpus/copySearch.ts';
import { documentList } from '../../../src/text/corpus/documentList.ts';

const encoder = new TextEncoder();
const words = fc.string({ unit: fc.constantFrom('a', 'b', 'ß', '漢'), maxLength: 24 });

/** Every stretch that stands in a document and cannot be made longer, as `from-to`. */
function bruteForce(text: string, documents: readonly string[], least: number): string[] {
  const letters = [...latin(text)];
  const stands = (from: number, to: number) =>
    documents.some((document) => latin(document).includes(letters.slice(from, to).join('')));
  const all: string[] = [];
  for (let from = 0; from < letters.length; from++) {
    for (let to = from + least; to <= letters.length; to++) {
      if (!stands(from, to)) break;
      const isWider = (from > 0 && stands(from - 1, to)) || (to < letters.length && stands(from, to + 1));
      if (!isWider) all.push(`${from}-${to}`);
    }
  }
  return all;
}

/** A letter a byte, so that strings are searched as bytes are. */
function latin(text: string): string {
  return String.fromCharCode(...encoder.encode(text));
}

describe('the search', () => {
  test('finds all maximal stretches, and where they stand', () => {
    fc.assert(
      fc.property(words, fc.array(words, { maxLength: 3 }), fc.integer({ min: 1, max: 4 }), (...given) => {
        const [text, documents, least] = given;
        const bytes = encoder.encode(text);
        const search = new CopySearch(bytes);
        for (const [index, document] of documents.entries()) search.read(encoder.encode(document), index);
        const found = search.stretches(least);
        expect(found.map(({ from, to }) => `${from}-${to}`).sort()).toEqual(
          bruteForce(text, documents, least).sort(),
        );
        for (const { from, to, document, at } of found) {
          const there = encoder.encode(documents[document]).subarray(at, at + to - from);
          expect(there).toEqual(bytes.subarray(from, to));
        }
      }),
      { numRuns: 300 },
    );
  });

  test('takes no longer where everything repeats', () => {
    // One that looks at every pair of places would still be at it when the test's time is over.
    const search = new CopySearch(encoder.encode('a'.repeat(50_000)));
    search.read(encoder.encode('a'.repeat(2_000_000)), 0);
    expect(search.stretches(1)).toEqual([{ from: 0, to: 50_000, document: 0, at: 0 }]);
  });
});

/** Takes the longest stretch of whole characters that is left and stands in a list, then the next; of equal ones as the lists come, then the text. */
function greedy(text: string, lists: readonly (readonly string[])[], least: number): string[] {
  const letters = [...text];
  const isTaken = letters.map(() => false);
  const chosen: { readonly from: number; readonly words: string }[] = [];
  for (;;) {
    let best = { bytes: least - 1, list: 0, from: 0, to: 0 };
    for (const [list, documents] of lists.entries()) {
      for (let from = 0; from < letters.length; from++) {
        for (let to = from + 1; to <= letters.length && !isTaken[to - 1]; to++) {
          const stretch = letters.slice(from, to).join('');
          if (!documents.some((document) => document.includes(stretch))) break;
          const bytes = encoder.encode(stretch).length;
          if (bytes > best.bytes) best = { bytes, list, from, to };
        }
      }
    }
    const { list, from, to } = best;
    if (to === 0) break;
    isTaken.fill(true, from, to);
    chosen.push({ from, words: `${letters.slice(from, to).join('')} in ${list}` });
  }
  return chosen.sort((a, b) => a.from - b.from).map(({ words }) => words);
}

describe('what was copied', () => {
  const find = async (text: string, lists: readonly (readonly string[])[], least: number, bytes = 1000) => {
    const searched = lists.map((texts) => ({ documents: documentList(texts), bytes }));
    const found = await findCopied(encoder.encode(text), searched, { least });
    return found.map(({ from, to, list }) => [
      new TextDecoder('utf-8', { fatal: true }).decode(encoder.encode(text).subarray(from, to)),
      list,
    ]);
  };

  test('is what taking the longest, again and again, gives', () =>
    fc.assert(
      fc.asyncProperty(
        words,
        fc.array(fc.array(words, { maxLength: 2 }), { minLength: 1, maxLength: 2 }),
        fc.integer({ min: 1, max: 4 }),
        async (text, lists, least) => {
          const found = await find(text, lists, least);
          expect(found.map(([stretch, list]) => `${stretch} in ${list}`)).toEqual(greedy(text, lists, least));
        },
      ),
      { numRuns: 300 },
    ));

  test('is found of as much text as can be searched, however many stretches meet', async () => {
    // Every stretch of ten digits of a cycle stands there, each over the next.
    const digits = Array.from({ length: 65_536 }, (_, i) => (i * i + Math.floor(i / 7)) % 10).join('');
    const pieces = Array.from({ length: 8000 }, (_, i) => digits.slice(8 * i, 8 * i + 30));
    const searched = { documents: documentList(pieces), bytes: Number.POSITIVE_INFINITY };
    const found = await findCopied(encoder.encode(digits), [searched], { least: 24 });
    expect(found.length).toBeGreaterThan(1000);
    for (const [index, { to }] of found.entries()) {
      expect(to).toBeLessThanOrEqual(found[index + 1]?.from ?? digits.length);
    }
  });

  test('is the longest stretches first, none over another', async () => {
    expect(await find('one two three four', [['x one two thr', 'two three four']], 4)).toEqual([
      ['one ', 0],
      ['two three four', 0],
    ]);
    expect(await find('one two three four', [['x one two thr', 'two three four']], 5)).toEqual([
      ['two three four', 0],
    ]);
  });

  test('is whole characters', async () => {
    // ß and Þ begin with the same byte; 漢 and 漣 differ in the last of three.
    expect(await find('xßab漢', [['Þßab漣']], 3)).toEqual([['ßab', 0]]);
  });

  test('is of the first list that has it', async () => {
    expect(await find('copied', [['nothing'], ['copied'], ['copied']], 6)).toEqual([['copied', 1]]);
  });

  test('ends where the bytes that were read end', async () => {
    expect(await find('abcdefgh', [['abcd', 'efgh']], 2, 7)).toEqual([
      ['abcd', 0],
      ['ef', 0],
    ]);
    expect(await find('abcdefgh', [['abcdefgh']], 2, 0)).toEqual([]);
  });

  test('is not looked for any longer once it is broken off', async () => {
    const signal = AbortSignal.abort();
    const documents = documentList(['abc']);
    await expect(
      findCopied(encoder.encode('abc'), [{ documents, bytes: 3 }], { least: 2, signal }),
    ).rejects.toThrow('aborted');
  });
});
