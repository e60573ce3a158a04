import { describe, expect, it } from 'vitest';
import {
  iAdjective,
  naAdjective,
  type Predicate,
  verb,
} from '../../../corpora/languages/japanese/conjugation.ts';
import { japanese } from '../../../corpora/languages/japanese/japanese.ts';
import { AGED, FEELINGS, QUALITIES, WEATHERS } from '../../../corpora/languages/japanese/states.ts';
import * as verbs from '../../../corpora/languages/japanese/verbs.ts';
import * as words from '../../../corpora/languages/japanese/words.ts';
import {
  type Animal,
  BEHAVIOURS,
  type CountedName,
  DAY_PARTS,
  DAYS,
  DEALINGS,
  DEED_NAMES,
  type Feeling,
  GIFTS,
  MOTIONS,
  NAME_COUNT,
  SAYINGS,
  SYLLABLE_COUNT,
  THEFTS,
  type Weather,
} from '../../../corpora/world/concepts.ts';
import { finish } from '../../../corpora/world/finish.ts';
import type { Sentence, Speech, Tense } from '../../../corpora/world/meaning.ts';
import { at, drawn, filled, fresh, future, gist, known, past, peopleOf, present, some } from './meanings.ts';

const { anybody, named, pronoun, worker, relative } = peopleOf(words.NAMES);
const aoi = named('葵');
const ken = named('健');
/** Who acted last is left out. */
const she = pronoun('葵');
const he = pronoun('健');

const say = (sentence: Sentence) => finish(japanese.tell(sentence), japanese.writing);

const plainText = (parts: string) => parts.replaceAll(/[· ]/g, '');

