/** What is drawn without a look at the story so far: persons, animals, things as such, places, times and numbers. */

import type { Chooser } from './chooser.ts';
import {
  ANIMAL_NAMES,
  ANIMAL_QUALITIES,
  DAY_PARTS,
  DAYS,
  genderOf,
  isStaple,
  KIN,
  KIN_NAMES,
  MONTHS,
  measuresOf,
  NAME_COUNT,
  PLACE_NAMES,
  type Place,
  qualitiesOf,
  SYLLABLE_COUNT,
  THING_NAMES,
  type Theme,
  TRADE_NAMES,
} from './concepts.ts';
import type { Animals, Clock, Person, Tense, Thing, When } from './meaning.ts';
import * as odds from './odds.ts';

const TENSES: readonly Tense[] = ['past', 'present', 'future'];

/** One of a list, all equally likely. */
export function of<T>(all: readonly T[], chooser: Chooser): T {
  return at(all, chooser.one(all.length));
}

/** One of a list, by weights. */
function by<T>(all: readonly T[], weights: readonly number[], chooser: Chooser): T {
  return at(all, chooser.pick(weights));
}

function at<T>(all: readonly T[], index: number): T {
  const one = all[index];
  if (one === undefined) throw new RangeError(`option ${index} of ${all.length}`);
  return one;
}

export function tense(chooser: Chooser): Tense {
  return of(TENSES, chooser);
}

export function when(chooser: Chooser, ofStory: Tense): When {
  if (chooser.one(2) === 0) return { day: of(DAYS, chooser), part: of(DAY_PARTS, chooser) };
  return { date: 1 + chooser.one(odds.DATES), month: of(MONTHS, chooser), year: year(chooser, ofStory) };
}

/** Years that lie behind or ahead; what happens again and again happens in no year. */
function year(chooser: Chooser, ofStory: Tense): number | null {
  if (ofStory === 'present') return null;
  return (ofStory === 'past' ? odds.PAST_YEARS : odds.FUTURE_YEARS) + chooser.one(odds.YEARS);
}

export function clock(chooser: Chooser): Clock {
  return { hour: 6 + chooser.one(12), minute: chooser.one(60) };
}

export function perhapsClock(chooser: Chooser): Clock | null {
  return chooser.one(2) === 0 ? clock(chooser) : null;
}

export function coins(chooser: Chooser): number {
  return odds.LEAST_COINS + chooser.one(odds.MOST_COINS - odds.LEAST_COINS + 1);
}

/** The syllables of a village's name, two or three. */
export function village(chooser: Chooser): readonly number[] {
  return Array.from({ length: 2 + chooser.one(2) }, () => chooser.one(SYLLABLE_COUNT));
}

/** Where a story opens: its theme shows by it, so no theme is likelier than another. */
export function openingPlace(chooser: Chooser): Place {
  return of(PLACE_NAMES, chooser);
}

export function place(chooser: Chooser, theme: Theme): Place {
  return placeBy(chooser, odds.PLACES_BY_THEME[theme]);
}

export function placeBy(chooser: Chooser, weights: readonly number[]): Place {
  return by(PLACE_NAMES, weights, chooser);
}

/** A person by a name that is not among `taken`, whose first is the hero's: others may be the hero's kin. */
export function person(chooser: Chooser, theme: Theme, taken: readonly number[]): Person {
  const weights = new Array<number>(NAME_COUNT).fill(1);
  for (const name of taken) weights[name] = 0;
  const name = chooser.pick(weights);
  const [hero] = taken;
  const is =
    hero !== undefined && chooser.one(2) === 0
      ? { kin: of(KIN_OF[genderOf(name)], chooser), hero }
      : { trade: by(TRADE_NAMES, odds.TRADES_BY_THEME[theme], chooser) };
  const age = chooser.one(2) === 0 ? odds.LEAST_AGE + chooser.one(odds.AGES) : null;
  const from = chooser.pick(odds.VILLAGER_WEIGHTS) === 0 ? null : village(chooser);
  return { name, is, age, from };
}

const KIN_OF = {
  woman: KIN_NAMES.filter((kin) => KIN[kin] !== 'man'),
  man: KIN_NAMES.filter((kin) => KIN[kin] !== 'woman'),
};

/** A thing, how many of it, and what it is like; the weights are those of THING_NAMES. */
export function thing(chooser: Chooser, weights: readonly number[]): Thing {
  const number = count(chooser);
  const noun = by(THING_NAMES, weights, chooser);
  const measure = isStaple(noun) ? of(measuresOf(noun), chooser) : null;
  const quality = chooser.pick(odds.QUALITY_WEIGHTS) === 0 ? null : of(qualitiesOf(noun), chooser);
  return { noun, measure, count: number, quality } as Thing;
}

export function animals(chooser: Chooser, theme: Theme): Animals {
  const number = count(chooser);
  const animal = by(ANIMAL_NAMES, odds.ANIMALS_BY_THEME[theme], chooser);
  return { animal, count: number, quality: of(ANIMAL_QUALITIES, chooser) };
}

function count(chooser: Chooser): number {
  const number = 1 + chooser.pick(odds.COUNT_WEIGHTS);
  return number < odds.MANY ? number : odds.MANY + chooser.one(odds.MOST_OF_A_THING - odds.MANY + 1);
}
