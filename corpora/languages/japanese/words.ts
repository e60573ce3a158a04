/** The Japanese lexicon: nouns, with the counters that they are counted by, and names. */

import type {
  Animal,
  CountedName,
  Day,
  DayPart,
  Kin,
  Measure,
  Place,
  StapleName,
  Trade,
} from '../../world/concepts.ts';

/** Women's first, then men's. */
export const NAMES = `
葵 凛 楓 杏 咲 澪 茜 梓 椿 菫 蘭 栞 雫 遥 舞 恵 梢 静 紬 絢 翠 彩 凪 華 雛 唯 優 綾 萌 望 麗 奏 藍 汐 柚 珠 霞 雅
美桜 沙羅 千夏 紗英 亜美 弥生 志保 由佳 真理 佳奈 陽菜 結衣 美咲 莉子 千尋 沙織 由美 裕子 直美 美穂 真央 里奈 麻衣 香織 智子 早紀
健 蓮 圭 湊 蒼 律 朔 諒 颯 瑛 透 匠 亘 剛 豊 進 修 茂 隆 浩 護 聡 徹 亮 仁 昇 勝 稔 猛 司 渉 航 巧 昴 岳 弘 洋 淳 潤 涼 駿 輝 旭 響 晃 崇 毅
隼人 翔太 大輔 拓也 直樹 達也 和也 悠斗 陽翔 康平 圭介 俊介 慎吾 祐介 智也 哲也 真司
`
  .trim()
  .split(/\s+/);

/** What counts with つ up to nine counts with 個 from ten on, for つ has no more numerals. */
export type Noun = readonly [noun: string, counter: string];

/** `本/冊`: books are counted 二冊, 三冊. */
function nouns<K extends string>(table: Record<K, string>): Record<K, Noun> {
  const entries = Object.entries<string>(table).map(([key, word]) => {
    const [noun = '', counter = ''] = word.split('/');
    return [key, [noun, counter]];
  });
  return Object.fromEntries(entries) as Record<K, Noun>;
}

export const THINGS: Record<CountedName, Noun> = nouns({
  mango: 'マンゴー/個',
  banana: 'バナナ/本',
  orange: 'オレンジ/個',
  coconut: 'ココナッツ/個',
  pineapple: 'パイナップル/個',
  papaya: 'パパイヤ/個',
  lemon: 'レモン/個',
  egg: '卵/個',
  potato: 'じゃが芋/個',
  onion: '玉ねぎ/個',
  tomato: 'トマト/個',
  pumpkin: 'かぼちゃ/個',
  carrot: '人参/本',
  cucumber: 'きゅうり/本',
  peanut: '落花生/粒',
  cake: 'ケーキ/つ',
  apple: 'りんご/個',
  grape: 'ぶどう/房',
  mushroom: 'きのこ/本',
  fish: '魚/匹',
  knife: 'ナイフ/本',
  axe: '斧/丁',
  hammer: '金槌/本',
  needle: '針/本',
  rope: '縄/本',
  net: '網/枚',
  hoe: '鍬/丁',
  ladder: 'はしご/台',
  broom: 'ほうき/本',
  key: '鍵/本',
  lock: '錠前/個',
  saw: 'のこぎり/丁',
  scissors: 'ハサミ/丁',
  spoon: 'スプーン/本',
  comb: '櫛/枚',
  oar: 'オール/本',
  hook: 'フック/個',
  wheel: '車輪/個',
  bow: '弓/張',
  spade: 'シャベル/本',
  basket: '籠/つ',
  box: '箱/つ',
  bucket: 'バケツ/つ',
  jar: '壺/つ',
  plate: '皿/枚',
  pan: '鍋/つ',
  suitcase: '旅行鞄/つ',
  barrel: '樽/つ',
  kettle: 'やかん/つ',
  drawer: '引き出し/つ',
  shirt: 'シャツ/枚',
  dress: 'ドレス/着',
  hat: '帽子/つ',
  shoe: '靴/足',
  coat: 'コート/着',
  scarf: 'マフラー/本',
  belt: 'ベルト/本',
  blanket: '毛布/枚',
  curtain: 'カーテン/枚',
  sail: '帆/枚',
  flag: '旗/本',
  glove: '手袋/組',
  drum: '太鼓/つ',
  flute: '笛/本',
  guitar: 'ギター/本',
  bell: '鐘/つ',
  ball: 'ボール/個',
  doll: '人形/体',
  kite: '凧/枚',
  mirror: '鏡/枚',
  ring: '指輪/つ',
  necklace: '首飾り/本',
  bracelet: '腕輪/つ',
  crown: '王冠/つ',
  lamp: 'ランプ/つ',
  candle: '蝋燭/本',
  clock: '時計/つ',
  umbrella: '傘/本',
  mask: '仮面/枚',
  statue: '像/体',
  chair: '椅子/脚',
  table: '机/台',
  boat: '舟/艘',
  bicycle: '自転車/台',
  cart: '荷車/台',
  tent: 'テント/張',
  book: '本/冊',
  letter: '手紙/通',
  map: '地図/枚',
  picture: '絵/枚',
  ticket: '切符/枚',
  newspaper: '新聞/部',
  notebook: 'ノート/冊',
  poem: '詩/編',
  stone: '石/個',
  shell: '貝殻/個',
  feather: '羽根/枚',
  flower: '花/輪',
  seed: '種/粒',
  leaf: '葉/枚',
  stick: '棒/本',
  bone: '骨/本',
  pearl: '真珠/粒',
  root: '根/本',
  branch: '枝/本',
  nest: '巣/つ',
});

