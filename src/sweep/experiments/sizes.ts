/** Models held against each other at one C: which has the lowest loss, and what must be said of that choice. */

import type { ResultRun } from './experiment.ts';
import { type Cell, cells } from './results.ts';
import { errorOf, type Noise } from './spread.ts';

export type ComparedSizes = {
  /** Models that were held against each other. */
  readonly compared: number;
  /** Where the best is the smallest or the largest of them, so that a better one may lie beyond; null where it has others on both sides, or none beside it. */
  readonly edge: 'smallest' | 'largest' | null;
  /** N of other models whose mean loss is within {@link TIED_ERRORS} standard errors of the lowest, from the smallest. */
  readonly tied: readonly number[];
};

/** Of a difference of means over seeds: what is nearer is not told apart. */
const TIED_ERRORS = 1.5;

/** `best` is the N with the lowest mean of chosen losses over seeds, tied or not; null where no model ended with a loss under every seed. */
export function compareSizes(
  runs: readonly ResultRun[],
  noise: Noise,
): ComparedSizes & { readonly best: number | null } {
  const sizes = cells(runs).sort((a, b) => a.nominal.N - b.nominal.N);
  const best = lowestOf(sizes);
  if (best === null) return { best: null, compared: sizes.length, edge: null, tied: [] };
  const isTied = ({ chosen, runs: { length } }: Cell) =>
    chosen - best.chosen <= TIED_ERRORS * errorOf(noise, [length, best.runs.length]);
  return {
    best: best.nominal.N,
    compared: sizes.length,
    edge: edgeOf(sizes.indexOf(best), sizes.length),
    tied: sizes.filter((size) => size !== best && isTied(size)).map(({ nominal }) => nominal.N),
  };
}

function lowestOf(sizes: readonly Cell[]): Cell | null {
  const [first, ...others] = sizes.filter(({ chosen }) => Number.isFinite(chosen));
  return first ? others.reduce((best, one) => (one.chosen < best.chosen ? one : best), first) : null;
}

function edgeOf(index: number, count: number): ComparedSizes['edge'] {
  if (count < 2) return null;
  if (index === 0) return 'smallest';
  return index === count - 1 ? 'largest' : null;
}

const BEYOND = { smallest: 'smaller', largest: 'larger' } as const;

/** What must be said beside the number N*: `''`, or a clause such as `N* = 33,472 is the largest model tried, so a larger one may be better`. */
export function optimumWords({ N, edge, tied }: ComparedSizes & { readonly N: number }): string {
  const star = `N* = ${N.toLocaleString('en')}`;
  const others = tied.map((one) => one.toLocaleString('en')).join(' and ');
  return [
    ...(edge === null ? [] : [`${star} is the ${edge} model tried, so a ${BEYOND[edge]} one may be better`]),
    ...(others === '' ? [] : [`${edge === null ? star : 'it'} is tied with N = ${others}`]),
  ].join(', and ');
}
