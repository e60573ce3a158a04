/** Other letters for the words that keep their form: a share of the alphabet changes places. */

import { ALPHABETS, kindOf, type LetterKind } from './alphabets.ts';
import { shareFor } from './seed.ts';

/**
 * Share of the letters that move, by distance. A few letters touch most words: if as many moved as words get new forms, nothing
 * of a text would be left at a third of the distance.
 */
function movedShare(distance: number): number {
  return distance ** 3;
}

/** A function that respells a word. Kanji stay: what is written with them is a morph, and gets a new form as a whole. */
export function spelling(distance: number, seed: number): (word: string) => string {
  const letters = new Map<string, string>();
  for (const kind of [
    'vowel',
    'consonant',
    'hiragana',
    'katakana',
  ] as const satisfies readonly LetterKind[]) {
    const shares = new Map(ALPHABETS[kind].map((letter) => [letter, shareFor(seed, `letter ${letter}`)]));
    const moved = ALPHABETS[kind]
      .filter((letter) => (shares.get(letter) ?? 1) < movedShare(distance))
      .sort((a, b) => (shares.get(a) ?? 0) - (shares.get(b) ?? 0));
    // A ring: each takes the place of the next, so no two become one.
    for (const [place, letter] of moved.entries())
      letters.set(letter, moved[(place + 1) % moved.length] ?? letter);
  }
  return (word) => {
    let text = '';
    for (const letter of word) text += kindOf(letter) === null ? letter : (letters.get(letter) ?? letter);
    return text;
  };
}
