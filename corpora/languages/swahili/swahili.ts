/** How Swahili says a sentence of the world: agreement by noun class, and a verb that says who does what to whom. */

import type { Person, Sentence, Speech, Tense, Thing } from '../../world/meaning.ts';
import type { Language } from '../language.ts';
import { far, near, of, referent } from './concords.ts';
import {
  animalsOf,
  at,
  bare,
  clock,
  introduced,
  known,
  list,
  nameOf,
  phrase,
  subject,
  village,
  washing,
  when,
} from './phrases.ts';
import { does, doesTo, feelMyself, feels, has, type Verb, whileFeeling } from './verbs.ts';
import * as words from './words.ts';

export const swahili: Language = {
  code: 'sw',
  englishName: 'Swahili',
  ownName: 'Kiswahili',
  tell,
  writing: { spaces: true, capitals: true, quotes: ['"', '"'] },
};

/** What is so again and again: habitually at the opening, and from then on in the present. */
const WAS: Readonly<Record<Tense, string>> = { past: 'a·li·ku·wa', present: 'hu·wa', future: 'a·ta·ku·wa' };

function tell(sentence: Sentence): string {
  const { tense } = sentence;
  switch (sentence.kind) {
    case 'opening':
      return `${when(sentence.when, tense)}|${introduced(sentence.who, true)}|${WAS[tense]}|${words.PLACES[sentence.place]} .`;
    case 'has':
      return `${subject(sentence.who)}${has('a', tense)}|${list(sentence.things.map(phrase))} .`;
    case 'still has':
      return `${subject(sentence.who)}bado|${has('a', tense)}|${list(sentence.things.map(bare))} .`;
    case 'wants':
      return `${subject(sentence.who)}${does(words.WANT, tense)}|${phrase(sentence.thing)} .`;
    case 'goes': {
      const to = 'village' in sentence.to ? village(sentence.to.village) : words.PLACES[sentence.to.place];
      return `${subject(sentence.who)}${does(words.MOTIONS[sentence.motion], tense)}|${to}${at(sentence.at)} .`;
    }
    case 'deals': {
      const other = introduced(sentence.other, sentence.at !== null);
      return `${subject(sentence.who)}${doesTo(words.DEALINGS[sentence.dealing], tense, 1)}|${other}${at(sentence.at)} .`;
    }
    case 'does': {
      const { deed, mention, coins } = sentence;
      const verb = deed === 'wash' ? washing(mention.thing) : words.DEEDS[deed];
      const what = mention.isKnown
        ? doesToKnown(verb, tense, mention.thing)
        : `${does(verb, tense)}|${phrase(mention.thing)}`;
      const price = coins === null ? '' : `|kwa senti ${coins}`;
      return `${subject(sentence.who)}${what}${price} .`;
    }
    case 'gives': {
      const verb = doesTo(words.GIFTS[sentence.gift], tense, 1);
      return `${subject(sentence.who)}${verb}|${introduced(sentence.to, true)}|${bare(sentence.thing)} .`;
    }
    case 'says':
      return `${subject(sentence.who)}${does(words.SAYINGS[sentence.saying], tense)} ,|“ ${speech(sentence.speech)} ”`;
    case 'answers': {
      const { holder, who, thing } = sentence;
      return `${subject(who)}${does(words.ANSWER, tense)} ,|“ ${answer(holder, who.person, thing)} . ”`;
    }
    case 'feels':
      return `${subject(sentence.who)}${feels(words.FEELINGS[sentence.feeling], tense)} .`;
    case 'animals do': {
      const { animals, behaviour, place } = sentence;
      const verb = does(words.BEHAVIOURS[behaviour], tense, animals.count === 1 ? 1 : 2);
      return `${animalsOf(animals)}|${verb}|${words.PLACES[place]}${at(sentence.at)} .`;
    }
    case 'animal takes': {
      const { animals, theft, thing, owner } = sentence;
      const verb = does(words.THEFTS[theft], tense, animals.count === 1 ? 1 : 2);
      return `${animalsOf(animals)}|${verb}|${ownedBy(owner.person, thing)} .`;
    }
    case 'there are':
      return `${words.PLACES[sentence.place]}|${has('ku', tense)}|${list(sentence.things.map(phrase))} .`;
    case 'weather': {
      const { word, of, verb } = words.WEATHERS[sentence.weather];
      return `${word}|${does(verb, tense, of)}|${words.PARTS[sentence.part]} .`;
    }
    case 'ending': {
      const { who, part, place, feeling } = sentence;
      const rests = does(words.REST, tense);
      return `${words.PARTS[part]}|${subject(who)}${rests}|${words.PLACES[place]}|${whileFeeling(words.FEELINGS[feeling])} .`;
    }
  }
}

/** That a thing is known is marked in the verb, or where the verb has no room, by a demonstrative. */
function doesToKnown(verb: Verb, tense: Tense, thing: Thing): string {
  const form = known(thing);
  const { word } = form;
  return verb.marksObject
    ? `${doesTo(verb, tense, form.of)}|${word}`
    : `${does(verb, tense)}|${word} ${far(form.of)}`;
}

function ownedBy(owner: Person, thing: Thing): string {
  const form = known(thing);
  return `${form.word} ${of(form.of)} ${nameOf(owner)}`;
}

/** Who has a thing that was asked for: *anacho*, has it. */
function answer(holder: Person | null, speaker: Person, thing: Thing): string {
  const form = known(thing);
  if (holder === null) return `hakuna mw·enye|${form.word}`;
  const it = `na·${referent(form.of)}|${form.word}`;
  return holder === speaker ? `ni·${it}` : `${nameOf(holder)}|a·${it}`;
}

function speech(says: Speech): string {
  switch (says.kind) {
    case 'need':
      return `na·hitaji|${phrase(says.thing)} .`;
    case 'feeling':
      return `${feelMyself(words.FEELINGS[says.feeling])} .`;
    case 'invite':
      return `njoo|${words.PLACES[says.place]}|${clock(says.at)} !`;
    case 'warn':
      return `kuna|${animalsOf(says.animals)}|${words.PLACES[says.place]} !`;
    case 'ask who has': {
      const form = known(says.thing);
      return `nani|a·na|${form.word} ${far(form.of)} ?`;
    }
    case 'ask price': {
      const form = known(says.thing);
      return `${form.word} ${near(form.of)}|bei gani ?`;
    }
    case 'price':
      return `ni|senti ${says.coins} .`;
    case 'weather': {
      const { word, of: nounClass } = words.WEATHERS[says.weather];
      return `${word} gani ${near(nounClass)} !`;
    }
  }
}