/** Weather and endings are below, with every word for them. */
const BY_KIND: Readonly<Partial<Record<Sentence['kind'], readonly (readonly [Sentence, string])[]>>> = {
  opening: [
    [
      {
        kind: 'opening',
        ...past,
        when: { day: 'friday', part: 'afternoon' },
        who: worker('葵', 'fisher', null, [66, 51]),
        place: 'bridge',
      },
      '先週金曜の午後、イェセ村の漁師の葵は橋にいた。',
    ],
    [
      {
        kind: 'opening',
        ...present,
        when: { day: 'sunday', part: 'dawn' },
        who: worker('健', 'king', 40),
        place: 'square',
      },
      '毎週日曜の明け方、領主の健(40)は広場にいる。',
    ],
    [
      {
        kind: 'opening',
        ...future,
        when: { day: 'monday', part: 'noon' },
        who: worker('葵', 'dancer', 33, [0, 7, 69]),
        place: 'farm',
      },
      '来週月曜の正午、アビユ村の踊り手の葵(33)は農場にいる。',
    ],
    [
      {
        kind: 'opening',
        ...past,
        when: { date: 5, month: 'june', year: 1948 },
        who: worker('葵', 'soldier'),
        place: 'lake',
      },
      '1948年6月5日、兵士の葵は湖畔にいた。',
    ],
    [
      {
        kind: 'opening',
        ...present,
        when: { date: 24, month: 'february', year: null },
        who: worker('翔太', 'baker'),
        place: 'bakery',
      },
      '毎年2月24日、パン屋の翔太はパン屋にいる。',
    ],
    [
      {
        kind: 'opening',
        ...future,
        when: { date: 1, month: 'december', year: 2086 },
        who: worker('陽菜', 'doctor'),
        place: 'well',
      },
      '2086年12月1日、医者の陽菜は井戸端にいる。',
    ],
  ],
  has: [
    [{ kind: 'has', ...past, who: aoi, things: [some('egg')] }, '葵は卵を持っていた。'],
    [{ kind: 'has', ...past, who: aoi, things: [some('egg', 2)] }, '葵は卵を二個持っていた。'],
    [
      {
        kind: 'has',
        ...present,
        who: she,
        things: [some('letter', 4, 'strange'), some('orange', 24, 'dry')],
      },
      '奇妙な手紙四通と乾いたオレンジ24個を持っている。',
    ],
    [
      {
        kind: 'has',
        ...future,
        who: ken,
        things: [some('leaf', 2), some('umbrella', 1, 'ugly'), some('knife', 9), some('egg', 1, 'fresh')],
      },
      '健は葉二枚、醜い傘、ナイフ九本、新鮮な卵を持っている。',
    ],
    [
      {
        kind: 'has',
        ...past,
        who: he,
        things: [filled('bowl', 'soup'), filled('sack', 'rice', 2, 'cheap'), filled('spoonful', 'honey', 10)],
      },
      'スープ一椀、安い米二袋、蜂蜜10匙を持っていた。',
    ],
    [
      {
        kind: 'has',
        ...past,
        who: he,
        things: [
          filled('pot', 'soup', 3),
          filled('pot', 'oil', 3),
          filled('cup', 'tea'),
          filled('bottle', 'ink'),
        ],
      },
      'スープ三鍋、油三壺、茶一杯、インク一瓶を持っていた。',
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
      'まだ手紙、オレンジ、茶を持っていた。',
    ],
    [
      { kind: 'still has', ...present, who: she, things: [some('scissors'), some('map')] },
      'まだハサミと地図を持っている。',
    ],
    [{ kind: 'still has', ...future, who: ken, things: [some('kite', 6)] }, '健はまだ凧を持っている。'],
  ],
  wants: [
    [{ kind: 'wants', ...past, who: she, thing: some('papaya', 2) }, 'パパイヤを二個欲しがった。'],
    [{ kind: 'wants', ...present, who: aoi, thing: some('onion', 1, 'big') }, '葵は大きな玉ねぎを欲しがる。'],
    [{ kind: 'wants', ...future, who: he, thing: some('book', 99, 'torn') }, '破れた本を99冊欲しがる。'],
    [{ kind: 'wants', ...past, who: he, thing: filled('cup', 'flour') }, '小麦粉を一杯欲しがった。'],
  ],
  goes: [
    [{ kind: 'goes', ...past, who: she, motion: 'go', to: { place: 'waterfall' }, at: null }, '滝へ行った。'],
    [
      { kind: 'goes', ...present, who: she, motion: 'return', to: { place: 'lake' }, at: at(6, 0) },
      '6時0分に湖へ戻る。',
    ],
    [
      { kind: 'goes', ...past, who: ken, motion: 'hurry', to: { village: [42, 8, 74] }, at: at(17, 5) },
      '健は17時5分にピボズ村へ急いだ。',
    ],
    [
      { kind: 'goes', ...future, who: ken, motion: 'walk', to: { village: [60, 61, 62, 63] }, at: null },
      '健はワウェウィウォ村へ歩いて行く。',
    ],
  ],
  deals: [
    [
      {
        kind: 'deals',
        ...past,
        who: she,
        dealing: 'hug',
        other: worker('恵', 'writer', 77, [9, 60]),
        at: at(10, 21),
      },
      '10時21分にブワ村の作家の恵(77)を抱きしめた。',
    ],
    [
      {
        kind: 'deals',
        ...past,
        who: he,
        dealing: 'visit',
        other: relative('恵', 'olderSister', '健', 60, [10, 11, 12]),
        at: null,
      },
      'ダデディ村の姉の恵(60)を訪ねた。',
    ],
    [
      {
        kind: 'deals',
        ...past,
        who: aoi,
        dealing: 'visit',
        other: relative('恵', 'olderSister', '健', 60, [10, 11, 12]),
        at: null,
      },
      '葵は健の姉、ダデディ村の恵(60)を訪ねた。',
    ],
    [
      { kind: 'deals', ...future, who: ken, dealing: 'meet', other: relative('恵', 'aunt', '健'), at: null },
      '健は叔母の恵に会う。',
    ],
    [
      {
        kind: 'deals',
        ...past,
        who: aoi,
        dealing: 'hear',
        other: relative('匠', 'cousin', '健', 9),
        at: null,
      },
      '葵は健のいとこの匠(9)の声を聞いた。',
    ],
    [
      { kind: 'deals', ...present, who: he, dealing: 'thank', other: aoi, at: at(8, 53) },
      '8時53分に葵に感謝する。',
    ],
  ],
  does: [
    [
      { kind: 'does', ...past, who: she, deed: 'buy', mention: fresh(some('rope', 99, 'light')), coins: 367 },
      '軽い縄を99本367円で買った。',
    ],
    [
      { kind: 'does', ...present, who: she, deed: 'sell', mention: known(some('rope', 99)), coins: 12 },
      '縄を12円で売る。',
    ],
    [
      { kind: 'does', ...past, who: ken, deed: 'pick', mention: fresh(some('fish')), coins: null },
      '健は魚を一匹拾った。',
    ],
    [
      { kind: 'does', ...past, who: ken, deed: 'pick', mention: known(some('fish')), coins: null },
      '健は魚を拾った。',
    ],
    [
      { kind: 'does', ...past, who: he, deed: 'find', mention: fresh(some('crown')), coins: null },
      '王冠を一つ見つけた。',
    ],
    [
      {
        kind: 'does',
        ...past,
        who: he,
        deed: 'find',
        mention: fresh(some('crown', 1, 'golden')),
        coins: null,
      },
      '金の王冠を見つけた。',
    ],
    [
      {
        kind: 'does',
        ...past,
        who: he,
        deed: 'drop',
        mention: known(some('fish', 3, 'rotten')),
        coins: null,
      },
      '魚を落とした。',
    ],
    [
      {
        kind: 'does',
        ...future,
        who: he,
        deed: 'bury',
        mention: known(filled('sack', 'salt', 2)),
        coins: null,
      },
      '塩を埋める。',
    ],
    [
      {
        kind: 'does',
        ...future,
        who: he,
        deed: 'choose',
        mention: fresh(filled('cup', 'salt')),
        coins: null,
      },
      '塩を一杯選ぶ。',
    ],
  ],
  gives: [
    [
      { kind: 'gives', ...past, who: she, gift: 'lend', thing: some('letter', 4), to: ken },
      '健に手紙を貸した。',
    ],
    [
      { kind: 'gives', ...present, who: aoi, gift: 'sellTo', thing: filled('pot', 'tea'), to: ken },
      '葵は健に茶を売る。',
    ],
    [
      { kind: 'gives', ...past, who: she, gift: 'throw', thing: some('egg'), to: worker('巧', 'nurse', 9) },
      '看護師の巧(9)に卵を投げた。',
    ],
  ],
  says: [
    [
      { kind: 'says', ...past, who: ken, saying: 'cry', speech: { kind: 'price', coins: 673 } },
      '健は「673円だ」と告げた。',
    ],
    [
      { kind: 'says', ...present, who: she, saying: 'whisper', speech: { kind: 'price', coins: 3 } },
      '「3円だ」と囁く。',
    ],
  ],
  answers: [
    [
      { kind: 'answers', ...past, who: ken, holder: ken.person, thing: some('saw') },
      '健は「のこぎりは私が持っている」と答えた。',
    ],
    [
      { kind: 'answers', ...present, who: he, holder: anybody('恵'), thing: some('leaf', 3) },
      '「葉は恵が持っている」と答える。',
    ],
    [
      { kind: 'answers', ...past, who: he, holder: null, thing: filled('cup', 'ink', 3) },
      '「インクは誰も持っていない」と答えた。',
    ],
  ],
  feels: [
    [{ kind: 'feels', ...past, who: she, feeling: 'surprised' }, '驚いた。'],
    [{ kind: 'feels', ...present, who: ken, feeling: 'calm' }, '健は落ち着く。'],
    [{ kind: 'feels', ...past, who: ken, feeling: 'brave' }, '健は勇敢だった。'],
    [{ kind: 'feels', ...future, who: ken, feeling: 'hungry' }, '健は空腹だ。'],
    [{ kind: 'feels', ...past, who: ken, feeling: 'lonely' }, '健は寂しかった。'],
    [{ kind: 'feels', ...present, who: ken, feeling: 'strong' }, '健は強い。'],
  ],
  'animals do': [
    [
      {
        kind: 'animals do',
        ...present,
        animals: { animal: 'ant', count: 1, quality: 'old' },
        behaviour: 'hide',
        place: 'well',
        at: null,
      },
      '老いた蟻が井戸の近くに隠れる。',
    ],
    [
      {
        kind: 'animals do',
        ...future,
        animals: { animal: 'parrot', count: 3, quality: 'yellow' },
        behaviour: 'cry',
        place: 'square',
        at: at(9, 9),
      },
      '9時9分に黄色いオウム三羽が広場の近くで鳴く。',
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
      '病気の羊65頭がパン屋の近くから逃げた。',
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
        owner: ken,
      },
      '飢えた山羊が健の帽子を奪った。',
    ],
    [
      {
        kind: 'animal takes',
        ...present,
        animals: { animal: 'buffalo', count: 9, quality: 'fierce' },
        theft: 'trample',
        thing: filled('sack', 'sugar', 2),
        owner: aoi,
      },
      '獰猛な水牛九頭が葵の砂糖を踏み潰す。',
    ],
  ],
  'there are': [
    [
      { kind: 'there are', ...past, place: 'classroom', things: [some('table', 55, 'wooden'), some('ball')] },
      '教室に木の机55台とボールがあった。',
    ],
    [
      { kind: 'there are', ...past, place: 'river', things: [filled('bottle', 'water', 1, 'cold')] },
      '川辺に冷たい水が一瓶あった。',
    ],
    [
      { kind: 'there are', ...future, place: 'hill', things: [some('crown', 1, 'iron')] },
      '丘に鉄の王冠がある。',
    ],
    [
      {
        kind: 'there are',
        ...present,
        place: 'gate',
        things: [some('shoe', 8), some('box', 10), some('box', 9)],
      },
      '門に靴八足、箱10個、箱九つがある。',
    ],
  ],
};

