/** Which runs are shown: such as have all the words, and in each facet one of the values that are ticked. */

import type { RunSummary } from '../../../formats/runSummary.ts';
import { count } from '../../parts/format.ts';
import { kindWords } from '../kinds.ts';
import { pairWords } from '../pairWords.ts';
import { type LiveRun, statusWords } from './live.ts';

export const FACETS = ['kind', 'pair', 'N', 'seed', 'status', 'collection'] as const;
export type Facet = (typeof FACETS)[number];

/** A set of values that are wanted for each facet; one that is missing or empty wants all. */
export type Ticked = Readonly<Partial<Record<Facet, ReadonlySet<string>>>>;

export type Filter = {
  /** Words that must all be there, in any order; `-word` must not be; `"two words"` together. */
  readonly words: string;
  readonly ticked: Ticked;
};

export const NO_FILTER: Filter = { words: '', ticked: {} };

export type Live = ReadonlyMap<string, LiveRun>;

export const FACET_HEADINGS: Readonly<Record<Facet, string>> = {
  kind: 'Kind',
  pair: 'Texts',
  N: 'Parameters N',
  seed: 'Seed',
  status: 'Status',
  collection: 'Collection',
};

/** What a run has in a facet, as it is ticked. */
export function facetValue(run: RunSummary, facet: Facet, live?: LiveRun): string {
  if (facet === 'status') return live?.status ?? run.status;
  return String(run[facet]);
}

/** The same for people. */
export function facetWords(facet: Facet, value: string, all: readonly string[] = []): string {
  if (facet === 'pair') return pairWords(value, all);
  if (facet === 'kind') return kindWords(value as RunSummary['kind']);
  if (facet === 'status') return statusWords(value);
  return facet === 'N' ? count(Number(value)) : value;
}

/** What words are looked for in. Runs are values, so it is made once for each. */
const texts = new WeakMap<RunSummary, string>();

/** Of ten thousand runs a handful of pairs, and each takes a while to be put into words. */
const pairs = new Map<string, string>();

function pairText(pair: string): string {
  const known = pairs.get(pair) ?? pairWords(pair);
  pairs.set(pair, known);
  return known;
}

function textOf(run: RunSummary): string {
  const known = texts.get(run);
  if (known !== undefined) return known;
  const { name, id, kind, pair, collection, origin, status, tokenizer, schedule, seed, N, tags } = run;
  const own = [name, id, kind, pair, collection, origin, status];
  const parts = [...own, kindWords(kind), pairText(pair), statusWords(status)];
  const made = [...parts, tokenizer, schedule, `seed ${seed}`, `N ${N}`, ...Object.values(tags)]
    .join('\n')
    .toLowerCase();
  texts.set(run, made);
  return made;
}

/** The runs that a filter lets through, in their order. */
export function filterRuns(
  runs: readonly RunSummary[],
  { words, ticked }: Filter,
  live: Live = new Map(),
): readonly RunSummary[] {
  const { wanted, unwanted } = soughtIn(words);
  const facets = FACETS.flatMap((facet) => {
    const values = ticked[facet];
    return values && values.size > 0 ? [{ facet, values }] : [];
  });
  if (wanted.length + unwanted.length + facets.length === 0) return runs;
  return runs.filter((run) => {
    if (!facets.every(({ facet, values }) => values.has(facetValue(run, facet, live.get(run.id)))))
      return false;
    const text = textOf(run);
    return wanted.every((word) => text.includes(word)) && !unwanted.some((word) => text.includes(word));
  });
}

/** Words, or several in quotation marks; with a minus before them they must be missing. */
const SOUGHT = /(-?)(?:"([^"]*)"?|(\S+))/g;

function soughtIn(words: string): {
  readonly wanted: readonly string[];
  readonly unwanted: readonly string[];
} {
  const sought = [...words.toLowerCase().matchAll(SOUGHT)].map(([, minus, phrase, word]) => ({
    isWanted: minus === '',
    text: phrase ?? word ?? '',
  }));
  // A minus alone is the beginning of something.
  const textsOf = (isWanted: boolean) =>
    sought
      .filter((one) => one.isWanted === isWanted && one.text !== '' && one.text !== '-')
      .map(({ text }) => text);
  return { wanted: textsOf(true), unwanted: textsOf(false) };
}

export type FacetCount = { readonly value: string; readonly runs: number };

/** The values of each facet with how many runs have them; numbers from the lowest, words by the alphabet. */
export function facetCounts(
  runs: readonly RunSummary[],
  live: Live = new Map(),
): Readonly<Record<Facet, readonly FacetCount[]>> {
  const countsOf = (facet: Facet) => {
    const counts = new Map<string, number>();
    for (const run of runs) {
      const value = facetValue(run, facet, live.get(run.id));
      counts.set(value, (counts.get(value) ?? 0) + 1);
    }
    const inOrder = [...counts].map(([value, number]) => ({ value, runs: number }));
    return inOrder.sort((a, b) => a.value.localeCompare(b.value, 'en', { numeric: true }));
  };
  return {
    kind: countsOf('kind'),
    pair: countsOf('pair'),
    N: countsOf('N'),
    seed: countsOf('seed'),
    status: countsOf('status'),
    collection: countsOf('collection'),
  };
}

/** The filter with one value of a facet ticked, or no longer. */
export function toggled(filter: Filter, facet: Facet, value: string): Filter {
  const values = new Set(filter.ticked[facet]);
  if (!values.delete(value)) values.add(value);
  return { ...filter, ticked: { ...filter.ticked, [facet]: values } };
}

export function isFiltered({ words, ticked }: Filter): boolean {
  return words.trim() !== '' || FACETS.some((facet) => (ticked[facet]?.size ?? 0) > 0);
}
