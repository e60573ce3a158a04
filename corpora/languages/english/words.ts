/** The English lexicon. */

import type {
  Animal,
  Behaviour,
  CountedName,
  Dealing,
  Deed,
  Feeling,
  Gift,
  Kin,
  Measure,
  Motion,
  Place,
  Quality,
  Saying,
  StapleName,
  Theft,
  Trade,
  Weather,
} from '../../world/concepts.ts';

/** Women's first, then men's. */
export const NAMES = `
Anna Beth Cora Dora Ella Faye Gina Hope Iris Jane Kate Lucy Mary Nora Olga Pam Rose Sara Tess Una Vera Wendy Zoe Alice Becky Clara Daisy
Emma Flora Grace Helen Ida Joan Karen Laura Megan Nancy Olive Paula Ruth Susan Tina Ursula Viola Wilma Amy Bella Carol Diana Edith Frances
Gloria Hazel Irma Jill Kim Lily Martha Nell Opal Peggy Rita Sally Trudy
Adam Ben Carl Dan Eric Fred Gus Hans Ian Jack Karl Leo Mark Ned Oscar Paul Ray Sam Tom Victor Walt Abe Bill Chris David Edgar Frank George
Harry Isaac James Keith Luke Max Nick Owen Peter Ralph Simon Theo Ulric Vince Will Alan Bruno Colin Dean Ernest Felix Glen Hugh Ivan John
Kurt Larry Miles Neil Otto Perry Ross Scott Toby Wade York
`
  .trim()
  .split(/\s+/);

/** One and many; a regular plural is left out. */
export type Noun = readonly [one: string, many: string];

function nouns<K extends string>(table: Record<K, string>): Record<K, Noun> {
  return Object.fromEntries(Object.entries<string>(table).map(([key, word]) => [key, noun(word)])) as Record<
    K,
    Noun
  >;
}

function noun(word: string): Noun {
  const [one = '', many] = word.split('/');
  if (many !== undefined) return [one, many];
  if (/[^aeiou]y$/.test(one)) return [one, `${one.slice(0, -1)}i·es`];
  return [one, `${one}·${/(s|x|z|ch|sh)$/.test(one) ? 'es' : 's'}`];
}

export const THINGS: Record<CountedName, Noun> = nouns({
  mango: 'mango/mango·es',
  banana: 'banana',
  orange: 'orange',
  coconut: 'coconut',
  pineapple: 'pineapple',
  papaya: 'papaya',
  lemon: 'lemon',
  egg: 'egg',
  potato: 'potato/potato·es',
  onion: 'onion',
  tomato: 'tomato/tomato·es',
  pumpkin: 'pumpkin',
  carrot: 'carrot',
  cucumber: 'cucumber',
  peanut: 'peanut',
  cake: 'cake',
  apple: 'apple',
  grape: 'grape',
  mushroom: 'mushroom',
  fish: 'fish/fish',
  knife: 'knife/kniv·es',
  axe: 'axe',
  hammer: 'hammer',
  needle: 'needle',
  rope: 'rope',
  net: 'net',
  hoe: 'hoe',
  ladder: 'ladder',
  broom: 'broom',
  key: 'key',
  lock: 'lock',
  saw: 'saw',
  scissors: 'scissors/scissors',
  spoon: 'spoon',
  comb: 'comb',
  oar: 'oar',
  hook: 'hook',
  wheel: 'wheel',
  bow: 'bow',
  spade: 'spade',
  basket: 'basket',
  box: 'box',
  bucket: 'bucket',
  jar: 'jar',
  plate: 'plate',
  pan: 'pan',
  suitcase: 'suitcase',
  barrel: 'barrel',
  kettle: 'kettle',
  drawer: 'drawer',
  shirt: 'shirt',
  dress: 'dress',
  hat: 'hat',
  shoe: 'shoe',
  coat: 'coat',
  scarf: 'scarf/scarv·es',
  belt: 'belt',
  blanket: 'blanket',
  curtain: 'curtain',
  sail: 'sail',
  flag: 'flag',
  glove: 'glove',
  drum: 'drum',
  flute: 'flute',
  guitar: 'guitar',
  bell: 'bell',
  ball: 'ball',
  doll: 'doll',
  kite: 'kite',
  mirror: 'mirror',
  ring: 'ring',
  necklace: 'necklace',
  bracelet: 'bracelet',
  crown: 'crown',
  lamp: 'lamp',
  candle: 'candle',
  clock: 'clock',
  umbrella: 'umbrella',
  mask: 'mask',
  statue: 'statue',
  chair: 'chair',
  table: 'table',
  boat: 'boat',
  bicycle: 'bicycle',
  cart: 'cart',
  tent: 'tent',
  book: 'book',
  letter: 'letter',
  map: 'map',
  picture: 'picture',
  ticket: 'ticket',
  newspaper: 'newspaper',
  notebook: 'notebook',
  poem: 'poem',
  stone: 'stone',
  shell: 'shell',
  feather: 'feather',
  flower: 'flower',
  seed: 'seed',
  leaf: 'leaf/leav·es',
  stick: 'stick',
  bone: 'bone',
  pearl: 'pearl',
  root: 'root',
  branch: 'branch',
  nest: 'nest',
});

