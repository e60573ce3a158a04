/**
 * What the world consists of, before any language: concepts by name, with what the world knows of each. Every language has a word
 * for every concept (`corpora/languages/`), which the compiler checks.
 */

/** Where a story plays. Each has its own places, and draws the things, animals and trades that belong there. */
export const THEMES = ['market', 'farm', 'sea', 'forest', 'school', 'home', 'palace', 'road'] as const;
export type Theme = (typeof THEMES)[number];

/** The names of people are each language's own; a story knows them by number. The first half are women's. */
export const NAME_COUNT = 128;
/**
 * Villages have invented names, of open syllables that every language can write: consonant c and vowel v make syllable
 * c · 5 + v, of {@link CONSONANTS} and {@link VOWELS}.
 */
export const CONSONANTS = ['', 'b', 'd', 'g', 'h', 'k', 'm', 'n', 'p', 'r', 's', 't', 'w', 'y', 'z'] as const;
export const VOWELS = ['a', 'e', 'i', 'o', 'u'] as const;
export const SYLLABLE_COUNT = CONSONANTS.length * VOWELS.length;

export type Gender = 'woman' | 'man';

export function genderOf(name: number): Gender {
  return name < NAME_COUNT / 2 ? 'woman' : 'man';
}

const TRADES = {
  farmer: 'farm',
  teacher: 'school',
  doctor: 'road',
  fisher: 'sea',
  baker: 'market',
  tailor: 'market',
  carpenter: 'home',
  smith: 'road',
  soldier: 'palace',
  merchant: 'market',
  driver: 'road',
  painter: 'palace',
  singer: 'palace',
  dancer: 'palace',
  hunter: 'forest',
  shepherd: 'farm',
  potter: 'home',
  weaver: 'home',
  nurse: 'school',
  guard: 'palace',
  judge: 'palace',
  sailor: 'sea',
  cook: 'home',
  student: 'school',
  porter: 'market',
  barber: 'market',
  builder: 'road',
  writer: 'school',
  woodcutter: 'forest',
  gardener: 'farm',
  beggar: 'road',
  king: 'palace',
  thief: 'forest',
  traveller: 'road',
  diver: 'sea',
  healer: 'forest',
} as const satisfies Record<string, Theme>;

/** What somebody is to the hero of the story. The women's and the men's go in pairs; the last are either's. */
export const KIN = {
  mother: 'woman',
  father: 'man',
  olderSister: 'woman',
  olderBrother: 'man',
  youngerSister: 'woman',
  youngerBrother: 'man',
  grandmother: 'woman',
  grandfather: 'man',
  aunt: 'woman',
  uncle: 'man',
  daughter: 'woman',
  son: 'man',
  cousin: null,
  neighbour: null,
  friend: null,
  guest: null,
} as const satisfies Record<string, Gender | null>;

const ANIMALS = {
  dog: 'home',
  cat: 'home',
  goat: 'farm',
  cow: 'farm',
  sheep: 'farm',
  chicken: 'farm',
  duck: 'farm',
  horse: 'road',
  donkey: 'road',
  pig: 'farm',
  rabbit: 'forest',
  mouse: 'home',
  monkey: 'forest',
  lion: 'road',
  elephant: 'forest',
  giraffe: 'road',
  leopard: 'forest',
  snake: 'forest',
  lizard: 'home',
  frog: 'sea',
  turtle: 'sea',
  crocodile: 'sea',
  parrot: 'market',
  owl: 'forest',
  eagle: 'road',
  bee: 'farm',
  butterfly: 'school',
  ant: 'home',
  spider: 'school',
  buffalo: 'farm',
  bear: 'forest',
  fox: 'forest',
  deer: 'palace',
  bat: 'palace',
  crab: 'sea',
  shark: 'sea',
  camel: 'road',
  peacock: 'palace',
  pigeon: 'market',
  whale: 'sea',
} as const satisfies Record<string, Theme>;

/**
 * What can be done with a thing follows from its class. `food` and the classes after it can be counted; `staple` comes in measures.
 */
export const THING_CLASSES = ['food', 'staple', 'tool', 'vessel', 'wear', 'toy', 'paper', 'nature'] as const;
export type ThingClass = (typeof THING_CLASSES)[number];