const SPEECHES: readonly (readonly [Speech, string])[] = [
  [{ kind: 'need', thing: some('axe') }, '斧が要る'],
  [{ kind: 'need', thing: some('axe', 2, 'heavy') }, '重い斧が二丁要る'],
  [{ kind: 'need', thing: filled('spoonful', 'medicine', 1, 'bitter') }, '苦い薬が一匙要る'],
  [{ kind: 'invite', place: 'hospital', at: at(17, 40) }, '17時40分に病院へ来て'],
  [
    { kind: 'warn', animals: { animal: 'owl', count: 1, quality: 'old' }, place: 'well' },
    '井戸の近くに老いた梟がいる！',
  ],
  [
    { kind: 'warn', animals: { animal: 'mouse', count: 12, quality: 'tame' }, place: 'field' },
    '畑の近くにおとなしい鼠が12匹いる！',
  ],
  [{ kind: 'ask who has', thing: some('lock', 2, 'iron') }, '錠前は誰が持っている？'],
  [{ kind: 'ask price', thing: filled('cup', 'oil', 4) }, '油はいくら？'],
];

/** Every verb, what it goes with, and its two forms. */
const VERBS: Readonly<Record<string, readonly (readonly [said: string, before: string, now: string])[]>> = {
  motions: MOTIONS.map((motion) => [
    motion,
    ...told((tense) => ({ kind: 'goes', tense, who: she, motion, to: { place: 'town' }, at: null })),
  ]),
  dealings: DEALINGS.map((dealing) => [
    dealing,
    ...told((tense) => ({ kind: 'deals', tense, who: she, dealing, other: ken, at: null })),
  ]),
  deeds: DEED_NAMES.map((deed) => [
    deed,
    ...told((tense) => ({ kind: 'does', tense, who: she, deed, mention: known(some('box')), coins: null })),
  ]),
  gifts: GIFTS.map((gift) => [
    gift,
    ...told((tense) => ({ kind: 'gives', tense, who: she, gift, thing: some('box'), to: ken })),
  ]),
  sayings: SAYINGS.map((saying) => [
    saying,
    ...told((tense) => ({ kind: 'says', tense, who: she, saying, speech: { kind: 'price', coins: 5 } })),
  ]),
  behaviours: BEHAVIOURS.map((behaviour) => [
    behaviour,
    ...told((tense) => ({
      kind: 'animals do',
      tense,
      animals: { animal: 'dog', count: 1, quality: 'white' },
      behaviour,
      place: 'town',
      at: null,
    })),
  ]),
  thefts: THEFTS.map((theft) => [
    theft,
    ...told((tense) => ({
      kind: 'animal takes',
      tense,
      animals: { animal: 'dog', count: 1, quality: 'white' },
      theft,
      thing: some('box'),
      owner: ken,
    })),
  ]),
};

