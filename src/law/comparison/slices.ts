/** Parts of the runs that a law is asked to foresee from the rest: larger, scarcer, longer, or of a sort that it has not seen. */

import { type Point, recipeKind } from '../point.ts';
import type { Run } from '../run.ts';

export const SLICES = [
  'top-compute',
  'top-N',
  'low-target',
  'high-epochs',
  'unseen-final-ratio',
  'pair',
] as const;

export type SliceName = (typeof SLICES)[number];

/** One way to part the runs. A slice that leaves out one value after the other has several. */
export type Turn = {
  /** What is held out, for a person. */
  readonly label: string;
  readonly held: readonly Run[];
  readonly rest: readonly Run[];
};

export type Slice = {
  readonly name: SliceName;
  readonly turns: readonly Turn[];
  /** Why there is no turn; null where there is one. */
  readonly reason: string | null;
};

/** Share of the runs that the slices by rank hold out. */
const HELD_SHARE = 0.2;

/** More than this is no extrapolation to the few largest any more. */
const MOST_HELD_SHARE = 0.5;

/** Values that agree to this share are one value: counts differ in rounding. */
const SAME_VALUE = 1e-6;

/** Realised final ratios of one nominal ratio differ by a window or so. */
const SAME_FINAL_RATIO = 0.02;

/**
 * Parts `runs` for `name`. The first four hold out the fifth that ranks highest in compute, model scale or passes, or lowest in target
 * text; equal values stay together, so that it is the cut between two values that comes nearest to a fifth. `unseen-final-ratio` leaves
 * out each final-stage ratio that two-stage runs have, in turn, with the single-stage bilingual runs of that ratio; `pair` each language
 * pair.
 */
export function sliceRuns(name: SliceName, runs: readonly Run[]): Slice {
  switch (name) {
    case 'top-compute':
      return byRank(name, runs, 'compute', ({ C }) => C);
    case 'top-N':
      return byRank(name, runs, 'model scale', ({ N }) => N);
    case 'low-target':
      return byRank(name, runs, 'target text', ({ D_T }) => -D_T);
    case 'high-epochs':
      return byRank(name, runs, 'passes', ({ k }) => k);
    case 'unseen-final-ratio':
      return byFinalRatio(name, runs);
    case 'pair':
      return byPair(name, runs);
  }
}

function byRank(
  name: SliceName,
  runs: readonly Run[],
  words: string,
  heightOf: (point: Point) => number,
): Slice {
  if (runs.length === 0) return { name, turns: [], reason: 'there are no runs' };
  const cut = nearestCut(runs.map(({ point }) => heightOf(point)));
  if (cut === null)
    return { name, turns: [], reason: `no cut in ${words} leaves at least half of the runs to fit` };
  const held = runs.filter(({ point }) => heightOf(point) > cut);
  const rest = runs.filter(({ point }) => heightOf(point) <= cut);
  return { name, turns: [{ label: name, held, rest }], reason: null };
}

/** The value above which nearest to a fifth of `heights` lies, between two distinct values; null where more than half always does. */
function nearestCut(heights: readonly number[]): number | null {
  const sorted = Float64Array.from(heights).sort();
  const wanted = HELD_SHARE * sorted.length;
  let best: { cut: number; miss: number } | null = null;
  for (let below = sorted.length - 1; below >= 1; below--) {
    const low = sorted[below - 1] ?? 0;
    const high = sorted[below] ?? 0;
    const held = sorted.length - below;
    if (held > MOST_HELD_SHARE * sorted.length) break;
    if (high - low <= SAME_VALUE * Math.abs(high)) continue;
    const miss = Math.abs(held - wanted);
    if (best === null || miss < best.miss) best = { cut: (low + high) / 2, miss };
  }
  return best?.cut ?? null;
}

function byFinalRatio(name: SliceName, runs: readonly Run[]): Slice {
  const twoStage = runs.filter(({ point }) => recipeKind(point) === 'multi-lingual two-stage');
  const ratios = distinct(twoStage.map(({ point }) => point.r_f));
  if (ratios.length < 2)
    return {
      name,
      turns: [],
      reason:
        ratios.length === 0
          ? 'there are no two-stage runs'
          : 'all two-stage runs have one final ratio: without it there are none to fit',
    };
  return {
    name,
    reason: null,
    turns: ratios.map((ratio) => {
      const isHeld = ({ point }: Run) =>
        recipeKind(point) !== 'monolingual single-stage' &&
        Math.abs(point.r_f - ratio) <= SAME_FINAL_RATIO * ratio;
      return part(`r_f = ${ratio.toPrecision(3)}`, runs, isHeld);
    }),
  };
}

function byPair(name: SliceName, runs: readonly Run[]): Slice {
  const pairs = [...new Set(runs.flatMap(({ groups }) => groups.pair ?? []))].filter((pair) => pair !== '');
  if (pairs.length < 2)
    return {
      name,
      turns: [],
      reason: pairs.length === 0 ? 'no run says its language pair' : `all runs are of one pair, ${pairs[0]}`,
    };
  return {
    name,
    reason: null,
    turns: pairs.map((pair) => part(pair, runs, ({ groups }) => groups.pair === pair)),
  };
}

export function part(label: string, runs: readonly Run[], isHeld: (run: Run) => boolean): Turn {
  return { label, held: runs.filter(isHeld), rest: runs.filter((run) => !isHeld(run)) };
}

/** The least of each cluster of values that agree, ascending. */
function distinct(values: readonly number[]): number[] {
  const kept: number[] = [];
  for (const value of Float64Array.from(values).sort()) {
    const last = kept.at(-1);
    if (last === undefined || value > last * (1 + SAME_FINAL_RATIO)) kept.push(value);
  }
  return kept;
}
