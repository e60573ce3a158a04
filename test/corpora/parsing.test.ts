/** The floor is exact: from a text alone every choice is found again, in one way only. */

import { describe, expect, test } from 'vitest';
import type { Language } from '../../corpora/languages/language.ts';
import { LANGUAGES } from '../../corpora/languages/languages.ts';
import { Draw } from '../../corpora/world/chooser.ts';
import { finish } from '../../corpora/world/finish.ts';
import { Story } from '../../corpora/world/story.ts';
import { languageOf } from '../../corpora/world/world.ts';
import { derivations } from './parser.ts';
import { CODES } from './texts.ts';

/** Stories drawn, the shortest of them, and how many of those are parsed: a long one takes minutes. */
const DRAWN = 400;
const SHORT = 24;
const PARSED = 3;
/** Bits are sums of logarithms, added in one order here and there. */
const BITS_TOLERANCE = 1e-9;
const PATIENCE_MS = 240_000;

type Told = { readonly text: string; readonly bits: number; readonly kinds: ReadonlySet<string> };

function tellOne(draw: Draw, language: Language): Told {
  const before = draw.bits;
  const story = new Story();
  const sentences: string[] = [];
  const kinds = new Set<string>();
  for (let sentence = story.next(draw); sentence; sentence = story.next(draw)) {
    sentences.push(finish(language.tell(sentence), language.writing));
    kinds.add(sentence.kind === 'says' ? `says ${sentence.speech.kind}` : sentence.kind);
  }
  return { text: sentences.join(language.writing.spaces ? ' ' : ''), bits: draw.bits - before, kinds };
}

/** Of the shortest stories those that bring the most kinds of sentence, one after another. */
function shortStories(language: Language, seed: number): Told[] {
  const draw = new Draw(seed);
  const stories = Array.from({ length: DRAWN }, () => tellOne(draw, language));
  const short = stories.sort((a, b) => a.bits - b.bits).slice(0, SHORT);
  const seen = new Set<string>();
  const isNew = (kind: string) => !seen.has(kind);
  return Array.from({ length: PARSED }, () => {
    short.sort((a, b) => [...b.kinds].filter(isNew).length - [...a.kinds].filter(isNew).length);
    const best = short.shift();
    if (!best) throw new RangeError('too few stories');
    for (const kind of best.kinds) seen.add(kind);
    return best;
  });
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
