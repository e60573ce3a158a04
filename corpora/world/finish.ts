/** Parts of a sentence → text: marks leave, punctuation moves up to its word, sentences get their capitals. */

import type { Writing } from '../languages/language.ts';

const CLOSING = /^[,.!?;:”、。！？]/;

/** The text of a sentence, of the parts that a language's `tell` gives. */
export function finish(parts: string, { spaces, capitals, quotes }: Writing): string {
  let text = '';
  let isStart = true;
  let isGlued = true;
  for (const word of parts.split(/[ |]/)) {
    if (word === '') continue;
    if (spaces && !isGlued && !CLOSING.test(word)) text += ' ';
    isGlued = word === '“';
    if (word === '“' || word === '”') {
      text += quotes[word === '“' ? 0 : 1];
      if (word === '“') isStart = true;
      continue;
    }
    const spelt = word.startsWith('^') ? word.slice(1) : word;
    const plain = spelt.includes('·') ? spelt.replaceAll('·', '') : spelt;
    text += isStart && capitals ? plain.charAt(0).toUpperCase() + plain.slice(1) : plain;
    isStart = false;
  }
  return text;
}
