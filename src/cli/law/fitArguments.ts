/** What is typed behind the options of `m3lab fit` → values; what makes no sense ends with exit code 2. */

import { InvalidArgumentError } from 'commander';
import { nearest } from '../../formats/nearest.ts';
import { type AskedColumns, roleProblem } from '../../formats/runs/columns.ts';
import { DECIMALS, type Decimal } from '../../formats/runs/numbers.ts';
import type { GivenRecipe } from '../../law/report/advice.ts';

/** `N=params,loss=val_loss` → the names and what they stand for; an option may be given several times. */
function pairs(text: string): (readonly [name: string, value: string])[] {
  return text
    .split(',')
    .filter((part) => part.trim() !== '')
    .map((part) => {
      const at = part.indexOf('=');
      if (at < 1)
        throw new InvalidArgumentError(`${part.trim()}: write NAME=VALUE, with commas between several.`);
      return [part.slice(0, at).trim(), part.slice(at + 1).trim()] as const;
    });
}

export function columnsArgument(text: string, before: AskedColumns = {}): AskedColumns {
  for (const [name] of pairs(text)) {
    const problem = roleProblem(name);
    if (problem !== null) throw new InvalidArgumentError(`${problem}.`);
  }
  return { ...before, ...Object.fromEntries(pairs(text)) };
}

/** Values, by parameter; which parameters there are is for the law to say. */
export function freezeArgument(
  text: string,
  before: Readonly<Record<string, number>> = {},
): Readonly<Record<string, number>> {
  const values = pairs(text).map(([name, word]) => {
    const value = /^[+-]?(inf|infinity)$/i.test(word)
      ? Number(`${word[0] === '-' ? '-' : ''}Infinity`)
      : Number(word);
    if (word === '' || Number.isNaN(value))
      throw new InvalidArgumentError(`${name}: ${word || 'nothing'} is not a number; give one, or Infinity.`);
    return [name, value] as const;
  });
  return { ...before, ...Object.fromEntries(values) };
}

/** What parts decimals; a comma is no list here. */
export function decimalArgument(text: string): Decimal {
  const found = DECIMALS.find((sign) => sign === text.trim());
  if (found === undefined) throw new InvalidArgumentError(`give ${DECIMALS.join(' or ')}`);
  return found;
}

/** Words with commas between them, each one of `known`; with `whole`, that word means all of them and `none` none. */
export function choice<T extends string>(
  known: readonly T[],
  whole?: string,
): (text: string, before?: readonly T[]) => readonly T[] {
  return (text, before = []) => {
    if (text === whole) return known;
    if (whole !== undefined && text === 'none') return [];
    const words = text.split(',').map((word) => word.trim());
    const chosen = words.map((word) => {
      const found = known.find((one) => one === word);
      if (found !== undefined) return found;
      const all = whole === undefined ? known : [...known, whole, 'none'];
      const close = nearest(word, all);
      throw new InvalidArgumentError(
        `there is no ${word}; ${close === null ? `there are ${all.join(', ')}` : `did you mean ${close}?`}`,
      );
    });
    return [...before, ...chosen];
  };
}

/** One word of `known`. */
export function one<T extends string>(known: readonly T[]): (text: string) => T {
  const several = choice(known);
  return (text) => {
    const [word, ...more] = several(text);
    if (word === undefined || more.length > 0)
      throw new InvalidArgumentError(`give one of ${known.join(', ')}.`);
    return word;
  };
}

/** Names with commas between them. */
export function names(text: string, before: readonly string[] = []): readonly string[] {
  const found = text.split(',').map((word) => word.trim());
  if (found.some((word) => word === ''))
    throw new InvalidArgumentError('a name is missing; write NAME,NAME.');
  return [...before, ...found];
}

/** A finite number above 0; `example` is what is shown to who gives another. */
export function numberAbove0(example: string): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (text.trim() === '' || !(value > 0 && value < Number.POSITIVE_INFINITY))
      throw new InvalidArgumentError(`give a number above 0, e.g. ${example}.`);
    return value;
  };
}

/** Nats. */
export function numberAtLeast0(text: string): number {
  const value = Number(text);
  if (text.trim() === '' || !(value >= 0 && value < Number.POSITIVE_INFINITY))
    throw new InvalidArgumentError('give a number of 0 or more, e.g. 0.01.');
  return value;
}

const LETTERS: Readonly<Record<string, number>> = { '': 1, K: 1e3, M: 1e6, B: 1e9, T: 1e12 };

/** 5e6, 5000000 or 5M; null for what is none. */
function amountOf(text: string): number | null {
  const [, digits = '', letter = ''] = /^\s*(\S*?)\s*([KMBT]?)\s*$/i.exec(text) ?? [];
  const value = digits === '' ? Number.NaN : Number(digits) * (LETTERS[letter.toUpperCase()] ?? 1);
  return Number.isFinite(value) ? value : null;
}

/** A number of parameters, tokens or FLOPs, at least `least`, also with K, M, B or T as results are written. */
export function amountAtLeast(least: number, example: string): (text: string) => number {
  return (text) => {
    const value = amountOf(text);
    if (value === null || !(value >= least))
      throw new InvalidArgumentError(`give a number of at least ${least}, e.g. ${example}.`);
    return value;
  };
}

const RECIPE_NAMES = ['N', 'k', 'r', 'r_f'] as const;

/** `N=1M,k=4,r=0.3,r_f=1`: a recipe to be asked about; the option may be given several times. */
export function recipeArgument(text: string, before: readonly GivenRecipe[] = []): readonly GivenRecipe[] {
  const values = new Map<string, number>();
  for (const [name, word] of pairs(text)) {
    if (!RECIPE_NAMES.some((known) => known === name))
      throw new InvalidArgumentError(`there is no ${name}; a recipe is N=…,k=…,r=…,r_f=….`);
    const value = amountOf(word);
    if (value === null || !(value > 0)) throw new InvalidArgumentError(`${name}: give a number above 0.`);
    values.set(name, value);
  }
  const { N, k, r = 1, r_f = r === 1 ? 1 : undefined } = Object.fromEntries(values);
  if (N === undefined || k === undefined)
    throw new InvalidArgumentError(`${N === undefined ? 'N' : 'k'} is missing; write N=…,k=…,r=…,r_f=….`);
  if (r_f === undefined)
    throw new InvalidArgumentError(`r_f is missing: with one stage it is r, write r_f=${r}.`);
  if (!(r <= r_f && r_f <= 1))
    throw new InvalidArgumentError(`r = ${r} and r_f = ${r_f}: ratios are at most 1, and r_f is at least r.`);
  return [...before, { N, k, r, r_f }];
}
