import { describe, expect, it } from 'vitest';
import { english } from '../../../corpora/languages/english/english.ts';
import * as words from '../../../corpora/languages/english/words.ts';
import { NAME_COUNT } from '../../../corpora/world/concepts.ts';
import { finish } from '../../../corpora/world/finish.ts';
import type { Sentence } from '../../../corpora/world/meaning.ts';
import { at, drawn, filled, fresh, future, gist, known, past, peopleOf, present, some } from './meanings.ts';

const { anybody, named, pronoun, worker, relative } = peopleOf(words.NAMES);
const anna = named('Anna');
const james = named('James');
const she = pronoun('Anna');
const he = pronoun('James');

const say = (sentence: Sentence) => finish(english.tell(sentence), english.writing);

const BY_KIND: Readonly<Record<Sentence['kind'], readonly (readonly [Sentence, string])[]>> = {
  opening: [
    [
      {
        kind: 'opening',
        ...past,
        when: { day: 'friday', part: 'afternoon' },
        who: worker('Anna', 'fisher', null, [66, 51]),
        place: 'bridge',
      },
      'Last Friday afternoon Anna, a fisher from Yese, was on the bridge.',
    ],
    [
      {
        kind: 'opening',
        ...present,
        when: { day: 'sunday', part: 'dawn' },
        who: worker('James', 'king', 40),
        place: 'square',
      },
      'Every Sunday at dawn James, 40, a ruler, is in the square.',
    ],
    [
      {
        kind: 'opening',
        ...future,
        when: { day: 'monday', part: 'noon' },
        who: worker('Anna', 'dancer', 33, [0, 7, 69]),
        place: 'farm',
      },
      'Next Monday at noon Anna, 33, a dancer from Abiyu, will be on the farm.',
    ],
    [
      {
        kind: 'opening',
        ...past,
        when: { date: 5, month: 'june', year: 1948 },
        who: worker('Anna', 'soldier'),
        place: 'lake',
      },
      'On 5 June 1948 Anna, a soldier, was at the lake.',
    ],
    [
      {
        kind: 'opening',
        ...present,
        when: { date: 24, month: 'february', year: null },
        who: worker('Anna', 'soldier'),
        place: 'roof',
      },
      'Every 24 February Anna, a soldier, is on the roof.',
    ],
    [
      {
        kind: 'opening',
        ...future,
        when: { date: 1, month: 'august', year: 2086 },
        who: worker('Anna', 'soldier'),
        place: 'inn',
      },
      'On 1 August 2086 Anna, a soldier, will be at the inn.',
    ],
  ],
  has: [
    [{ kind: 'has', ...past, who: anna, things: [some('egg')] }, 'Anna had an egg.'],
    [
      {
        kind: 'has',
        ...present,
        who: she,
        things: [some('letter', 4, 'strange'), some('orange', 24, 'dry')],
      },
      'She has four strange letters and 24 dry oranges.',
    ],
    [
      {
        kind: 'has',
        ...future,
        who: james,
        things: [some('leaf', 2), some('umbrella', 1, 'ugly'), some('knife', 9), some('egg', 1, 'fresh')],
      },
      'James will have two leaves, an ugly umbrella, nine knives and a fresh egg.',
    ],
    [
      {
        kind: 'has',
        ...past,
        who: he,
        things: [filled('bowl', 'soup'), filled('sack', 'rice', 2, 'cheap'), filled('spoonful', 'honey', 10)],
      },
      'He had a bowl of soup, two sacks of cheap rice and 10 spoonfuls of honey.',
    ],
    [
      {
        kind: 'has',
        ...past,
        who: he,
        things: [some('scissors'), some('scissors', 3, 'iron'), some('scissors', 1, 'old')],
      },
      'He had a pair of scissors, three pairs of iron scissors and a pair of old scissors.',
    ],
    [
      {
        kind: 'has',
        ...past,
        who: he,
        things: [some('potato', 5), some('mango', 6), some('tomato', 7), some('fish', 8)],
      },
      'He had five potatoes, six mangoes, seven tomatoes and eight fish.',
    ],
    [
      {
        kind: 'has',
        ...past,
        who: he,
        things: [some('box', 2), some('dress', 3), some('branch', 4), some('scarf', 5)],
      },
      'He had two boxes, three dresses, four branches and five scarves.',
    ],
    [
      { kind: 'has', ...past, who: he, things: [some('key', 2), some('axe', 3), some('axe'), some('oar')] },
      'He had two keys, three axes, an axe and an oar.',
    ],
  ],
  'still has': [
    [
      {
        kind: 'still has',
        ...past,
        who: she,
        things: [some('letter', 4, 'strange'), some('orange'), filled('cup', 'tea', 3)],
      },
      'She still had the letters, the orange and the tea.',
    ],
    [{ kind: 'still has', ...present, who: she, things: [some('scissors')] }, 'She still has the scissors.'],
    [
      { kind: 'still has', ...future, who: james, things: [some('kite', 6)] },
      'James will still have the kites.',
    ],
  ],
  wants: [
    [{ kind: 'wants', ...past, who: she, thing: some('papaya', 2) }, 'She wanted two papayas.'],
    [{ kind: 'wants', ...present, who: she, thing: some('onion', 1, 'big') }, 'She wants a big onion.'],
    [{ kind: 'wants', ...future, who: he, thing: some('book', 99, 'torn') }, 'He will want 99 torn books.'],
  ],
  goes: [
    [
      { kind: 'goes', ...past, who: she, motion: 'go', to: { place: 'waterfall' }, at: null },
      'She went to the waterfall.',
    ],
    [
      { kind: 'goes', ...present, who: she, motion: 'go', to: { place: 'island' }, at: at(6, 0) },
      'She goes to the island at 6:00.',
    ],
    [
      { kind: 'goes', ...past, who: james, motion: 'hurry', to: { village: [42, 8] }, at: at(17, 5) },
      'James hurried to Pibo at 17:05.',
    ],
    [
      { kind: 'goes', ...present, who: james, motion: 'hurry', to: { village: [42, 8] }, at: null },
      'James hurries to Pibo.',
    ],
    [
      { kind: 'goes', ...past, who: she, motion: 'travel', to: { place: 'inn' }, at: null },
      'She travelled to the inn.',
    ],
    [
      { kind: 'goes', ...past, who: she, motion: 'ride', to: { place: 'inn' }, at: null },
      'She rode to the inn.',
    ],
  ],
  deals: [
    [
      {
        kind: 'deals',
        ...past,
        who: she,
        dealing: 'hug',
        other: worker('Ruth', 'writer', 77, [9, 60]),
        at: at(10, 21),
      },
      'She hugged Ruth, 77, a writer from Buwa, at 10:21.',
    ],
    [
      {
        kind: 'deals',
        ...past,
        who: he,
        dealing: 'visit',
        other: relative('Ruth', 'olderSister', 'James', 60, [10, 11, 12]),
        at: null,
      },
      "He visited Ruth, 60, James's older sister from Dadedi.",
    ],
    [
      {
        kind: 'deals',
        ...future,
        who: he,
        dealing: 'meet',
        other: relative('Ruth', 'aunt', 'James'),
        at: null,
      },
      "He will meet Ruth, James's aunt.",
    ],
    [
      { kind: 'deals', ...present, who: he, dealing: 'teach', other: anna, at: at(8, 53) },
      'He teaches Anna at 8:53.',
    ],
    [{ kind: 'deals', ...past, who: he, dealing: 'teach', other: anna, at: null }, 'He taught Anna.'],
    [
      { kind: 'deals', ...past, who: he, dealing: 'awaitPerson', other: anna, at: null },
      'He waited for Anna.',
    ],
    [{ kind: 'deals', ...past, who: he, dealing: 'wake', other: anna, at: null }, 'He woke Anna.'],
    [{ kind: 'deals', ...past, who: he, dealing: 'deceive', other: anna, at: null }, 'He deceived Anna.'],
  ],
  does: [
    [
      { kind: 'does', ...past, who: she, deed: 'buy', mention: fresh(some('rope', 99, 'light')), coins: 367 },
      'She bought 99 light ropes for 367 coins.',
    ],
    [
      { kind: 'does', ...present, who: she, deed: 'sell', mention: known(some('rope', 99)), coins: 12 },
      'She sells the ropes for 12 coins.',
    ],
    [
      { kind: 'does', ...past, who: james, deed: 'pick', mention: fresh(some('fish')), coins: null },
      'James picked up a fish.',
    ],
    [
      { kind: 'does', ...past, who: he, deed: 'drop', mention: known(some('fish', 3)), coins: null },
      'He dropped the fish.',
    ],
    [
      { kind: 'does', ...present, who: he, deed: 'wash', mention: known(some('knife', 2)), coins: null },
      'He washes the knives.',
    ],
    [
      {
        kind: 'does',
        ...past,
        who: he,
        deed: 'bury',
        mention: known(filled('sack', 'salt', 2)),
        coins: null,
      },
      'He buried the salt.',
    ],
    [
      { kind: 'does', ...present, who: he, deed: 'carry', mention: known(some('pearl')), coins: null },
      'He carries the pearl.',
    ],
    [
      { kind: 'does', ...past, who: he, deed: 'read', mention: known(some('poem')), coins: null },
      'He read the poem.',
    ],
    [
      { kind: 'does', ...present, who: he, deed: 'read', mention: known(some('poem')), coins: null },
      'He reads the poem.',
    ],
    [
      { kind: 'does', ...past, who: he, deed: 'sharpen', mention: known(some('scissors', 2)), coins: null },
      'He sharpened the scissors.',
    ],
    [
      { kind: 'does', ...future, who: he, deed: 'tear', mention: known(some('shirt')), coins: null },
      'He will tear the shirt.',
    ],
  ],
  gives: [
    [
      { kind: 'gives', ...past, who: she, gift: 'lend', thing: some('letter', 4), to: james },
      'She lent the letters to James.',
    ],
    [
      { kind: 'gives', ...present, who: she, gift: 'send', thing: filled('pot', 'tea'), to: james },
      'She sends the tea to James.',
    ],
    [
      { kind: 'gives', ...past, who: she, gift: 'throw', thing: some('egg'), to: worker('Ben', 'nurse', 9) },
      'She threw the egg to Ben, 9, a nurse.',
    ],
  ],
  says: [
    [
      { kind: 'says', ...past, who: she, saying: 'say', speech: { kind: 'need', thing: some('axe', 1) } },
      'She said, "I need an axe."',
    ],
    [
      { kind: 'says', ...present, who: james, saying: 'cry', speech: { kind: 'feeling', feeling: 'lonely' } },
      'James cries, "I am lonely."',
    ],
    [
      {
        kind: 'says',
        ...past,
        who: she,
        saying: 'shout',
        speech: { kind: 'invite', place: 'hospital', at: at(17, 40) },
      },
      'She shouted, "Come to the hospital at 17:40!"',
    ],
    [
      {
        kind: 'says',
        ...future,
        who: she,
        saying: 'whisper',
        speech: { kind: 'warn', animals: { animal: 'owl', count: 1, quality: 'old' }, place: 'well' },
      },
      'She will whisper, "An old owl is near the well!"',
    ],
    [
      {
        kind: 'says',
        ...past,
        who: she,
        saying: 'say',
        speech: { kind: 'warn', animals: { animal: 'mouse', count: 12, quality: 'tame' }, place: 'field' },
      },
      'She said, "12 tame mice are near the field!"',
    ],
    [
      {
        kind: 'says',
        ...past,
        who: she,
        saying: 'say',
        speech: { kind: 'ask who has', thing: some('lock', 2) },
      },
      'She said, "Who has the locks?"',
    ],
    [
      { kind: 'says', ...past, who: she, saying: 'say', speech: { kind: 'ask price', thing: some('lock') } },
      'She said, "How much is the lock?"',
    ],
    [
      {
        kind: 'says',
        ...past,
        who: she,
        saying: 'say',
        speech: { kind: 'ask price', thing: some('scissors') },
      },
      'She said, "How much are the scissors?"',
    ],
    [
      {
        kind: 'says',
        ...past,
        who: she,
        saying: 'say',
        speech: { kind: 'ask price', thing: filled('cup', 'oil', 4) },
      },
      'She said, "How much is the oil?"',
    ],
    [
      { kind: 'says', ...past, who: she, saying: 'say', speech: { kind: 'price', coins: 673 } },
      'She said, "It costs 673 coins."',
    ],
    [
      { kind: 'says', ...past, who: she, saying: 'say', speech: { kind: 'weather', weather: 'storm' } },
      'She said, "What a storm!"',
    ],
    [
      { kind: 'says', ...past, who: she, saying: 'say', speech: { kind: 'weather', weather: 'heat' } },
      'She said, "What heat!"',
    ],
  ],
  answers: [
    [
      { kind: 'answers', ...past, who: james, holder: james.person, thing: some('saw') },
      'James answered, "I have the saw."',
    ],
    [
      { kind: 'answers', ...present, who: he, holder: anybody('Ruth'), thing: some('leaf', 3) },
      'He answers, "Ruth has the leaves."',
    ],
    [
      { kind: 'answers', ...past, who: he, holder: null, thing: filled('cup', 'ink', 3) },
      'He answered, "Nobody has the ink."',
    ],
  ],
  feels: [
    [{ kind: 'feels', ...past, who: she, feeling: 'surprised' }, 'She was surprised.'],
    [{ kind: 'feels', ...present, who: james, feeling: 'calm' }, 'James is calm.'],
    [{ kind: 'feels', ...future, who: james, feeling: 'calm' }, 'James will be calm.'],
  ],
  'animals do': [
    [
      {
        kind: 'animals do',
        ...present,
        animals: { animal: 'ant', count: 1, quality: 'clever' },
        behaviour: 'hide',
        place: 'tower',
        at: null,
      },
      'A clever ant hides near the tower.',
    ],
    [
      {
        kind: 'animals do',
        ...present,
        animals: { animal: 'butterfly', count: 3, quality: 'yellow' },
        behaviour: 'cry',
        place: 'square',
        at: at(9, 9),
      },
      'Three yellow butterflies cry out near the square at 9:09.',
    ],
    [
      {
        kind: 'animals do',
        ...past,
        animals: { animal: 'sheep', count: 65, quality: 'sick' },
        behaviour: 'runAway',
        place: 'bakery',
        at: null,
      },
      '65 sick sheep ran away near the bakery.',
    ],
    [
      {
        kind: 'animals do',
        ...past,
        animals: { animal: 'fox', count: 2, quality: 'thin' },
        behaviour: 'die',
        place: 'lake',
        at: null,
      },
      'Two thin foxes died near the lake.',
    ],
    [
      {
        kind: 'animals do',
        ...future,
        animals: { animal: 'deer', count: 4, quality: 'young' },
        behaviour: 'dig',
        place: 'lake',
        at: null,
      },
      'Four young deer will dig near the lake.',
    ],
  ],
  'animal takes': [
    [
      {
        kind: 'animal takes',
        ...past,
        animals: { animal: 'goat', count: 1, quality: 'hungry' },
        theft: 'grab',
        thing: some('hat', 2, 'red'),
        owner: james,
      },
      "A hungry goat grabbed James's hats.",
    ],
    [
      {
        kind: 'animal takes',
        ...present,
        animals: { animal: 'buffalo', count: 9, quality: 'fierce' },
        theft: 'dragAway',
        thing: some('scissors'),
        owner: anna,
      },
      "Nine fierce buffaloes drag away Anna's scissors.",
    ],
    [
      {
        kind: 'animal takes',
        ...present,
        animals: { animal: 'donkey', count: 1, quality: 'lazy' },
        theft: 'trample',
        thing: filled('sack', 'sugar', 2),
        owner: anna,
      },
      "A lazy donkey tramples Anna's sugar.",
    ],
  ],
  'there are': [
    [
      { kind: 'there are', ...past, place: 'classroom', things: [some('table', 55, 'wooden'), some('ball')] },
      'In the classroom there were 55 wooden tables and a ball.',
    ],
    [
      { kind: 'there are', ...present, place: 'gate', things: [some('scissors'), some('ball', 2)] },
      'At the gate there is a pair of scissors and two balls.',
    ],
    [
      { kind: 'there are', ...past, place: 'road', things: [filled('bottle', 'water', 1, 'cold')] },
      'On the road there was a bottle of cold water.',
    ],
    [
      { kind: 'there are', ...future, place: 'hill', things: [some('crown', 1, 'iron'), some('orange')] },
      'On the hill there will be an iron crown and an orange.',
    ],
  ],
  weather: [
    [{ kind: 'weather', ...past, weather: 'rain', part: 'morning' }, 'Rain came in the morning.'],
    [{ kind: 'weather', ...present, weather: 'storm', part: 'noon' }, 'A storm comes at noon.'],
    [{ kind: 'weather', ...future, weather: 'dust', part: 'night' }, 'Dust will come at night.'],
  ],
  ending: [
    [
      { kind: 'ending', ...past, who: she, part: 'dawn', place: 'house', feeling: 'sick' },
      'At dawn she rested in the house, sick.',
    ],
    [
      { kind: 'ending', ...present, who: he, part: 'evening', place: 'beach', feeling: 'lucky' },
      'In the evening he rests on the beach, lucky.',
    ],
    [
      { kind: 'ending', ...future, who: james, part: 'afternoon', place: 'station', feeling: 'brave' },
      'In the afternoon James will rest at the station, brave.',
    ],
  ],
};

