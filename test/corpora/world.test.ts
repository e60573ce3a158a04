/** What makes a world worth training on: it repeats nothing, it holds more than spelling, and its floor is known. */

import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { documentList } from '../../src/text/corpus/documentList.ts';
import { crossEntropy, trainNgram } from '../../src/text/corpus/reference.ts';
import { CODES, documentsOf, documentsOfSize, floorOf, nameOf, textOf } from './texts.ts';

const SAMPLE_BYTES = 200_000;
const WINDOW_BYTES = 50;
/** Of windows of 50 bytes of one seed, those that another seed has too. */
const MOST_SHARED = 0.02;
const LEAST_GZIP = 0.18;
const FLOOR = { least: 0.6, most: 1.6 };
const TRAIN_BYTES = 1_000_000;
/** How far an n-gram with contexts of five bytes stays above the floor. */
const LEAST_GAP = 1.25;

describe.each(CODES)('world:%s', (language) => {
  test('tells the same stories for the same seed, and others for another', () => {
    const once = documentsOf({ language }, 20);
    expect(documentsOf({ language }, 20)).toEqual(once);
    expect(documentsOf({ language, seed: 2 }, 20)).not.toEqual(once);
  });

  test('two seeds share next to no stretch of text', () => {
    const [first, second] = [1, 2].map((seed) =>
      Buffer.from(textOf(documentsOfSize({ language, seed }, SAMPLE_BYTES))),
    );
    const windows = new Set<string>();
    const windowsOf = (text: Buffer | undefined) => (text?.length ?? 0) - WINDOW_BYTES + 1;
    for (let at = 0; at < windowsOf(first); at++)
      windows.add(first?.toString('latin1', at, at + WINDOW_BYTES) ?? '');
    let shared = 0;
    for (let at = 0; at < windowsOf(second); at++) {
      if (windows.has(second?.toString('latin1', at, at + WINDOW_BYTES) ?? '')) shared++;
    }
    expect(shared / windowsOf(second)).toBeLessThanOrEqual(MOST_SHARED);
  });

  test('is no boilerplate: gzip leaves a good part', () => {
    const text = Buffer.from(textOf(documentsOfSize({ language }, SAMPLE_BYTES)));
    expect(gzipSync(text, { level: 9 }).length / text.length).toBeGreaterThanOrEqual(LEAST_GZIP);
  });

  test('holds more than spelling: an n-gram stays well above the floor', async () => {
    const train = documentsOfSize({ language, seed: 3 }, TRAIN_BYTES);
    const validation = documentsOfSize({ language, seed: 4 }, SAMPLE_BYTES);
    const model = await trainNgram(documentList(train.map(({ text }) => text)));
    const { bitsPerByte } = await crossEntropy(model, documentList(validation.map(({ text }) => text)));
    const floor = floorOf(validation);
    console.info(
      `${nameOf(language)}: floor ${floor.toFixed(3)}, n-gram ${bitsPerByte.toFixed(3)} bits per byte`,
    );
    expect(floor).toBeGreaterThanOrEqual(FLOOR.least);
    expect(floor).toBeLessThanOrEqual(FLOOR.most);
    expect(bitsPerByte / floor).toBeGreaterThanOrEqual(LEAST_GAP);
  });

  test('is in normal form C, on one line a story, without a blank at either end', () => {
    for (const { text } of documentsOf({ language }, 200)) {
      expect(text).toBe(text.normalize('NFC').trim());
      expect(text).not.toMatch(/[\n|·“”^]| {2}/);
    }
  });
});

describe('stories', () => {
  test('that are shared are the same in every language, with one meaning and one information', () => {
    const told = CODES.map((language) => documentsOf({ language, stories: 'shared' }, 30));
    for (const documents of told) {
      expect(documents.map(({ meaning }) => meaning)).toEqual(
        Array.from({ length: 30 }, (_, index) => `1/${index}`),
      );
      expect(documents.map(({ bits }) => bits)).toEqual(told[0]?.map(({ bits }) => bits));
    }
  });

  test('that are a language’s own are told by no other', () => {
    const bits = CODES.map((language) =>
      documentsOf({ language }, 5)
        .map((document) => document.bits?.toFixed(6))
        .join(),
    );
    expect(new Set(bits).size).toBe(CODES.length);
    expect(documentsOf({}, 1)[0]?.meaning).toBeNull();
  });
});
