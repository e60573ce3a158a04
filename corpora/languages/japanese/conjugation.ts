/**
 * How Japanese verbs and adjectives change. A verb is given by its dictionary form, where `·` before る marks the verbs of one stem
 * (ichidan: 食べ·る, but 売る); of several words the last is conjugated (歩い·て 行く). The forms have `·` between stem and ending.
 */

/** `plain` says what is or will be, `past` what was; `te` joins the verb to what follows. */
export type Verb = { readonly plain: string; readonly past: string; readonly te: string };

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

export function verb(dictionary: string): Verb {
  const lastWord = dictionary.lastIndexOf(' ') + 1;
  const before = dictionary.slice(0, lastWord);
  const { plain, past, te } = conjugated(dictionary.slice(lastWord));
  return { plain: before + plain, past: before + past, te: before + te };
}

function conjugated(dictionary: string): Verb {
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

function forms(plain: string, stem: string, voiced: boolean): Verb {
  return { plain, past: `${stem}·${voiced ? 'だ' : 'た'}`, te: `${stem}·${voiced ? 'で' : 'て'}` };
}

/** What is said of somebody or something: verbs say it, and adjectives of either kind. */
export type Predicate = { readonly plain: string; readonly past: string };

/** 強い by its stem 強. */
export function iAdjective(stem: string): Predicate {
  return { plain: `${stem}·い`, past: `${stem}·かった` };
}

/** 勇敢だ by its stem 勇敢; the copula follows nouns likewise. */
export function naAdjective(stem: string): Predicate {
  return { plain: `${stem} だ`, past: `${stem} だっ·た` };
}
