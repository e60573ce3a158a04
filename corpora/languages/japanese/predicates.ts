/** The Japanese lexicon: verbs, with the particles of what goes with them, and adjectives. */

import type {
  Behaviour,
  Dealing,
  Deed,
  Feeling,
  Gift,
  Motion,
  Quality,
  Saying,
  Theft,
  Weather,
} from '../../world/concepts.ts';
import { iAdjective, naAdjective, type Predicate, type Verb, verb } from './conjugation.ts';

function verbs<K extends string>(table: Record<K, string>): Record<K, Verb> {
  return mapped(table, verb);
}

function mapped<K extends string, From, To>(table: Record<K, From>, to: (one: From) => To): Record<K, To> {
  return Object.fromEntries(Object.entries<From>(table).map(([key, one]) => [key, to(one)])) as Record<K, To>;
}

/** A verb and the particle behind the word that goes with it. */
export type Frame = { readonly particle: string; readonly verb: Verb };

/** `に/会う`: 健に会う. */
function frames<K extends string>(table: Record<K, string>): Record<K, Frame> {
  return mapped(table, (frame) => {
    const [particle = '', dictionary = ''] = frame.split('/');
    return { particle, verb: verb(dictionary) };
  });
}

export const BE_THERE: Verb = verb('い·る');
/** Of things. */
export const LIE_THERE: Verb = verb('ある');
export const HAVE: Verb = { plain: '持っ·て い·る', past: '持っ·て い·た', te: '持っ·て い·て' };
export const HAVE_NOT = '持っ·て い·ない';
export const WANT: Verb = verb('欲しがる');
export const NEED: Verb = verb('要る');
export const REST: Verb = verb('休む');
export const ANSWER: Verb = verb('答え·る');

/** With the particle of the goal. */
export const MOTIONS: Record<Motion, Frame> = frames({
  go: 'へ/行く',
  walk: 'へ/歩い·て 行く',
  run: 'へ/走る',
  hurry: 'へ/急ぐ',
  return: 'へ/戻る',
  come: 'へ/来る',
  ride: 'へ/馬 で 行く',
  wander: 'へ/迷い込む',
  sneak: 'へ/忍び込む',
  travel: 'へ/旅 する',
});

export const DEALINGS: Record<Dealing, Frame> = frames({
  meet: 'に/会う',
  see: 'を/見かけ·る',
  greet: 'に/挨拶 する',
  call: 'を/呼ぶ',
  follow: 'を/追う',
  visit: 'を/訪ね·る',
  help: 'を/手伝う',
  hug: 'を/抱きしめ·る',
  hear: 'の 声 を/聞く',
  find: 'を/見つけ·る',
  teach: 'を/教え·る',
  thank: 'に/感謝 する',
  scold: 'を/叱る',
  wake: 'を/起こす',
  rescue: 'を/救う',
  praise: 'を/褒め·る',
  deceive: 'を/騙す',
  awaitPerson: 'を/待つ',
  remember: 'を/思い出す',
  photograph: 'を/撮る',
});

/** With the particle of the place. */
export const BEHAVIOURS: Record<Behaviour, Frame> = frames({
  sleep: 'で/眠る',
  eat: 'で/餌 を 食べ·る',
  drink: 'で/水 を 飲む',
  runAway: 'から/逃げ·る',
  hide: 'に/隠れ·る',
  cry: 'で/鳴く',
  play: 'で/遊ぶ',
  dig: 'で/穴 を 掘る',
  wait: 'で/待つ',
  appear: 'に/現れ·る',
  die: 'で/死ぬ',
  jump: 'で/跳ね·る',
});

