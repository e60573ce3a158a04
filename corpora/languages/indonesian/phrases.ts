/** Things, animals, people, times and places: what the sentences are made of. */

import { CONSONANTS, type DayPart, SYLLABLE_COUNT, thingClass, VOWELS } from '../../world/concepts.ts';
import type { Animals, Clock, Mention, Person, Tense, Thing, When, Who } from '../../world/meaning.ts';
import * as words from './words.ts';

/** Verbs have no tense: the first sentence says when, and the others follow it. */
export function when(time: When, tense: Tense): string {
  if ('date' in time) {
    const date = `${time.date} ${words.MONTHS[time.month]}`;
    return time.year === null ? `tiap ${date}` : `pada ${date} ${time.year}`;
  }
  const named = `${words.DAYS[time.day]} ${words.PARTS[time.part]}`;
  return tense === 'present' ? `tiap ${named}` : `${named} ${tense === 'past' ? 'lalu' : 'depan'}`;
}

/** Of the day that the story is at. */
export function part(of: DayPart): string {
  return `${words.PARTS[of]}·nya`;
}

export function clock({ hour, minute }: Clock): string {
  return `pukul ${hour}.${minute < 10 ? '0' : ''}${minute}`;
}

export function at(time: Clock | null): string {
  return time === null ? '' : `|${clock(time)}`;
}

export function subject({ person, as }: Who): string {
  return as === 'pronoun' ? 'ia' : nameOf(person);
}

export function nameOf(person: Person): string {
  return words.NAMES[person.name] ?? '';
}

/** By name, and for somebody new with the age in brackets and with what the person is, between commas. */
export function introduced({ person, as }: Who, goesOn: boolean): string {
  const name = nameOf(person);
  if (as !== 'new') return name;
  const age = person.age === null ? '' : ` (·${person.age}·)`;
  const is =
    'trade' in person.is
      ? words.TRADES[person.is.trade]
      : `${words.KIN[person.is.kin]} ${words.NAMES[person.is.hero]}`;
  const from = person.from === null ? '' : ` dari ${village(person.from)}`;
  return `${name}${age} , ${is}${from}${goesOn ? ' ,' : ''}`;
}

const SYLLABLES = Array.from(
  { length: SYLLABLE_COUNT },
  (_, one) => `${CONSONANTS[Math.floor(one / VOWELS.length)]}${VOWELS[one % VOWELS.length]}`,
);

/** The letters of a village's syllables, with a capital. */
export function village(syllables: readonly number[]): string {
  let letters = '';
  for (const one of syllables) letters += SYLLABLES[one];
  return `^${letters.charAt(0).toUpperCase()}${letters.slice(1)}`;
}

export function mention({ thing, isKnown }: Mention): string {
  return isKnown ? known(thing) : phrase(thing);
}

/** A thing as it comes in: number or classifier, noun, quality. */
export function phrase(thing: Thing): string {
  const like = quality(thing);
  if (thing.measure !== null) {
    const measure = words.MEASURES[thing.measure];
    return `${counted(`se·${measure}`, measure, thing.count)} ${words.STAPLES[thing.noun]}${like}`;
  }
  const { classifier, one } = words.THINGS[thing.noun];
  return `${counted(`${classifier} ${one}`, one, thing.count)}${like}`;
}

function counted(one: string, several: string, count: number): string {
  return count === 1 ? one : `${words.NUMBERS[count] ?? count} ${several}`;
}

function quality({ noun, quality: what }: Thing): string {
  if (what === null) return '';
  return ` ${what === 'old' && thingClass(noun) !== 'nature' ? words.OLD_OF_MADE : words.QUALITIES[what]}`;
}

export function known(thing: Thing): string {
  return `${bare(thing)} itu`;
}

/** Said twice where there are several and no number says so. */
export function bare({ noun, measure, count }: Thing): string {
  if (measure !== null) return words.STAPLES[noun];
  const { one, many } = words.THINGS[noun];
  return count === 1 ? one : many;
}

export function animalsOf({ animal, count, quality: what }: Animals): string {
  const noun = words.ANIMALS[animal];
  return `${counted(`se·ekor ${noun}`, noun, count)} ${words.QUALITIES[what]}`;
}

/** At the head of a sentence, where no digits may stand. */
export function leading(animals: Animals): string {
  return `${animals.count < words.NUMBERS.length ? '' : 'ada|'}${animalsOf(animals)}`;
}

export function list(items: readonly string[]): string {
  if (items.length < 3) return items.join(' dan ');
  return `${items.slice(0, -1).join(' , ')} , dan ${items.at(-1)}`;
}
