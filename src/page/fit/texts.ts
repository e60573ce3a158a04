/** Of which texts, and read by which tokenizer, runs are: losses of different ones say nothing beside each other. */

import type { RunRow } from '../../formats/runs/row.ts';
import { NOT_SAID, shortPair } from '../runs/pairWords.ts';

export type Counted = { readonly name: string; readonly runs: number };

const WITH = ' with ';

export function pairOf({ groups }: Pick<RunRow, 'groups'>): string {
  return groups.pair || NOT_SAID;
}

export function tokenizerOf({ groups }: Pick<RunRow, 'groups'>): string {
  return groups.tokenizer || NOT_SAID;
}

/** What is asked for, by its name or its short one; else the one with the most runs. '' asks for all of them, and stands where there is none. */
export function chosenOf(asked: string | null, counted: readonly Counted[]): string {
  if (asked === '') return '';
  const found = asked !== null && counted.find(({ name }) => name === asked || shortPair(name) === asked);
  return (found || counted[0])?.name ?? '';
}

/** A pair's runs are those of its two languages and those of its target alone. */
export function belongsTo(word: string, pair: string): boolean {
  return word === pair || (pair.includes(WITH) && word === pair.slice(0, pair.indexOf(WITH)));
}

/** The one with the most runs first; none where no run names any. */
export function tokenizersOf(rows: readonly RunRow[]): Counted[] {
  return saidIn(listed(countsOf(rows.map(tokenizerOf))));
}

/** The same of pairs; runs of a target alone count with each pair of it. */
export function pairsOf(rows: readonly RunRow[]): Counted[] {
  const counts = [...countsOf(rows.map(pairOf))];
  const isPartOfAnother = (name: string) =>
    counts.some(([other]) => other !== name && belongsTo(name, other));
  const pairs = counts
    .filter(([name]) => !isPartOfAnother(name))
    .map(
      ([name]) =>
        [name, counts.reduce((sum, [other, runs]) => sum + (belongsTo(other, name) ? runs : 0), 0)] as const,
    );
  return saidIn(listed(pairs));
}

function countsOf(words: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
  return counts;
}

function listed(counts: Iterable<readonly [string, number]>): Counted[] {
  return [...counts]
    .map(([name, runs]) => ({ name, runs }))
    .sort((a, b) => b.runs - a.runs || (a.name < b.name ? -1 : 1));
}

function saidIn(counted: Counted[]): Counted[] {
  return counted.every(({ name }) => name === NOT_SAID) ? [] : counted;
}
