/**
 * A story as it unfolds: who is in it, who holds what, who is where. From this follows what can be said next, and how likely
 * each of it is. The program below makes every choice through a {@link Chooser}, and no choice that cannot be seen in the
 * sentence it leads to; so the weights of the choices are the probability of the text.
 */

import type { Chooser } from './chooser.ts';
import {
  BEHAVIOURS,
  DAY_PARTS,
  DEALINGS,
  type Feeling,
  GIFTS,
  GLAD,
  MOTIONS,
  PLACE_NAMES,
  type Place,
  placesOf,
  SAYINGS,
  SORRY,
  THEFTS,
  THEMES,
  THING_NAMES,
  type Theme,
  type ThingClass,
  thingClass,
  WEATHERS,
} from './concepts.ts';
import * as draw from './draws.ts';
import type { Person, Sentence, Speech, Tense, Thing, Who } from './meaning.ts';
import * as odds from './odds.ts';

type Cast = { readonly person: Person; place: Place };
type Item = {
  readonly thing: Thing;
  /** Index into the cast; −1: nobody. */
  holder: number;
};

export class Story {
  #tense: Tense = 'past';
  #theme: Theme = 'market';
  readonly #cast: Cast[] = [];
  readonly #items: Item[] = [];
  /** The subject of the last sentence, whom a pronoun may stand for; −1: nobody. */
  #subject = -1;
  /** Who has a reason to feel something, and which. */
  #mood: { readonly who: number; readonly glad: boolean } | null = null;
  /** A question that the next sentence answers. */
  #asked: { readonly asker: number; readonly item: number } | null = null;
  #changed = false;
  #sentences = 0;
  #hasEnded = false;

