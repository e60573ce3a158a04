/** What sentences are made of: things, people, time. */

import { CONSONANTS, thingClass, VOWELS } from '../../world/concepts.ts';
import type { Animals, Clock, Person, Tense, Thing, When, Who } from '../../world/meaning.ts';
import { of } from './concords.ts';
import { counted, type Form } from './nouns.ts';
import type { Verb } from './verbs.ts';
import * as words from './words.ts';

/** A thing as it comes in: noun, quality, number; of what is measured, so much of it. */
export function phrase({ noun, measure, count, quality }: Thing): string {
  const like = quality === null ? null : words.QUALITIES[quality];
  if (measure === null) return counted(words.THINGS[noun], count, like);
  const container = words.MEASURES[measure];
  const { word, of: staple } = words.STAPLES[noun];
  const link = of((count === 1 ? container.one : container.many).of);
  return `${counted(container, count, null)} ${link} ${word}${like === null ? '' : ` ${like.forms[staple]}`}`;
}

/** A known thing: its noun, by which the story knows it, and what agrees with it. */
export function known({ noun, measure, count }: Thing): Form {
  if (measure !== null) return words.STAPLES[noun];
  const { one, many } = words.THINGS[noun];
  return count === 1 ? one : many;
}

export function bare(thing: Thing): string {
  return known(thing).word;
}

/** Clothes are not washed as other things are. */
export function washing({ noun }: Thing): Verb {
  const isCloth = thingClass(noun) === 'wear' && noun !== 'shoe' && noun !== 'belt';
  return isCloth ? words.WASH_CLOTHES : words.DEEDS.wash;
}

export function animalsOf({ animal, count, quality }: Animals): string {
  const like = words.QUALITIES_OF_ANIMALS[quality] ?? words.QUALITIES[quality];
  return counted(words.ANIMALS[animal], count, like);
}

export function list(items: readonly string[]): string {
  if (items.length < 2) return items[0] ?? '';
  return `${items.slice(0, -1).join(' , ')} na ${items.at(-1)}`;
}

export function nameOf(person: Person): string {
  return words.NAMES[person.name] ?? '';
}

/** The constituent that a sentence begins with; the verb alone says who does it when that is clear. */
export function subject({ person, as }: Who): string {
  return as === 'pronoun' ? '' : `${nameOf(person)}|`;
}

/** By name, and for somebody new with what the person is, between commas. */
export function introduced({ person, as }: Who, goesOn: boolean): string {
  const name = nameOf(person);
  if (as !== 'new') return name;
  const from = person.from === null ? '' : ` w·a ${village(person.from)}`;
  const age = person.age === null ? '' : ` w·a mi·aka ${person.age}`;
  const is =
    'trade' in person.is
      ? `${words.TRADES[person.is.trade]}${age}`
      : `${words.KIN[person.is.kin]}${age} w·a ${words.NAMES[person.is.hero]}`;
  return `${name}${from} , ${is}${goesOn ? ' ,' : ''}`;
}

/** The letters of a village's syllables, with a capital. */
export function village(syllables: readonly number[]): string {
  let letters = '';
  for (const one of syllables)
    letters += `${CONSONANTS[Math.floor(one / VOWELS.length)]}${VOWELS[one % VOWELS.length]}`;
  return `^${letters.charAt(0).toUpperCase()}${letters.slice(1)}`;
}

export function when(time: When, tense: Tense): string {
  const each = tense === 'present' ? 'kila ' : '';
  if ('day' in time) return `${each}${words.DAYS[time.day]} ${words.PARTS[time.part]}`;
  const year = time.year === null ? '' : ` ${time.year}`;
  return `${each}tarehe ${time.date} ${words.MONTHS[time.month]}${year}`;
}

/** The hours of the day are counted from its beginning at six. */
export function clock({ hour, minute }: Clock): string {
  return `saa ${hour === 6 ? 12 : hour - 6}:${minute < 10 ? '0' : ''}${minute}`;
}

export function at(time: Clock | null): string {
  return time === null ? '' : `|${clock(time)}`;
}
