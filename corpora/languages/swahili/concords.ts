/**
 * Agreement. A noun's class gives a prefix to all that goes with it: adjectives, numbers up to five and eight, the connective -a,
 * demonstratives, relatives, and the markers of subject and complement in the verb.
 */

/** Bantu numbering: odd classes are singulars, 10 is also the plural of 11, 6 of some of 11. */
export type NounClass = 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9 | 10 | 11;

type Concord = {
  /** In the verb, of the subject; of the complement too, but for class 1. */
  readonly verb: string;
  /** Of adjectives, before a consonant and before a vowel; `N` is a nasal, which {@link nasal} makes of what follows. */
  readonly adjective: readonly [string, string];
  /** Before -a, which stands between nouns. */
  readonly of: string;
  /** Who or which. */
  readonly relative: string;
  /** This or these. */
  readonly near: string;
};

function concord(row: string): Concord {
  const [verb = '', consonant = '', vowel = '', of = '', relative = '', near = ''] = row.split(' ');
  return { verb, adjective: [consonant, vowel], of, relative, near };
}

const CONCORDS: Readonly<Record<NounClass, Concord>> = {
  1: concord('a m mw w ye hu·yu'),
  2: concord('wa wa w w o ha·wa'),
  3: concord('u m mw w o hu·u'),
  4: concord('i mi my y yo hi·i'),
  5: concord('li 0 j l lo hi·li'),
  6: concord('ya ma m y yo ha·ya'),
  7: concord('ki ki ch ch cho hi·ki'),
  8: concord('vi vi vy vy vyo hi·vi'),
  9: concord('i N ny y yo hi·i'),
  10: concord('zi N ny z zo hi·zi'),
  11: concord('u m mw w o hu·u'),
};

export const NOUN_CLASSES = Object.keys(CONCORDS).map(Number) as readonly NounClass[];

/** By number; those that agree have a hyphen. */
const NUMBERS = ['', '-moja', '-wili', '-tatu', '-nne', '-tano', 'sita', 'saba', '-nane', 'tisa'] as const;

/** Two to nine in words of a class, others in digits. */
export function numeral(count: number, of: NounClass): string {
  return NUMERALS[of]?.[count] ?? String(count);
}

const NUMERALS = Object.fromEntries(
  NOUN_CLASSES.map((of) => [
    of,
    NUMBERS.map((number) => (number.startsWith('-') ? adjective(number.slice(1), of) : number)),
  ]),
) as Readonly<Record<number, readonly string[]>>;

/** The agreeing form of a stem, such as -kubwa, -eupe, -pya. */
export function adjective(stem: string, of: NounClass): string {
  const [consonant, vowel] = CONCORDS[of].adjective;
  if (isVowel(stem)) return `${vowel}·${stem}`;
  if (consonant === 'N') return nasal(stem);
  // A stem of one syllable does not stand alone.
  if (consonant === '0') return stem === 'pya' ? `ji·${stem}` : stem;
  return `${consonant}·${stem}`;
}

/** A stem of class 9 or 10: the nasal shows before voiced stops and fricatives, and before a stem of one syllable. */
export function nasal(stem: string): string {
  if (stem === 'wili') return 'm·bili';
  if (stem === 'pya' || stem.startsWith('b') || stem.startsWith('v')) return `m·${stem}`;
  if (stem.startsWith('r') || stem.startsWith('l')) return `n·d${stem.slice(1)}`;
  return stem.startsWith('d') || stem.startsWith('g') || stem.startsWith('z') ? `n·${stem}` : stem;
}

/** The connective: `of(7)` is *cha*. */
export function of(possessed: NounClass): string {
  return `${CONCORDS[possessed].of}·a`;
}

/** Having: *mwenye, yenye, chenye*. */
export function having(owner: NounClass): string {
  return `${owner === 1 ? 'mw' : CONCORDS[owner].of}·enye`;
}

/** Which has come to be so: *iliyolowa, kilichochanika*. */
export function which(subject: NounClass, stem: string): string {
  const { verb, relative } = CONCORDS[subject];
  return `${verb}·li·${relative}·${stem}`;
}

export function subjectPrefix(subject: NounClass): string {
  return CONCORDS[subject].verb;
}

/** The marker of a complement before a verb stem: *m-* becomes *mw-* before vowels, but *mu-* before u. */
export function objectPrefix(object: NounClass, stem: string): string {
  if (object !== 1) return CONCORDS[object].verb;
  if (!isVowel(stem)) return 'm';
  return stem.startsWith('u') ? 'mu' : 'mw';
}

/** What ends *-na* when it has a complement: *anacho*. */
export function referent(object: NounClass): string {
  return CONCORDS[object].relative;
}

export function near(noun: NounClass): string {
  return CONCORDS[noun].near;
}

/** That or those. */
export function far(noun: NounClass): string {
  return noun === 1 ? 'yu·le' : `${CONCORDS[noun].verb}·le`;
}

export function isVowel(word: string): boolean {
  return 'aeiou'.includes(word.charAt(0));
}
