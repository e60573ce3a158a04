/** How English says a sentence of the world: articles, number, tense, agreement of the third person. */

import { CONSONANTS, type DayPart, genderOf, VOWELS, type Weather } from '../../world/concepts.ts';
import type {
  Clock,
  Mention,
  Person,
  Sentence,
  Speech,
  Tense,
  Thing,
  When,
  Who,
} from '../../world/meaning.ts';
import type { Language } from '../language.ts';
import * as words from './words.ts';

export const english: Language = {
  code: 'en',
  englishName: 'English',
  ownName: 'English',
  tell,
  writing: { spaces: true, capitals: true, quotes: ['"', '"'] },
};

function tell(sentence: Sentence): string {
  const { tense } = sentence;
  switch (sentence.kind) {
    case 'opening':
      return `${when(sentence.when, tense)}|${introduced(sentence.who, true)}|${be(tense, 1)}|${words.PLACES[sentence.place]} .`;
    case 'has':
      return `${subject(sentence.who)}|${said(words.HAVE, tense)}|${list(sentence.things.map(phrase))} .`;
    case 'still has':
      return `${subject(sentence.who)}|${tense === 'future' ? 'will still have' : `still|${said(words.HAVE, tense)}`}|${list(sentence.things.map(known))} .`;
    case 'wants':
      return `${subject(sentence.who)}|${said(words.WANT, tense)}|${phrase(sentence.thing)} .`;
    case 'goes': {
      const to = 'village' in sentence.to ? village(sentence.to.village) : place(sentence.to.place);
      return `${subject(sentence.who)}|${said(words.MOTIONS[sentence.motion], tense)}|to ${to}${at(sentence.at)} .`;
    }
    case 'deals': {
      const other = introduced(sentence.other, sentence.at !== null);
      return `${subject(sentence.who)}|${said(words.DEALINGS[sentence.dealing], tense)}|${other}${at(sentence.at)} .`;
    }
    case 'does': {
      const price = sentence.coins === null ? '' : `|for ${sentence.coins} coin·s`;
      return `${subject(sentence.who)}|${said(words.DEEDS[sentence.deed], tense)}|${mention(sentence.mention)}${price} .`;
    }
    case 'gives':
      return `${subject(sentence.who)}|${said(words.GIFTS[sentence.gift], tense)}|${known(sentence.thing)}|to ${introduced(sentence.to, false)} .`;
    case 'says':
      return `${subject(sentence.who)}|${said(words.SAYINGS[sentence.saying], tense)} ,|“ ${speech(sentence.speech)} ”`;
    case 'answers':
      return `${subject(sentence.who)}|${said(words.ANSWER, tense)} ,|“ ${holder(sentence.holder, sentence.who)}|${known(sentence.thing)} . ”`;
    case 'feels':
      return `${subject(sentence.who)}|${be(tense, 1)}|${words.FEELINGS[sentence.feeling]} .`;
    case 'animals do': {
      const { animals, behaviour } = sentence;
      return `${animalsOf(animals)}|${said(words.BEHAVIOURS[behaviour], tense, animals.count)}|near ${place(sentence.place)}${at(sentence.at)} .`;
    }
    case 'animal takes': {
      const { animals, theft, thing, owner } = sentence;
      const verb = said(words.THEFTS[theft], tense, animals.count);
      return `${animalsOf(animals)}|${verb}|${nameOf(owner.person)}·'s ${bare(thing)} .`;
    }
    case 'there are':
      return `${words.PLACES[sentence.place]}|there ${be(tense, sentence.things[0]?.count ?? 1)}|${list(sentence.things.map(phrase))} .`;
    case 'weather':
      return `${weather(sentence.weather)}|${said(words.COME, tense)}|${part(sentence.part)} .`;
    case 'ending': {
      const { who, place: where, feeling } = sentence;
      return `${part(sentence.part)}|${subject(who)}|${said(words.REST, tense)}|${words.PLACES[where]} ,|${words.FEELINGS[feeling]} .`;
    }
  }
}

function speech(says: Speech): string {
  switch (says.kind) {
    case 'need':
      return `I|need|${phrase(says.thing)} .`;
    case 'feeling':
      return `I|am|${words.FEELINGS[says.feeling]} .`;
    case 'invite':
      return `come|to ${place(says.place)}|at ${clock(says.at)} !`;
    case 'warn':
      return `${animalsOf(says.animals)}|${be('present', says.animals.count)}|near ${place(says.place)} !`;
    case 'ask who has':
      return `who|has|${known(says.thing)} ?`;
    case 'ask price':
      return `how much|${isMany(says.thing) ? 'are' : 'is'}|${known(says.thing)} ?`;
    case 'price':
      return `it|cost·s|${says.coins} coin·s .`;
    case 'weather':
      return `what ${weather(says.weather)} !`;
  }
}