function told(sentence: (tense: Tense) => Sentence): [before: string, now: string] {
  return [say(sentence('past')), say(sentence('present'))];
}

const VERB_FORMS: Readonly<Record<string, string>> = {
  motions: `町へ行った 町へ行く, 町へ歩いて行った 町へ歩いて行く, 町へ走った 町へ走る, 町へ急いだ 町へ急ぐ, 町へ戻った 町へ戻る,
町へ来た 町へ来る, 町へ馬で行った 町へ馬で行く, 町へ迷い込んだ 町へ迷い込む, 町へ忍び込んだ 町へ忍び込む, 町へ旅した 町へ旅する`,
  dealings: `健に会った 健に会う, 健を見かけた 健を見かける, 健に挨拶した 健に挨拶する, 健を呼んだ 健を呼ぶ, 健を追った 健を追う,
健を訪ねた 健を訪ねる, 健を手伝った 健を手伝う, 健を抱きしめた 健を抱きしめる, 健の声を聞いた 健の声を聞く, 健を見つけた 健を見つける,
健を教えた 健を教える, 健に感謝した 健に感謝する, 健を叱った 健を叱る, 健を起こした 健を起こす, 健を救った 健を救う, 健を褒めた 健を褒める,
健を騙した 健を騙す, 健を待った 健を待つ, 健を思い出した 健を思い出す, 健を撮った 健を撮る`,
  deeds: `箱を見つけた 箱を見つける, 箱を買った 箱を買う, 箱を作った 箱を作る, 箱を借りた 箱を借りる, 箱を盗んだ 箱を盗む, 箱を拾った 箱を拾う,
箱を料理した 箱を料理する, 箱を持ってきた 箱を持ってくる, 箱を勝ち取った 箱を勝ち取る, 箱を集めた 箱を集める, 箱を選んだ 箱を選ぶ,
箱をなくした 箱をなくす, 箱を売った 箱を売る, 箱を落とした 箱を落とす, 箱を食べた 箱を食べる, 箱をこぼした 箱をこぼす,
箱を燃やした 箱を燃やす, 箱を埋めた 箱を埋める, 箱を壊した 箱を壊す, 箱を破った 箱を破る, 箱を忘れた 箱を忘れる, 箱を洗った 箱を洗う,
箱を直した 箱を直す, 箱を隠した 箱を隠す, 箱を塗った 箱を塗る, 箱を運んだ 箱を運ぶ, 箱を読んだ 箱を読む, 箱を畳んだ 箱を畳む,
箱を研いだ 箱を研ぐ, 箱を満たした 箱を満たす, 箱を数えた 箱を数える, 箱を持ち上げた 箱を持ち上げる, 箱を量った 箱を量る,
箱を守った 箱を守る`,
  gifts: `健に箱をあげた 健に箱をあげる, 健に箱を貸した 健に箱を貸す, 健に箱を送った 健に箱を送る, 健に箱を投げた 健に箱を投げる,
健に箱を見せた 健に箱を見せる, 健に箱を売った 健に箱を売る`,
  sayings: `「5円だ」と言った 「5円だ」と言う, 「5円だ」と叫んだ 「5円だ」と叫ぶ, 「5円だ」と囁いた 「5円だ」と囁く, 「5円だ」と告げた 「5円だ」と告げる`,
  behaviours: `白い犬が町の近くで眠った 白い犬が町の近くで眠る, 白い犬が町の近くで餌を食べた 白い犬が町の近くで餌を食べる,
白い犬が町の近くで水を飲んだ 白い犬が町の近くで水を飲む, 白い犬が町の近くから逃げた 白い犬が町の近くから逃げる,
白い犬が町の近くに隠れた 白い犬が町の近くに隠れる, 白い犬が町の近くで鳴いた 白い犬が町の近くで鳴く, 白い犬が町の近くで遊んだ 白い犬が町の近くで遊ぶ,
白い犬が町の近くで穴を掘った 白い犬が町の近くで穴を掘る, 白い犬が町の近くで待った 白い犬が町の近くで待つ,
白い犬が町の近くに現れた 白い犬が町の近くに現れる, 白い犬が町の近くで死んだ 白い犬が町の近くで死ぬ, 白い犬が町の近くで跳ねた 白い犬が町の近くで跳ねる`,
  thefts: `白い犬が健の箱を奪った 白い犬が健の箱を奪う, 白い犬が健の箱を飲み込んだ 白い犬が健の箱を飲み込む,
白い犬が健の箱を持ち去った 白い犬が健の箱を持ち去る, 白い犬が健の箱を踏み潰した 白い犬が健の箱を踏み潰す`,
};

