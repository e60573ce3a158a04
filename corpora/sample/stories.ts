/** What the sample says, before any language: a story is a handful of clauses about one or two characters. */

import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import * as words from './words.ts';

export type Tense = 'past' | 'present' | 'future' | 'perfect' | 'did not' | 'will not';

export type Character = {
  readonly who: words.Animate;
  readonly isMany: boolean;
  /** How many, 2 to 5, as an index into NUMBERS; null where it is not said. */
  readonly number: number | null;
  readonly adjective: words.Adjective | null;
};

export type Thing = {
  readonly what: words.Thing;
  readonly isMany: boolean;
  readonly number: number | null;
  readonly adjective: words.Adjective | null;
};

export type Complement =
  | { readonly kind: 'thing'; readonly thing: Thing }
  | { readonly kind: 'stuff'; readonly stuff: words.Stuff }
  | { readonly kind: 'character'; readonly character: Character };

export type Clause = {
  readonly subject: Character;
  readonly verb: words.Verb;
  readonly object: Complement | null;
  readonly place: words.Place | null;
  /** Whether the verb is one of motion, so that the place is where it leads. */
  readonly isMove: boolean;
};

export type Sentence =
  | {
      readonly kind: 'tell';
      readonly clause: Clause;
      readonly tense: Tense;
      readonly time: words.Time | null;
      readonly isPronoun: boolean;
    }
  | { readonly kind: 'then'; readonly first: Clause; readonly second: Clause; readonly isPronoun: boolean }
  | { readonly kind: 'because'; readonly result: Clause; readonly cause: Clause; readonly isPronoun: boolean }
  | {
      readonly kind: 'in vain';
      readonly seeker: Character;
      readonly thing: Thing;
      readonly place: words.Place;
      readonly isPronoun: boolean;
    }
  | {
      readonly kind: 'has';
      readonly owner: Character;
      readonly object: Complement;
      readonly isPronoun: boolean;
    }
  | { readonly kind: 'there were'; readonly thing: Thing; readonly place: words.Place }
  | {
      readonly kind: 'says';
      readonly speaker: Character;
      readonly saying: words.Time;
      readonly isPronoun: boolean;
    }
  | { readonly kind: 'scene'; readonly scene: words.Time };

/** Draws stories without end; the same seed draws the same stories. */
export class StoryTeller {
  private readonly generator: ReturnType<typeof xoroshiro128plus>;

  constructor(seed: number) {
    this.generator = xoroshiro128plus(seed);
  }

  story(): Sentence[] {
    const hero = this.person();
    const friend = this.person(hero.who);
    const sentences: Sentence[] = [];
    const length = 3 + this.below(4);
    let isHeroKnown = false;
    for (let i = 0; i < length; i++) {
      const isHero = i === 0 || this.chance(0.7);
      const sentence = this.sentence(isHero ? hero : friend, isHero ? friend : hero, isHero && isHeroKnown);
      isHeroKnown = isHero && sentence.kind !== 'scene' && sentence.kind !== 'there were';
      sentences.push(sentence);
    }
    return sentences;
  }

  private sentence(subject: Character, other: Character, isKnown: boolean): Sentence {
    const isPronoun = isKnown && this.chance(0.6);
    const kind = this.below(20);
    if (kind < 7) return this.telling(subject, other, isPronoun);
    if (kind < 11) {
      return {
        kind: 'then',
        first: this.clause(subject, other),
        second: this.clause(subject, other),
        isPronoun,
      };
    }
    if (kind < 13) {
      return { kind: 'because', result: this.doing(subject), cause: this.clause(other, subject), isPronoun };
    }
    if (kind < 14) {
      return {
        kind: 'in vain',
        seeker: subject,
        thing: this.thing('any'),
        place: this.one(words.PLACES),
        isPronoun,
      };
    }
    if (kind < 16) return { kind: 'has', owner: subject, object: this.belonging(), isPronoun };
    if (kind < 17) return { kind: 'there were', thing: this.someThings(), place: this.one(words.PLACES) };
    if (kind < 19) return { kind: 'says', speaker: subject, saying: this.one(words.SAYINGS), isPronoun };
    return { kind: 'scene', scene: this.one(words.SCENES) };
  }

