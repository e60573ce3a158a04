/** Order of runs by one column or several; what has no value comes last either way. */

import type { RunSummary } from '../../../formats/runSummary.ts';
import { columnOf, type Value } from './columns.ts';
import type { Live } from './filter.ts';

export type SortKey = { readonly key: string; readonly isDescending: boolean };
export type Sort = readonly SortKey[];

/** Of numbers in a text as many digits: longer ones come in the order of their letters. */
const DIGITS = 15;
const PLAIN = /^[ -~]*$/;
const MARKS = /\p{M}/gu;
/** Keys of texts that have been sorted by: making them takes longer than sorting, and a list is mostly sorted again. */
const keys = new Map<string, string>();
const MOST_KEYS = 50_000;

/** What stands for a text in the order: numbers by their size, letters without case and accents. A collator takes three times as long. */
function orderKey(text: string): string {
  const known = keys.get(text);
  if (known !== undefined) return known;
  const letters = PLAIN.test(text) ? text : text.normalize('NFD').replace(MARKS, '');
  const made = letters.toLowerCase().replace(/\d+/g, (digits) => digits.padStart(DIGITS, '0'));
  if (keys.size >= MOST_KEYS) keys.clear();
  keys.set(text, made);
  return made;
}

/** Below 0 where `a` comes first. Texts are compared by their {@link orderKey}s. */
function compareValues(a: Value, b: Value, isDescending: boolean): number {
  if (a === null || b === null) return a === b ? 0 : a === null ? 1 : -1;
  const order = a === b ? 0 : a < b ? -1 : 1;
  return isDescending ? -order : order;
}

/** Items in order of the columns that `cellOf` reads; equal ones keep theirs. The same list where nothing is sorted by. */
export function sortItems<T>(
  items: readonly T[],
  sort: Sort,
  cellOf: (item: T, key: string) => Value,
): readonly T[] {
  if (sort.length === 0) return items;
  // Values are read once each, not at every comparison.
  const keyed = items.map((item) => ({ item, values: sort.map(({ key }) => orderOf(cellOf(item, key))) }));
  keyed.sort((a, b) => {
    for (const [place, { isDescending }] of sort.entries()) {
      const order = compareValues(a.values[place] ?? null, b.values[place] ?? null, isDescending);
      if (order !== 0) return order;
    }
    return 0;
  });
  return keyed.map(({ item }) => item);
}

function orderOf(value: Value): Value {
  return typeof value === 'string' ? orderKey(value) : value;
}

export function sortRuns(
  runs: readonly RunSummary[],
  sort: Sort,
  live: Live = new Map(),
): readonly RunSummary[] {
  return sortItems(runs, sort, (run, key) => columnOf(key)?.value(run, live.get(run.id)) ?? null);
}

/**
 * What a click on a heading makes of the order: by that column alone, rising, then falling, then not at all; with `isFurther` (shift)
 * the columns before it stay.
 */
export function sortedBy(sort: Sort, key: string, isFurther: boolean): Sort {
  const present = sort.find((one) => one.key === key);
  const next: SortKey[] = present?.isDescending ? [] : [{ key, isDescending: present !== undefined }];
  if (!isFurther) return next;
  if (!present) return [...sort, ...next];
  return sort.flatMap((one) => (one.key === key ? next : [one]));
}
