/** The floor is exact: from a text alone every choice is found again, in one way only. */

import { describe, expect, test } from 'vitest';
import type { Language } from '../../corpora/languages/language.ts';
import { LANGUAGES } from '../../corpora/languages/languages.ts';
import { Draw } from '../../corpora/world/chooser.ts';
import { storyText } from '../../corpora/world/telling.ts';
import { languageOf } from '../../corpora/world/world.ts';
import { derivations } from './parser.ts';
import { CODES } from './texts.ts';

/** Stories drawn, and how many of them are parsed: the shortest, for a long one takes minutes. */
const DRAWN = 60;
const PARSED = 3;
/** Bits are sums of logarithms, added in one order here and there. */
const BITS_TOLERANCE = 1e-9;
const PATIENCE_MS = 240_000;

function shortStories(language: Language, seed: number): { text: string; bits: number }[] {
  const draw = new Draw(seed);
  const stories = Array.from({ length: DRAWN }, () => {
    const before = draw.bits;
    const text = storyText(draw, language);
    return { text, bits: draw.bits - before };
  });
  return stories.sort((a, b) => a.bits - b.bits).slice(0, PARSED);
}

function expectExact(language: Language, seed: number): void {
  for (const { text, bits } of shortStories(language, seed)) {
    const found = derivations(text, language);
    expect(
      found.map((one) => one.choices.length),
      text,
    ).toHaveLength(1);
    expect(Math.abs((found[0]?.bits ?? 0) - bits), text).toBeLessThan(BITS_TOLERANCE * bits);
  }
}

describe('a text has one derivation, with the information that was told', () => {
  test.each(CODES)('world:%s', { timeout: PATIENCE_MS }, (code) => {
    expectExact(LANGUAGES[code], 11);
  });

  test('a constructed language', { timeout: PATIENCE_MS }, () => {
    expectExact(languageOf({ language: 'en', distance: 0.5, seed: 1 }), 12);
  });
});

test('a text that nobody told has none', () => {
  expect(
    derivations('Last Friday night Anna, a baker, was in the inn. She flew to the moon.', LANGUAGES.en),
  ).toEqual([]);
});