export const STAPLES: Record<StapleName, string> = {
  rice: '米',
  maize: 'とうもろこし',
  milk: '牛乳',
  tea: '茶',
  coffee: 'コーヒー',
  sugar: '砂糖',
  salt: '塩',
  honey: '蜂蜜',
  meat: '肉',
  oil: '油',
  soup: 'スープ',
  water: '水',
  flour: '小麦粉',
  sand: '砂',
  ink: 'インク',
  medicine: '薬',
};

/** Measures count by themselves: 米二袋. */
export const MEASURES: Record<Measure, string> = {
  sack: '袋',
  cup: '杯',
  bottle: '瓶',
  bowl: '椀',
  pot: '壺',
  spoonful: '匙',
};

/** What is in a pot for cooking counts by that one and not by jars. */
export const COOKED: ReadonlySet<StapleName> = new Set<StapleName>(['soup', 'meat', 'milk']);
export const COOKING_POT = '鍋';

export const ANIMALS: Record<Animal, Noun> = nouns({
  dog: '犬/匹',
  cat: '猫/匹',
  goat: '山羊/頭',
  cow: '牛/頭',
  sheep: '羊/頭',
  chicken: '鶏/羽',
  duck: 'アヒル/羽',
  horse: '馬/頭',
  donkey: 'ロバ/頭',
  pig: '豚/頭',
  rabbit: '兎/羽',
  mouse: '鼠/匹',
  monkey: '猿/匹',
  lion: 'ライオン/頭',
  elephant: '象/頭',
  giraffe: 'キリン/頭',
  leopard: '豹/頭',
  snake: '蛇/匹',
  lizard: 'トカゲ/匹',
  frog: '蛙/匹',
  turtle: '亀/匹',
  crocodile: 'ワニ/匹',
  parrot: 'オウム/羽',
  owl: '梟/羽',
  eagle: '鷲/羽',
  bee: '蜂/匹',
  butterfly: '蝶/匹',
  ant: '蟻/匹',
  spider: '蜘蛛/匹',
  buffalo: '水牛/頭',
  bear: '熊/頭',
  fox: '狐/匹',
  deer: '鹿/頭',
  bat: 'コウモリ/匹',
  crab: '蟹/匹',
  shark: '鮫/匹',
  camel: 'ラクダ/頭',
  peacock: '孔雀/羽',
  pigeon: '鳩/羽',
  whale: '鯨/頭',
});

