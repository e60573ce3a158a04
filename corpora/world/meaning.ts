/** What a story says, sentence by sentence, before any language. Languages say it: `corpora/languages/`. */

import type {
  Animal,
  Behaviour,
  CountedName,
  Day,
  DayPart,
  Dealing,
  Deed,
  Feeling,
  Gift,
  Kin,
  Measure,
  Month,
  Motion,
  Place,
  Quality,
  Saying,
  StapleName,
  Theft,
  Trade,
  Weather,
} from './concepts.ts';

/** Of the whole story: what happened, what happens again and again, what will happen. */
export type Tense = 'past' | 'present' | 'future';

export type Person = {
  /** 0 … NAME_COUNT − 1. */
  readonly name: number;
  /** What the person is, or is to the hero of the story; said where the person comes in. */
  readonly is: { readonly trade: Trade } | { readonly kin: Kin; readonly hero: number };
  readonly age: number | null;
  /** The syllables of the village that the person is from. */
  readonly from: readonly number[] | null;
};

/** `pronoun`: the subject of the sentence before this one. `new`: introduced here, with what the person is. */
export type Who = { readonly person: Person; readonly as: 'new' | 'name' | 'pronoun' };

/** 1 to 99 of a thing, or of a measure of it; languages have words up to nine, and digits from ten on. */
export type Thing =
  | {
      readonly noun: CountedName;
      readonly measure: null;
      readonly count: number;
      readonly quality: Quality | null;
    }
  | {
      readonly noun: StapleName;
      readonly measure: Measure;
      readonly count: number;
      readonly quality: Quality | null;
    };

/** A thing that comes up for the first time, or one that the story knows: then its noun alone says which. */
export type Mention = { readonly thing: Thing; readonly isKnown: boolean };

export type Animals = { readonly animal: Animal; readonly count: number; readonly quality: Quality };

/** Last, every or next Tuesday, as the story's tense says; or a date, with its year unless it comes again every year. */
export type When =
  | { readonly day: Day; readonly part: DayPart }
  | { readonly date: number; readonly month: Month; readonly year: number | null };

/** Hours 6 to 17. */
export type Clock = { readonly hour: number; readonly minute: number };

/** A place that every story knows, or a village by the syllables of its name. */
export type Destination = { readonly place: Place } | { readonly village: readonly number[] };

export type Speech =
  | { readonly kind: 'need'; readonly thing: Thing }
  | { readonly kind: 'feeling'; readonly feeling: Feeling }
  | { readonly kind: 'invite'; readonly place: Place; readonly at: Clock }
  | { readonly kind: 'warn'; readonly animals: Animals; readonly place: Place }
  /** A known thing. */
  | { readonly kind: 'ask who has'; readonly thing: Thing }
  | { readonly kind: 'ask price'; readonly thing: Thing }
  | { readonly kind: 'price'; readonly coins: number }
  | { readonly kind: 'weather'; readonly weather: Weather };

export type Sentence =
  /** The first of a story. */
  | {
      readonly kind: 'opening';
      readonly tense: Tense;
      readonly when: When;
      readonly who: Who;
      readonly place: Place;
    }
  | { readonly kind: 'has'; readonly tense: Tense; readonly who: Who; readonly things: readonly Thing[] }
  | { readonly kind: 'wants'; readonly tense: Tense; readonly who: Who; readonly thing: Thing }
  | {
      readonly kind: 'goes';
      readonly tense: Tense;
      readonly who: Who;
      readonly motion: Motion;
      readonly to: Destination;
      readonly at: Clock | null;
    }
  | {
      readonly kind: 'deals';
      readonly tense: Tense;
      readonly who: Who;
      readonly dealing: Dealing;
      readonly other: Who;
      readonly at: Clock | null;
    }
  | {
      readonly kind: 'does';
      readonly tense: Tense;
      readonly who: Who;
      readonly deed: Deed;
      readonly mention: Mention;
      readonly coins: number | null;
    }
  /** The thing is known. */
  | {
      readonly kind: 'gives';
      readonly tense: Tense;
      readonly who: Who;
      readonly gift: Gift;
      readonly thing: Thing;
      readonly to: Who;
    }
  | {
      readonly kind: 'says';
      readonly tense: Tense;
      readonly who: Who;
      readonly saying: Saying;
      readonly speech: Speech;
    }
  /** An answer to who has a thing; holder null: nobody does. Follows the question at once. */
  | {
      readonly kind: 'answers';
      readonly tense: Tense;
      readonly who: Who;
      readonly holder: Person | null;
      readonly thing: Thing;
    }
  | { readonly kind: 'feels'; readonly tense: Tense; readonly who: Who; readonly feeling: Feeling }
  | {
      readonly kind: 'animals do';
      readonly tense: Tense;
      readonly animals: Animals;
      readonly behaviour: Behaviour;
      readonly place: Place;
      readonly at: Clock | null;
    }
  /** An animal gets hold of a known thing of somebody. */
  | {
      readonly kind: 'animal takes';
      readonly tense: Tense;
      readonly animals: Animals;
      readonly theft: Theft;
      readonly thing: Thing;
      readonly owner: Who;
    }
  | {
      readonly kind: 'there are';
      readonly tense: Tense;
      readonly place: Place;
      readonly things: readonly Thing[];
    }
  | { readonly kind: 'weather'; readonly tense: Tense; readonly weather: Weather; readonly part: DayPart }
  /** What somebody has now, counted together: what was had, and what has come and gone since. */
  | {
      readonly kind: 'still has';
      readonly tense: Tense;
      readonly who: Who;
      readonly things: readonly Thing[];
    }
  /** The last of a story. */
  | {
      readonly kind: 'ending';
      readonly tense: Tense;
      readonly who: Who;
      readonly part: DayPart;
      readonly place: Place;
      readonly feeling: Feeling;
    };
