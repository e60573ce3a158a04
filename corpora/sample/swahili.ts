/**
 * How Swahili says a sentence of the sample. Verbs agree with their subject in the m-/wa- class, since every
 * subject is a person or an animal; adjectives and numbers agree with their noun's class.
 */

import { finish } from './english.ts';
import type { Character, Clause, Complement, Sentence, Tense, Thing } from './stories.ts';
import { type NounClass, NUMBERS } from './words.ts';

export function tellSwahili(sentence: Sentence): string {
  switch (sentence.kind) {
    case 'tell': {
      const { clause, tense, time, isPronoun } = sentence;
      return finish(join(time?.swahili, subject(clause.subject, isPronoun), predicate(clause, tense)));
    }
    case 'then': {
      const { first, second, isPronoun } = sentence;
      const start = join(subject(first.subject, isPronoun), predicate(first, 'past'));
      return finish(`${start}, kisha ${predicate(second, 'and then')}`);
    }
    case 'because': {
      const { result, cause, isPronoun } = sentence;
      const effect = join(subject(result.subject, isPronoun), predicate(result, 'past'));
      return finish(join(effect, 'kwa sababu', subject(cause.subject, false), predicate(cause, 'past')));
    }
    case 'in vain': {
      const { seeker, thing, place, isPronoun } = sentence;
      const search = inflected('tafuta', 'past', seeker.isMany, '');
      const start = join(subject(seeker, isPronoun), search, phrase(thing), place.swahili);
      const marker = THING_MARKERS[thing.what.nounClass][thing.isMany ? 1 : 0];
      return finish(`${start}, lakini ${inflected('pata', 'did not', seeker.isMany, marker)}`);
    }
    case 'has': {
      const { owner, object, isPronoun } = sentence;
      const had = owner.isMany ? 'walikuwa na' : 'alikuwa na';
      return finish(join(subject(owner, isPronoun), had, objectPhrase(object)));
    }
    case 'there were':
      return finish(join('kulikuwa na', phrase(sentence.thing), sentence.place.swahili));
    case 'says': {
      const { speaker, saying, isPronoun } = sentence;
      const said = inflected('sema', 'past', speaker.isMany, '');
      return finish(`${join(subject(speaker, isPronoun), said)}, "${saying.swahili}"`);
    }
    case 'scene':
      return sentence.scene.swahili;
  }
}

/** Complement markers of things, one and many, inside the verb. */
const THING_MARKERS: Readonly<Record<NounClass, readonly [string, string]>> = {
  3: ['u', 'i'],
  5: ['li', 'ya'],
  7: ['ki', 'vi'],
  9: ['i', 'zi'],
};

/** A subject that is known is not said: the verb's prefix says enough. */
function subject(character: Character, isPronoun: boolean): string {
  return isPronoun ? '' : animatePhrase(character);
}

function predicate({ subject, verb, object, place }: Clause, tense: Tense | 'and then'): string {
  const marker = object?.kind === 'character' ? animateMarker(verb.swahili, object.character.isMany) : '';
  return join(
    inflected(verb.swahili, tense, subject.isMany, marker),
    object ? objectPhrase(object) : '',
    place?.swahili,
  );
}

function animateMarker(stem: string, isMany: boolean): string {
  if (isMany) return 'wa';
  return /^[aeiou]/.test(stem) ? 'mw' : 'm';
}

/** Stems of one syllable keep the ku- of the infinitive after the tense signs that carry no stress. */
const ONE_SYLLABLE: readonly string[] = ['la', 'nywa'];

function inflected(stem: string, tense: Tense | 'and then', isMany: boolean, marker: string): string {
  const does = isMany ? 'wa' : 'a';
  const doesNot = isMany ? 'hawa' : 'ha';
  const root = marker + stem;
  const kept = ONE_SYLLABLE.includes(stem) ? `ku${root}` : root;
  switch (tense) {
    case 'past':
      return `${does}li${kept}`;
    case 'present':
      return `${does}na${kept}`;
    case 'future':
      return `${does}ta${kept}`;
    case 'perfect':
      return `${does}me${kept}`;
    case 'did not':
      return `${doesNot}ku${root}`;
    case 'will not':
      return `${doesNot}ta${kept}`;
    case 'and then':
      return `${does}ka${root}`;
  }
}

function objectPhrase(object: Complement): string {
  if (object.kind === 'stuff') return object.stuff.swahili;
  return object.kind === 'thing' ? phrase(object.thing) : animatePhrase(object.character);
}

function animatePhrase({ who, isMany, number, adjective }: Character): string {
  const form = isMany ? 1 : 0;
  return join(who.swahili[form], adjective?.swahili[form], NUMBERS[number ?? -1]?.swahili[0]);
}

function phrase({ what, isMany, number, adjective }: Thing): string {
  const form = isMany ? 1 : 0;
  // Classes 3 to 10 follow the two animate forms; numbers have the plural classes 4, 6, 8, 10 after the animate one.
  const agreeing = adjective?.swahili[what.nounClass - 1 + form];
  return join(what.swahili[form], agreeing, NUMBERS[number ?? -1]?.swahili[(what.nounClass - 1) / 2]);
}

function join(...parts: readonly (string | undefined)[]): string {
  return parts.filter(Boolean).join(' ');
}
