import { describe, expect, it } from 'vitest';
import { adjective, NOUN_CLASSES, type NounClass } from '../../../corpora/languages/swahili/concords.ts';
import { village } from '../../../corpora/languages/swahili/phrases.ts';
import { swahili } from '../../../corpora/languages/swahili/swahili.ts';
import * as words from '../../../corpora/languages/swahili/words.ts';
import {
  type Dealing,
  type Deed,
  type Feeling,
  type Motion,
  NAME_COUNT,
  SYLLABLE_COUNT,
  type Weather,
} from '../../../corpora/world/concepts.ts';
import { finish } from '../../../corpora/world/finish.ts';
import type { Sentence, Speech, Tense, Thing } from '../../../corpora/world/meaning.ts';
import { at, drawn, filled, fresh, future, gist, known, past, peopleOf, present, some } from './meanings.ts';

const { anybody, named, pronoun, worker, relative } = peopleOf(words.NAMES);
const asha = named('Asha');
const juma = named('Juma');
const she = pronoun('Asha');

const say = (sentence: Sentence) => finish(swahili.tell(sentence), swahili.writing);
const has = (...things: readonly Thing[]): Sentence => ({ kind: 'has', ...past, who: she, things });
const wants = (thing: Thing): Sentence => ({ kind: 'wants', ...past, who: she, thing });
const does = (deed: Deed, thing: Thing, tense: Tense = 'past'): Sentence => ({
  kind: 'does',
  tense,
  who: she,
  deed,
  mention: known(thing),
  coins: null,
});
const goes = (motion: Motion): Sentence => ({
  kind: 'goes',
  ...past,
  who: she,
  motion,
  to: { place: 'river' },
  at: null,
});
const deals = (dealing: Dealing): Sentence => ({
  kind: 'deals',
  ...past,
  who: she,
  dealing,
  other: juma,
  at: null,
});
const feels = (feeling: Feeling, tense: Tense = 'past'): Sentence => ({
  kind: 'feels',
  tense,
  who: she,
  feeling,
});
const ends = (feeling: Feeling): Sentence => ({
  kind: 'ending',
  ...past,
  who: juma,
  part: 'evening',
  place: 'kitchen',
  feeling,
});
const weather = (of: Weather, tense: Tense = 'past'): Sentence => ({
  kind: 'weather',
  tense,
  weather: of,
  part: 'night',
});
const says = (speech: Speech): Sentence => ({ kind: 'says', ...past, who: she, saying: 'say', speech });