describe('English', () => {
  for (const [kind, rows] of Object.entries(BY_KIND))
    it.each(rows)(`says what is meant: ${kind} %#`, (sentence, text) => {
      expect(say(sentence)).toBe(text);
    });

  it('lets a reader of a sentence know which it was', () => {
    const meant = new Map<string, string>();
    for (const sentence of drawn(400)) {
      const text = say(sentence);
      const before = meant.get(text);
      if (before === undefined) meant.set(text, gist(sentence) + sentence.tense);
      else expect(gist(sentence) + sentence.tense, text).toBe(before);
    }
    expect(meant.size).toBeGreaterThan(6000);
  });

  it('says an before vowels, and a before all else', () => {
    for (const sentence of drawn(200)) {
      const text = say(sentence);
      expect(text).not.toMatch(/\b[Aa] [aeiou]/);
      expect(text).not.toMatch(/\b[Aa]n [^aeiou]/);
    }
  });

  it('marks parts with nothing that is left in the text', () => {
    for (const sentence of drawn(50)) expect(say(sentence)).toMatch(/^[A-Z0-9][A-Za-z0-9 ,.:!?"']+[.!?]"?$/);
  });
});

describe('verbs', () => {
  const { MOTIONS, DEALINGS, BEHAVIOURS, DEEDS, GIFTS, SAYINGS, THEFTS } = words;
  const all = [MOTIONS, DEALINGS, BEHAVIOURS, DEEDS, GIFTS, SAYINGS, THEFTS]
    .flatMap((table) => Object.values<words.Verb>(table))
    .map(({ base, third, past: did }) => [base, third, did].map((form) => form.replaceAll('·', '')));

  it.each(
    `go goes went, run runs ran, come comes came, ride rides rode, meet meets met, see sees saw, hear hears heard, find finds found,
teach teaches taught, wake wakes woke, sleep sleeps slept, eat eats ate, drink drinks drank, hide hides hid, dig digs dug, die dies died,
buy buys bought, make makes made, steal steals stole, bring brings brought, win wins won, choose chooses chose, lose loses lost,
sell sells sold, drop drops dropped, break breaks broke, tear tears tore, forget forgets forgot, wash washes washed,
carry carries carried, read reads read, give gives gave, lend lends lent, send sends sent, throw throws threw, show shows showed,
say says said, cry cries cried, grab grabs grabbed, drag drags dragged, play plays played, hurry hurries hurried, hug hugs hugged,
visit visits visited, photograph photographs photographed, deceive deceives deceived, travel travels travelled`
      .split(/,\s+/)
      .map((forms) => forms.split(' ')),
  )('%s, %s, %s', (base, third, did) => {
    expect(all).toContainEqual([base, third, did]);
  });
});

describe('the lexicon', () => {
  const verbs = (table: Readonly<Record<string, words.Verb>>) =>
    Object.values(table).map(({ base, rest }) => `${base}${rest === '' ? '' : ` ${rest}`}`);
  const singulars = (table: Readonly<Record<string, words.Noun>>) => Object.values(table).map(([one]) => one);
  const tables: Readonly<Record<string, readonly string[]>> = {
    things: [...singulars(words.THINGS), ...Object.values(words.STAPLES)],
    measures: singulars({ ...words.MEASURES, pair: words.PAIR }),
    animals: singulars(words.ANIMALS),
    trades: Object.values(words.TRADES),
    kin: Object.values(words.KIN),
    places: Object.values(words.PLACES),
    qualities: Object.values(words.QUALITIES),
    feelings: Object.values(words.FEELINGS),
    weathers: Object.values(words.WEATHERS),
    numbers: words.NUMBERS.slice(1),
    motions: verbs(words.MOTIONS),
    dealings: verbs(words.DEALINGS),
    behaviours: verbs(words.BEHAVIOURS),
    deeds: verbs(words.DEEDS),
    gifts: verbs(words.GIFTS),
    sayings: verbs(words.SAYINGS),
    thefts: verbs(words.THEFTS),
  };

  it.each(Object.entries(tables))('has a word of its own for each of the %s', (_, table) => {
    expect(new Set(table).size).toBe(table.length);
    for (const word of table) expect(word).toMatch(/^[a-z]+( [a-z]+)*$/);
  });

  it('has no word whose first letter hides whether it takes an', () => {
    const led = [tables.things, tables.measures, tables.animals, tables.trades, tables.qualities].flat();
    for (const word of led) expect(word).not.toMatch(/^(hour|hono|heir|eu|one|once|u[bfnst][aeiou])/);
  });

  it('has names with a capital', () => {
    expect(words.NAMES).toHaveLength(NAME_COUNT);
    expect(new Set(words.NAMES).size).toBe(NAME_COUNT);
    for (const word of words.NAMES) expect(word).toMatch(/^[A-Z][a-z]+$/);
  });
});