export const DEEDS: Record<Deed, Verb> = verbs({
  find: '見つけ·る',
  buy: '買う',
  make: '作る',
  borrow: '借り·る',
  steal: '盗む',
  pick: '拾う',
  cook: '料理 する',
  bring: '持っ·て くる',
  win: '勝ち取る',
  collect: '集め·る',
  choose: '選ぶ',
  lose: 'なくす',
  sell: '売る',
  drop: '落とす',
  eat: '食べ·る',
  spill: 'こぼす',
  burn: '燃やす',
  bury: '埋め·る',
  break: '壊す',
  tear: '破る',
  forget: '忘れ·る',
  wash: '洗う',
  repair: '直す',
  hide: '隠す',
  paint: '塗る',
  carry: '運ぶ',
  read: '読む',
  fold: '畳む',
  sharpen: '研ぐ',
  fill: '満たす',
  count: '数え·る',
  lift: '持ち上げ·る',
  weigh: '量る',
  guard: '守る',
});

export const GIFTS: Record<Gift, Verb> = verbs({
  give: 'あげ·る',
  lend: '貸す',
  send: '送る',
  throw: '投げ·る',
  show: '見せ·る',
  sellTo: '売る',
});

export const SAYINGS: Record<Saying, Verb> = verbs({
  say: '言う',
  shout: '叫ぶ',
  whisper: '囁く',
  cry: '泣く',
});

export const THEFTS: Record<Theft, Verb> = verbs({
  grab: '奪う',
  swallow: '飲み込む',
  dragAway: '持ち去る',
  trample: '踏み潰す',
});

/**
 * A quality before its noun is said by an adjective of either kind (赤い, 奇妙な), by a noun (木の), or by a verb (濡れた);
 * 大きな and 小さな stand before nouns only, and nothing is added.
 */
const QUALITY_WORDS: Record<Quality, readonly [word: string, kind: 'い' | 'な' | 'の' | 'た' | '']> = {
  red: ['赤', 'い'],
  blue: ['青', 'い'],
  green: ['緑', 'の'],
  yellow: ['黄色', 'い'],
  white: ['白', 'い'],
  black: ['黒', 'い'],
  grey: ['灰色', 'の'],
  brown: ['茶色', 'い'],
  big: ['大きな', ''],
  small: ['小さな', ''],
  heavy: ['重', 'い'],
  light: ['軽', 'い'],
  old: ['古', 'い'],
  new: ['新し', 'い'],
  beautiful: ['美し', 'い'],
  ugly: ['醜', 'い'],
  cheap: ['安', 'い'],
  expensive: ['高', 'い'],
  strange: ['奇妙', 'な'],
  clean: ['きれい', 'な'],
  dirty: ['汚', 'い'],
  wet: ['濡れ·る', 'た'],
  dry: ['乾く', 'た'],
  wooden: ['木', 'の'],
  iron: ['鉄', 'の'],
  copper: ['銅', 'の'],
  silver: ['銀', 'の'],
  golden: ['金', 'の'],
  fresh: ['新鮮', 'な'],
  ripe: ['熟す', 'た'],
  sweet: ['甘', 'い'],
  sour: ['酸っぱ', 'い'],
  bitter: ['苦', 'い'],
  cold: ['冷た', 'い'],
  hot: ['熱', 'い'],
  rotten: ['腐る', 'た'],
  tasty: ['おいし', 'い'],
  good: ['良', 'い'],
  warm: ['暖か', 'い'],
  soft: ['柔らか', 'い'],
  torn: ['破れ·る', 'た'],
  sharp: ['鋭', 'い'],
  young: ['若', 'い'],
  fat: ['太る', 'た'],
  thin: ['痩せ·る', 'た'],
  hungry: ['飢え·る', 'た'],
  tired: ['疲れ·る', 'た'],
  clever: ['賢', 'い'],
  lazy: ['怠惰', 'な'],
  tame: ['おとなし', 'い'],
  fierce: ['獰猛', 'な'],
  sick: ['病気', 'の'],
};

/** Before the noun. */
export const QUALITIES: Record<Quality, string> = mapped(QUALITY_WORDS, ([word, kind]) => {
  if (kind === 'た') return verb(word).past;
  if (kind === '') return word;
  return kind === 'い' ? `${word}·い` : `${word} ${kind}`;
});
/** An animal is 老いた, not 古い. */
export const AGED: string = verb('老い·る').past;