describe('Swahili says', () => {
  it.each<[Sentence, string]>([
    [
      {
        kind: 'opening',
        ...past,
        when: { day: 'friday', part: 'afternoon' },
        who: worker('Asha', 'fisher', null, [66, 51]),
        place: 'bridge',
      },
      'Ijumaa alasiri Asha wa Yese, mvuvi, alikuwa darajani.',
    ],
    [
      {
        kind: 'opening',
        ...present,
        when: { day: 'sunday', part: 'dawn' },
        who: worker('Juma', 'smith', 40),
        place: 'garden',
      },
      'Kila Jumapili alfajiri Juma, mhunzi wa miaka 40, huwa bustanini.',
    ],
    [
      {
        kind: 'opening',
        ...future,
        when: { date: 1, month: 'may', year: 2086 },
        who: worker('Juma', 'woodcutter'),
        place: 'lighthouse',
      },
      'Tarehe 1 Mei 2086 Juma, mkata kuni, atakuwa kwenye mnara wa taa.',
    ],
    [
      {
        kind: 'opening',
        ...present,
        when: { date: 24, month: 'august', year: null },
        who: worker('Asha', 'student', 12, [0, 1, 2]),
        place: 'house',
      },
      'Kila tarehe 24 Agosti Asha wa Aei, mwanafunzi wa miaka 12, huwa nyumbani.',
    ],
  ])('where somebody is: %#', (sentence, text) => {
    expect(say(sentence)).toBe(text);
  });

  it.each<[Sentence, string]>([
    [{ kind: 'has', ...past, who: asha, things: [some('cake')] }, 'Asha alikuwa na keki.'],
    [{ kind: 'has', ...present, who: she, things: [some('hat')] }, 'Ana kofia.'],
    [
      { kind: 'has', ...future, who: juma, things: [some('key'), some('key', 2), some('ring', 3)] },
      'Juma atakuwa na ufunguo, funguo mbili na pete tatu.',
    ],
    [
      { kind: 'still has', ...past, who: she, things: [some('shell', 7), some('bone', 20), some('ball')] },
      'Bado alikuwa na kauri, mifupa na mpira.',
    ],
    [{ kind: 'still has', ...present, who: asha, things: [filled('cup', 'tea', 3)] }, 'Asha bado ana chai.'],
    [wants(some('chair')), 'Alitaka kiti.'],
    [{ kind: 'wants', ...present, who: asha, thing: some('nest', 99) }, 'Asha anataka viota 99.'],
    [{ kind: 'wants', ...future, who: she, thing: some('letter', 9) }, 'Atataka barua tisa.'],
  ])('what somebody has or wants: %#', (sentence, text) => {
    expect(say(sentence)).toBe(text);
  });

  it.each<[Sentence, string]>([
    [
      has(some('scarf', 1, 'big'), some('saw', 2, 'big')),
      'Alikuwa na mtandio mkubwa na misumeno mikubwa miwili.',
    ],
    [
      has(some('umbrella', 1, 'white'), some('umbrella', 5, 'white')),
      'Alikuwa na mwavuli mweupe na miavuli myeupe mitano.',
    ],
    [
      has(some('shirt', 1, 'red'), some('newspaper', 4, 'black')),
      'Alikuwa na shati jekundu na magazeti meusi manne.',
    ],
    [
      has(some('stone', 1, 'heavy'), some('stone', 3, 'light')),
      'Alikuwa na jiwe zito na mawe mepesi matatu.',
    ],
    [has(some('tent', 1, 'new'), some('tent', 2, 'new')), 'Alikuwa na hema jipya na mahema mapya mawili.'],
    [
      has(some('knife', 1, 'white'), some('shoe', 8, 'black')),
      'Alikuwa na kisu cheupe na viatu vyeusi vinane.',
    ],
    [
      has(some('mirror', 1, 'old'), some('mirror', 6, 'dirty')),
      'Alikuwa na kioo kikuukuu na vioo vichafu sita.',
    ],
    [
      has(some('bell', 1, 'beautiful'), some('bell', 2, 'small')),
      'Alikuwa na kengele nzuri na kengele ndogo mbili.',
    ],
    [has(some('drum', 4, 'ugly'), some('drum', 5, 'new')), 'Alikuwa na ngoma mbaya nne na ngoma mpya tano.'],
    [has(some('hat', 1, 'light'), some('hat', 8, 'big')), 'Alikuwa na kofia nyepesi na kofia kubwa nane.'],
    [has(some('bow', 1, 'black'), some('bow', 3, 'black')), 'Alikuwa na upinde mweusi na pinde nyeusi tatu.'],
    [has(some('net', 1, 'new'), some('net', 2, 'dry')), 'Alikuwa na wavu mpya na nyavu kavu mbili.'],
    [
      has(some('feather', 1, 'soft'), some('feather', 5, 'white')),
      'Alikuwa na unyoya laini na manyoya meupe matano.',
    ],
    [
      has(some('mushroom', 1, 'rotten'), some('mushroom', 5, 'fresh')),
      'Alikuwa na uyoga mbovu na nyoga mbichi tano.',
    ],
    [
      has(some('mango', 1, 'ripe'), some('potato', 3, 'sour')),
      'Alikuwa na embe bivu na viazi vichachu vitatu.',
    ],
    [
      has(some('fish', 1, 'big'), some('fish', 2, 'fresh')),
      'Alikuwa na samaki mkubwa na samaki wabichi wawili.',
    ],
    [
      has(some('doll', 1, 'white'), some('doll', 3, 'red')),
      'Alikuwa na mwanasesere mweupe na wanasesere wekundu watatu.',
    ],
    [
      has(some('drum', 1, 'cheap'), some('dress', 12, 'clean')),
      'Alikuwa na ngoma rahisi na magauni safi 12.',
    ],
  ])('adjectives and numbers in their class: %#', (sentence, text) => {
    expect(say(sentence)).toBe(text);
  });

  it.each<[Sentence, string]>([
    [
      has(some('pan', 1, 'copper'), some('pan', 3, 'iron')),
      'Alikuwa na sufuria ya shaba na sufuria tatu za chuma.',
    ],
    [
      has(some('crown', 1, 'golden'), some('crown', 2, 'silver')),
      'Alikuwa na taji la dhahabu na mataji mawili ya fedha.',
    ],
    [
      has(some('comb', 1, 'wooden'), some('comb', 9, 'green')),
      'Alikuwa na kitana cha mbao na vitana tisa vya kijani.',
    ],
    [
      has(some('jar', 1, 'strange'), some('jar', 2, 'brown')),
      'Alikuwa na mtungi wa ajabu na mitungi miwili ya kahawia.',
    ],
    [
      has(some('fish', 2, 'hot'), some('doll', 1, 'wooden')),
      'Alikuwa na samaki wawili wa moto na mwanasesere wa mbao.',
    ],
    [
      has(some('coat', 1, 'wet'), some('coat', 2, 'torn')),
      'Alikuwa na koti lililolowa na makoti mawili yaliyochanika.',
    ],
    [
      has(some('book', 1, 'torn'), some('book', 4, 'wet')),
      'Alikuwa na kitabu kilichochanika na vitabu vinne vilivyolowa.',
    ],
    [
      has(some('letter', 1, 'wet'), some('letter', 4, 'torn')),
      'Alikuwa na barua iliyolowa na barua nne zilizochanika.',
    ],
    [
      has(some('bone', 1, 'sharp'), some('branch', 2, 'sharp')),
      'Alikuwa na mfupa uliochongoka na matawi mawili yaliyochongoka.',
    ],
    [
      has(some('root', 3, 'wet'), some('feather', 1, 'wet')),
      'Alikuwa na mizizi mitatu iliyolowa na unyoya uliolowa.',
    ],
    [
      has(some('lemon', 1, 'tasty'), some('onion', 2, 'tasty')),
      'Alikuwa na limau lenye ladha na vitunguu viwili vyenye ladha.',
    ],
    [
      has(some('cake', 1, 'tasty'), some('cake', 10, 'tasty')),
      'Alikuwa na keki yenye ladha na keki 10 zenye ladha.',
    ],
  ])('connectives and relatives in their class: %#', (sentence, text) => {
    expect(say(sentence)).toBe(text);
  });

  it.each<[Sentence, string]>([
    [wants(filled('cup', 'rice', 83, 'clean')), 'Alitaka vikombe 83 vya mchele safi.'],
    [wants(filled('sack', 'flour', 1, 'white')), 'Alitaka gunia la unga mweupe.'],
    [wants(filled('bottle', 'water', 2, 'cold')), 'Alitaka chupa mbili za maji baridi.'],
    [wants(filled('pot', 'milk', 1, 'hot')), 'Alitaka chungu cha maziwa ya moto.'],
    [wants(filled('pot', 'tea', 5, 'bitter')), 'Alitaka vyungu vitano vya chai chungu.'],
    [wants(filled('bowl', 'oil', 2, 'good')), 'Alitaka mabakuli mawili ya mafuta bora.'],
    [wants(filled('spoonful', 'ink', 1, 'black')), 'Alitaka kijiko cha wino mweusi.'],
  ])('measures: %#', (sentence, text) => {
    expect(say(sentence)).toBe(text);
  });

  it.each<[Sentence, string]>([
    [goes('go'), 'Alikwenda mtoni.'],
    [goes('walk'), 'Alitembea hadi mtoni.'],
    [goes('run'), 'Alikimbilia mtoni.'],
    [goes('return'), 'Alirudi mtoni.'],
    [goes('come'), 'Alikuja mtoni.'],
    [goes('ride'), 'Alipanda farasi hadi mtoni.'],
    [
      { kind: 'goes', ...present, who: asha, motion: 'come', to: { place: 'town' }, at: at(6, 5) },
      'Asha anakuja mjini saa 12:05.',
    ],
    [
      { kind: 'goes', ...future, who: juma, motion: 'go', to: { village: [29, 64] }, at: at(17, 45) },
      'Juma atakwenda Kuwu saa 11:45.',
    ],
    [deals('meet'), 'Alikutana na Juma.'],
    [deals('see'), 'Alimwona Juma.'],
    [deals('call'), 'Alimwita Juma.'],
    [deals('rescue'), 'Alimwokoa Juma.'],
    [deals('wake'), 'Alimwamsha Juma.'],
    [deals('praise'), 'Alimsifu Juma.'],
    [deals('photograph'), 'Alimpiga picha Juma.'],
    [
      {
        kind: 'deals',
        ...past,
        who: asha,
        dealing: 'hug',
        other: worker('Juma', 'writer', 77, [8, 2, 61]),
        at: at(10, 21),
      },
      'Asha alimkumbatia Juma wa Boiwe, mwandishi wa miaka 77, saa 4:21.',
    ],
    [
      {
        kind: 'deals',
        ...future,
        who: asha,
        dealing: 'thank',
        other: relative('Petro', 'youngerBrother', 'Asha', 20),
        at: null,
      },
      'Asha atamshukuru Petro, kaka mdogo wa miaka 20 wa Asha.',
    ],
    [
      {
        kind: 'deals',
        ...present,
        who: she,
        dealing: 'visit',
        other: relative('Zena', 'mother', 'Asha', null, [70, 1]),
        at: at(7, 0),
      },
      'Anamtembelea Zena wa Zae, mama wa Asha, saa 1:00.',
    ],
  ])('where people go and whom they deal with: %#', (sentence, text) => {
    expect(say(sentence)).toBe(text);
  });

  it.each<[Sentence, string]>([
    [does('lift', some('ball')), 'Aliuinua mpira.'],
    [does('burn', some('scarf', 2)), 'Aliichoma mitandio.'],
    [does('eat', some('papaya')), 'Alilila papai.'],
    [does('eat', some('orange', 2), 'present'), 'Anayala machungwa.'],
    [does('sharpen', some('knife')), 'Alikinoa kisu.'],
    [does('count', some('onion', 12), 'future'), 'Atavihesabu vitunguu.'],
    [does('read', some('letter')), 'Aliisoma barua.'],
    [does('fold', some('letter', 4)), 'Alizikunja barua.'],
    [does('lose', some('key')), 'Aliupoteza ufunguo.'],
    [does('lose', some('key', 3)), 'Alizipoteza funguo.'],
    [does('eat', some('fish')), 'Alimla samaki.'],
    [does('eat', some('fish', 3), 'future'), 'Atawala samaki.'],
    [does('wash', some('fish')), 'Alimwosha samaki.'],
    [does('lift', some('doll')), 'Alimwinua mwanasesere.'],
    [does('spill', filled('cup', 'water', 3)), 'Aliyamwaga maji.'],
    [does('weigh', filled('sack', 'flour', 3)), 'Aliupima unga.'],
    [does('carry', filled('sack', 'maize', 3), 'present'), 'Anayabeba mahindi.'],
    [does('paint', some('boat')), 'Aliipaka rangi mashua.'],
    [does('wash', some('shirt')), 'Alilifua shati.'],
    [does('wash', some('shoe', 2)), 'Aliviosha viatu.'],
    [does('win', some('flute', 2)), 'Alijishindia filimbi zile.'],
    [does('win', some('bicycle')), 'Alijishindia baiskeli ile.'],
    [does('steal', some('ticket')), 'Aliiiba tiketi.'],
    [
      { kind: 'does', ...past, who: she, deed: 'steal', mention: fresh(some('ticket')), coins: null },
      'Aliiba tiketi.',
    ],
    [
      { kind: 'does', ...past, who: juma, deed: 'win', mention: fresh(some('hat', 4)), coins: null },
      'Juma alijishindia kofia nne.',
    ],
    [
      { kind: 'does', ...past, who: she, deed: 'buy', mention: fresh(some('rope', 99, 'light')), coins: 367 },
      'Alinunua kamba nyepesi 99 kwa senti 367.',
    ],
    [
      { kind: 'does', ...future, who: asha, deed: 'sell', mention: known(some('rope', 99)), coins: 5 },
      'Asha ataziuza kamba kwa senti 5.',
    ],
  ])('what people do with things, known and new: %#', (sentence, text) => {
    expect(say(sentence)).toBe(text);
  });

  it.each<[Sentence, string]>([
    [{ kind: 'gives', ...past, who: she, gift: 'give', thing: some('ball'), to: juma }, 'Alimpa Juma mpira.'],
    [
      { kind: 'gives', ...present, who: asha, gift: 'lend', thing: some('axe', 2), to: juma },
      'Asha anamwazima Juma mashoka.',
    ],
    [
      { kind: 'gives', ...past, who: she, gift: 'show', thing: some('map'), to: juma },
      'Alimwonyesha Juma ramani.',
    ],
    [
      { kind: 'gives', ...future, who: she, gift: 'sellTo', thing: filled('sack', 'salt'), to: juma },
      'Atamuuzia Juma chumvi.',
    ],
    [
      says({ kind: 'need', thing: some('spoon', 2, 'silver') }),
      'Alisema, "Nahitaji vijiko viwili vya fedha."',
    ],
    [says({ kind: 'feeling', feeling: 'tired' }), 'Alisema, "Nimechoka."'],
    [says({ kind: 'feeling', feeling: 'afraid' }), 'Alisema, "Naogopa."'],
    [says({ kind: 'feeling', feeling: 'hungry' }), 'Alisema, "Nina njaa."'],
    [says({ kind: 'feeling', feeling: 'lonely' }), 'Alisema, "Mimi ni mpweke."'],
    [says({ kind: 'price', coins: 42 }), 'Alisema, "Ni senti 42."'],
    [says({ kind: 'ask price', thing: some('orange', 3) }), 'Alisema, "Machungwa haya bei gani?"'],
    [says({ kind: 'ask price', thing: some('fish') }), 'Alisema, "Samaki huyu bei gani?"'],
    [says({ kind: 'weather', weather: 'rain' }), 'Alisema, "Mvua gani hii!"'],
    [says({ kind: 'weather', weather: 'clouds' }), 'Alisema, "Mawingu gani haya!"'],
    [
      {
        kind: 'says',
        ...past,
        who: asha,
        saying: 'shout',
        speech: { kind: 'invite', place: 'well', at: at(13, 9) },
      },
      'Asha alipaza sauti, "Njoo kisimani saa 7:09!"',
    ],
    [
      {
        kind: 'says',
        ...present,
        who: juma,
        saying: 'whisper',
        speech: {
          kind: 'warn',
          animals: { animal: 'lion', count: 3, quality: 'old' },
          place: 'cave',
        },
      },
      'Juma ananong\'ona, "Kuna simba wazee watatu pangoni!"',
    ],
    [
      {
        kind: 'says',
        ...future,
        who: she,
        saying: 'cry',
        speech: { kind: 'ask who has', thing: some('crown') },
      },
      'Ataita, "Nani ana taji lile?"',
    ],
    [
      { kind: 'answers', ...past, who: juma, holder: anybody('Asha'), thing: some('book') },
      'Juma alijibu, "Asha anacho kitabu."',
    ],
    [
      { kind: 'answers', ...past, who: asha, holder: asha.person, thing: some('book', 2) },
      'Asha alijibu, "Ninavyo vitabu."',
    ],
    [
      { kind: 'answers', ...future, who: asha, holder: null, thing: some('book') },
      'Asha atajibu, "Hakuna mwenye kitabu."',
    ],
  ])('what people give and say: %#', (sentence, text) => {
    expect(say(sentence)).toBe(text);
  });

  it.each<[Sentence, string]>([
    [feels('happy'), 'Alifurahi.'],
    [feels('hungry'), 'Alikuwa na njaa.'],
    [feels('hungry', 'present'), 'Ana njaa.'],
    [feels('brave'), 'Alikuwa jasiri.'],
    [feels('curious', 'present'), 'Ni mdadisi.'],
    [feels('lonely', 'future'), 'Atakuwa mpweke.'],
    [feels('jealous', 'future'), 'Ataona wivu.'],
    [ends('happy'), 'Jioni Juma alipumzika jikoni amefurahi.'],
    [ends('worried'), 'Jioni Juma alipumzika jikoni akihangaika.'],
    [ends('thirsty'), 'Jioni Juma alipumzika jikoni akiwa na kiu.'],
    [ends('brave'), 'Jioni Juma alipumzika jikoni akiwa jasiri.'],
    [
      { kind: 'ending', ...future, who: she, part: 'morning', place: 'inn', feeling: 'ashamed' },
      'Asubuhi atapumzika hotelini akiona aibu.',
    ],
    [weather('rain'), 'Mvua ilinyesha usiku.'],
    [weather('fog'), 'Ukungu ulitanda usiku.'],
    [weather('clouds', 'future'), 'Mawingu yatatanda usiku.'],
    [weather('heat', 'present'), 'Joto linazidi usiku.'],
    [weather('dust'), 'Vumbi lilitimka usiku.'],
    [
      { kind: 'there are', ...past, place: 'market', things: [some('coat', 55, 'black'), some('mango')] },
      'Sokoni kulikuwa na makoti meusi 55 na embe.',
    ],
    [{ kind: 'there are', ...present, place: 'roof', things: [some('egg', 3)] }, 'Darini kuna mayai matatu.'],
    [
      { kind: 'there are', ...future, place: 'forest', things: [filled('cup', 'salt', 2)] },
      'Msituni kutakuwa na vikombe viwili vya chumvi.',
    ],
  ])('feelings, weather and places: %#', (sentence, text) => {
    expect(say(sentence)).toBe(text);
  });

  it.each<[Sentence, string]>([
    [
      {
        kind: 'animals do',
        ...past,
        animals: { animal: 'butterfly', count: 1, quality: 'white' },
        behaviour: 'die',
        place: 'school',
        at: null,
      },
      'Kipepeo mweupe alikufa shuleni.',
    ],
    [
      {
        kind: 'animals do',
        ...present,
        animals: { animal: 'frog', count: 2, quality: 'thin' },
        behaviour: 'eat',
        place: 'swamp',
        at: at(12, 30),
      },
      'Vyura wembamba wawili wanakula kinamasini saa 6:30.',
    ],
    [
      {
        kind: 'animals do',
        ...future,
        animals: { animal: 'lizard', count: 12, quality: 'hungry' },
        behaviour: 'drink',
        place: 'lake',
        at: null,
      },
      'Mijusi 12 wenye njaa watakunywa ziwani.',
    ],
    [
      {
        kind: 'animals do',
        ...past,
        animals: { animal: 'cow', count: 1, quality: 'tired' },
        behaviour: 'hide',
        place: 'gate',
        at: null,
      },
      "Ng'ombe aliyechoka alijificha langoni.",
    ],
    [
      {
        kind: 'animals do',
        ...past,
        animals: { animal: 'bee', count: 5, quality: 'tired' },
        behaviour: 'appear',
        place: 'farm',
        at: null,
      },
      'Nyuki watano waliochoka walitokea shambani.',
    ],
    [
      {
        kind: 'animal takes',
        ...past,
        animals: { animal: 'goat', count: 1, quality: 'hungry' },
        theft: 'swallow',
        thing: some('onion', 3),
        owner: asha,
      },
      'Mbuzi mwenye njaa alimeza vitunguu vya Asha.',
    ],
    [
      {
        kind: 'animal takes',
        ...present,
        animals: { animal: 'elephant', count: 4, quality: 'grey' },
        theft: 'trample',
        thing: some('tent'),
        owner: juma,
      },
      'Tembo wanne wa kijivu wanakanyaga hema la Juma.',
    ],
    [
      {
        kind: 'animal takes',
        ...future,
        animals: { animal: 'dog', count: 2, quality: 'sick' },
        theft: 'dragAway',
        thing: some('fish', 2),
        owner: juma,
      },
      'Mbwa wagonjwa wawili wataburuta samaki wa Juma.',
    ],
  ])('animals, which agree as people do: %#', (sentence, text) => {
    expect(say(sentence)).toBe(text);
  });

  it('other things in other words', () => {
    const meant = new Map<string, string>();
    for (const sentence of drawn(300)) {
      const text = say(sentence);
      const known = meant.get(text) ?? gist(sentence);
      expect(gist(sentence), text).toBe(known);
      meant.set(text, known);
    }
    expect(meant.size).toBeGreaterThan(6000);
  });

  it('nothing but Swahili letters, figures and marks', () => {
    for (const sentence of drawn(50)) {
      const text = say(sentence);
      expect(text).toMatch(/^[A-Z][A-Za-z0-9 ,.!?":']+[.!?]"?$/);
      expect(text).not.toMatch(/ {2}|[qx]|c(?!h)/i);
      expect(text.normalize('NFC')).toBe(text);
    }
  });
});

/** In the order of the classes: 1 and 2 of people, then singulars and plurals in turn, 11 last. */
describe('adjectives', () => {
  it.each([
    ['kubwa', 'mkubwa wakubwa mkubwa mikubwa kubwa makubwa kikubwa vikubwa kubwa kubwa mkubwa'],
    ['dogo', 'mdogo wadogo mdogo midogo dogo madogo kidogo vidogo ndogo ndogo mdogo'],
    ['baya', 'mbaya wabaya mbaya mibaya baya mabaya kibaya vibaya mbaya mbaya mbaya'],
    ['refu', 'mrefu warefu mrefu mirefu refu marefu kirefu virefu ndefu ndefu mrefu'],
    ['pya', 'mpya wapya mpya mipya jipya mapya kipya vipya mpya mpya mpya'],
    ['eupe', 'mweupe weupe mweupe myeupe jeupe meupe cheupe vyeupe nyeupe nyeupe mweupe'],
    ['eusi', 'mweusi weusi mweusi myeusi jeusi meusi cheusi vyeusi nyeusi nyeusi mweusi'],
  ])('-%s', (stem, forms) => {
    const plain = NOUN_CLASSES.map((of: NounClass) => adjective(stem, of).replaceAll('·', ''));
    expect(plain.join(' ')).toBe(forms);
  });
});

describe('the lexicon', () => {
  const text = (word: { readonly full: string; readonly rest: string }) => word.full + word.rest;
  const one = (noun: { readonly one: { readonly word: string } }) => noun.one.word;
  const tables: Readonly<Record<string, readonly string[]>> = {
    things: [
      ...Object.values(words.THINGS).map(one),
      ...Object.values(words.STAPLES).map(({ word }) => word),
    ],
    measures: Object.values(words.MEASURES).map(one),
    animals: Object.values(words.ANIMALS).map(one),
    trades: Object.values(words.TRADES),
    kin: Object.values(words.KIN),
    places: Object.values(words.PLACES),
    qualities: Object.values({ ...words.QUALITIES, aged: words.QUALITIES_OF_ANIMALS.old }).map(
      (quality) => quality?.forms[7] ?? '',
    ),
    feelings: Object.values(words.FEELINGS).map((word) => {
      if (word.kind === 'have') return word.noun;
      return word.kind === 'be' ? word.adjective : text(word.verb);
    }),
    weathers: Object.values(words.WEATHERS).map(({ word }) => word),
    parts: Object.values(words.PARTS),
    motions: Object.values(words.MOTIONS).map(text),
    dealings: Object.values(words.DEALINGS).map(text),
    behaviours: Object.values(words.BEHAVIOURS).map(text),
    deeds: [...Object.values(words.DEEDS), words.WASH_CLOTHES].map(text),
    gifts: Object.values(words.GIFTS).map(text),
    sayings: Object.values(words.SAYINGS).map(text),
    thefts: Object.values(words.THEFTS).map(text),
  };

  it.each(Object.entries(tables))('has a word of its own for each of the %s', (_, table) => {
    const plain = table.map((word) => word.replaceAll('·', ''));
    expect(new Set(plain).size).toBe(plain.length);
    // Every word ends in a vowel, and c stands only before h.
    for (const word of plain) expect(word).toMatch(/^((ch|[abd-pr-w'yz])*[aeiou] ?)+$/);
  });

  it('has names, days and months, with a capital', () => {
    expect(words.NAMES).toHaveLength(NAME_COUNT);
    for (const table of [words.NAMES, Object.values(words.DAYS), Object.values(words.MONTHS)]) {
      expect(new Set(table).size).toBe(table.length);
      for (const word of table) expect(word).toMatch(/^[A-Z](ch|[abd-pr-wyz])+$/);
    }
  });

  it('writes each syllable of villages in its own way', () => {
    const written = Array.from({ length: SYLLABLE_COUNT }, (_, one) => village([one, one]));
    expect(new Set(written).size).toBe(SYLLABLE_COUNT);
  });
});
