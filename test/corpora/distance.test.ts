import { describe, expect, test } from 'vitest';
import { LANGUAGES } from '../../corpora/languages/languages.ts';
import { turnedRound } from '../../corpora/world/constructed.ts';
import { spelling } from '../../corpora/world/spelling.ts';
import { documentList } from '../../src/text/corpus/documentList.ts';
import { crossEntropy, trainNgram } from '../../src/text/corpus/reference.ts';
import { CODES, documentsOf, documentsOfSize, floorOf } from './texts.ts';

const DISTANCES = [0, 0.25, 0.5, 0.75, 1];
const TRAIN_BYTES = 300_000;
/** Short new words that happen to be old ones, and villages. */
const BY_CHANCE = 0.02;
/** The same at every distance. */
const TEST_STORIES = 80;

describe.each(CODES)('constructed from %s', (language) => {
  test('the farther, the less a model of the one knows of the other', { timeout: 60_000 }, async () => {
    const model = await trainNgram(
      documentList(documentsOfSize({ language }, TRAIN_BYTES).map(({ text }) => text)),
    );
    const bits: number[] = [];
    for (const distance of DISTANCES) {
      const told = documentsOf({ language, distance, seed: 5, stories: 'shared' }, TEST_STORIES);
      bits.push((await crossEntropy(model, documentList(told.map(({ text }) => text)))).bitsPerByte);
    }
    console.info(
      `${language}: ${bits.map((one) => one.toFixed(2)).join(', ')} bits per byte at ${DISTANCES.join(', ')}`,
    );
    for (const [index, one] of bits.entries())
      if (index > 0) expect(one).toBeGreaterThan(bits[index - 1] ?? 0);
  });

  test('the meaning stays, and with it the information of a text', () => {
    const own = documentsOf({ language, stories: 'shared' }, 20);
    const far = documentsOf({ language, stories: 'shared', distance: 1 }, 20);
    expect(far.map(({ bits }) => bits)).toEqual(own.map(({ bits }) => bits));
    expect(floorOf(far) / floorOf(own)).toBeGreaterThan(0.7);
    expect(floorOf(far) / floorOf(own)).toBeLessThan(1.4);
  });
});

test('at distance 1 no word of a language is left in its place', () => {
  const wordsOf = (distance: number) =>
    new Set(
      documentsOf({ distance, stories: 'shared' }, 300).flatMap(
        ({ text }) => text.toLowerCase().match(/\p{L}+/gu) ?? [],
      ),
    );
  const [near, far] = [wordsOf(0), wordsOf(1)];
  const kept = [...near].filter((word) => word.length > 3 && far.has(word));
  expect(kept.length / near.size).toBeLessThan(BY_CHANCE);
});

test('constituents turn round between punctuation marks, and words within them', () => {
  expect(turnedRound('the old man|saw|the dog and the cat .')).toBe('cat the and dog the|saw|man old the .');
  expect(turnedRound('she|said ,|“ come|to the inn ! ”')).toBe('said|she , “ inn the to|come ! ”');
});

test('letters change places, and no two become one', () => {
  for (const distance of [0.3, 0.7, 1]) {
    const spell = spelling(distance, 1);
    const alphabet = [...'abcdefghijklmnopqrstuvwxyz'];
    expect(new Set(alphabet.map(spell)).size).toBe(alphabet.length);
  }
  expect(spelling(0, 1)('word')).toBe('word');
});

test('a language keeps its writing', () => {
  for (const code of CODES) expect(LANGUAGES[code].code).toBe(code);
});