/** Class, and the themes that it belongs to. */
const THINGS = {
  mango: ['food', 'market', 'farm'],
  banana: ['food', 'forest', 'market'],
  orange: ['food', 'market', 'school'],
  coconut: ['food', 'sea'],
  pineapple: ['food', 'market', 'farm'],
  papaya: ['food', 'farm'],
  lemon: ['food', 'home'],
  egg: ['food', 'farm', 'home'],
  potato: ['food', 'farm', 'home'],
  onion: ['food', 'home', 'market'],
  tomato: ['food', 'market', 'farm'],
  pumpkin: ['food', 'farm'],
  carrot: ['food', 'farm', 'home'],
  cucumber: ['food', 'market', 'farm'],
  peanut: ['food', 'road', 'market'],
  cake: ['food', 'palace', 'home'],
  apple: ['food', 'school', 'palace'],
  grape: ['food', 'palace'],
  mushroom: ['food', 'forest'],
  fish: ['food', 'sea', 'market'],
  rice: ['staple', 'home', 'market'],
  maize: ['staple', 'farm'],
  milk: ['staple', 'farm', 'home'],
  tea: ['staple', 'palace', 'home'],
  coffee: ['staple', 'road', 'market'],
  sugar: ['staple', 'home', 'market'],
  salt: ['staple', 'sea', 'market'],
  honey: ['staple', 'forest', 'palace'],
  meat: ['staple', 'home', 'road'],
  oil: ['staple', 'market', 'home'],
  soup: ['staple', 'home'],
  water: ['staple', 'road', 'school'],
  flour: ['staple', 'home', 'market'],
  sand: ['staple', 'sea', 'road'],
  ink: ['staple', 'school', 'palace'],
  medicine: ['staple', 'forest', 'road'],
  knife: ['tool', 'home', 'forest'],
  axe: ['tool', 'forest'],
  hammer: ['tool', 'road', 'farm'],
  needle: ['tool', 'home', 'market'],
  rope: ['tool', 'sea', 'road'],
  net: ['tool', 'sea'],
  hoe: ['tool', 'farm'],
  ladder: ['tool', 'farm', 'home'],
  broom: ['tool', 'home', 'school'],
  key: ['tool', 'palace', 'home'],
  lock: ['tool', 'road', 'palace'],
  saw: ['tool', 'forest', 'road'],
  scissors: ['tool', 'market', 'school'],
  spoon: ['tool', 'home'],
  comb: ['tool', 'market', 'palace'],
  oar: ['tool', 'sea'],
  hook: ['tool', 'sea'],
  wheel: ['tool', 'road', 'farm'],
  bow: ['tool', 'forest', 'palace'],
  spade: ['tool', 'farm'],
  basket: ['vessel', 'market', 'farm'],
  box: ['vessel', 'road', 'school'],
  bucket: ['vessel', 'farm', 'sea'],
  jar: ['vessel', 'home', 'palace'],
  plate: ['vessel', 'home', 'palace'],
  pan: ['vessel', 'home'],
  suitcase: ['vessel', 'road', 'school'],
  barrel: ['vessel', 'sea', 'road'],
  kettle: ['vessel', 'home', 'road'],
  drawer: ['vessel', 'school', 'palace'],
  shirt: ['wear', 'market', 'school'],
  dress: ['wear', 'market', 'palace'],
  hat: ['wear', 'road', 'sea'],
  shoe: ['wear', 'road', 'market'],
  coat: ['wear', 'road', 'forest'],
  scarf: ['wear', 'market', 'palace'],
  belt: ['wear', 'road', 'palace'],
  blanket: ['wear', 'home', 'road'],
  curtain: ['wear', 'palace', 'home'],
  sail: ['wear', 'sea'],
  flag: ['wear', 'palace', 'sea'],
  glove: ['wear', 'farm', 'forest'],
  drum: ['toy', 'palace', 'forest'],
  flute: ['toy', 'forest', 'palace'],
  guitar: ['toy', 'school', 'road'],
  bell: ['toy', 'school', 'palace'],
  ball: ['toy', 'school', 'home'],
  doll: ['toy', 'home', 'school'],
  kite: ['toy', 'sea', 'school'],
  mirror: ['toy', 'palace', 'market'],
  ring: ['toy', 'palace', 'market'],
  necklace: ['toy', 'palace', 'market'],
  bracelet: ['toy', 'market', 'sea'],
  crown: ['toy', 'palace'],
  lamp: ['toy', 'home', 'road'],
  candle: ['toy', 'home', 'forest'],
  clock: ['toy', 'school', 'palace'],
  umbrella: ['toy', 'road', 'school'],
  mask: ['toy', 'forest', 'palace'],
  statue: ['toy', 'palace', 'forest'],
  chair: ['toy', 'home', 'school'],
  table: ['toy', 'home', 'school'],
  boat: ['toy', 'sea'],
  bicycle: ['toy', 'road', 'school'],
  cart: ['toy', 'farm', 'road'],
  tent: ['toy', 'forest', 'road'],
  book: ['paper', 'school', 'palace'],
  letter: ['paper', 'palace', 'road'],
  map: ['paper', 'road', 'sea'],
  picture: ['paper', 'school', 'home'],
  ticket: ['paper', 'road', 'sea'],
  newspaper: ['paper', 'market', 'road'],
  notebook: ['paper', 'school'],
  poem: ['paper', 'palace', 'school'],
  stone: ['nature', 'road', 'sea'],
  shell: ['nature', 'sea'],
  feather: ['nature', 'forest', 'farm'],
  flower: ['nature', 'farm', 'palace'],
  seed: ['nature', 'farm', 'forest'],
  leaf: ['nature', 'forest', 'school'],
  stick: ['nature', 'forest', 'road'],
  bone: ['nature', 'road', 'forest'],
  pearl: ['nature', 'sea', 'palace'],
  root: ['nature', 'forest', 'farm'],
  branch: ['nature', 'forest', 'farm'],
  nest: ['nature', 'forest'],
} as const satisfies Record<string, readonly [ThingClass, ...Theme[]]>;

