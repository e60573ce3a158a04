/**
 * Different meanings have different texts, in the languages that are spoken and in those that are made from them: over many sentences
 * that were drawn, no text stands for two.
 */

import { describe, expect, test } from 'vitest';
import type { Language } from '../../corpora/languages/language.ts';
import { LANGUAGES, type LanguageCode } from '../../corpora/languages/languages.ts';
import { finish } from '../../corpora/world/finish.ts';
import type { Sentence } from '../../corpora/world/meaning.ts';
import { languageOf } from '../../corpora/world/world.ts';
import { drawn, gist } from './languages/meanings.ts';
import { CODES } from './texts.ts';

const STORIES = 400;
const SENTENCES = [...drawn(STORIES)];
/** A village of every two syllables, visited: where a name might be taken for a word of the language. */
const VISITS: Sentence[] = Array.from({ length: 75 * 75 }, (_, index) => ({
  kind: 'goes',
  tense: 'past',
  who: { person: { name: 0, is: { trade: 'farmer' }, age: null, from: null }, as: 'pronoun' },
  motion: 'go',
  to: { village: [Math.floor(index / 75), index % 75] },
  at: null,
}));

/** Texts that stand for two meanings; of a sentence without a tense of its own, the opening says which it is. */
function doubles(language: Language): string[] {
  const meant = new Map<string, string>();
  const found: string[] = [];
  for (const sentence of [...SENTENCES, ...VISITS]) {
    const text = finish(language.tell(sentence), language.writing);
    const meaning = gist(sentence);
    if ((meant.get(text) ?? meaning) !== meaning) found.push(text);
    meant.set(text, meaning);
  }
  return found;
}

describe.each(CODES)('%s', (code: LanguageCode) => {
  test('as it is spoken', () => {
    expect(doubles(LANGUAGES[code])).toEqual([]);
  });

  test.each([
    [0.3, 1],
    [0.5, 1],
    [0.8, 2],
    [1, 3],
  ])('at distance %f, seed %i', (distance, seed) => {
    expect(doubles(languageOf({ language: code, distance, seed }))).toEqual([]);
  });
});
