/**
 * Stories without end, told in one language: the built-in corpora. The same options give the same stories, byte for
 * byte, and every story comes with its information: minus the logarithm of its probability, which is exact, since no two ways of
 * choosing lead to the same text.
 */

import type { Language } from '../languages/language.ts';
import { LANGUAGES, type LanguageCode } from '../languages/languages.ts';
import { Draw } from './chooser.ts';
import { constructed } from './constructed.ts';
import { Damage } from './noise.ts';
import { seedFor } from './seed.ts';
import { storyText } from './telling.ts';

export type WorldOptions = {
  readonly language: LanguageCode;
  /** 0 … 1: how far a constructed language is from this one. */
  readonly distance: number;
  /** 0 … 1: share of the documents that are damaged. */
  readonly noise: number;
  /** A whole number of 0 or more, below 2^32. */
  readonly seed: number;
  /** `shared`: the n-th story of a seed is the same in all languages; `own`: no other language tells it. */
  readonly stories: 'own' | 'shared';
};

export type WorldDocument = {
  readonly text: string;
  /** The same for the story in every language that shares it; null where it is the language's own. */
  readonly meaning: string | null;
  /** Information, its end included; null where documents are damaged, for then it is not known exactly. */
  readonly bits: number | null;
};

/** Documents, one story each, without end. */
export function* worldDocuments(options: WorldOptions): Generator<WorldDocument, never> {
  const { noise, seed, stories } = options;
  const language = languageOf(options);
  const purpose = stories === 'shared' ? 'stories' : `stories of ${options.language} at ${options.distance}`;
  const draw = new Draw(seedFor(seed, purpose));
  const damage = noise > 0 ? new Damage(options, language.writing) : null;
  for (let index = 0; ; index++) {
    const before = draw.bits;
    const text = storyText(draw, language);
    yield {
      text: damage?.perhaps(text) ?? text,
      meaning: stories === 'shared' ? `${seed}/${index}` : null,
      bits: damage ? null : draw.bits - before,
    };
  }
}

/** The language of some options, constructed where they ask for a distance. */
export function languageOf({
  language,
  distance,
  seed,
}: Pick<WorldOptions, 'language' | 'distance' | 'seed'>): Language {
  return distance > 0 ? constructed(LANGUAGES[language], distance, seed) : LANGUAGES[language];
}