/** Six to a theme; a story opens at one of its theme's. */
const PLACES = {
  market: ['market', 'shop', 'square', 'bakery', 'station', 'bank'],
  farm: ['farm', 'field', 'stable', 'mill', 'well', 'barn'],
  sea: ['harbour', 'beach', 'island', 'lake', 'river', 'lighthouse'],
  forest: ['forest', 'cave', 'swamp', 'hill', 'waterfall', 'valley'],
  school: ['school', 'library', 'classroom', 'hospital', 'museum', 'playground'],
  home: ['house', 'kitchen', 'garden', 'village', 'roof', 'bedroom'],
  palace: ['palace', 'tower', 'prison', 'temple', 'gate', 'theatre'],
  road: ['bridge', 'road', 'desert', 'mountain', 'town', 'inn'],
} as const satisfies Record<Theme, readonly string[]>;

export const MEASURES = ['sack', 'cup', 'bottle', 'bowl', 'pot', 'spoonful'] as const;

const POURABLE: ReadonlySet<string> = new Set([
  'milk',
  'tea',
  'coffee',
  'honey',
  'oil',
  'soup',
  'water',
  'ink',
  'medicine',
]);
const LIQUID_MEASURES: readonly Measure[] = ['cup', 'bottle', 'bowl', 'pot', 'spoonful'];
const DRY_MEASURES: readonly Measure[] = ['sack', 'cup', 'bowl', 'pot', 'spoonful'];

const COLOURS = ['red', 'blue', 'green', 'yellow', 'white', 'black', 'grey', 'brown'] as const;
const MADE = [
  ...COLOURS,
  'big',
  'small',
  'heavy',
  'light',
  'old',
  'new',
  'beautiful',
  'ugly',
  'cheap',
  'expensive',
  'strange',
  'clean',
  'dirty',
  'wet',
  'dry',
  'wooden',
  'iron',
  'copper',
  'silver',
  'golden',
] as const;
const EDIBLE = [
  'big',
  'small',
  'fresh',
  'ripe',
  'sweet',
  'sour',
  'bitter',
  'cold',
  'hot',
  'rotten',
  'tasty',
  'green',
  'red',
  'yellow',
  'dry',
  'cheap',
] as const;
const POURED = [
  'fresh',
  'sweet',
  'bitter',
  'cold',
  'hot',
  'cheap',
  'expensive',
  'white',
  'black',
  'clean',
  'strange',
  'good',
] as const;
const CLOTH = [
  ...COLOURS,
  'big',
  'small',
  'heavy',
  'light',
  'old',
  'new',
  'beautiful',
  'ugly',
  'cheap',
  'expensive',
  'strange',
  'clean',
  'dirty',
  'wet',
  'dry',
  'warm',
  'soft',
  'torn',
] as const;
const FOUND = [
  ...COLOURS,
  'big',
  'small',
  'heavy',
  'light',
  'old',
  'beautiful',
  'strange',
  'wet',
  'dry',
  'soft',
  'sharp',
  'clean',
] as const;
const ALIVE = [
  ...COLOURS,
  'big',
  'small',
  'old',
  'young',
  'fat',
  'thin',
  'hungry',
  'tired',
  'clever',
  'lazy',
  'tame',
  'fierce',
  'beautiful',
  'sick',
] as const;

