/** Damage as real texts of poor languages have it: words out of place, sentences in another language, documents cut off. */

import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64';
import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import type { Writing } from '../languages/language.ts';
import { LANGUAGES, type LanguageCode } from '../languages/languages.ts';
import { Draw } from './chooser.ts';
import { seedFor } from './seed.ts';
import { storyText } from './telling.ts';

/** One pair of neighbours in so many words changes places. */
const WORDS_A_SWAP = 8;

export class Damage {
  readonly #share: number;
  readonly #writing: Writing;
  readonly #generator: ReturnType<typeof xoroshiro128plus>;
  readonly #foreign: Draw;
  readonly #language: LanguageCode;

  constructor(
    options: { readonly noise: number; readonly seed: number; readonly language: LanguageCode },
    writing: Writing,
  ) {
    this.#share = options.noise;
    this.#writing = writing;
    this.#generator = xoroshiro128plus(seedFor(options.seed, `noise of ${options.language}`));
    this.#foreign = new Draw(seedFor(options.seed, `foreign sentences in ${options.language}`));
    this.#language = options.language;
  }

  /** The text, or with the probability of the noise a damaged one. Never empty. */
  perhaps(text: string): string {
    if (uniformFloat64(this.#generator) >= this.#share) return text;
    switch (this.#below(3)) {
      case 0:
        return this.#swapped(text);
      case 1:
        return this.#mixed(text);
      default:
        return this.#cut(text);
    }
  }

  #swapped(text: string): string {
    const words = this.#writing.spaces
      ? text.split(' ')
      : (text.match(/[^、。「」]+[、。「」]*/gu) ?? [text]);
    for (let swap = 0; swap < Math.ceil(words.length / WORDS_A_SWAP); swap++) {
      const at = this.#below(Math.max(1, words.length - 1));
      const [first, second] = [words[at], words[at + 1]];
      if (first !== undefined && second !== undefined) [words[at], words[at + 1]] = [second, first];
    }
    return words.join(this.#writing.spaces ? ' ' : '');
  }

  #mixed(text: string): string {
    const others = Object.values(LANGUAGES).filter(({ code }) => code !== this.#language);
    const language = others[this.#below(Math.max(1, others.length))];
    if (!language) return this.#cut(text);
    const foreign = sentencesOf(storyText(this.#foreign, language));
    const own = sentencesOf(text);
    const from = this.#below(foreign.length);
    own.splice(this.#below(own.length + 1), 0, ...foreign.slice(from, from + 1 + this.#below(2)));
    return own.map((sentence) => sentence.trim()).join(this.#writing.spaces ? ' ' : '');
  }

  #cut(text: string): string {
    const characters = [...text];
    return (
      characters
        .slice(0, 1 + this.#below(characters.length))
        .join('')
        .trim() || text
    );
  }

  #below(count: number): number {
    return uniformInt(this.#generator, 0, count - 1);
  }
}

function sentencesOf(text: string): string[] {
  return text.match(/.+?[.!?。！？]["」”]? ?|.+$/gu) ?? [text];
}
