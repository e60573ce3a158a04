/**
 * How Japanese verbs and adjectives change. A verb is given by its dictionary form, where `·` before る marks the verbs of one stem
 * (ichidan: 食べ·る, but 売る); of several words the last is conjugated (歩い·て 行く). The forms have `·` between stem and ending.
 */

/**
 * What is said of somebody or something. `plain` says what is or will be, `past` what was; `linking` joins it to what follows: the
 * form in て of verbs, in く and に of adjectives.
 */
export type Predicate = { readonly plain: string; readonly past: string; readonly linking: string };

/** Sound changes of the verbs of five stems (godan) before た and て, by the kana the dictionary form ends in. */
const SOUND_CHANGES: Readonly<Record<string, readonly [sound: string, voiced: boolean]>> = {
  う: ['っ', false],
  つ: ['っ', false],
  る: ['っ', false],
  く: ['い', false],
  ぐ: ['い', true],
  す: ['し', false],
  ぬ: ['ん', true],
  ぶ: ['ん', true],
  む: ['ん', true],
};

/** Stems of the verbs that belong to no class, by dictionary form: before る, before た and て. */
const IRREGULAR: Readonly<Record<string, readonly [plain: string, stem: string]>> = {
  する: ['す·る', 'し'],
  来る: ['来·る', '来'],
  くる: ['く·る', 'き'],
  行く: ['行·く', '行っ'],
};

export function verb(dictionary: string): Predicate {
  const lastWord = dictionary.lastIndexOf(' ') + 1;
  const before = dictionary.slice(0, lastWord);
  const { plain, past, linking } = conjugated(dictionary.slice(lastWord));
  return { plain: before + plain, past: before + past, linking: before + linking };
}

function conjugated(dictionary: string): Predicate {
  const irregular = IRREGULAR[dictionary];
  if (irregular) return forms(irregular[0], irregular[1], false);
  if (dictionary.endsWith('·る')) return forms(dictionary, dictionary.slice(0, -2), false);
  const stem = dictionary.slice(0, -1);
  const ending = dictionary.slice(-1);
  const change = SOUND_CHANGES[ending];
  if (!change)
    throw new RangeError(`${dictionary} is no dictionary form of a verb: no verb ends in ${ending}`);
  return forms(`${stem}·${ending}`, stem + change[0], change[1]);
}

function forms(plain: string, stem: string, voiced: boolean): Predicate {
  return { plain, past: `${stem}·${voiced ? 'だ' : 'た'}`, linking: `${stem}·${voiced ? 'で' : 'て'}` };
}

/** 強い by its stem 強. */
export function iAdjective(stem: string): Predicate {
  return { plain: `${stem}·い`, past: `${stem}·かった`, linking: `${stem}·く` };
}

/** 勇敢だ by its stem 勇敢; nouns that say a state link by other words than に. */
export function naAdjective(stem: string, link = 'に'): Predicate {
  return { plain: `${stem} だ`, past: `${stem} だっ·た`, linking: `${stem} ${link}` };
}