/** What is told of a woman who rests, what was told of her, what is told of her now, and what she says. */
const FEELING_TEXTS: Readonly<Record<Feeling, string>> = {
  happy: '朝、嬉しそうに店で休む。 喜んだ。 喜ぶ。 「嬉しい」と言う。',
  proud: '朝、胸を張って店で休む。 胸を張った。 胸を張る。 「誇らしい」と言う。',
  calm: '朝、静かに店で休む。 落ち着いた。 落ち着く。 「落ち着いた」と言う。',
  grateful: '朝、感謝して店で休む。 感謝した。 感謝する。 「ありがたい」と言う。',
  brave: '朝、勇敢に店で休む。 勇敢だった。 勇敢だ。 「怖くない」と言う。',
  surprised: '朝、驚いて店で休む。 驚いた。 驚く。 「驚いた」と言う。',
  curious: '朝、興味津々のまま店で休む。 興味津々だった。 興味津々だ。 「気になる」と言う。',
  lucky: '朝、運よく店で休む。 幸運だった。 幸運だ。 「運がいい」と言う。',
  strong: '朝、力強く店で休む。 強かった。 強い。 「力が湧く」と言う。',
  cheerful: '朝、陽気に店で休む。 陽気だった。 陽気だ。 「楽しい」と言う。',
  sad: '朝、悲しく店で休む。 悲しんだ。 悲しむ。 「悲しい」と言う。',
  angry: '朝、怒って店で休む。 怒った。 怒る。 「腹が立つ」と言う。',
  afraid: '朝、怯えて店で休む。 怯えた。 怯える。 「怖い」と言う。',
  tired: '朝、疲れて店で休む。 疲れた。 疲れる。 「疲れた」と言う。',
  hungry: '朝、空腹のまま店で休む。 空腹だった。 空腹だ。 「お腹が空いた」と言う。',
  thirsty: '朝、喉が渇いて店で休む。 喉が渇いた。 喉が渇く。 「喉が渇いた」と言う。',
  ashamed: '朝、恥じ入って店で休む。 恥じ入った。 恥じ入る。 「恥ずかしい」と言う。',
  bored: '朝、退屈して店で休む。 退屈した。 退屈する。 「退屈だ」と言う。',
  lonely: '朝、寂しく店で休む。 寂しかった。 寂しい。 「寂しい」と言う。',
  worried: '朝、心配して店で休む。 心配した。 心配する。 「心配だ」と言う。',
  jealous: '朝、嫉妬して店で休む。 嫉妬した。 嫉妬する。 「羨ましい」と言う。',
  sick: '朝、病気のまま店で休む。 病気だった。 病気だ。 「具合が悪い」と言う。',
};

