/**
 * The words of the built-in sample: each meaning once, with what Swahili and English need to say it.
 * Written for this lab. Rows are `swahili | english | …`; singular and plural are parted by a comma.
 */

export type Gender = 'he' | 'she' | 'it';

/** Someone who can act: a person by name, a person by trade, or an animal. Agreement is m-/wa- for all. */
export type Animate = {
  readonly swahili: readonly [one: string, many: string];
  readonly english: readonly [one: string, many: string];
  readonly gender: Gender;
  readonly isName: boolean;
};

/** Swahili noun classes of things, named by their singular: m-/mi-, (ji-)/ma-, ki-/vi-, n-/n-. */
export type NounClass = 3 | 5 | 7 | 9;

export type Thing = {
  readonly swahili: readonly [one: string, many: string];
  readonly english: readonly [one: string, many: string];
  readonly nounClass: NounClass;
  /** What may be done with it; verbs name one of these. */
  readonly uses: readonly string[];
};

/** A stuff without plural or article: water, rice. */
export type Stuff = { readonly swahili: string; readonly english: string; readonly uses: readonly string[] };

export type Verb = {
  readonly swahili: string;
  /** Base, past, participle. */
  readonly english: readonly [base: string, past: string, participle: string];
  /** The use an object must have; 'any' takes every thing. */
  readonly takes: string;
};

export type Place = { readonly swahili: string; readonly english: string; readonly preposition: string };

export type Adjective = {
  readonly english: string;
  /** Forms for animates (one, many), then classes 3, 4, 5, 6, 7, 8, 9, 10. */
  readonly swahili: readonly string[];
};

function rows(table: string): string[][] {
  return table
    .trim()
    .split('\n')
    .map((row) => row.split('|').map((cell) => cell.trim()));
}

function pair(cell = ''): readonly [string, string] {
  const [one = '', many = one] = cell.split(',').map((form) => form.trim());
  return [one, many];
}

function animate([swahili, english, gender]: string[]): Animate {
  return {
    swahili: pair(swahili),
    english: pair(english),
    gender: gender === 'she' || gender === 'it' ? gender : 'he',
    isName: false,
  };
}

function named(names: string, gender: Gender): Animate[] {
  return names
    .split(' ')
    .map((name) => ({ swahili: [name, name], english: [name, name], gender, isName: true }));
}

export const NAMES: readonly Animate[] = [
  ...named('Juma Hassan Baraka Musa Daudi Ali Omari Yusufu Rashidi Petro', 'he'),
  ...named('Asha Amina Neema Fatuma Rehema Salma Zuhura Halima Zawadi Maria', 'she'),
];

export const PEOPLE: readonly Animate[] = rows(`
  mwalimu, walimu | teacher, teachers | she
  mkulima, wakulima | farmer, farmers | he
  mvuvi, wavuvi | fisherman, fishermen | he
  daktari, madaktari | doctor, doctors | she
  mwanafunzi, wanafunzi | student, students | she
  mpishi, wapishi | cook, cooks | he
  dereva, madereva | driver, drivers | he
  fundi, mafundi | craftsman, craftsmen | he
  mzee, wazee | old man, old men | he
  mgeni, wageni | guest, guests | she
  jirani, majirani | neighbour, neighbours | she
  msichana, wasichana | girl, girls | she
  mvulana, wavulana | boy, boys | he
  mwanamke, wanawake | woman, women | she
  mwanamume, wanaume | man, men | he
  mfanyabiashara, wafanyabiashara | trader, traders | she
  mfalme, wafalme | king, kings | he
  muuguzi, wauguzi | nurse, nurses | she
  askari, askari | soldier, soldiers | he
  mwimbaji, waimbaji | singer, singers | she
  mwandishi, waandishi | writer, writers | he
  mwindaji, wawindaji | hunter, hunters | he
`).map(animate);

export const ANIMALS: readonly Animate[] = rows(`
  mbwa, mbwa | dog, dogs | it
  paka, paka | cat, cats | it
  ng'ombe, ng'ombe | cow, cows | it
  mbuzi, mbuzi | goat, goats | it
  kuku, kuku | chicken, chickens | it
  punda, punda | donkey, donkeys | it
  farasi, farasi | horse, horses | it
  ndege, ndege | bird, birds | it
  kondoo, kondoo | sheep, sheep | it
  sungura, sungura | rabbit, rabbits | it
  tembo, tembo | elephant, elephants | it
  simba, simba | lion, lions | it
  twiga, twiga | giraffe, giraffes | it
  nyani, nyani | baboon, baboons | it
`).map(animate);

const CLASSES: Readonly<Record<string, NounClass>> = { '3': 3, '5': 5, '7': 7, '9': 9 };

