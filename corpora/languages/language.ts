/** What a language must be able to do for the world to be told in it. */

import type { Sentence } from '../world/meaning.ts';

export interface Language {
  /** ISO 639-1. */
  readonly code: string;
  readonly englishName: string;
  readonly ownName: string;
  /**
   * A sentence in parts. `|` stands between its constituents, a space between words, `·` between the morphs of a word (stem and
   * affixes); punctuation is a word of its own, `“` and `”` are quotation marks, and a
   * `^` stands before what is spelt and no word: the invented name of a village. The sentence ends with its punctuation and does not
   * begin with a capital, which {@link finish} sees to. Different sentences have different texts.
   */
  tell(sentence: Sentence): string;
  readonly writing: Writing;
}

/** How parts become text. */
export type Writing = {
  /** Whether words are parted by spaces; then sentences are too. */
  readonly spaces: boolean;
  /** Whether a sentence begins with a capital letter. */
  readonly capitals: boolean;
  readonly quotes: readonly [open: string, close: string];
};
