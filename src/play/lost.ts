/** Which characters of a text a tokenizer does not give back: the model cannot have seen them as they are. */

import type { Tokenizer } from '../text/tokenizer/tokenizer.ts';

/** More than these nobody reads. */
const MOST = 12;

/** Characters that the tokenizer lacks or changes, each once, in the order of the text; none where it gives back the whole text. */
export function lostCharacters(tokenizer: Tokenizer, text: string): string[] {
  const isKept = (part: string) => tokenizer.decode(tokenizer.encode(part)) === part;
  if (isKept(text)) return [];
  // Some tokenizers keep a space between letters only; a letter like this one every tokenizer of the lab keeps.
  const isLost = (character: string) => !isKept(character) && !isKept(`a${character}a`);
  return [...new Set(text)].filter(isLost).slice(0, MOST);
}