export const TRADES: Record<Trade, string> = {
  farmer: '農民',
  teacher: '教師',
  doctor: '医者',
  fisher: '漁師',
  baker: 'パン屋',
  tailor: '仕立屋',
  carpenter: '大工',
  smith: '鍛冶屋',
  soldier: '兵士',
  merchant: '商人',
  driver: '運転手',
  painter: '画家',
  singer: '歌手',
  dancer: '踊り手',
  hunter: '猟師',
  shepherd: '羊飼い',
  potter: '陶工',
  weaver: '織工',
  nurse: '看護師',
  guard: '番人',
  judge: '判事',
  sailor: '船員',
  cook: '料理人',
  student: '学生',
  porter: '荷運び',
  barber: '床屋',
  builder: '石工',
  writer: '作家',
  woodcutter: '木こり',
  gardener: '庭師',
  beggar: '物乞い',
  king: '領主',
  thief: '泥棒',
  traveller: '旅人',
  diver: '潜水士',
  healer: '治療師',
};

export const KIN: Record<Kin, string> = {
  mother: '母',
  father: '父',
  olderSister: '姉',
  olderBrother: '兄',
  youngerSister: '妹',
  youngerBrother: '弟',
  grandmother: '祖母',
  grandfather: '祖父',
  aunt: '叔母',
  uncle: '叔父',
  daughter: '娘',
  son: '息子',
  cousin: 'いとこ',
  neighbour: '隣人',
  friend: '友人',
  guest: '客',
};

export const PLACES: Record<Place, string> = {
  market: '市場',
  shop: '店',
  square: '広場',
  bakery: 'パン屋',
  station: '駅',
  bank: '銀行',
  farm: '農場',
  field: '畑',
  stable: '馬小屋',
  mill: '水車小屋',
  well: '井戸',
  barn: '納屋',
  harbour: '港',
  beach: '浜',
  island: '島',
  lake: '湖',
  river: '川',
  lighthouse: '灯台',
  forest: '森',
  cave: '洞窟',
  swamp: '沼',
  hill: '丘',
  waterfall: '滝',
  valley: '谷',
  school: '学校',
  library: '図書館',
  classroom: '教室',
  hospital: '病院',
  museum: '博物館',
  playground: '校庭',
  house: '家',
  kitchen: '台所',
  garden: '庭',
  village: '村',
  roof: '屋根',
  bedroom: '寝室',
  palace: '宮殿',
  tower: '塔',
  prison: '牢獄',
  temple: '寺',
  gate: '門',
  theatre: '劇場',
  bridge: '橋',
  road: '道',
  desert: '砂漠',
  mountain: '山',
  town: '町',
  inn: '宿',
};

/** Where one is beside the place and not in it, the word for that place is another. */
export const BESIDE: Partial<Record<Place, string>> = { well: '井戸端', lake: '湖畔', river: '川辺' };

export const DAYS: Record<Day, string> = {
  monday: '月曜',
  tuesday: '火曜',
  wednesday: '水曜',
  thursday: '木曜',
  friday: '金曜',
  saturday: '土曜',
  sunday: '日曜',
};

export const DAY_PARTS: Record<DayPart, string> = {
  dawn: '明け方',
  morning: '朝',
  noon: '正午',
  afternoon: '午後',
  evening: '夕方',
  night: '夜',
};

/** One to nine; from ten on there are digits. */
export const NUMERALS = ['', '一', '二', '三', '四', '五', '六', '七', '八', '九'] as const;

/** By consonant and vowel, as the world orders them. Small kana only follow another, so that every name can be read back. */
export const SYLLABLES = `
ア エ イ オ ウ バ ベ ビ ボ ブ ダ デ ディ ド ドゥ ガ ゲ ギ ゴ グ ハ ヘ ヒ ホ フ カ ケ キ コ ク マ メ ミ モ ム ナ ネ ニ ノ ヌ
パ ペ ピ ポ プ ラ レ リ ロ ル サ セ シ ソ ス タ テ ティ ト トゥ ワ ウェ ウィ ウォ ウゥ ヤ イェ イィ ヨ ユ ザ ゼ ジ ゾ ズ
`
  .trim()
  .split(/\s+/);
