/** Verbs: subject, tense, complement and stem in one word. */

import type { Tense } from '../../world/meaning.ts';
import { type NounClass, objectPrefix, subjectPrefix } from './concords.ts';

export type Verb = {
  /** With the *ku-* that stems of one syllable, and *-enda*, keep after the signs of tense. */
  readonly full: string;
  /** As it follows the marker of a complement. */
  readonly stem: string;
  /** What follows the verb, behind a space; otherwise empty. */
  readonly rest: string;
  /** Reflexive verbs have no room for another complement, and *na* has its own. */
  readonly marksObject: boolean;
};

export function verbs<K extends string>(table: Record<K, string>): Record<K, Verb> {
  const entries = Object.entries<string>(table).map(([key, spec]) => [key, verb(spec)]);
  return Object.fromEntries(entries) as Record<K, Verb>;
}

/** `ku·l·a` keeps its ku-; `pig·a picha` goes with a noun. */
export function verb(spec: string): Verb {
  const space = spec.indexOf(' ');
  const full = space < 0 ? spec : spec.slice(0, space);
  const rest = space < 0 ? '' : spec.slice(space);
  const keeps = full.startsWith('ku·') || full.startsWith('kw·');
  return {
    full,
    stem: keeps ? full.slice(3) : full,
    rest,
    marksObject: !full.startsWith('ji·') && rest !== ' na',
  };
}

const SIGNS: Readonly<Record<Tense, string>> = { past: 'li', present: 'na', future: 'ta' };

/** What the subject does, without a complement in the verb. */
export function does({ full, rest }: Verb, tense: Tense, subject: NounClass = 1): string {
  return `${subjectPrefix(subject)}·${SIGNS[tense]}·${full}${rest}`;
}

/** What one person does with a known complement, which the verb then marks if it can. */
export function doesTo(verb: Verb, tense: Tense, object: NounClass): string {
  const { stem, rest, marksObject } = verb;
  if (!marksObject) return does(verb, tense);
  return `a·${SIGNS[tense]}·${objectPrefix(object, stem)}·${stem}${rest}`;
}

/** Being with: somebody's having (class 1), or there being somewhere (`ku`). */
export function has(subject: 'a' | 'ku', tense: Tense): string {
  return tense === 'present' ? `${subject}·na` : `${subject}·${SIGNS[tense]}·ku·wa na`;
}

/** What becomes of a feeling in the verb: a state come about, something felt, something had, something that one is. */
export type FeelingWord =
  | { readonly kind: 'state'; readonly verb: Verb }
  | { readonly kind: 'act'; readonly verb: Verb }
  | { readonly kind: 'have'; readonly noun: string }
  | { readonly kind: 'be'; readonly adjective: string };

export function feels(word: FeelingWord, tense: Tense): string {
  switch (word.kind) {
    case 'have':
      return `${has('a', tense)}|${word.noun}`;
    case 'be':
      return tense === 'present' ? `ni|${word.adjective}` : `a·${SIGNS[tense]}·ku·wa|${word.adjective}`;
    default:
      return does(word.verb, tense);
  }
}

/** Of oneself, now. */
export function feelMyself(word: FeelingWord): string {
  switch (word.kind) {
    case 'have':
      return `ni·na|${word.noun}`;
    case 'be':
      return `mimi|ni|${word.adjective}`;
    case 'state':
      return `ni·me·${word.verb.full}${word.verb.rest}`;
    default:
      return `na·${word.verb.full}${word.verb.rest}`;
  }
}

/** Meanwhile, beside another verb. */
export function whileFeeling(word: FeelingWord): string {
  switch (word.kind) {
    case 'have':
      return `a·ki·wa na|${word.noun}`;
    case 'be':
      return `a·ki·wa|${word.adjective}`;
    case 'state':
      return `a·me·${word.verb.full}${word.verb.rest}`;
    default:
      return `a·ki·${word.verb.full}${word.verb.rest}`;
  }
}
