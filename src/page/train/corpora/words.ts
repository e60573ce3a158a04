/** What texts, and the places they come from, are called. */

import { parseCorpusSpec, type WorldLanguage } from '../../../formats/corpusSpec.ts';
import type { CorpusFacts, Side } from '../../../worker/api/texts.ts';
import { brief } from '../../parts/format.ts';
import type { CatalogueEntry, Place } from './picker.ts';

export const SIDE_WORDS: Record<Side, { readonly title: string; readonly hint: string }> = {
  target: {
    title: 'Target text',
    hint: 'The language with little text, by which every recipe is judged.',
  },
  source: {
    title: 'Source text',
    hint: 'A language with much text, from which bilingual recipes borrow.',
  },
};

export const PLACE_WORDS: Record<Place, string> = {
  world: 'Built-in world',
  file: 'My files',
  catalogue: 'Corpora of the world',
  address: 'Address',
};

export const LANGUAGE_WORDS: Record<WorldLanguage, string> = {
  en: 'English',
  id: 'Indonesian',
  sw: 'Swahili',
  ja: 'Japanese',
};

/** A text by the name that a person would give it. */
export function textTitle({ spec, name }: CorpusFacts, catalogue: readonly CatalogueEntry[]): string {
  const parsed = parseCorpusSpec(spec);
  if (parsed.scheme === 'world') {
    const { language, distance, noise } = parsed;
    const from =
      distance > 0
        ? `a language at distance ${brief(distance)} from ${LANGUAGE_WORDS[language]}`
        : LANGUAGE_WORDS[language];
    return `Built-in stories in ${from}${noise > 0 ? `, ${brief(100 * noise)} % damaged` : ''}`;
  }
  if (parsed.scheme !== 'hf') return name;
  const entry = catalogue.find((known) => {
    const other = parseCorpusSpec(known.spec);
    return other.scheme === 'hf' && other.dataset === parsed.dataset && other.config === parsed.config;
  });
  return entry ? `Wikipedia in ${entry.language}` : name;
}