const WEATHER_TEXTS: Readonly<Record<Weather, string>> = {
  rain: '夜、雨が降った。 夜、雨が降る。 「ひどい雨だ」と言う。',
  wind: '夜、風が吹いた。 夜、風が吹く。 「ひどい風だ」と言う。',
  storm: '夜、嵐が来た。 夜、嵐が来る。 「ひどい嵐だ」と言う。',
  fog: '夜、霧が出た。 夜、霧が出る。 「ひどい霧だ」と言う。',
  heat: '夜、暑くなった。 夜、暑くなる。 「暑い」と言う。',
  cold: '夜、寒くなった。 夜、寒くなる。 「寒い」と言う。',
  thunder: '夜、雷が鳴った。 夜、雷が鳴る。 「雷だ」と言う。',
  clouds: '夜、曇った。 夜、曇る。 「曇ってきた」と言う。',
  sunshine: '夜、晴れた。 夜、晴れる。 「いい天気だ」と言う。',
  dust: '夜、砂埃が舞った。 夜、砂埃が舞う。 「ひどい砂埃だ」と言う。',
};

describe('Japanese says', () => {
  for (const [kind, rows] of Object.entries(BY_KIND))
    it.each(rows)(`what is meant: ${kind} %#`, (sentence, text) => {
      expect(say(sentence)).toBe(text);
    });

  it.each(SPEECHES)('in speech, %#', (speech, text) => {
    expect(say({ kind: 'says', ...past, who: ken, saying: 'say', speech })).toBe(`健は「${text}」と言った。`);
  });

  for (const [table, forms] of Object.entries(VERB_FORMS))
    it.each((VERBS[table] ?? []).map((row, i) => [...row, forms.split(/,\s+/)[i]]))(
      `${table}: %s`,
      (_, before, now, expected) => {
        expect([before, now]).toEqual(expected?.split(' ').map((text) => `${text}。`));
      },
    );

  it.each(Object.entries(FEELING_TEXTS))('what somebody feels: %s', (name, texts) => {
    const feeling = name as Feeling;
    const speech: Speech = { kind: 'feeling', feeling };
    const said = [
      { kind: 'ending', ...present, who: she, part: 'morning', place: 'shop', feeling } as const,
      { kind: 'feels', ...past, who: she, feeling } as const,
      { kind: 'feels', ...future, who: she, feeling } as const,
      { kind: 'says', ...present, who: she, saying: 'say', speech } as const,
    ].map(say);
    expect(said.join(' ')).toBe(texts);
  });

  it.each(Object.entries(WEATHER_TEXTS))('what the weather is like: %s', (name, texts) => {
    const weather = name as Weather;
    const said = [
      { kind: 'weather', ...past, weather, part: 'night' } as const,
      { kind: 'weather', ...future, weather, part: 'night' } as const,
      { kind: 'says', ...present, who: she, saying: 'say', speech: { kind: 'weather', weather } } as const,
    ].map(say);
    expect(said.join(' ')).toBe(texts);
  });

  it('where and when somebody rests', () => {
    const rest = { kind: 'ending', who: ken, feeling: 'tired' } as const;
    expect(say({ ...rest, ...past, part: 'dawn', place: 'river' })).toBe('明け方、健は疲れて川辺で休んだ。');
    expect(say({ ...rest, ...future, part: 'evening', place: 'roof' })).toBe('夕方、健は疲れて屋根で休む。');
  });

  it('every day and every part of it', () => {
    const of = (day: (typeof DAYS)[number], part: (typeof DAY_PARTS)[number]) =>
      say({ kind: 'opening', ...past, when: { day, part }, who: worker('健', 'judge'), place: 'inn' });
    expect(DAYS.map((day) => of(day, 'morning').slice(2, 3)).join('')).toBe('月火水木金土日');
    expect(DAY_PARTS.map((part) => of('monday', part).replace(/先週月曜の(.*)、.*/, '$1'))).toEqual([
      '明け方',
      '朝',
      '正午',
      '午後',
      '夕方',
      '夜',
    ]);
  });

  it('nothing twice that means different things', () => {
    const meant = new Map<string, string>();
    for (const sentence of drawn(400)) {
      const text = say(sentence);
      // Which of the others' kin it is, one knows who knows who acts.
      const isOwn = sentence.kind === 'deals' && heroOf(sentence) === sentence.who.person.name;
      const meaning = gist(sentence).replace(isOwn ? /"hero":\d+/ : /$^/, 'own');
      expect(meaning, text).toBe(meant.get(text) ?? meaning);
      meant.set(text, meaning);
    }
    expect(meant.size).toBeGreaterThan(6000);
  });

  it('what was in other words than what is or will be', () => {
    for (const sentence of drawn(100)) {
      const [was, is, willBe] = (['past', 'present', 'future'] as const).map((tense) =>
        say({ ...sentence, tense }),
      );
      expect(was).not.toBe(is);
      if (sentence.kind === 'opening' && 'day' in sentence.when) expect(is).not.toBe(willBe);
    }
  });

  it('nothing but Japanese letters, figures and marks', () => {
    for (const sentence of drawn(50)) {
      const text = say(sentence);
      expect(text).toMatch(/^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}ー0-9()、。「」！？]+。$/u);
      expect(text.normalize('NFC')).toBe(text);
    }
  });
});