export const THINGS: readonly Thing[] = rows(`
  kitabu, vitabu | book, books | 7 | read write
  kiti, viti | chair, chairs | 7 | mend clean
  kikapu, vikapu | basket, baskets | 7 | mend
  kisu, visu | knife, knives | 7 | wash
  kikombe, vikombe | cup, cups | 7 | wash break
  kiatu, viatu | shoe, shoes | 7 | clean mend
  kitanda, vitanda | bed, beds | 7 | mend
  kiazi, viazi | potato, potatoes | 7 | cook eat wash
  chungu, vyungu | pot, pots | 7 | wash break
  meza, meza | table, tables | 9 | mend clean
  barua, barua | letter, letters | 9 | read write
  ndizi, ndizi | banana, bananas | 9 | cook eat
  nyanya, nyanya | tomato, tomatoes | 9 | cook eat wash cut
  kalamu, kalamu | pen, pens | 9 | lose
  taa, taa | lamp, lamps | 9 | mend break clean
  ngoma, ngoma | drum, drums | 9 | mend
  baiskeli, baiskeli | bicycle, bicycles | 9 | mend wash
  chupa, chupa | bottle, bottles | 9 | open break wash
  sahani, sahani | plate, plates | 9 | wash break
  picha, picha | picture, pictures | 9 | draw
  simu, simu | telephone, telephones | 9 | mend lose
  kamba, kamba | rope, ropes | 9 | cut
  kofia, kofia | hat, hats | 9 | wash lose
  tunda, matunda | fruit, fruits | 5 | eat wash cut
  embe, maembe | mango, mangoes | 5 | eat wash cut
  yai, mayai | egg, eggs | 5 | cook eat break
  chungwa, machungwa | orange, oranges | 5 | eat cut
  gari, magari | car, cars | 5 | mend wash
  jembe, majembe | hoe, hoes | 5 | mend
  nanasi, mananasi | pineapple, pineapples | 5 | eat cut
  boga, maboga | pumpkin, pumpkins | 5 | cook cut
  ua, maua | flower, flowers | 5 | plant draw cut
  dirisha, madirisha | window, windows | 5 | open clean break
  shoka, mashoka | axe, axes | 5 | mend
  sanduku, masanduku | box, boxes | 5 | open
  gazeti, magazeti | newspaper, newspapers | 5 | read
  mkate, mikate | loaf, loaves | 3 | eat cut
  mti, miti | tree, trees | 3 | plant draw cut
  mfuko, mifuko | bag, bags | 3 | open mend lose
  mpira, mipira | ball, balls | 3 | throw lose
  mlango, milango | door, doors | 3 | open clean
  mkeka, mikeka | mat, mats | 3 | clean
`).map(([swahili, english, nounClass = '9', uses = '']) => ({
  swahili: pair(swahili),
  english: pair(english),
  nounClass: CLASSES[nounClass] ?? 9,
  uses: uses.split(' '),
}));

export const STUFFS: readonly Stuff[] = rows(`
  maji | water | drink
  chai | tea | drink cook
  maziwa | milk | drink
  kahawa | coffee | drink cook
  wali | rice | eat cook
  ugali | porridge | eat cook
  nyama | meat | eat cook cut
  asali | honey | eat
`).map(([swahili = '', english = '', uses = '']) => ({ swahili, english, uses: uses.split(' ') }));

function verb([swahili = '', english = '', takes = '']: string[]): Verb {
  const [base = '', past = `${base}ed`, participle = past] = english.split(',').map((form) => form.trim());
  return { swahili, english: [base, past, participle], takes };
}

/** Verbs with a thing or a stuff as object. */
export const DEEDS: readonly Verb[] = rows(`
  nunua | buy, bought | any
  uza | sell, sold | any
  beba | carry, carried | any
  leta | bring, brought | any
  tafuta | look for, looked for | any
  ona | see, saw, seen | any
  chukua | take, took, taken | any
  penda | like, liked | any
  sahau | forget, forgot, forgotten | any
  ficha | hide, hid, hidden | any
  poteza | lose, lost | lose
  soma | read, read | read
  andika | write, wrote, written | write
  pika | cook, cooked | cook
  la | eat, ate, eaten | eat
  nywa | drink, drank, drunk | drink
  osha | wash, washed | wash
  safisha | clean, cleaned | clean
  tengeneza | repair, repaired | mend
  vunja | break, broke, broken | break
  fungua | open, opened | open
  funga | close, closed | open
  panda | plant, planted | plant
  kata | cut, cut | cut
  chora | draw, drew, drawn | draw
  rusha | throw, threw, thrown | throw
`).map(verb);

/** Verbs with a person or animal as object, which Swahili repeats inside the verb. */
export const DEALINGS: readonly Verb[] = rows(`
  saidia | help, helped | person
  salimia | greet, greeted | person
  fundisha | teach, taught | person
  shukuru | thank, thanked | person
  lisha | feed, fed | animal
  ona | see, saw, seen | any
  ita | call, called | any
  fuata | follow, followed | any
  tafuta | look for, looked for | any
  ngoja | wait for, waited for | any
  penda | like, liked | any
`).map(verb);