/** A storm is counted; other weather is not. */
function weather(of: Weather): string {
  return of === 'storm' ? withArticle(words.WEATHERS[of]) : words.WEATHERS[of];
}

function holder(person: Person | null, who: Who): string {
  if (person === null) return 'nobody|has';
  return person === who.person ? 'I|have' : `${nameOf(person)}|has`;
}

function when(time: When, tense: Tense): string {
  if ('date' in time) {
    const date = `${time.date} ${capital(time.month)}`;
    return time.year === null ? `every ${date}` : `on ${date} ${time.year}`;
  }
  const which = { past: 'last', present: 'every', future: 'next' }[tense];
  return `${which} ${capital(time.day)} ${isMoment(time.part) ? 'at ' : ''}${time.part}`;
}

function part(of: DayPart): string {
  return isMoment(of) || of === 'night' ? `at ${of}` : `in the ${of}`;
}

function isMoment(of: DayPart): boolean {
  return of === 'dawn' || of === 'noon';
}

function clock({ hour, minute }: Clock): string {
  return `${hour}:${String(minute).padStart(2, '0')}`;
}

function at(time: Clock | null): string {
  return time === null ? '' : `|at ${clock(time)}`;
}

function subject({ person, as }: Who): string {
  if (as === 'pronoun') return genderOf(person.name) === 'woman' ? 'she' : 'he';
  return nameOf(person);
}

/** By name, and for somebody new with the age and with what the person is, between commas. */
function introduced({ person, as }: Who, goesOn: boolean): string {
  const name = nameOf(person);
  if (as !== 'new') return name;
  const age = person.age === null ? '' : ` , ${person.age}`;
  const is =
    'trade' in person.is
      ? withArticle(words.TRADES[person.is.trade])
      : `${words.NAMES[person.is.hero]}·'s ${words.KIN[person.is.kin]}`;
  const from = person.from === null ? '' : ` from ${village(person.from)}`;
  return `${name}${age} , ${is}${from}${goesOn ? ' ,' : ''}`;
}

/** The letters of a village's syllables, with a capital. */
function village(syllables: readonly number[]): string {
  const letters = syllables.map(
    (one) => `${CONSONANTS[Math.floor(one / VOWELS.length)]}${VOWELS[one % VOWELS.length]}`,
  );
  return `^${capital(letters.join(''))}`;
}

function nameOf(person: Person): string {
  return words.NAMES[person.name] ?? '';
}

function mention({ thing, isKnown }: Mention): string {
  return isKnown ? known(thing) : phrase(thing);
}

/** A thing as it comes in: number, quality, noun. */
function phrase({ noun, measure, count, quality }: Thing): string {
  const like = quality === null ? '' : `${words.QUALITIES[quality]} `;
  if (measure !== null) {
    const of = `of ${like}${words.STAPLES[noun]}`;
    return `${counted(words.MEASURES[measure], count, '')} ${of}`;
  }
  if (noun === 'scissors') return `${counted(words.PAIR, count, '')} of ${like}scissors`;
  return counted(words.THINGS[noun], count, like);
}

function counted([one, many]: words.Noun, count: number, like: string): string {
  return count === 1 ? withArticle(`${like}${one}`) : `${words.NUMBERS[count] ?? count} ${like}${many}`;
}

function known(thing: Thing): string {
  return `the ${bare(thing)}`;
}

function bare({ noun, measure, count }: Thing): string {
  if (measure !== null) return words.STAPLES[noun];
  const [one, many] = words.THINGS[noun];
  return count === 1 ? one : many;
}

function isMany({ noun, measure, count }: Thing): boolean {
  return noun === 'scissors' || (measure === null && count > 1);
}

function animalsOf({ animal, count, quality }: Extract<Sentence, { kind: 'animals do' }>['animals']): string {
  return counted(words.ANIMALS[animal], count, `${words.QUALITIES[quality]} `);
}

function place(of: keyof typeof words.PLACES): string {
  return words.PLACES[of].slice(words.PLACES[of].indexOf(' ') + 1);
}

function list(items: readonly string[]): string {
  if (items.length < 2) return items[0] ?? '';
  return `${items.slice(0, -1).join(' , ')} and ${items.at(-1)}`;
}

function withArticle(noun: string): string {
  return `${/^[aeiou]/.test(noun) ? 'an' : 'a'} ${noun}`;
}

function said({ base, third, past, rest }: words.Verb, tense: Tense, count = 1): string {
  const form = tense === 'past' ? past : tense === 'future' ? `will ${base}` : count === 1 ? third : base;
  return rest === '' ? form : `${form} ${rest}`;
}

function be(tense: Tense, count: number): string {
  if (tense === 'future') return 'will be';
  return tense === 'past' ? (count === 1 ? 'was' : 'were') : count === 1 ? 'is' : 'are';
}

function capital(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}
