/** How likely each thing is: every number of the world that is a matter of taste. Other numbers make other texts. */

import {
  ANIMAL_NAMES,
  animalTheme,
  belongsTo,
  DEED_NAMES,
  deedFacts,
  PLACE_NAMES,
  placesOf,
  THEMES,
  THING_NAMES,
  type Theme,
  TRADE_NAMES,
  thingClass,
  tradeTheme,
} from './concepts.ts';

/** How much likelier than others is what belongs to the story's theme. */
export const THEME_WEIGHT = 8;
/** Sentences before a story may end. */
export const LEAST_SENTENCES = 6;
export const MOST_PEOPLE = 6;
export const NEW_PERSON_WEIGHT = 5;
export const KNOWN_PERSON_WEIGHT = 2;
export const MOST_THINGS_AT_ONCE = 4;
/** One to nine, and more: 10 to 99, evenly. */
export const COUNT_WEIGHTS = [12, 4, 4, 3, 3, 2, 2, 2, 2, 18];
export const MANY = 10;
export const MOST_OF_A_THING = 99;
/** Without a quality, with one. */
export const QUALITY_WEIGHTS = [1, 5];
/** Of what is gained where something known is free: something new, or what is known. */
export const KNOWN_WEIGHTS = [7, 2];
/** Whether somebody new says which village they are from: no, yes. */
export const VILLAGER_WEIGHTS = [1, 2];
/** Whether somebody goes to a place of the story, or to a village. */
export const VILLAGE_WEIGHTS = [3, 2];
export const LEAST_COINS = 3;
export const MOST_COINS = 999;
export const PAST_YEARS = 1900;
export const FUTURE_YEARS = 2030;
export const YEARS = 120;
/** Days of a month that every month has. */
export const DATES = 28;
export const LEAST_AGE = 9;
export const AGES = 80;

export const KINDS = [
  'has',
  'wants',
  'goes',
  'deals',
  'does',
  'gives',
  'says',
  'feels',
  'animals do',
  'animal takes',
  'there are',
  'weather',
  'still has',
  'ending',
] as const;
export type Kind = (typeof KINDS)[number];

/** Weights of what may come next, where it can. */
export const KIND_WEIGHTS: Readonly<Record<Kind, number>> = {
  has: 14,
  wants: 8,
  goes: 13,
  deals: 26,
  does: 30,
  gives: 4,
  says: 11,
  feels: 4,
  'animals do': 10,
  'animal takes': 4,
  'there are': 15,
  weather: 2,
  'still has': 1,
  ending: 9,
};

export const SPEECHES = [
  'need',
  'feeling',
  'invite',
  'warn',
  'ask who has',
  'ask price',
  'price',
  'weather',
] as const;
export const SPEECH_WEIGHTS = [10, 1, 7, 7, 2, 1, 4, 1];

/** Weights by theme, made once: a theme's own come more often. */
function byTheme<T>(
  all: readonly T[],
  isOf: (one: T, theme: Theme) => boolean,
): Readonly<Record<Theme, readonly number[]>> {
  const weigh = (theme: Theme) => all.map((one) => (isOf(one, theme) ? THEME_WEIGHT : 1));
  return Object.fromEntries(THEMES.map((theme) => [theme, weigh(theme)])) as Record<Theme, number[]>;
}

export const TRADES_BY_THEME = byTheme(TRADE_NAMES, (trade, theme) => tradeTheme(trade) === theme);
export const ANIMALS_BY_THEME = byTheme(ANIMAL_NAMES, (animal, theme) => animalTheme(animal) === theme);
export const THINGS_BY_THEME = byTheme(THING_NAMES, belongsTo);
export const PLACES_BY_THEME = byTheme(PLACE_NAMES, (place, theme) => placesOf(theme).includes(place));
export const CLASSES = THING_NAMES.map(thingClass);
export const DEEDS = DEED_NAMES.map((deed) => ({ deed, ...deedFacts(deed) }));