/** Verbs without object that can be done anywhere. */
export const DOINGS: readonly Verb[] = rows(`
  lala | sleep, slept
  cheka | laugh, laughed
  cheza | play, played
  lia | cry, cried
  imba | sing, sang, sung
  pumzika | rest, rested
  tembea | walk, walked
  kaa | sit, sat
  simama | stand, stood
  tabasamu | smile, smiled
`).map(verb);

/** Verbs of motion; the place follows. */
export const MOVES: readonly Verb[] = rows(`
  enda | go to, went to, gone to
  rudi | return to, returned to
  kimbilia | run to, ran to, run to
  fika | arrive at, arrived at
`).map(verb);

export const PLACES: readonly Place[] = rows(`
  sokoni | market | at
  shuleni | school | at
  shambani | farm | at
  mtoni | river | at
  mjini | town | in
  kijijini | village | in
  msituni | forest | in
  ziwani | lake | at
  hospitalini | hospital | at
  jikoni | kitchen | in
  ofisini | office | in
  maktabani | library | in
  bustanini | garden | in
  dukani | shop | in
  kituoni | station | at
  ufukweni | beach | on
  mlimani | mountain | on
`).map(([swahili = '', english = '', preposition = '']) => ({ swahili, english, preposition }));

function adjectives(table: string): Adjective[] {
  return rows(table).map(([english = '', forms = '']) => ({ english, swahili: forms.split(' ') }));
}

/** For animates and things alike. */
export const ADJECTIVES: readonly Adjective[] = adjectives(`
  big | mkubwa wakubwa mkubwa mikubwa kubwa makubwa kikubwa vikubwa kubwa kubwa
  small | mdogo wadogo mdogo midogo dogo madogo kidogo vidogo ndogo ndogo
  beautiful | mzuri wazuri mzuri mizuri zuri mazuri kizuri vizuri nzuri nzuri
  white | mweupe weupe mweupe myeupe jeupe meupe cheupe vyeupe nyeupe nyeupe
  black | mweusi weusi mweusi myeusi jeusi meusi cheusi vyeusi nyeusi nyeusi
  red | mwekundu wekundu mwekundu myekundu jekundu mekundu chekundu vyekundu nyekundu nyekundu
  heavy | mzito wazito mzito mizito zito mazito kizito vizito nzito nzito
  new | mpya wapya mpya mipya jipya mapya kipya vipya mpya mpya
`);

/** Two to five: for animates, then classes 4, 6, 8, 10. */
export const NUMBERS: readonly { readonly english: string; readonly swahili: readonly string[] }[] =
  adjectives(`
  two | wawili miwili mawili viwili mbili
  three | watatu mitatu matatu vitatu tatu
  four | wanne minne manne vinne nne
  five | watano mitano matano vitano tano
`);

export type Time = { readonly swahili: string; readonly english: string };

function times(table: string): Time[] {
  return rows(table).map(([swahili = '', english = '']) => ({ swahili, english }));
}

export const PAST_TIMES: readonly Time[] = times(`
  jana | yesterday
  juzi | the day before yesterday
  wiki iliyopita | last week
  mwaka uliopita | last year
  asubuhi | in the morning
  jioni | in the evening
  usiku | at night
  siku moja | one day
`);

export const PRESENT_TIMES: readonly Time[] = times(`
  kila siku | every day
  kila asubuhi | every morning
  kila jioni | every evening
  kila wiki | every week
`);

export const FUTURE_TIMES: readonly Time[] = times(`
  kesho | tomorrow
  wiki ijayo | next week
  mwaka ujao | next year
`);

/** Whole sentences about the scene. */
export const SCENES: readonly Time[] = times(`
  Siku ilikuwa nzuri. | The day was beautiful.
  Mvua ilinyesha sana. | It rained a lot.
  Jua liliwaka. | The sun shone.
  Upepo ulivuma. | The wind blew.
  Ilikuwa asubuhi. | It was morning.
  Ilikuwa usiku. | It was night.
  Watu wengi walikuwa huko. | Many people were there.
  Watoto walifurahi. | The children were happy.
`);

/** What people say. */
export const SAYINGS: readonly Time[] = times(`
  Karibu! | Welcome!
  Asante sana. | Thank you very much.
  Nina njaa. | I am hungry.
  Nimechoka. | I am tired.
  Njoo hapa. | Come here.
  Usiogope. | Do not be afraid.
  Subiri kidogo. | Wait a little.
  Nitarudi kesho. | I will return tomorrow.
  Sijui. | I do not know.
  Ni kweli. | It is true.
  Mvua inanyesha. | It is raining.
  Safari njema. | Have a good journey.
  Pole sana. | I am very sorry.
  Tutaonana kesho. | We will meet tomorrow.
`);