export const STAPLES: Record<StapleName, string> = {
  rice: 'rice',
  maize: 'maize',
  milk: 'milk',
  tea: 'tea',
  coffee: 'coffee',
  sugar: 'sugar',
  salt: 'salt',
  honey: 'honey',
  meat: 'meat',
  oil: 'oil',
  soup: 'soup',
  water: 'water',
  flour: 'flour',
  sand: 'sand',
  ink: 'ink',
  medicine: 'medicine',
};

/** Of what is never counted itself. */
export const PAIR: Noun = noun('pair');

export const MEASURES: Record<Measure, Noun> = nouns({
  sack: 'sack',
  cup: 'cup',
  bottle: 'bottle',
  bowl: 'bowl',
  pot: 'pot',
  spoonful: 'spoonful',
});

export const ANIMALS: Record<Animal, Noun> = nouns({
  dog: 'dog',
  cat: 'cat',
  goat: 'goat',
  cow: 'cow',
  sheep: 'sheep/sheep',
  chicken: 'chicken',
  duck: 'duck',
  horse: 'horse',
  donkey: 'donkey',
  pig: 'pig',
  rabbit: 'rabbit',
  mouse: 'mouse/mice',
  monkey: 'monkey',
  lion: 'lion',
  elephant: 'elephant',
  giraffe: 'giraffe',
  leopard: 'leopard',
  snake: 'snake',
  lizard: 'lizard',
  frog: 'frog',
  turtle: 'turtle',
  crocodile: 'crocodile',
  parrot: 'parrot',
  owl: 'owl',
  eagle: 'eagle',
  bee: 'bee',
  butterfly: 'butterfly',
  ant: 'ant',
  spider: 'spider',
  buffalo: 'buffalo/buffalo·es',
  bear: 'bear',
  fox: 'fox',
  deer: 'deer/deer',
  bat: 'bat',
  crab: 'crab',
  shark: 'shark',
  camel: 'camel',
  peacock: 'peacock',
  pigeon: 'pigeon',
  whale: 'whale',
});

export const TRADES: Record<Trade, string> = {
  farmer: 'farmer',
  teacher: 'teacher',
  doctor: 'doctor',
  fisher: 'fisher',
  baker: 'baker',
  tailor: 'tailor',
  carpenter: 'carpenter',
  smith: 'smith',
  soldier: 'soldier',
  merchant: 'merchant',
  driver: 'driver',
  painter: 'painter',
  singer: 'singer',
  dancer: 'dancer',
  hunter: 'hunter',
  shepherd: 'shepherd',
  potter: 'potter',
  weaver: 'weaver',
  nurse: 'nurse',
  guard: 'guard',
  judge: 'judge',
  sailor: 'sailor',
  cook: 'cook',
  student: 'student',
  porter: 'porter',
  barber: 'barber',
  builder: 'builder',
  writer: 'writer',
  woodcutter: 'woodcutter',
  gardener: 'gardener',
  beggar: 'beggar',
  king: 'ruler',
  thief: 'thief',
  traveller: 'traveller',
  diver: 'diver',
  healer: 'healer',
};

export const KIN: Record<Kin, string> = {
  mother: 'mother',
  father: 'father',
  olderSister: 'older sister',
  olderBrother: 'older brother',
  youngerSister: 'younger sister',
  youngerBrother: 'younger brother',
  grandmother: 'grandmother',
  grandfather: 'grandfather',
  aunt: 'aunt',
  uncle: 'uncle',
  daughter: 'daughter',
  son: 'son',
  cousin: 'cousin',
  neighbour: 'neighbour',
  friend: 'friend',
  guest: 'guest',
};

