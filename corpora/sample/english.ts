/** How English says a sentence of the sample. */

import type { Character, Clause, Complement, Sentence, Tense, Thing } from './stories.ts';
import { NUMBERS, type Place, type Verb } from './words.ts';

export function tellEnglish(sentence: Sentence): string {
  switch (sentence.kind) {
    case 'tell': {
      const { clause, tense, time, isPronoun } = sentence;
      const said = `${subject(clause.subject, isPronoun)} ${predicate(clause, tense)}`;
      return finish(time ? `${time.english} ${said}` : said);
    }
    case 'then': {
      const { first, second, isPronoun } = sentence;
      return finish(
        `${subject(first.subject, isPronoun)} ${predicate(first, 'past')}, then ${predicate(second, 'past')}`,
      );
    }
    case 'because': {
      const { result, cause, isPronoun } = sentence;
      const reason = `${subject(cause.subject, false)} ${predicate(cause, 'past')}`;
      return finish(`${subject(result.subject, isPronoun)} ${predicate(result, 'past')} because ${reason}`);
    }
    case 'in vain': {
      const { seeker, thing, place, isPronoun } = sentence;
      const search = `${subject(seeker, isPronoun)} looked for ${phrase(thing)} ${where(place)}`;
      return finish(`${search}, but did not find ${thing.isMany ? 'them' : 'it'}`);
    }
    case 'has': {
      const { owner, object, isPronoun } = sentence;
      return finish(`${subject(owner, isPronoun)} had ${objectPhrase(object)}`);
    }
    case 'there were':
      return finish(`there were ${phrase(sentence.thing)} ${where(sentence.place)}`);
    case 'says':
      return finish(`${subject(sentence.speaker, sentence.isPronoun)} said, "${sentence.saying.english}"`);
    case 'scene':
      return sentence.scene.english;
  }
}

function subject(character: Character, isPronoun: boolean): string {
  if (isPronoun) return character.isMany ? 'they' : character.who.gender;
  return definite(character);
}

function definite({ who, isMany, number }: Character): string {
  if (who.isName) return who.english[0];
  return ['the', NUMBERS[number ?? -1]?.english, who.english[isMany ? 1 : 0]].filter(Boolean).join(' ');
}

function predicate({ subject, verb, object, place, isMove }: Clause, tense: Tense): string {
  const parts = [inflected(verb, tense, subject.isMany)];
  if (object) parts.push(objectPhrase(object));
  if (place) parts.push(isMove ? `the ${place.english}` : where(place));
  return parts.join(' ');
}

function inflected({ english: [base, past, participle] }: Verb, tense: Tense, isMany: boolean): string {
  switch (tense) {
    case 'past':
      return past;
    case 'present':
      return isMany ? base : thirdPerson(base);
    case 'future':
      return `will ${base}`;
    case 'perfect':
      return `${isMany ? 'have' : 'has'} ${participle}`;
    case 'did not':
      return `did not ${base}`;
    case 'will not':
      return `will not ${base}`;
  }
}

function thirdPerson(base: string): string {
  const [verb = '', ...rest] = base.split(' ');
  const ending = /(s|sh|ch|o)$/.test(verb) ? 'es' : 's';
  const form = /[^aeiou]y$/.test(verb) ? `${verb.slice(0, -1)}ies` : verb + ending;
  return [form, ...rest].join(' ');
}

function objectPhrase(object: Complement): string {
  if (object.kind === 'stuff') return object.stuff.english;
  if (object.kind === 'thing') return phrase(object.thing);
  const { character } = object;
  if (character.who.gender !== 'it') return definite(character);
  return indefinite(character.who.english, character);
}

function phrase(thing: Thing): string {
  return indefinite(thing.what.english, thing);
}

type Counted = Pick<Thing, 'isMany' | 'number' | 'adjective'>;

function indefinite(forms: readonly [string, string], { isMany, number, adjective }: Counted): string {
  const noun = [adjective?.english, forms[isMany ? 1 : 0]].filter(Boolean).join(' ');
  if (!isMany) return `${/^[aeiou]/.test(noun) ? 'an' : 'a'} ${noun}`;
  return [NUMBERS[number ?? -1]?.english, noun].filter(Boolean).join(' ');
}

function where({ english, preposition }: Place): string {
  return `${preposition} the ${english}`;
}

/** Capital letter and full stop; a quotation brings its own stop. */
export function finish(text: string): string {
  const stop = text.endsWith('"') ? '' : '.';
  return text.charAt(0).toUpperCase() + text.slice(1) + stop;
}