  private telling(subject: Character, other: Character, isPronoun: boolean): Sentence {
    const tenses: readonly Tense[] = [
      'past',
      'past',
      'past',
      'present',
      'future',
      'perfect',
      'did not',
      'will not',
    ];
    const tense = this.one(tenses);
    const times = { past: words.PAST_TIMES, present: words.PRESENT_TIMES, future: words.FUTURE_TIMES };
    const time =
      tense === 'past' || tense === 'present' || tense === 'future'
        ? this.chance(0.5)
          ? this.one(times[tense])
          : null
        : null;
    return { kind: 'tell', clause: this.clause(subject, other), tense, time, isPronoun };
  }

  private clause(subject: Character, other: Character): Clause {
    const kind = this.below(10);
    if (kind < 5) return this.deed(subject);
    if (kind < 6) return this.doing(subject);
    if (kind < 8) {
      const place = this.one(words.PLACES);
      return { subject, verb: this.one(words.MOVES), object: null, place, isMove: true };
    }
    const verb = this.one(words.DEALINGS);
    const isAnimal = verb.takes === 'animal' || (verb.takes === 'any' && this.chance(0.5));
    const character = isAnimal ? this.animal() : other;
    return {
      subject,
      verb,
      object: { kind: 'character', character },
      place: this.perhapsPlace(),
      isMove: false,
    };
  }

  private deed(subject: Character): Clause {
    const verb = this.one(words.DEEDS);
    const stuffs = words.STUFFS.filter((stuff) => fits(stuff.uses, verb.takes));
    const things = words.THINGS.filter((thing) => fits(thing.uses, verb.takes));
    const pick = this.below(stuffs.length + things.length);
    const stuff = stuffs[pick];
    const object: Complement = stuff
      ? { kind: 'stuff', stuff }
      : { kind: 'thing', thing: this.thing(verb.takes) };
    return { subject, verb, object, place: this.perhapsPlace(), isMove: false };
  }

  private doing(subject: Character): Clause {
    return { subject, verb: this.one(words.DOINGS), object: null, place: this.perhapsPlace(), isMove: false };
  }

  private belonging(): Complement {
    return this.chance(0.5)
      ? { kind: 'character', character: this.animal() }
      : { kind: 'thing', thing: this.thing('any') };
  }

  private thing(takes: string): Thing {
    const what = this.one(words.THINGS.filter((thing) => fits(thing.uses, takes)));
    const isMany = this.chance(0.35);
    const number = isMany && this.chance(0.5) ? this.below(words.NUMBERS.length) : null;
    return { what, isMany, number, adjective: this.chance(0.3) ? this.one(words.ADJECTIVES) : null };
  }

  private someThings(): Thing {
    const thing = this.thing('any');
    return { ...thing, isMany: true, number: this.below(words.NUMBERS.length) };
  }

  private person(except?: words.Animate): Character {
    const all = [...words.NAMES, ...words.PEOPLE].filter((who) => who !== except);
    const who = this.one(all);
    const isMany = !who.isName && this.chance(0.3);
    const number = isMany && this.chance(0.3) ? this.below(words.NUMBERS.length) : null;
    return { who, isMany, number, adjective: null };
  }

  private animal(): Character {
    const isMany = this.chance(0.3);
    const number = isMany ? this.below(words.NUMBERS.length) : null;
    // "New" and "heavy" are for things.
    const adjective = this.chance(0.4) ? this.one(words.ADJECTIVES.slice(0, 6)) : null;
    return { who: this.one(words.ANIMALS), isMany, number, adjective };
  }

  private perhapsPlace(): words.Place | null {
    return this.chance(0.35) ? this.one(words.PLACES) : null;
  }

  private one<T>(list: readonly T[]): T {
    const chosen = list[this.below(list.length)];
    if (chosen === undefined) throw new RangeError('nothing to choose from');
    return chosen;
  }

  private below(count: number): number {
    return uniformInt(this.generator, 0, count - 1);
  }

  private chance(probability: number): boolean {
    return this.below(1000) < probability * 1000;
  }
}

function fits(uses: readonly string[], takes: string): boolean {
  return takes === 'any' || uses.includes(takes);
}