/** With the preposition of being there. */
export const PLACES: Record<Place, string> = {
  market: 'at the market',
  shop: 'in the shop',
  square: 'in the square',
  bakery: 'in the bakery',
  station: 'at the station',
  bank: 'in the bank',
  farm: 'on the farm',
  field: 'in the field',
  stable: 'in the stable',
  mill: 'in the mill',
  well: 'at the well',
  barn: 'in the barn',
  harbour: 'in the harbour',
  beach: 'on the beach',
  island: 'on the island',
  lake: 'at the lake',
  river: 'at the river',
  lighthouse: 'in the lighthouse',
  forest: 'in the forest',
  cave: 'in the cave',
  swamp: 'in the swamp',
  hill: 'on the hill',
  waterfall: 'at the waterfall',
  valley: 'in the valley',
  school: 'at the school',
  library: 'in the library',
  classroom: 'in the classroom',
  hospital: 'in the hospital',
  museum: 'in the museum',
  playground: 'on the playground',
  house: 'in the house',
  kitchen: 'in the kitchen',
  garden: 'in the garden',
  village: 'in the village',
  roof: 'on the roof',
  bedroom: 'in the bedroom',
  palace: 'in the palace',
  tower: 'in the tower',
  prison: 'in the prison',
  temple: 'in the temple',
  gate: 'at the gate',
  theatre: 'in the theatre',
  bridge: 'on the bridge',
  road: 'on the road',
  desert: 'in the desert',
  mountain: 'on the mountain',
  town: 'in the town',
  inn: 'at the inn',
};

export const QUALITIES: Record<Quality, string> = {
  red: 'red',
  blue: 'blue',
  green: 'green',
  yellow: 'yellow',
  white: 'white',
  black: 'black',
  grey: 'grey',
  brown: 'brown',
  big: 'big',
  small: 'small',
  heavy: 'heavy',
  light: 'light',
  old: 'old',
  new: 'new',
  beautiful: 'beautiful',
  ugly: 'ugly',
  cheap: 'cheap',
  expensive: 'expensive',
  strange: 'strange',
  clean: 'clean',
  dirty: 'dirty',
  wet: 'wet',
  dry: 'dry',
  wooden: 'wooden',
  iron: 'iron',
  copper: 'copper',
  silver: 'silver',
  golden: 'golden',
  fresh: 'fresh',
  ripe: 'ripe',
  sweet: 'sweet',
  sour: 'sour',
  bitter: 'bitter',
  cold: 'cold',
  hot: 'hot',
  rotten: 'rotten',
  tasty: 'tasty',
  good: 'good',
  warm: 'warm',
  soft: 'soft',
  torn: 'torn',
  sharp: 'sharp',
  young: 'young',
  fat: 'fat',
  thin: 'thin',
  hungry: 'hungry',
  tired: 'tired',
  clever: 'clever',
  lazy: 'lazy',
  tame: 'tame',
  fierce: 'fierce',
  sick: 'sick',
};

export const FEELINGS: Record<Feeling, string> = {
  happy: 'happy',
  proud: 'proud',
  calm: 'calm',
  grateful: 'grateful',
  brave: 'brave',
  surprised: 'surprised',
  curious: 'curious',
  lucky: 'lucky',
  strong: 'strong',
  cheerful: 'cheerful',
  sad: 'sad',
  angry: 'angry',
  afraid: 'afraid',
  tired: 'tired',
  hungry: 'hungry',
  thirsty: 'thirsty',
  ashamed: 'ashamed',
  bored: 'bored',
  lonely: 'lonely',
  worried: 'worried',
  jealous: 'jealous',
  sick: 'sick',
};

export const WEATHERS: Record<Weather, string> = {
  rain: 'rain',
  wind: 'wind',
  storm: 'storm',
  fog: 'fog',
  heat: 'heat',
  cold: 'cold',
  thunder: 'thunder',
  clouds: 'darkness',
  sunshine: 'sunshine',
  dust: 'dust',
};