/** What is told of somebody, how somebody with that feeling does something, and what one says of oneself. */
export type FeelingWords = {
  readonly predicate: Predicate;
  readonly manner: string;
  readonly spoken: string;
};

/**
 * Plain adjectives such as 悲しい say what the speaker feels; of others Japanese tells by verbs (悲しむ) and by adjectives that
 * name a state (空腹だ).
 */
export const FEELINGS: Record<Feeling, FeelingWords> = {
  happy: feeling(verb('喜ぶ'), '嬉しそう に', '嬉し·い'),
  proud: feeling(verb('胸 を 張る'), '胸 を 張っ·て', '誇らし·い'),
  calm: feeling(verb('落ち着く'), '静か に', '落ち着い·た'),
  grateful: feeling(verb('感謝 する'), '感謝 し·て', 'ありがた·い'),
  brave: feeling(naAdjective('勇敢'), '勇敢 に', '怖·く ない'),
  surprised: feeling(verb('驚く'), '驚い·て', '驚い·た'),
  curious: feeling(naAdjective('興味津々'), '興味津々 の まま', '気 に な·る'),
  lucky: feeling(naAdjective('幸運'), '運 よ·く', '運 が い·い'),
  strong: feeling(iAdjective('強'), '力強·く', '力 が 湧·く'),
  cheerful: feeling(naAdjective('陽気'), '陽気 に', '楽し·い'),
  sad: feeling(verb('悲しむ'), '悲し·く', '悲し·い'),
  angry: feeling(verb('怒る'), '怒っ·て', '腹 が 立·つ'),
  afraid: feeling(verb('怯え·る'), '怯え·て', '怖·い'),
  tired: feeling(verb('疲れ·る'), '疲れ·て', '疲れ·た'),
  hungry: feeling(naAdjective('空腹'), '空腹 の まま', 'お腹 が 空い·た'),
  thirsty: feeling(verb('喉 が 渇く'), '喉 が 渇い·て', '喉 が 渇い·た'),
  ashamed: feeling(verb('恥じ入る'), '恥じ入っ·て', '恥ずかし·い'),
  bored: feeling(verb('退屈 する'), '退屈 し·て', '退屈 だ'),
  lonely: feeling(iAdjective('寂し'), '寂し·く', '寂し·い'),
  worried: feeling(verb('心配 する'), '心配 し·て', '心配 だ'),
  jealous: feeling(verb('嫉妬 する'), '嫉妬 し·て', '羨まし·い'),
  sick: feeling(naAdjective('病気'), '病気 の まま', '具合 が 悪·い'),
};

function feeling(predicate: Predicate, manner: string, spoken: string): FeelingWords {
  return { predicate, manner, spoken };
}

/** What happens, and what one exclaims. */
export type WeatherWords = { readonly subject: string; readonly verb: Verb; readonly spoken: string };

export const WEATHERS: Record<Weather, WeatherWords> = {
  rain: weather('雨 が', '降る', 'ひど·い 雨 だ'),
  wind: weather('風 が', '吹く', 'ひど·い 風 だ'),
  storm: weather('嵐 が', '来る', 'ひど·い 嵐 だ'),
  fog: weather('霧 が', '出·る', 'ひど·い 霧 だ'),
  heat: weather('', '暑·く なる', '暑·い'),
  cold: weather('', '寒·く なる', '寒·い'),
  thunder: weather('雷 が', '鳴る', '雷 だ'),
  clouds: weather('', '曇る', '曇っ·て き·た'),
  sunshine: weather('', '晴れ·る', 'い·い 天気 だ'),
  dust: weather('砂埃 が', '舞う', 'ひど·い 砂埃 だ'),
};

function weather(subject: string, dictionary: string, spoken: string): WeatherWords {
  return { subject, verb: verb(dictionary), spoken };
}
