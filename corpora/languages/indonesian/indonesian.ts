/** How Indonesian says a sentence of the world: affixes on the verb, classifiers, qualities behind the noun, no tense. */

import type { Person, Sentence, Speech, Who } from '../../world/meaning.ts';
import type { Language } from '../language.ts';
import {
  animalsOf,
  at,
  bare,
  clock,
  introduced,
  known,
  leading,
  list,
  mention,
  nameOf,
  part,
  phrase,
  subject,
  village,
  when,
} from './phrases.ts';
import * as words from './words.ts';

export const indonesian: Language = {
  code: 'id',
  englishName: 'Indonesian',
  ownName: 'Bahasa Indonesia',
  tell,
  writing: { spaces: true, capitals: true, quotes: ['"', '"'] },
};

function tell(sentence: Sentence): string {
  switch (sentence.kind) {
    case 'opening': {
      const { who, tense, place } = sentence;
      const is = tense === 'future' ? 'akan ada' : 'ada';
      return `${when(sentence.when, tense)}|${introduced(who, true)}|${is}|di ${words.PLACES[place]} .`;
    }
    case 'has':
      return `${subject(sentence.who)}|punya|${list(sentence.things.map(phrase))} .`;
    case 'still has':
      return `${subject(sentence.who)}|masih|punya|${list(sentence.things.map(known))} .`;
    case 'wants':
      return `${subject(sentence.who)}|mau|${phrase(sentence.thing)} .`;
    case 'goes': {
      const to = 'village' in sentence.to ? village(sentence.to.village) : words.PLACES[sentence.to.place];
      return `${subject(sentence.who)}|${words.MOTIONS[sentence.motion]}|ke ${to}${at(sentence.at)} .`;
    }
    case 'deals': {
      const other = introduced(sentence.other, sentence.at !== null);
      return `${subject(sentence.who)}|${words.DEALINGS[sentence.dealing]}|${other}${at(sentence.at)} .`;
    }
    case 'does': {
      const price = sentence.coins === null ? '' : `|se·harga ${sentence.coins} koin`;
      return `${subject(sentence.who)}|${words.DEEDS[sentence.deed]}|${mention(sentence.mention)}${price} .`;
    }
    case 'gives': {
      const to = introduced(sentence.to, false);
      return `${subject(sentence.who)}|${words.GIFTS[sentence.gift]}|${known(sentence.thing)}|kepada ${to} .`;
    }
    case 'says':
      return `${subject(sentence.who)}|${words.SAYINGS[sentence.saying]} ,|“ ${speech(sentence.speech)} ”`;
    case 'answers': {
      const has = holder(sentence.holder, sentence.who);
      return `${subject(sentence.who)}|${words.ANSWER} ,|“ ${has}|yang|punya|${known(sentence.thing)} . ”`;
    }
    case 'feels':
      return `${subject(sentence.who)}|${words.FEELINGS[sentence.feeling]} .`;
    case 'animals do': {
      const { animals, behaviour, place } = sentence;
      const where = `dekat ${words.PLACES[place]}${at(sentence.at)}`;
      return `${leading(animals)}|${words.BEHAVIOURS[behaviour]}|${where} .`;
    }
    case 'animal takes': {
      const { animals, theft, thing, owner } = sentence;
      return `${leading(animals)}|${words.THEFTS[theft]}|${bare(thing)} ${nameOf(owner.person)} .`;
    }
    case 'there are':
      return `di ${words.PLACES[sentence.place]}|ada|${list(sentence.things.map(phrase))} .`;
    case 'weather': {
      const { weather } = sentence;
      return `${part(sentence.part)}|${words.WEATHERS[weather]}|${words.WEATHER_COMES[weather]} .`;
    }
    case 'ending': {
      const { who, place, feeling } = sentence;
      const where = `di ${words.PLACES[place]}`;
      return `${part(sentence.part)}|${subject(who)}|${words.REST}|${where} ,|${words.FEELINGS[feeling]} .`;
    }
  }
}

function speech(says: Speech): string {
  switch (says.kind) {
    case 'need':
      return `aku|perlu|${phrase(says.thing)} .`;
    case 'feeling':
      return `aku|${words.FEELINGS[says.feeling]} .`;
    case 'invite':
      return `datang·lah|ke ${words.PLACES[says.place]}|${clock(says.at)} !`;
    case 'warn':
      return `ada|${animalsOf(says.animals)}|dekat ${words.PLACES[says.place]} !`;
    case 'ask who has':
      return `siapa|yang|punya|${known(says.thing)} ?`;
    case 'ask price':
      return `berapa|harga|${known(says.thing)} ?`;
    case 'price':
      return `harga·nya|${says.coins} koin .`;
    case 'weather':
      return `wah ,|${words.WEATHERS[says.weather]} !`;
  }
}

function holder(person: Person | null, who: Who): string {
  if (person === null) return 'tidak|ada';
  return person === who.person ? 'aku' : nameOf(person);
}