export const NUMBERS = ['', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine'] as const;

/** Base, third person, past. What follows the verb stands behind a space. */
export type Verb = {
  readonly base: string;
  readonly third: string;
  readonly past: string;
  readonly rest: string;
};

function verbs<K extends string>(table: Record<K, string>): Record<K, Verb> {
  return Object.fromEntries(
    Object.entries<string>(table).map(([key, words]) => [key, verb(words)]),
  ) as Record<K, Verb>;
}

/** `hide/hid` is irregular, `walk` regular, `run/ran+away` with a particle. */
function verb(words: string): Verb {
  const [main = '', rest = ''] = words.split('+');
  const [base = '', past] = main.split('/');
  const third = /(s|x|z|ch|sh|o)$/.test(base)
    ? `${base}·es`
    : /[^aeiou]y$/.test(base)
      ? `${base.slice(0, -1)}i·es`
      : `${base}·s`;
  const regular = base.endsWith('e')
    ? `${base}·d`
    : /[^aeiou]y$/.test(base)
      ? `${base.slice(0, -1)}i·ed`
      : `${base}·ed`;
  return { base, third, past: past ?? regular, rest };
}

export const MOTIONS: Record<Motion, Verb> = verbs({
  go: 'go/went',
  walk: 'walk',
  run: 'run/ran',
  hurry: 'hurry',
  return: 'return',
  come: 'come/came',
  ride: 'ride/rode',
  wander: 'wander',
  sneak: 'sneak',
  travel: 'travel/travell·ed',
});

export const DEALINGS: Record<Dealing, Verb> = verbs({
  meet: 'meet/met',
  see: 'see/saw',
  greet: 'greet',
  call: 'call',
  follow: 'follow',
  visit: 'visit',
  help: 'help',
  hug: 'hug/hugg·ed',
  hear: 'hear/heard',
  find: 'find/found',
  teach: 'teach/taught',
  thank: 'thank',
  scold: 'scold',
  wake: 'wake/woke',
  rescue: 'rescue',
  praise: 'praise',
  deceive: 'deceive',
  awaitPerson: 'wait+for',
  remember: 'remember',
  photograph: 'photograph',
});

export const BEHAVIOURS: Record<Behaviour, Verb> = verbs({
  sleep: 'sleep/slept',
  eat: 'eat/ate',
  drink: 'drink/drank',
  runAway: 'run/ran+away',
  hide: 'hide/hid',
  cry: 'cry+out',
  play: 'play',
  dig: 'dig/dug',
  wait: 'wait',
  appear: 'appear',
  die: 'die',
  jump: 'jump',
});

export const DEEDS: Record<Deed, Verb> = verbs({
  find: 'find/found',
  buy: 'buy/bought',
  make: 'make/made',
  borrow: 'borrow',
  steal: 'steal/stole',
  pick: 'pick+up',
  cook: 'cook',
  bring: 'bring/brought',
  win: 'win/won',
  collect: 'collect',
  choose: 'choose/chose',
  lose: 'lose/lost',
  sell: 'sell/sold',
  drop: 'drop/dropp·ed',
  eat: 'eat/ate',
  spill: 'spill',
  burn: 'burn',
  bury: 'bury',
  break: 'break/broke',
  tear: 'tear/tore',
  forget: 'forget/forgot',
  wash: 'wash',
  repair: 'repair',
  hide: 'hide/hid',
  paint: 'paint',
  carry: 'carry',
  read: 'read/read',
  fold: 'fold',
  sharpen: 'sharpen',
  fill: 'fill',
  count: 'count',
  lift: 'lift',
  weigh: 'weigh',
  guard: 'guard',
});

export const GIFTS: Record<Gift, Verb> = verbs({
  give: 'give/gave',
  lend: 'lend/lent',
  send: 'send/sent',
  throw: 'throw/threw',
  show: 'show',
  sellTo: 'sell/sold',
});

export const SAYINGS: Record<Saying, Verb> = verbs({
  say: 'say/said',
  shout: 'shout',
  whisper: 'whisper',
  cry: 'cry',
});

export const THEFTS: Record<Theft, Verb> = verbs({
  grab: 'grab/grabb·ed',
  swallow: 'swallow',
  dragAway: 'drag/dragg·ed+away',
  trample: 'trample',
});

export const HAVE: Verb = { base: 'have', third: 'has', past: 'had', rest: '' };
export const WANT: Verb = verb('want');
export const ANSWER: Verb = verb('answer');
export const COME: Verb = verb('come/came');
export const REST: Verb = verb('rest');
