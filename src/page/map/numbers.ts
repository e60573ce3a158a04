/** The laws' numbers as the page writes them: powers of ten as in print, and no line's end before a thousand's letter. */

import { shortNumber } from '../../figures/ticks.ts';
import {
  figure as figureOf,
  printedNumbers,
  scale as scaleOf,
  short as shortOf,
} from '../../law/report/numbers.ts';

const THIN_SPACE = '\u202f';
/** From here on, and below that, Fit has powers of ten. */
const LARGEST_PLAIN = 1e4;
const SMALLEST_PLAIN = 1e-3;

/** Digits that matter, those of a plain number always as many: 0.300, 2.06·10⁻⁹. */
export function figure(value: number, digits: number): string {
  const size = Math.abs(value);
  const isPlain = size === 0 || (size >= SMALLEST_PLAIN && size < LARGEST_PLAIN);
  return isPlain ? figureOf(value, digits) : shortNumber(value, digits);
}

/** Three digits at most, and none that say nothing: 0.05, 9,000, 10⁷. */
export function short(value: number): string {
  return printedNumbers(shortOf(value));
}

/** With a letter: 34.6 k. */
export function scale(value: number): string {
  return printed(scaleOf(value));
}

/** Numbers inside a sentence. */
export function printed(words: string): string {
  return printedNumbers(words).replace(/(?<=\d) (?=[kMBT](?!\p{L}))/gu, THIN_SPACE);
}
