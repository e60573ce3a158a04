/** New forms for morphs: as long as the old ones, of the same kinds of letters, and no two alike. */

import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import { ALPHABETS, kindOf, type LetterKind } from './alphabets.ts';

/** Tries at the old length before a form becomes a letter longer. */
const TRIES = 20;

/**
 * A form for every one of the `morphs` that `isNew` picks. Every morph gets its form whether it is picked or not, so that one
 * that is picked at two distances has the same form at both.
 */
export function newForms(
  morphs: readonly string[],
  isNew: (morph: string) => boolean,
  seed: number,
): ReadonlyMap<string, string> {
  const generator = xoroshiro128plus(seed);
  const below = (count: number) => uniformInt(generator, 0, count - 1);
  const taken = new Set(morphs);
  const forms = new Map<string, string>();
  for (const morph of morphs) {
    let form = '';
    for (let tries = 0; form === '' || taken.has(form); tries++) {
      form = coin(morph, Math.floor(tries / TRIES), below);
    }
    taken.add(form);
    if (isNew(morph)) forms.set(morph, form);
  }
  return forms;
}

/** Latin words alternate consonant and vowel from either; other scripts take a letter of the same kind for each. */
function coin(morph: string, extra: number, below: (count: number) => number): string {
  const letters = [...morph];
  const last = letters.findLast((letter) => kindOf(letter) !== null) ?? 'a';
  let form = '';
  let isVowel = below(2) === 0;
  for (const letter of [...letters, ...new Array<string>(extra).fill(last)]) {
    const kind = kindOf(letter);
    if (kind === 'vowel' || kind === 'consonant') {
      form += oneOf(isVowel ? 'vowel' : 'consonant', below);
      isVowel = !isVowel;
    } else form += kind === null ? letter : oneOf(kind, below);
  }
  return form;
}

function oneOf(kind: LetterKind, below: (count: number) => number): string {
  const letters = ALPHABETS[kind];
  return letters[below(letters.length)] ?? '';
}
