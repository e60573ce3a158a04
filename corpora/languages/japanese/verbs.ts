/** The Japanese lexicon: verbs, with the particles of what goes with them. */

import type { Behaviour, Dealing, Deed, Gift, Motion, Saying, Theft } from '../../world/concepts.ts';
import { type Predicate, verb } from './conjugation.ts';

function mapped<K extends string, To>(table: Record<K, string>, to: (one: string) => To): Record<K, To> {
  return Object.fromEntries(Object.entries<string>(table).map(([key, one]) => [key, to(one)])) as Record<
    K,
    To
  >;
}

function verbs<K extends string>(table: Record<K, string>): Record<K, Predicate> {
  return mapped(table, verb);
}

/** A verb and the particle behind the word that goes with it. */
export type Frame = { readonly particle: string; readonly verb: Predicate };

/** `に/会う`: 健に会う. */
function frames<K extends string>(table: Record<K, string>): Record<K, Frame> {
  return mapped(table, (frame) => {
    const [particle = '', dictionary = ''] = frame.split('/');
    return { particle, verb: verb(dictionary) };
  });
}

export const BE_THERE: Predicate = verb('い·る');
/** Of things. */
export const LIE_THERE: Predicate = verb('ある');
export const HAVE: Predicate = verb('持っ·て い·る');
export const HAVE_NOT = '持っ·て い·ない';
export const WANT: Predicate = verb('欲しがる');
export const NEED: Predicate = verb('要る');
export const REST: Predicate = verb('休む');
export const ANSWER: Predicate = verb('答え·る');

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

export const DEEDS: Record<Deed, Predicate> = verbs({
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

export const GIFTS: Record<Gift, Predicate> = verbs({
  give: 'あげ·る',
  lend: '貸す',
  send: '送る',
  throw: '投げ·る',
  show: '見せ·る',
  sellTo: '売る',
});

export const SAYINGS: Record<Saying, Predicate> = verbs({
  say: '言う',
  shout: '叫ぶ',
  whisper: '囁く',
  cry: '告げ·る',
});

export const THEFTS: Record<Theft, Predicate> = verbs({
  grab: '奪う',
  swallow: '飲み込む',
  dragAway: '持ち去る',
  trample: '踏み潰す',
});
