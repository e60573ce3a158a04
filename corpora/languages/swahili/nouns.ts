/** Nouns with their classes, and what is said of them: quality and number. */

import {
  adjective,
  having,
  isVowel,
  NOUN_CLASSES,
  type NounClass,
  nasal,
  numeral,
  of,
  which,
} from './concords.ts';

/** A noun as it stands in the text, and the class that others agree with. */
export type Form = { readonly word: string; readonly of: NounClass };

export type Noun = { readonly one: Form; readonly many: Form };

export function nouns<K extends string>(table: Record<K, string>): Record<K, Noun> {
  return mapped(table, noun);
}

/** What is not counted: `3 m·chele`. */
export function masses<K extends string>(table: Record<K, string>): Record<K, Form> {
  return mapped(table, (spec) => {
    const [number = '', word = ''] = spec.split(' ');
    return { word, of: Number(number) as NounClass };
  });
}

/**
 * `7 ti` is *kiti, viti*: class of the singular, and stem. `9a` is of animals, which agree as people do, in classes 1 and 2, whatever
 * their form. Irregular nouns have both forms, as in `7 ch·ungu/vy·ungu`; `11>6` is a plural of another class than usual.
 */
export function noun(spec: string): Noun {
  const [classes = '', forms = ''] = spec.split(' ');
  const isAnimate = classes.endsWith('a');
  const [singular = '', plural] = classes.replace('a', '').split('>');
  const one = Number(singular) as NounClass;
  const many = (plural === undefined ? one + (one === 11 ? -1 : 1) : Number(plural)) as NounClass;
  const [first = '', second] = forms.split('/');
  return {
    one: { word: second === undefined ? inflected(first, one) : first, of: isAnimate ? 1 : one },
    many: { word: second ?? inflected(first, one === 9 ? 9 : many), of: isAnimate ? 2 : many },
  };
}

const PREFIXES: Readonly<Partial<Record<NounClass, string>>> = {
  2: 'wa',
  4: 'mi',
  6: 'ma',
  7: 'ki',
  8: 'vi',
  11: 'u',
};

function inflected(stem: string, nounClass: NounClass): string {
  switch (nounClass) {
    case 1:
    case 3:
      return `${isVowel(stem) ? 'mw' : 'm'}·${stem}`;
    case 5:
    case 9:
      return stem;
    case 10:
      return nasal(stem);
    default:
      return `${PREFIXES[nounClass]}·${stem}`;
  }
}

/** In every class. What agrees by a word of its own, as *ya moto* does, follows the number; an adjective goes before it. */
export type QualityForms = {
  readonly followsNumber: boolean;
  readonly forms: Readonly<Record<NounClass, string>>;
};

/** `-kubwa`: an adjective; `-a moto`, `-enye njaa`, `-lio chok·a`: a noun or a verb; `safi`: the same for all. */
export function quality(spec: string): QualityForms {
  const [head = '', rest = ''] = spec.split(' ');
  const inClass = (one: NounClass) => {
    if (head === '-a') return `${of(one)} ${rest}`;
    if (head === '-enye') return `${having(one)} ${rest}`;
    if (head === '-lio') return which(one, rest);
    return head.startsWith('-') ? adjective(head.slice(1), one) : head;
  };
  return {
    followsNumber: rest !== '',
    forms: Object.fromEntries(NOUN_CLASSES.map((one) => [one, inClass(one)])) as Record<NounClass, string>,
  };
}

export function qualities<K extends string>(table: Record<K, string>): Record<K, QualityForms> {
  return mapped(table, quality);
}

/** A noun of which there are so many; one is said by the noun alone. */
export function counted({ one, many }: Noun, count: number, like: QualityForms | null): string {
  const { word, of: nounClass } = count === 1 ? one : many;
  const number = count === 1 ? '' : ` ${numeral(count, nounClass)}`;
  if (like === null) return word + number;
  const { followsNumber, forms } = like;
  return followsNumber ? `${word}${number} ${forms[nounClass]}` : `${word} ${forms[nounClass]}${number}`;
}

function mapped<K extends string, T>(table: Record<K, string>, read: (spec: string) => T): Record<K, T> {
  const entries = Object.entries<string>(table).map(([key, spec]) => [key, read(spec)]);
  return Object.fromEntries(entries) as Record<K, T>;
}
