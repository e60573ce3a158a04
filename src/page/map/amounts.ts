/** Amounts as people type them: 1e15, 3M, 250 000, 1.5 T. */

import type { Typed } from '../parts/field/readNumber.ts';

const LETTERS: Readonly<Record<string, number>> = {
  k: 1e3,
  m: 1e6,
  g: 1e9,
  b: 1e9,
  t: 1e12,
  p: 1e15,
  e: 1e18,
};
/** What is read as a letter's power of ten at the end: not the exponent of 1e15. */
const AMOUNT = /^([+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?)\s*([kmgbtpe])?$/i;
const GROUPED = /^\d{1,3}([,_\s]\d{3})+(?=\.|\s*[a-z]?$)/i;

export type AmountRule = { readonly least: number; readonly most: number; readonly example: string };

export function readAmount(text: string, { least, most, example }: AmountRule): Typed {
  const trimmed = text.trim().replaceAll('−', '-');
  if (trimmed === '') return { ok: false, problem: `A number is needed here, e.g. ${example}.` };
  const plain = GROUPED.test(trimmed) ? trimmed.replace(/[,_\s](?=\d{3})/g, '') : trimmed;
  const [, digits = '', letter = ''] = AMOUNT.exec(plain) ?? [];
  if (digits === '') return { ok: false, problem: `“${trimmed}” is not a number; write it like ${example}.` };
  const value = Number(digits) * (LETTERS[letter.toLowerCase()] ?? 1);
  if (!(value >= least)) return { ok: false, problem: `Must be ${amountText(least)} or more.` };
  if (!(value <= most)) return { ok: false, problem: `Must be ${amountText(most)} or less.` };
  return { ok: true, value };
}

/** Of what was typed or counted, as many digits as anybody means: 131072 stays what it is. */
export const EXACT_DIGITS = 9;

/** As it would be typed, to four digits unless more are asked for: 1.5e15, 250000, 0.4. */
export function amountText(value: number, digits = 4): string {
  const rounded = Number(value.toPrecision(digits));
  const size = Math.abs(rounded);
  return size !== 0 && (size >= 10 ** Math.max(7, digits) || size < 1e-3)
    ? rounded.toExponential().replace('e+', 'e')
    : String(rounded);
}