  /** A copy that goes its own way. */
  copy(): Story {
    const copy = new Story();
    copy.#tense = this.#tense;
    copy.#theme = this.#theme;
    for (const { person, place } of this.#cast) copy.#cast.push({ person, place });
    for (const { thing, holder } of this.#items) copy.#items.push({ thing, holder });
    copy.#subject = this.#subject;
    copy.#mood = this.#mood;
    copy.#asked = this.#asked;
    copy.#changed = this.#changed;
    copy.#sentences = this.#sentences;
    copy.#hasEnded = this.#hasEnded;
    return copy;
  }

  /** The next sentence; null after the last. */
  next(chooser: Chooser): Sentence | null {
    if (this.#hasEnded) return null;
    this.#sentences++;
    if (this.#sentences === 1) return this.#opening(chooser);
    if (this.#asked) return this.#answer(chooser, this.#asked);
    const weights = odds.KINDS.map((one) => (this.#canBe(one) ? odds.KIND_WEIGHTS[one] : 0));
    const kind = odds.KINDS[chooser.pick(weights)];
    switch (kind) {
      case 'has': {
        const who = this.#subjectOf(chooser, (index) => !this.#holds(index));
        return { kind, tense: this.#tense, who: this.#who(who), things: this.#newThings(chooser, who) };
      }
      case 'wants': {
        const who = this.#subjectOf(chooser, () => true);
        const thing = this.#newThing(chooser, this.#thingWeights(null), -1);
        return { kind, tense: this.#tense, who: this.#who(who), thing };
      }
      case 'goes':
        return this.#goes(chooser);
      case 'deals':
        return this.#deals(chooser);
      case 'does':
        return this.#does(chooser);
      case 'gives':
        return this.#gives(chooser);
      case 'says':
        return this.#says(chooser);
      case 'feels': {
        const who = this.#mood?.who ?? this.#subjectOf(chooser, () => true);
        return { kind, tense: this.#tense, who: this.#who(who), feeling: this.#feeling(chooser, who) };
      }
      case 'animals do': {
        const animals = draw.animals(chooser, this.#theme);
        const behaviour = draw.of(BEHAVIOURS, chooser);
        const place = this.#nearPlace(chooser);
        this.#subject = -1;
        return { kind, tense: this.#tense, animals, behaviour, place, at: draw.perhapsClock(chooser) };
      }
      case 'animal takes':
        return this.#animalTakes(chooser);
      case 'there are': {
        const place = this.#nearPlace(chooser);
        const things = this.#newThings(chooser, -1);
        this.#subject = -1;
        return { kind, tense: this.#tense, place, things };
      }
      case 'weather': {
        this.#subject = -1;
        const weather = draw.of(WEATHERS, chooser);
        return { kind, tense: this.#tense, weather, part: draw.of(DAY_PARTS, chooser) };
      }
      case 'still has': {
        const who = this.#subjectOf(chooser, (index) => this.#holds(index));
        this.#changed = false;
        const things = this.#items.filter(({ holder }) => holder === who).map(({ thing }) => thing);
        return { kind, tense: this.#tense, who: this.#who(who), things };
      }
      default:
        return this.#ending(chooser);
    }
  }

  #canBe(kind: odds.Kind): boolean {
    switch (kind) {
      case 'has':
        return this.#cast.some((_, index) => !this.#holds(index));
      case 'gives':
        return this.#cast.length > 1 && this.#items.some(({ holder }) => holder >= 0);
      case 'animal takes':
        return this.#items.some(({ holder }) => holder >= 0);
      case 'still has':
        return this.#changed && this.#items.some(({ holder }) => holder >= 0);
      case 'ending':
        return this.#sentences > odds.LEAST_SENTENCES;
      default:
        return true;
    }
  }

  #opening(chooser: Chooser): Sentence {
    this.#tense = draw.tense(chooser);
    const when = draw.when(chooser, this.#tense);
    const place = draw.openingPlace(chooser);
    this.#theme = THEMES.find((theme) => placesOf(theme).includes(place)) ?? 'market';
    const person = draw.person(chooser, this.#theme, []);
    this.#cast.push({ person, place });
    this.#subject = 0;
    return { kind: 'opening', tense: this.#tense, when, who: { person, as: 'new' }, place };
  }

  #goes(chooser: Chooser): Sentence {
    const index = this.#subjectOf(chooser, () => true);
    const who = this.#who(index);
    const cast = this.#castOf(index);
    const motion = draw.of(MOTIONS, chooser);
    const at = draw.perhapsClock(chooser);
    if (chooser.pick(odds.VILLAGE_WEIGHTS) === 1)
      return { kind: 'goes', tense: this.#tense, who, motion, to: { village: draw.village(chooser) }, at };
    const weights = odds.PLACES_BY_THEME[this.#theme].map((weight, place) =>
      PLACE_NAMES[place] === cast.place ? 0 : weight,
    );
    cast.place = draw.placeBy(chooser, weights);
    return { kind: 'goes', tense: this.#tense, who, motion, to: { place: cast.place }, at };
  }

  #deals(chooser: Chooser): Sentence {
    const index = this.#subjectOf(chooser, () => true);
    const who = this.#who(index);
    const dealing = draw.of(DEALINGS, chooser);
    const at = draw.perhapsClock(chooser);
    const other = this.#other(chooser, index, true);
    return { kind: 'deals', tense: this.#tense, who, dealing, other, at };
  }

  #does(chooser: Chooser): Sentence {
    const index = this.#subjectOf(chooser, () => true);
    const who = this.#who(index);
    const held = this.#items.filter(({ holder }) => holder === index);
    const deedWeights = odds.DEEDS.map(({ effect, takes }) => {
      if (effect === 'gain') return 4;
      return held.some(({ thing }) => takes === null || takes.includes(thingClass(thing.noun))) ? 2 : 0;
    });
    const { deed, effect, takes, glad, priced } =
      odds.DEEDS[chooser.pick(deedWeights)] ?? (odds.DEEDS[0] as (typeof odds.DEEDS)[number]);
    this.#mood = { who: index, glad };
    this.#changed ||= effect !== 'none';
    let mention: { thing: Thing; isKnown: boolean };
    if (effect === 'gain') {
      mention = this.#gained(chooser, takes, index);
    } else {
      const fit = held.filter(({ thing }) => takes === null || takes.includes(thingClass(thing.noun)));
      const item = fit[chooser.one(fit.length)] as Item;
      if (effect === 'loss') item.holder = -1;
      mention = { thing: item.thing, isKnown: true };
    }
    const coins = priced ? draw.coins(chooser) : null;
    return { kind: 'does', tense: this.#tense, who, deed, mention, coins };
  }

  /** Something new, or a known thing that nobody has. */
  #gained(
    chooser: Chooser,
    takes: readonly ThingClass[] | null,
    holder: number,
  ): { thing: Thing; isKnown: boolean } {
    const free = this.#items.filter(
      ({ thing, holder: whose }) => whose < 0 && (takes === null || takes.includes(thingClass(thing.noun))),
    );
    const isKnown = free.length > 0 && chooser.pick(odds.KNOWN_WEIGHTS) === 1;
    if (!isKnown) return { thing: this.#newThing(chooser, this.#thingWeights(takes), holder), isKnown };
    const item = draw.of(free, chooser);
    item.holder = holder;
    return { thing: item.thing, isKnown };
  }

  #gives(chooser: Chooser): Sentence {
    const index = this.#subjectOf(chooser, (one) => this.#holds(one));
    const who = this.#who(index);
    const gift = draw.of(GIFTS, chooser);
    const held = this.#items.filter(({ holder }) => holder === index);
    const item = held[chooser.one(held.length)] as Item;
    const other = this.#other(chooser, index, false);
    const to = this.#cast.findIndex(({ person }) => person === other.person);
    if (gift !== 'show') {
      item.holder = to;
      this.#changed = true;
    }
    this.#mood = { who: to, glad: true };
    return { kind: 'gives', tense: this.#tense, who, gift, thing: item.thing, to: other };
  }

  #says(chooser: Chooser): Sentence {
    const index = this.#subjectOf(chooser, () => true);
    const who = this.#who(index);
    const saying = draw.of(SAYINGS, chooser);
    return { kind: 'says', tense: this.#tense, who, saying, speech: this.#speech(chooser, index) };
  }

  #speech(chooser: Chooser, speaker: number): Speech {
    const canAsk = this.#items.length > 0 && this.#cast.length > 1;
    const weights = odds.SPEECHES.map((kind, i) => {
      if (kind === 'ask who has') return canAsk ? (odds.SPEECH_WEIGHTS[i] ?? 0) : 0;
      if (kind === 'ask price') return this.#items.length > 0 ? (odds.SPEECH_WEIGHTS[i] ?? 0) : 0;
      return odds.SPEECH_WEIGHTS[i] ?? 0;
    });
    const kind = odds.SPEECHES[chooser.pick(weights)];
    switch (kind) {
      case 'need':
        return { kind, thing: this.#newThing(chooser, this.#thingWeights(null), -1) };
      case 'feeling':
        return { kind, feeling: this.#feeling(chooser, speaker) };
      case 'invite':
        return { kind, place: draw.place(chooser, this.#theme), at: draw.clock(chooser) };
      case 'warn':
        return { kind, animals: draw.animals(chooser, this.#theme), place: this.#nearPlace(chooser) };
      case 'ask who has': {
        const item = chooser.one(this.#items.length);
        this.#asked = { asker: speaker, item };
        return { kind, thing: (this.#items[item] as Item).thing };
      }
      case 'ask price':
        return { kind, thing: (this.#items[chooser.one(this.#items.length)] as Item).thing };
      case 'price':
        return { kind, coins: draw.coins(chooser) };
      default:
        return { kind: 'weather', weather: draw.of(WEATHERS, chooser) };
    }
  }

  /** Says what the story knows: nothing is left to choose but who says it. */
  #answer(chooser: Chooser, { asker, item }: { readonly asker: number; readonly item: number }): Sentence {
    this.#asked = null;
    const index = this.#subjectOf(chooser, (one) => one !== asker);
    const who = this.#who(index);
    const { thing, holder } = this.#items[item] as Item;
    return { kind: 'answers', tense: this.#tense, who, holder: this.#cast[holder]?.person ?? null, thing };
  }

  #animalTakes(chooser: Chooser): Sentence {
    const animals = draw.animals(chooser, this.#theme);
    const theft = draw.of(THEFTS, chooser);
    const held = this.#items.filter(({ holder }) => holder >= 0);
    const item = held[chooser.one(held.length)] as Item;
    const owner = item.holder;
    item.holder = -1;
    this.#mood = { who: owner, glad: false };
    this.#changed = true;
    this.#subject = -1;
    return {
      kind: 'animal takes',
      tense: this.#tense,
      animals,
      theft,
      thing: item.thing,
      owner: { person: this.#castOf(owner).person, as: 'name' },
    };
  }

  #ending(chooser: Chooser): Sentence {
    this.#hasEnded = true;
    const index = this.#subjectOf(chooser, () => true);
    const part = draw.of(DAY_PARTS, chooser);
    const place = draw.place(chooser, this.#theme);
    const feeling = this.#feeling(chooser, index);
    return { kind: 'ending', tense: this.#tense, who: this.#who(index), part, place, feeling };
  }

  /** Who acts: likely the one who acted last, or the hero. */
  #subjectOf(chooser: Chooser, can: (index: number) => boolean): number {
    const weights = this.#cast.map((_, index) =>
      can(index) ? (index === this.#subject ? 5 : 0) + (index === 0 ? 2 : 1) : 0,
    );
    return chooser.pick(weights);
  }

  /** How the subject is named here; from now on a pronoun stands for it. */
  #who(index: number): Who {
    const { person } = this.#castOf(index);
    const as = index === this.#subject ? 'pronoun' : 'name';
    this.#subject = index;
    return { person, as };
  }

  /** Another of the cast, or somebody new. */
  #other(chooser: Chooser, subject: number, canBeNew: boolean): Who {
    const isRoom = canBeNew && this.#cast.length < odds.MOST_PEOPLE;
    const weights = this.#cast.map((_, index) => (index === subject ? 0 : odds.KNOWN_PERSON_WEIGHT));
    const index = chooser.pick([...weights, isRoom ? odds.NEW_PERSON_WEIGHT : 0]);
    const known = this.#cast[index];
    if (known) return { person: known.person, as: 'name' };
    const person = draw.person(
      chooser,
      this.#theme,
      this.#cast.map(({ person: one }) => one.name),
    );
    this.#cast.push({ person, place: this.#castOf(subject).place });
    return { person, as: 'new' };
  }

  #newThings(chooser: Chooser, holder: number): Thing[] {
    const things: Thing[] = [];
    const count = 1 + chooser.one(odds.MOST_THINGS_AT_ONCE);
    for (let i = 0; i < count; i++) things.push(this.#newThing(chooser, this.#thingWeights(null), holder));
    return things;
  }

  /** A new thing; the story knows it from now on. */
  #newThing(chooser: Chooser, weights: readonly number[], holder: number): Thing {
    const thing = draw.thing(chooser, weights);
    this.#items.push({ thing, holder });
    return thing;
  }

  /** Weights of things that the story does not know yet, of some classes. */
  #thingWeights(takes: readonly ThingClass[] | null): number[] {
    const weights = [...odds.THINGS_BY_THEME[this.#theme]];
    if (takes)
      for (let i = 0; i < weights.length; i++) if (!takes.includes(odds.CLASSES[i] ?? 'food')) weights[i] = 0;
    for (const { thing } of this.#items) weights[THING_NAMES.indexOf(thing.noun)] = 0;
    return weights;
  }

  #feeling(chooser: Chooser, who: number): Feeling {
    const mood = this.#mood?.who === who ? this.#mood : null;
    this.#mood = null;
    const all: readonly Feeling[] = mood === null ? [...GLAD, ...SORRY] : mood.glad ? GLAD : SORRY;
    return draw.of(all, chooser);
  }

  /** Likely where somebody is. */
  #nearPlace(chooser: Chooser): Place {
    const here = (this.#cast[this.#subject] ?? this.#cast[0])?.place;
    const weights = odds.PLACES_BY_THEME[this.#theme].map((weight, index) =>
      PLACE_NAMES[index] === here ? 3 * odds.THEME_WEIGHT : weight,
    );
    return draw.placeBy(chooser, weights);
  }

  #holds(index: number): boolean {
    return this.#items.some(({ holder }) => holder === index);
  }

  #castOf(index: number): Cast {
    const cast = this.#cast[index];
    if (!cast) throw new RangeError(`the story has no person ${index}`);
    return cast;
  }
}
