/** The Japanese lexicon: what things, people and the weather are like. */

import type { Feeling, Quality, Weather } from '../../world/concepts.ts';
import { iAdjective, naAdjective, type Predicate, verb } from './conjugation.ts';

/**
 * A quality before its noun is said by an adjective of either kind (赤い, 奇妙な), by a noun (木の), or by a verb (濡れた);
 * 大きな and 小さな stand before nouns only, and nothing is added.
 */
export const QUALITIES: Record<Quality, string> = {
  red: '赤·い',
  blue: '青·い',
  green: '緑 の',
  yellow: '黄色·い',
  white: '白·い',
  black: '黒·い',
  grey: '灰色 の',
  brown: '茶色·い',
  big: '大きな',
  small: '小さな',
  heavy: '重·い',
  light: '軽·い',
  old: '古·い',
  new: '新し·い',
  beautiful: '美し·い',
  ugly: '醜·い',
  cheap: '安·い',
  expensive: '高·い',
  strange: '奇妙 な',
  clean: 'きれい な',
  dirty: '汚·い',
  wet: verb('濡れ·る').past,
  dry: verb('乾く').past,
  wooden: '木 の',
  iron: '鉄 の',
  copper: '銅 の',
  silver: '銀 の',
  golden: '金 の',
  fresh: '新鮮 な',
  ripe: verb('熟す').past,
  sweet: '甘·い',
  sour: '酸っぱ·い',
  bitter: '苦·い',
  cold: '冷た·い',
  hot: '熱·い',
  rotten: verb('腐る').past,
  tasty: 'おいし·い',
  good: '良·い',
  warm: '暖か·い',
  soft: '柔らか·い',
  torn: verb('破れ·る').past,
  sharp: '鋭·い',
  young: '若·い',
  fat: verb('太る').past,
  thin: verb('痩せ·る').past,
  hungry: verb('飢え·る').past,
  tired: verb('疲れ·る').past,
  clever: '賢·い',
  lazy: '怠惰 な',
  tame: 'おとなし·い',
  fierce: '獰猛 な',
  sick: '病気 の',
};

/** An animal is 老いた, not 古い. */
export const AGED: string = verb('老い·る').past;

/** What is told of somebody, what one says of oneself, and how somebody with that feeling does something. */
export type FeelingWords = {
  readonly predicate: Predicate;
  readonly spoken: string;
  readonly manner: string;
};

/**
 * Plain adjectives such as 悲しい say what the speaker feels; of others Japanese tells by verbs (悲しむ) and by adjectives that
 * name a state (空腹だ).
 */
export const FEELINGS: Record<Feeling, FeelingWords> = {
  happy: feeling(verb('喜ぶ'), '嬉し·い', '嬉しそう に'),
  proud: feeling(verb('胸 を 張る'), '誇らし·い'),
  calm: feeling(verb('落ち着く'), '落ち着い·た', '静か に'),
  grateful: feeling(verb('感謝 する'), 'ありがた·い'),
  brave: feeling(naAdjective('勇敢'), '怖·く ない'),
  surprised: feeling(verb('驚く'), '驚い·た'),
  curious: feeling(naAdjective('興味津々', 'の まま'), '気 に な·る'),
  lucky: feeling(naAdjective('幸運'), '運 が い·い', '運 よ·く'),
  strong: feeling(iAdjective('強'), '力 が 湧·く', '力強·く'),
  cheerful: feeling(naAdjective('陽気'), '楽し·い'),
  sad: feeling(verb('悲しむ'), '悲し·い', '悲し·く'),
  angry: feeling(verb('怒る'), '腹 が 立·つ'),
  afraid: feeling(verb('怯え·る'), '怖·い'),
  tired: feeling(verb('疲れ·る'), '疲れ·た'),
  hungry: feeling(naAdjective('空腹', 'の まま'), 'お腹 が 空い·た'),
  thirsty: feeling(verb('喉 が 渇く'), '喉 が 渇い·た'),
  ashamed: feeling(verb('恥じ入る'), '恥ずかし·い'),
  bored: feeling(verb('退屈 する'), '退屈 だ'),
  lonely: feeling(iAdjective('寂し'), '寂し·い'),
  worried: feeling(verb('心配 する'), '心配 だ'),
  jealous: feeling(verb('嫉妬 する'), '羨まし·い'),
  sick: feeling(naAdjective('病気', 'の まま'), '具合 が 悪·い'),
};

function feeling(predicate: Predicate, spoken: string, manner = predicate.linking): FeelingWords {
  return { predicate, spoken, manner };
}

/** What happens, and what one exclaims. */
export type WeatherWords = { readonly subject: string; readonly verb: Predicate; readonly spoken: string };

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
