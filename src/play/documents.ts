/** A text that is scored, as the lab takes texts. */

import { cleaned } from '../text/corpus/collect.ts';

/** The documents of a text: its lines with something in them, as the lab takes documents. */
export function documentsOf(text: string): string[] {
  return text
    .split(/\r\n|\n|\r/)
    .map(cleaned)
    .filter((line) => line !== '');
}
