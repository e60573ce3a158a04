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

/** Stories that are drawn to choose from; a long one takes minutes to parse. */
const DRAWN = 400;
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

/** Short stories in which every kind of sentence and of speech comes once: for each, the shortest that has it. */
function everyKind(language: Language, seed: number): Told[] {
  const draw = new Draw(seed);
  const stories = Array.from({ length: DRAWN }, () => tellOne(draw, language)).sort(
    (a, b) => a.bits - b.bits,
  );
  const missing = new Set(stories.flatMap(({ kinds }) => [...kinds]));
  const chosen: Told[] = [];
  // The rarest first: a story that has one of them has many of the others.
  const rarity = (kind: string) => stories.filter(({ kinds }) => kinds.has(kind)).length;
  for (const kind of [...missing].sort((a, b) => rarity(a) - rarity(b))) {
    const story = missing.has(kind) ? stories.find(({ kinds }) => kinds.has(kind)) : undefined;
    if (!story) continue;
    chosen.push(story);
    for (const one of story.kinds) missing.delete(one);
  }
  return chosen;
}

function expectExact(language: Language, seed: number): void {
  for (const { text, bits } of everyKind(language, seed)) {
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
