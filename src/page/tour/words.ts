/** The tour's numbers and names in plain words. */

import { powerOfTen } from '../../law/report/numbers.ts';
import { brief, whole } from '../parts/format.ts';

/** Letters on a printed page, and a letter is about a byte. */
const PAGE_BYTES = 2000;

/** 8192 → "8,192 tokens, about 4 pages"; only where a token is a byte. */
export function textWords(tokens: number): string {
  const pages = tokens / PAGE_BYTES;
  const said =
    pages < 1
      ? 'less than a page'
      : `about ${pages < 10 ? Math.round(pages) : brief(Number(pages.toPrecision(2)))} ${Math.round(pages) === 1 ? 'page' : 'pages'}`;
  return `${whole(tokens)} tokens, ${said}`;
}

/** Times as words: 16 → "16 times", 1 → "once", 2.26 → "2.3 times". */
export function timesWords(times: number): string {
  const rounded = Number(times.toPrecision(2));
  return rounded === 1 ? 'once' : rounded === 2 ? 'twice' : `${brief(rounded)} times`;
}

/** 0.25 → "25 %". */
export function percentWords(share: number): string {
  return `${Number((100 * share).toPrecision(2))} %`;
}

const BIG: readonly (readonly [size: number, word: string])[] = [
  [1e12, 'trillion'],
  [1e9, 'billion'],
  [1e6, 'million'],
];

/** 3.7e10 → "3.7·10¹⁰ operations". */
export function computeWords(operations: number): string {
  return `${powerWords(operations)} operations`;
}

/** A large number: 3.7e10 → "3.7·10¹⁰", 1e16 → "10¹⁶". */
export function powerWords(value: number): string {
  return powerOfTen(Number(value.toPrecision(2)).toExponential());
}

/** How many times as much, as one says it: "12 times", "4,000 times", "3 million times". */
export function manyTimes(ratio: number): string {
  const rounded = Number(ratio.toPrecision(ratio < 10 ? 2 : 1));
  for (const [size, word] of BIG)
    if (rounded >= size) return `${brief(Number((rounded / size).toPrecision(1)))} ${word} times`;
  return `${rounded < 100 ? brief(rounded) : whole(rounded)} times`;
}

/** "a", "a and b", "a, b and c". */
export function listWords(items: readonly string[]): string {
  const last = items.at(-1) ?? '';
  return items.length < 2 ? last : `${items.slice(0, -1).join(', ')} and ${last}`;
}
