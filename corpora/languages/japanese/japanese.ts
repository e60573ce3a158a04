/**
 * How Japanese says a sentence of the world: the topic first and the verb last, each of the others with its particle. Verbs tell what
 * was from what is or will be; which of the two the opening of the story shows.
 */

import type { Person, Sentence, Speech, Tense, Who } from '../../world/meaning.ts';
import type { Language } from '../language.ts';
import type { Predicate } from './conjugation.ts';
import {
  animalsAreThere,
  animalsDo,
  at,
  clock,
  destination,
  introduced,
  known,
  knownThings,
  location,
  nameOf,
  near,
  newThings,
  object,
  topic,
  when,
} from './phrases.ts';
import { FEELINGS, WEATHERS } from './states.ts';
import * as verbs from './verbs.ts';
import { DAY_PARTS, PLACES } from './words.ts';

export const japanese: Language = {
  code: 'ja',
  englishName: 'Japanese',
  ownName: '日本語',
  tell,
  writing: { spaces: false, capitals: false, quotes: ['「', '」'] },
};

function tell(sentence: Sentence): string {
  const { tense } = sentence;
  switch (sentence.kind) {
    case 'opening': {
      const { when: time, who, place } = sentence;
      return `${when(time, tense)}${topic(who)}${location(place)} に|${said(verbs.BE_THERE, tense)} 。`;
    }
    case 'has':
      return `${topic(sentence.who)}${newThings(sentence.things, 'を')}|${said(verbs.HAVE, tense)} 。`;
    case 'still has':
      return `${topic(sentence.who)}まだ|${knownThings(sentence.things, 'を')}|${said(verbs.HAVE, tense)} 。`;
    case 'wants':
      return `${topic(sentence.who)}${newThings([sentence.thing], 'を')}|${said(verbs.WANT, tense)} 。`;
    case 'goes': {
      const { particle, verb } = verbs.MOTIONS[sentence.motion];
      return `${topic(sentence.who)}${at(sentence.at)}${destination(sentence.to)} ${particle}|${said(verb, tense)} 。`;
    }
    case 'deals': {
      const { particle, verb } = verbs.DEALINGS[sentence.dealing];
      const other = introduced(sentence.other, sentence.who.person);
      return `${topic(sentence.who)}${at(sentence.at)}${other} ${particle}|${said(verb, tense)} 。`;
    }
    case 'does': {
      const price = sentence.coins === null ? '' : `${coins(sentence.coins)} で|`;
      return `${topic(sentence.who)}${object(sentence.mention)}|${price}${said(verbs.DEEDS[sentence.deed], tense)} 。`;
    }
    case 'gives': {
      const to = introduced(sentence.to, sentence.who.person);
      return `${topic(sentence.who)}${to} に|${known(sentence.thing)} を|${said(verbs.GIFTS[sentence.gift], tense)} 。`;
    }
    case 'says':
      return `${topic(sentence.who)}“ ${speech(sentence.speech)} ” と|${said(verbs.SAYINGS[sentence.saying], tense)} 。`;
    case 'answers':
      return `${topic(sentence.who)}“ ${known(sentence.thing)} は|${holder(sentence.holder, sentence.who)} ” と|${said(verbs.ANSWER, tense)} 。`;
    case 'feels':
      return `${topic(sentence.who)}${said(FEELINGS[sentence.feeling].predicate, tense)} 。`;
    case 'animals do': {
      const { particle, verb } = verbs.BEHAVIOURS[sentence.behaviour];
      return `${at(sentence.at)}${animalsDo(sentence.animals)}|${near(sentence.place)} ${particle}|${said(verb, tense)} 。`;
    }
    case 'animal takes': {
      const { animals, theft, thing, owner } = sentence;
      return `${animalsDo(animals)}|${nameOf(owner.person)} の ${known(thing)} を|${said(verbs.THEFTS[theft], tense)} 。`;
    }
    case 'there are':
      return `${location(sentence.place)} に|${newThings(sentence.things, 'が')}|${said(verbs.LIE_THERE, tense)} 。`;
    case 'weather': {
      const { subject, verb } = WEATHERS[sentence.weather];
      return `${DAY_PARTS[sentence.part]} 、|${subject === '' ? '' : `${subject}|`}${said(verb, tense)} 。`;
    }
    case 'ending': {
      const { who, part, place, feeling } = sentence;
      const { manner } = FEELINGS[feeling];
      return `${DAY_PARTS[part]} 、|${topic(who)}${manner}|${location(place)} で|${said(verbs.REST, tense)} 。`;
    }
  }
}

function speech(says: Speech): string {
  switch (says.kind) {
    case 'need':
      return `${newThings([says.thing], 'が')}|${verbs.NEED.plain}`;
    case 'feeling':
      return FEELINGS[says.feeling].spoken;
    case 'invite':
      return `${clock(says.at)} に|${PLACES[says.place]} へ|来·て`;
    case 'warn':
      return `${near(says.place)} に|${animalsAreThere(says.animals)}|${verbs.BE_THERE.plain} ！`;
    case 'ask who has':
      return `${known(says.thing)} は|誰 が|${verbs.HAVE.plain} ？`;
    case 'ask price':
      return `${known(says.thing)} は|いくら ？`;
    case 'price':
      return `${coins(says.coins)} だ`;
    case 'weather':
      return WEATHERS[says.weather].spoken;
  }
}

function holder(person: Person | null, who: Who): string {
  if (person === null) return `誰 も|${verbs.HAVE_NOT}`;
  return `${person === who.person ? '私' : nameOf(person)} が|${verbs.HAVE.plain}`;
}

function coins(count: number): string {
  return `${count}·円`;
}

function said(predicate: Predicate, tense: Tense): string {
  return tense === 'past' ? predicate.past : predicate.plain;
}
