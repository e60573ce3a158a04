/** Meanings by hand, short enough to stand in a row with the sentence that says them. */

import { Draw } from '../../../corpora/world/chooser.ts';
import type {
  CountedName,
  Kin,
  Measure,
  Quality,
  StapleName,
  Trade,
} from '../../../corpora/world/concepts.ts';
import type { Person, Sentence, Thing, Who } from '../../../corpora/world/meaning.ts';
import { Story } from '../../../corpora/world/story.ts';

export const past = { tense: 'past' } as const;
export const present = { tense: 'present' } as const;
export const future = { tense: 'future' } as const;

export function some(noun: CountedName, count = 1, quality: Quality | null = null): Thing {
  return { noun, measure: null, count, quality };
}

export function filled(measure: Measure, noun: StapleName, count = 1, quality: Quality | null = null): Thing {
  return { noun, measure, count, quality };
}

export const known = (thing: Thing) => ({ thing, isKnown: true });
export const fresh = (thing: Thing) => ({ thing, isKnown: false });
export const at = (hour: number, minute: number) => ({ hour, minute });

/** People of a language's names, by those names. */
export function peopleOf(names: readonly string[]) {
  const person = (name: string, is: Person['is'], age: number | null, from: Person['from']): Person => {
    const index = names.indexOf(name);
    if (index < 0) throw new RangeError(`${name} is no name of this language`);
    return { name: index, is, age, from };
  };
  const anybody = (name: string): Person => person(name, { trade: 'farmer' }, null, null);
  return {
    anybody,
    named: (name: string): Who => ({ person: anybody(name), as: 'name' }),
    pronoun: (name: string): Who => ({ person: anybody(name), as: 'pronoun' }),
    worker: (name: string, trade: Trade, age: number | null = null, from: Person['from'] = null): Who => ({
      person: person(name, { trade }, age, from),
      as: 'new',
    }),
    relative: (
      name: string,
      kin: Kin,
      hero: string,
      age: number | null = null,
      from: Person['from'] = null,
    ): Who => ({ person: person(name, { kin, hero: names.indexOf(hero) }, age, from), as: 'new' }),
  };
}

/** The sentences of drawn stories. */
export function* drawn(stories: number): Generator<Sentence> {
  for (let seed = 1; seed <= stories; seed++) {
    const draw = new Draw(seed);
    const story = new Story();
    for (let next = story.next(draw); next !== null; next = story.next(draw)) yield next;
  }
}

/**
 * What a text must let a reader know, in one line: of people and things that are known, who and which; of the tense, what the first
 * sentence says.
 */
export function gist(sentence: Sentence): string {
  const { tense, ...said } = sentence;
  const isOfKnown = said.kind === 'gives' || said.kind === 'still has' || said.kind === 'animal takes';
  return JSON.stringify(said.kind === 'opening' ? sentence : said, (key, value) => {
    if (key === 'who' || key === 'other' || key === 'to' || key === 'owner')
      return value.person && value.as !== 'new'
        ? [value.as, value.as === 'name' && value.person.name]
        : value;
    if (key === 'holder') {
      if (value === null) return 'nobody';
      return said.kind === 'answers' && value === said.who.person ? 'I' : value.name;
    }
    if (key === 'mention' && value.isKnown) return value.thing.noun;
    if (key === 'thing' && (isOfKnown || said.kind === 'answers')) return value.noun;
    if (key === 'things' && isOfKnown) return value.map(({ noun }: Thing) => noun);
    if (key === 'speech' && value.kind.startsWith('ask')) return [value.kind, value.thing.noun];
    return value;
  });
}