const QUALITIES_OF = {
  food: EDIBLE,
  staple: POURED,
  tool: MADE,
  vessel: MADE,
  wear: CLOTH,
  toy: MADE,
  paper: CLOTH,
  nature: FOUND,
} as const satisfies Record<ThingClass, readonly string[]>;

/** Feelings that follow a gain, and those that follow a loss. */
export const GLAD = [
  'happy',
  'proud',
  'calm',
  'grateful',
  'brave',
  'surprised',
  'curious',
  'lucky',
  'strong',
  'cheerful',
] as const;
export const SORRY = [
  'sad',
  'angry',
  'afraid',
  'tired',
  'hungry',
  'thirsty',
  'ashamed',
  'bored',
  'lonely',
  'worried',
  'jealous',
  'sick',
] as const;

export const WEATHERS = [
  'rain',
  'wind',
  'storm',
  'fog',
  'heat',
  'cold',
  'thunder',
  'clouds',
  'sunshine',
  'dust',
] as const;
export const DAY_PARTS = ['dawn', 'morning', 'noon', 'afternoon', 'evening', 'night'] as const;
export const DAYS = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'] as const;
export const MONTHS = [
  'january',
  'february',
  'march',
  'april',
  'may',
  'june',
  'july',
  'august',
  'september',
  'october',
  'november',
  'december',
] as const;

/** Ways to get to a place. */
export const MOTIONS = [
  'go',
  'walk',
  'run',
  'hurry',
  'return',
  'come',
  'ride',
  'wander',
  'sneak',
  'travel',
] as const;

/** What a person may do with another. */
export const DEALINGS = [
  'meet',
  'see',
  'greet',
  'call',
  'follow',
  'visit',
  'help',
  'hug',
  'hear',
  'find',
  'teach',
  'thank',
  'scold',
  'wake',
  'rescue',
  'praise',
  'deceive',
  'awaitPerson',
  'remember',
  'photograph',
] as const;

/** What an animal may do by itself. */
export const BEHAVIOURS = [
  'sleep',
  'eat',
  'drink',
  'runAway',
  'hide',
  'cry',
  'play',
  'dig',
  'wait',
  'appear',
  'die',
  'jump',
] as const;

/** What becomes of the thing: it is had from then on, is no longer had, or is had as before. */
export type Effect = 'gain' | 'loss' | 'none';

type DeedFacts = {
  readonly effect: Effect;
  /** Classes of things that it can be done with; null for all. */
  readonly takes: readonly ThingClass[] | null;
  /** Whether the feeling that follows is of the glad kind. */
  readonly glad: boolean;
  /** Whether a price is said. */
  readonly priced?: true;
};

const HELD: readonly ThingClass[] = ['tool', 'vessel', 'wear', 'toy', 'paper', 'nature'];

/** What a person may do with a thing. */
const DEEDS = {
  find: { effect: 'gain', takes: null, glad: true },
  buy: { effect: 'gain', takes: null, glad: true, priced: true },
  make: { effect: 'gain', takes: ['tool', 'vessel', 'wear', 'toy'], glad: true },
  borrow: { effect: 'gain', takes: ['tool', 'vessel', 'wear', 'toy', 'paper'], glad: true },
  steal: { effect: 'gain', takes: null, glad: false },
  pick: { effect: 'gain', takes: ['food', 'nature'], glad: true },
  cook: { effect: 'gain', takes: ['food', 'staple'], glad: true },
  bring: { effect: 'gain', takes: null, glad: true },
  win: { effect: 'gain', takes: HELD, glad: true },
  collect: { effect: 'gain', takes: ['food', 'nature', 'paper'], glad: true },
  choose: { effect: 'gain', takes: null, glad: true },
  lose: { effect: 'loss', takes: null, glad: false },
  sell: { effect: 'loss', takes: null, glad: true, priced: true },
  drop: { effect: 'loss', takes: null, glad: false },
  eat: { effect: 'loss', takes: ['food'], glad: true },
  spill: { effect: 'loss', takes: ['staple'], glad: false },
  burn: { effect: 'loss', takes: HELD, glad: false },
  bury: { effect: 'loss', takes: null, glad: false },
  break: { effect: 'loss', takes: ['tool', 'vessel', 'toy'], glad: false },
  tear: { effect: 'loss', takes: ['wear', 'paper'], glad: false },
  forget: { effect: 'loss', takes: null, glad: false },
  wash: { effect: 'none', takes: ['food', 'tool', 'vessel', 'wear'], glad: true },
  repair: { effect: 'none', takes: ['tool', 'vessel', 'wear', 'toy'], glad: true },
  hide: { effect: 'none', takes: null, glad: false },
  paint: { effect: 'none', takes: ['vessel', 'toy'], glad: true },
  carry: { effect: 'none', takes: null, glad: false },
  read: { effect: 'none', takes: ['paper'], glad: true },
  fold: { effect: 'none', takes: ['wear', 'paper'], glad: true },
  sharpen: { effect: 'none', takes: ['tool'], glad: true },
  fill: { effect: 'none', takes: ['vessel'], glad: true },
  count: { effect: 'none', takes: ['food', 'nature', 'toy'], glad: true },
  lift: { effect: 'none', takes: ['vessel', 'toy', 'nature', 'staple'], glad: false },
  weigh: { effect: 'none', takes: ['staple', 'food'], glad: true },
  guard: { effect: 'none', takes: ['toy', 'nature', 'wear'], glad: false },
} as const satisfies Record<string, DeedFacts>;

