/** What is typed behind the options of `m3lab fit` → values; what makes no sense ends with exit code 2. */

import { InvalidArgumentError } from 'commander';
import { nearest } from '../../formats/nearest.ts';
import { type AskedColumns, roleProblem } from '../../formats/runs/columns.ts';

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

/** `dataset=c4,dataset=pile,seed=1`: several words of one group widen it, several groups narrow it down. */
export function whereArgument(
  text: string,
  before: Readonly<Record<string, readonly string[]>> = {},
): Readonly<Record<string, readonly string[]>> {
  const groups: Record<string, readonly string[]> = { ...before };
  for (const [group, word] of pairs(text)) groups[group] = [...(groups[group] ?? []), word];
  return groups;
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

/** A finite number above 0, as in 1e18. */
export function positiveNumber(text: string): number {
  const value = Number(text);
  if (text.trim() === '' || !(value > 0 && value < Number.POSITIVE_INFINITY))
    throw new InvalidArgumentError('give a number above 0, e.g. 1e18.');
  return value;
}
