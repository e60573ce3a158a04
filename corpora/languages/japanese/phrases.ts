/** Japanese phrases: things and animals with their counters, people, places, times. */

import { MONTHS, type Place } from '../../world/concepts.ts';
import type {
  Animals,
  Clock,
  Destination,
  Mention,
  Person,
  Tense,
  Thing,
  When,
  Who,
} from '../../world/meaning.ts';
import { AGED, QUALITIES } from './states.ts';
import * as words from './words.ts';

/** 二·冊, 三·つ, 15·個. */
function quantity(counter: string, count: number): string {
  if (count < 10) return `${words.NUMERALS[count]}·${counter}`;
  return `${count}·${counter === 'つ' ? '個' : counter}`;
}

/** What stands before the counter, and the counter with its number. One is not said, except of measures. */
function parts({ noun, measure, count, quality }: Thing): readonly [noun: string, quantity: string] {
  const like = quality === null ? '' : `${QUALITIES[quality]} `;
  if (measure !== null) {
    const cooks = measure === 'pot' && words.COOKED.has(noun);
    return [like + words.STAPLES[noun], quantity(cooks ? words.COOKING_POT : words.MEASURES[measure], count)];
  }
  const [word, counter] = words.THINGS[noun];
  return [like + word, count === 1 ? '' : quantity(counter, count)];
}

/** New things with their particle. One alone has its number behind the particle, as an adverb: 本を|二冊. */
export function newThings(things: readonly Thing[], particle: string): string {
  const [first] = things;
  if (first && things.length === 1) return floating(parts(first), particle);
  const listed = things.map((thing) => {
    const [noun, number] = parts(thing);
    return number === '' ? noun : `${noun} ${number}`;
  });
  return `${joined(listed)} ${particle}`;
}

function floating([noun, number]: readonly [noun: string, quantity: string], particle: string): string {
  return number === '' ? `${noun} ${particle}` : `${noun} ${particle}|${number}`;
}

export function knownThings(things: readonly Thing[], particle: string): string {
  return `${joined(things.map(known))} ${particle}`;
}

/** The noun alone. */
export function known({ noun, measure }: Thing): string {
  return measure === null ? words.THINGS[noun][0] : words.STAPLES[noun];
}

/**
 * A thing that something is done with. A known one is the noun alone: 本を. A new one has a number or a quality; where it is one of no
 * quality, the number is said: 本を一冊.
 */
export function object({ thing, isKnown }: Mention): string {
  if (isKnown) return `${known(thing)} を`;
  if (thing.measure !== null || thing.count > 1 || thing.quality !== null) return newThings([thing], 'を');
  const [noun, counter] = words.THINGS[thing.noun];
  return floating([noun, quantity(counter, 1)], 'を');
}

/** 黒い犬 and 二匹, which is left out of one. */
function animalParts({ animal, count, quality }: Animals): readonly [noun: string, quantity: string] {
  const [word, counter] = words.ANIMALS[animal];
  const like = quality === 'old' ? AGED : QUALITIES[quality];
  return [`${like} ${word}`, count === 1 ? '' : quantity(counter, count)];
}

export function animalsDo(animals: Animals): string {
  const [noun, number] = animalParts(animals);
  return number === '' ? `${noun} が` : `${noun} ${number} が`;
}

export function animalsAreThere(animals: Animals): string {
  return floating(animalParts(animals), 'が');
}

/** Two with と between, more with commas. */
function joined(items: readonly string[]): string {
  return items.join(items.length === 2 ? ' と ' : ' 、 ');
}

export function nameOf(person: Person): string {
  return words.NAMES[person.name] ?? '';
}

/** Who acts, as the topic; who acted last is left out. */
export function topic(who: Who): string {
  return who.as === 'pronoun' ? '' : `${introduced(who, null)} は|`;
}

/**
 * By name, and for somebody new with what the person is: バミ村の農民の葵(34), 健の姉、バミ村の葵. Of the kin of the one who acts
 * the sentence does not say whose: 姉の葵, バミ村の姉の葵.
 */
export function introduced({ person, as }: Who, actor: Person | null): string {
  const name = nameOf(person);
  if (as !== 'new') return name;
  const aged = person.age === null ? name : `${name} ( ${person.age} )`;
  const from = person.from === null ? '' : `${village(person.from)} の `;
  if ('trade' in person.is) return `${from}${words.TRADES[person.is.trade]} の ${aged}`;
  const kin = words.KIN[person.is.kin];
  if (person.is.hero === actor?.name) return `${from}${kin} の ${aged}`;
  const whose = `${words.NAMES[person.is.hero]} の ${kin}`;
  return from === '' ? `${whose} の ${aged}` : `${whose} 、 ${from}${aged}`;
}

function village(syllables: readonly number[]): string {
  let name = '^';
  for (const one of syllables) name += words.SYLLABLES[one];
  return `${name}·村`;
}

export function destination(to: Destination): string {
  return 'village' in to ? village(to.village) : words.PLACES[to.place];
}

/** Where one is. */
export function location(place: Place): string {
  return words.BESIDE[place] ?? words.PLACES[place];
}

export function near(place: Place): string {
  return `${words.PLACES[place]} の 近く`;
}

const WEEKS: Readonly<Record<Tense, string>> = { past: '先週', present: '毎週', future: '来週' };

export function when(time: When, tense: Tense): string {
  if ('day' in time) return `${WEEKS[tense]} ${words.DAYS[time.day]} の ${words.DAY_PARTS[time.part]} 、|`;
  const year = time.year === null ? '毎年' : `${time.year}·年`;
  return `${year} ${MONTHS.indexOf(time.month) + 1}·月 ${time.date}·日 、|`;
}

export function at(time: Clock | null): string {
  return time === null ? '' : `${clock(time)} に|`;
}

/** 7·時 17·分. */
export function clock({ hour, minute }: Clock): string {
  return `${hour}·時 ${minute}·分`;
}