/** Ways to let another have a thing. */
export const GIFTS = ['give', 'lend', 'send', 'throw', 'show', 'sellTo'] as const;

export const SAYINGS = ['say', 'shout', 'whisper', 'cry'] as const;

/** Where an animal goes with what it takes. */
export const THEFTS = ['grab', 'swallow', 'dragAway', 'trample'] as const;

export type Trade = keyof typeof TRADES;
export type Kin = keyof typeof KIN;
export type Animal = keyof typeof ANIMALS;
export type ThingName = keyof typeof THINGS;
export type CountedName = { [T in ThingName]: (typeof THINGS)[T][0] extends 'staple' ? never : T }[ThingName];
export type StapleName = Exclude<ThingName, CountedName>;
export type Place = (typeof PLACES)[Theme][number];
export type Measure = (typeof MEASURES)[number];
export type Quality = (typeof QUALITIES_OF)[ThingClass][number] | (typeof ALIVE)[number];
export type Feeling = (typeof GLAD)[number] | (typeof SORRY)[number];
export type Weather = (typeof WEATHERS)[number];
export type DayPart = (typeof DAY_PARTS)[number];
export type Day = (typeof DAYS)[number];
export type Month = (typeof MONTHS)[number];
export type Motion = (typeof MOTIONS)[number];
export type Dealing = (typeof DEALINGS)[number];
export type Behaviour = (typeof BEHAVIOURS)[number];
export type Deed = keyof typeof DEEDS;
export type Gift = (typeof GIFTS)[number];
export type Saying = (typeof SAYINGS)[number];
export type Theft = (typeof THEFTS)[number];

export const TRADE_NAMES = Object.keys(TRADES) as readonly Trade[];
export const KIN_NAMES = Object.keys(KIN) as readonly Kin[];
export const ANIMAL_NAMES = Object.keys(ANIMALS) as readonly Animal[];
export const THING_NAMES = Object.keys(THINGS) as readonly ThingName[];
export const DEED_NAMES = Object.keys(DEEDS) as readonly Deed[];
export const PLACE_NAMES: readonly Place[] = THEMES.flatMap((theme) => PLACES[theme] as readonly Place[]);

export function tradeTheme(trade: Trade): Theme {
  return TRADES[trade];
}

export function animalTheme(animal: Animal): Theme {
  return ANIMALS[animal];
}

export function thingClass(thing: ThingName): ThingClass {
  return THINGS[thing][0];
}

export function belongsTo(thing: ThingName, theme: Theme): boolean {
  return (THINGS[thing] as readonly string[]).indexOf(theme, 1) > 0;
}

export function isStaple(thing: ThingName): thing is StapleName {
  return THINGS[thing][0] === 'staple';
}

export function placesOf(theme: Theme): readonly Place[] {
  return PLACES[theme];
}

export function qualitiesOf(thing: ThingName): readonly Quality[] {
  return QUALITIES_OF[THINGS[thing][0]];
}

export function measuresOf(staple: StapleName): readonly Measure[] {
  return POURABLE.has(staple) ? LIQUID_MEASURES : DRY_MEASURES;
}

export const ANIMAL_QUALITIES: readonly Quality[] = ALIVE;

export function deedFacts(deed: Deed): DeedFacts {
  return DEEDS[deed];
}