function heroOf(sentence: Extract<Sentence, { kind: 'deals' }>): number | null {
  const { person, as } = sentence.other;
  return as === 'new' && 'kin' in person.is ? person.is.hero : null;
}

describe('counters', () => {
  const countedThing = (noun: CountedName, count: number) =>
    say({ kind: 'wants', ...past, who: she, thing: some(noun, count) }).replace('欲しがった。', '');
  const countedAnimal = (animal: Animal, count: number) =>
    say({
      kind: 'animal takes',
      ...past,
      animals: { animal, count, quality: 'big' },
      theft: 'grab',
      thing: some('box'),
      owner: ken,
    }).replace(/大きな(.*)が健の.*/, '$1');

  it('go with the noun', () => {
    const nouns =
      `卵を二個 バナナを二本 落花生を二粒 ぶどうを二房 魚を二匹 斧を二丁 網を二枚 弓を二張 ドレスを二着 靴を二足 手袋を二組 人形を二体
椅子を二脚 机を二台 舟を二艘 本を二冊 手紙を二通 新聞を二部 詩を二編 花を二輪 帽子を二つ`.split(/\s+/);
    const names: CountedName[] = [
      ...([
        'egg',
        'banana',
        'peanut',
        'grape',
        'fish',
        'axe',
        'net',
        'bow',
        'dress',
        'shoe',
        'glove',
      ] as const),
      ...([
        'doll',
        'chair',
        'table',
        'boat',
        'book',
        'letter',
        'newspaper',
        'poem',
        'flower',
        'hat',
      ] as const),
    ];
    expect(names.map((noun) => countedThing(noun, 2))).toEqual(nouns);
    const counters = new Set(Object.values(words.THINGS).map(([, counter]) => counter));
    expect(counters.size).toBe(nouns.length);
  });

  it('go with the animal', () => {
    const animals = ['cat', 'elephant', 'owl'] as const;
    expect(animals.map((animal) => countedAnimal(animal, 4))).toEqual(['猫四匹', '象四頭', '梟四羽']);
    expect(animals.map((animal) => countedAnimal(animal, 44))).toEqual(['猫44匹', '象44頭', '梟44羽']);
    expect(countedAnimal('owl', 1)).toBe('梟');
  });

  it('stand behind numerals up to nine, and behind digits from ten on', () => {
    const counts = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 99];
    expect(counts.map((count) => countedThing('knife', count).replace('ナイフを', '')).join(' ')).toBe(
      ' 二本 三本 四本 五本 六本 七本 八本 九本 10本 99本',
    );
    expect(counts.map((count) => countedThing('ring', count).replace('指輪を', '')).join(' ')).toBe(
      ' 二つ 三つ 四つ 五つ 六つ 七つ 八つ 九つ 10個 99個',
    );
  });
});

