/**
 * Languages that nobody speaks, at a stated distance from one that is spoken. A share of the morphs get new forms, a share of
 * the letters change places, and a share of the kinds of sentence turn their order round. What is changed at a small distance is changed
 * at every larger one, so distances are nested. The meaning, and with it the information of a text, stays.
 */

import type { Language } from '../languages/language.ts';
import { Draw } from './chooser.ts';
import { newForms } from './coinage.ts';
import { seedFor, shareFor } from './seed.ts';
import { spelling } from './spelling.ts';
import { Story } from './story.ts';

/** Stories from which the morphs of a language are collected; all of its words come in them many times over. */
const STORIES = 1500;

const PUNCTUATION = /^[^\p{L}\p{N}]+$/u;

/** `distance` above 0, at most 1. */
export function constructed(language: Language, distance: number, seed: number): Language {
  const forms = newForms(
    morphsOf(language),
    (morph) => shareFor(seed, `morph ${morph}`) < distance,
    seedFor(seed, 'new forms'),
  );
  const spell = spelling(distance, seed);
  const formOf = (morph: string) => forms.get(morph) ?? spell(morph);
  return {
    ...language,
    // A name may come first when the order is turned round, and its capital is what tells it from a word that sounds alike.
    writing: { ...language.writing, capitals: false },
    englishName: `constructed from ${language.englishName}, distance ${distance}`,
    tell(sentence) {
      const parts = language.tell(sentence);
      const turned = shareFor(seed, `order of ${sentence.kind}`) < distance ? turnedRound(parts) : parts;
      return mapMorphs(turned, formOf, spell);
    },
  };
}

/** The order of constituents, and of the words of each, from last to first between any two punctuation marks. */
export function turnedRound(parts: string): string {
  const out: string[] = [];
  let constituents: string[][] = [[]];
  const close = () => {
    const words = constituents
      .reverse()
      .filter((one) => one.length > 0)
      .map((one) => one.reverse().join(' '));
    if (words.length > 0) out.push(words.join('|'));
    constituents = [[]];
  };
  for (const [index, constituent] of parts.split('|').entries()) {
    if (index > 0) constituents.push([]);
    for (const word of constituent.split(' ')) {
      if (PUNCTUATION.test(word)) {
        close();
        out.push(word);
      } else if (word !== '') constituents.at(-1)?.push(word);
    }
  }
  close();
  return out.join(' ');
}

/** A morph; with its mark, a name that is spelt. */
const MORPH = /\^?[\p{L}\p{M}'ー]+/gu;

/** Every morph of the parts in its new form, and every spelt name respelt; punctuation and digits apart. A capital stays one. */
function mapMorphs(
  parts: string,
  formOf: (morph: string) => string,
  spell: (name: string) => string,
): string {
  return parts.replace(MORPH, (found) => {
    const isName = found.startsWith('^');
    const morph = isName ? found.slice(1) : found;
    const lower = morph.toLowerCase();
    const form = isName ? spell(lower) : formOf(lower);
    return lower === morph ? form : form.charAt(0).toUpperCase() + form.slice(1);
  });
}

/** The morphs of a language, in lower case, sorted: affixes, stems, names, whole words that have no parts. */
function morphsOf(language: Language): string[] {
  const morphs = new Set<string>();
  // A seed of its own: what the morphs of a language are does not depend on a world's seed.
  const draw = new Draw(0);
  for (let n = 0; n < STORIES; n++) {
    const story = new Story();
    for (let sentence = story.next(draw); sentence; sentence = story.next(draw)) {
      for (const [morph] of language.tell(sentence).matchAll(MORPH)) {
        if (morph.startsWith('^')) continue;
        morphs.add(morph.toLowerCase());
      }
    }
  }
  return [...morphs].sort();
}
