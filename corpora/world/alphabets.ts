/** The letters of which constructed languages are made, by kind: a letter is only ever replaced by one of its kind. */

export type LetterKind = 'vowel' | 'consonant' | 'hiragana' | 'katakana' | 'kanji';

function range(from: number, to: number): string[] {
  return Array.from({ length: to - from + 1 }, (_, i) => String.fromCharCode(from + i));
}

/** Small kana and the sound marks are no letters of their own here. */
const SMALL = /[ぁぃぅぇぉっゃゅょゎゐゑゔァィゥェォッャュョヮヰヱヴ]/;

export const ALPHABETS: Readonly<Record<LetterKind, readonly string[]>> = {
  vowel: [...'aeiou'],
  consonant: [...'bcdfghjklmnpqrstvwxyz'],
  hiragana: range(0x3041, 0x3093).filter((letter) => !SMALL.test(letter)),
  katakana: range(0x30a1, 0x30f3).filter((letter) => !SMALL.test(letter)),
  // From the end of the block, where the everyday ones are rare: a new word should not look like an old one.
  kanji: range(0x9000, 0x9fa5),
};

export function kindOf(letter: string): LetterKind | null {
  if (/[aeiou]/.test(letter)) return 'vowel';
  if (/[a-z]/.test(letter)) return 'consonant';
  if (/\p{Script=Hiragana}/u.test(letter)) return 'hiragana';
  if (/\p{Script=Katakana}/u.test(letter)) return 'katakana';
  return /\p{Script=Han}/u.test(letter) ? 'kanji' : null;
}