describe('words change', () => {
  const forms = ({ plain, past: was, linking }: Predicate) => [plain, was, linking].map(plainText).join(' ');

  it.each([
    ['買う', '買う 買った 買って'],
    ['待つ', '待つ 待った 待って'],
    ['売る', '売る 売った 売って'],
    ['書く', '書く 書いた 書いて'],
    ['泳ぐ', '泳ぐ 泳いだ 泳いで'],
    ['話す', '話す 話した 話して'],
    ['死ぬ', '死ぬ 死んだ 死んで'],
    ['呼ぶ', '呼ぶ 呼んだ 呼んで'],
    ['飲む', '飲む 飲んだ 飲んで'],
    ['食べ·る', '食べる 食べた 食べて'],
    ['行く', '行く 行った 行って'],
    ['歩い·て 行く', '歩いて行く 歩いて行った 歩いて行って'],
    ['旅 する', '旅する 旅した 旅して'],
    ['来る', '来る 来た 来て'],
    ['持っ·て くる', '持ってくる 持ってきた 持ってきて'],
    ['持っ·て い·る', '持っている 持っていた 持っていて'],
  ])('%s', (dictionary, expected) => {
    expect(forms(verb(dictionary))).toBe(expected);
  });

  it('of adjectives', () => {
    expect(forms(iAdjective('強'))).toBe('強い 強かった 強く');
    expect(forms(naAdjective('勇敢'))).toBe('勇敢だ 勇敢だった 勇敢に');
    expect(forms(naAdjective('病気', 'の まま'))).toBe('病気だ 病気だった 病気のまま');
  });

  it('only where there is a dictionary form', () => {
    expect(() => verb('食べた')).toThrow(/食べた is no dictionary form/);
  });

  it('before nouns as their kind of word does', () => {
    const { red, big, strange, wooden, wet, dry, fat, ripe } = QUALITIES;
    expect([red, big, strange, wooden, wet, dry, fat, ripe].map(plainText).join(' ')).toBe(
      '赤い 大きな 奇妙な 木の 濡れた 乾いた 太った 熟した',
    );
  });
});

describe('the lexicon', () => {
  const nouns = (table: Readonly<Record<string, words.Noun>>) => Object.values(table).map(([noun]) => noun);
  const plains = (table: Readonly<Record<string, Predicate>>) =>
    Object.values(table).flatMap(({ plain, past: was }) => [plain, was]);
  const frames = (table: Readonly<Record<string, verbs.Frame>>) =>
    Object.values(table).flatMap(({ particle, verb: of }) => [particle + of.plain, particle + of.past]);
  const feelings = Object.values(FEELINGS);
  const weathers = Object.values(WEATHERS);
  const tables: Readonly<Record<string, readonly string[]>> = {
    things: [...nouns(words.THINGS), ...Object.values(words.STAPLES)],
    measures: [...Object.values(words.MEASURES), words.COOKING_POT],
    animals: nouns(words.ANIMALS),
    trades: Object.values(words.TRADES),
    kin: Object.values(words.KIN),
    places: Object.values(words.PLACES),
    locations: Object.values({ ...words.PLACES, ...words.BESIDE }),
    qualities: [...Object.values(QUALITIES), AGED],
    'feelings told': feelings.flatMap(({ predicate }) => [predicate.plain, predicate.past]),
    'feelings shown': feelings.map(({ manner }) => manner),
    'feelings and weathers spoken of': [...feelings, ...weathers].map(({ spoken }) => spoken),
    weathers: weathers.flatMap(({ subject, verb: of }) => [subject + of.plain, subject + of.past]),
    days: Object.values(words.DAYS),
    parts: Object.values(words.DAY_PARTS),
    motions: frames(verbs.MOTIONS),
    dealings: frames(verbs.DEALINGS),
    behaviours: frames(verbs.BEHAVIOURS),
    deeds: plains(verbs.DEEDS),
    gifts: plains(verbs.GIFTS),
    sayings: plains(verbs.SAYINGS),
    thefts: plains(verbs.THEFTS),
  };

  it.each(Object.entries(tables))('has a word of its own for each of the %s', (_, table) => {
    const written = table.map(plainText);
    expect(new Set(written).size).toBe(table.length);
    for (const word of written) {
      expect(word).toMatch(/^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}ー]+$/u);
      expect(word.normalize('NFC')).toBe(word);
      // A single katakana among other letters would be a kanji that looks like it (二 ニ, 工 エ, 夕 タ), or the other way round.
      expect(word).not.toMatch(/(?<![ァ-ヶー])[ァ-ヶー](?![ァ-ヶー])/);
      expect(word).not.toMatch(/[ァ-ヶ][一二八口力工夕]/);
    }
  });

  it('has names of kanji, none of which is another word', () => {
    expect(words.NAMES).toHaveLength(NAME_COUNT);
    expect(new Set(words.NAMES).size).toBe(NAME_COUNT);
    const others = new Set(Object.values(tables).flat().map(plainText));
    for (const name of words.NAMES) {
      expect(name).toMatch(/^\p{Script=Han}{1,2}$/u);
      expect(name).not.toMatch(/[一二三四五六七八九]/);
      expect(others.has(name), name).toBe(false);
    }
  });

  it('writes each syllable of villages so that names can be read back', () => {
    expect(words.SYLLABLES).toHaveLength(SYLLABLE_COUNT);
    expect(new Set(words.SYLLABLES).size).toBe(SYLLABLE_COUNT);
    for (const syllable of words.SYLLABLES)
      expect(syllable).toMatch(/^[アイウエオカ-ヂツ-モヤユヨ-ロワ][ァィゥェォ]?$/);
  });
});
