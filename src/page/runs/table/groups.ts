/** Runs that were asked for alike but for the seed, as one line with means. */

import type { RunSummary } from '../../../formats/runSummary.ts';
import { type Column, columnOf, type Value } from './columns.ts';
import { type Sort, sortItems } from './sorting.ts';

export type RunGroup = {
  /** Same for the same recipe, whatever seeds are there. */
  readonly key: string;
  /** One or more, in the order in which they came. */
  readonly runs: readonly RunSummary[];
  readonly first: RunSummary;
};

export type Spread = {
  readonly mean: number;
  /** Standard deviation over runs (n − 1); null with fewer than two. */
  readonly deviation: number | null;
  /** Runs that have a value. */
  readonly runs: number;
};

/** What was asked for and what follows from it, without the seed: counts are the same for every seed. */
function recipeKey(run: RunSummary): string {
  const { kind, target, source, tokenizer, N, D, D_T, k, r, r_f, r_1, s, steps } = run;
  const { layers, width, context, batch, learningRate, schedule, weightDecay } = run;
  const recipe = [kind, target, source, tokenizer, N, D, D_T, k, r, r_f, r_1, s, steps];
  return [...recipe, layers, width, context, batch, learningRate, schedule, weightDecay].join('|');
}

/** Groups in the order of their first runs. */
export function groupRuns(runs: readonly RunSummary[]): RunGroup[] {
  const byKey = new Map<string, RunSummary[]>();
  for (const run of runs) {
    const key = recipeKey(run);
    const others = byKey.get(key);
    if (others) others.push(run);
    else byKey.set(key, [run]);
  }
  return [...byKey].flatMap(([key, ofRecipe]) => {
    const [first] = ofRecipe;
    return first ? [{ key, runs: ofRecipe, first }] : [];
  });
}

export function spreadOf(values: readonly (number | null)[]): Spread | null {
  const known = values.filter((value): value is number => value !== null && Number.isFinite(value));
  if (known.length === 0) return null;
  const mean = known.reduce((sum, value) => sum + value, 0) / known.length;
  const squares = known.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  const deviation = known.length > 1 ? Math.sqrt(squares / (known.length - 1)) : null;
  return { mean, deviation, runs: known.length };
}

/** A measured column over a group's runs. */
export function groupSpread({ runs }: RunGroup, column: Column): Spread | null {
  return spreadOf(runs.map((run) => column.value(run) as number | null));
}

/** What all the group's runs have in a column, their mean where it is measured; null where they differ. */
export function groupValue(group: RunGroup, column: Column): Value {
  if (column.isMeasured) return groupSpread(group, column)?.mean ?? null;
  const value = column.value(group.first);
  return group.runs.every((run) => column.value(run) === value) ? value : null;
}

/** Written under the name of a group of several: the seed at the end of a name, and nothing else, tells its runs apart. */
export function groupName({ first, runs }: RunGroup): string {
  return runs.length > 1 ? first.name.replace(/[\s,]*seed \d+$/, '') : first.name;
}

/** "2.513 ± 0.031". */
export function spreadWords(spread: Spread | null, column: Column): string {
  if (spread === null) return column.text(null);
  const mean = column.text(spread.mean);
  return spread.deviation === null ? mean : `${mean} ± ${column.text(spread.deviation)}`;
}

export function sortGroups(groups: readonly RunGroup[], sort: Sort): readonly RunGroup[] {
  return sortItems(groups, sort, (group, key) => {
    const column = columnOf(key);
    return column ? groupValue(group, column) : null;
  });
}
