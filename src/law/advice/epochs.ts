/** Best epochs against scarcity, and whether those of all budgets lie on one curve. */

import { type Interval, percentileInterval } from '../certainty/intervals.ts';
import type { Law } from '../law.ts';
import { Rest } from '../rest.ts';
import { bestOfEach, FINE, lowest, QUICK } from './best.ts';
import { optimalData } from './optimalData.ts';
import type { Recipe } from './space.ts';
import type { Limits } from './task.ts';

export type EpochsOptions = {
  readonly limits?: Limits | undefined;
  /** Coordinates of resampled fits, for intervals of k*. */
  readonly thetas?: readonly Float64Array[] | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Told the share that is done, 0 … 1. */
  readonly onProgress?: ((share: number) => void) | undefined;
};

export type EpochsAt = {
  readonly compute: number;
  /** x = D_T/D*(C). */
  readonly x: number;
  /** The best recipe of all kinds, and the best monolingual one. */
  readonly best: Recipe;
  readonly monolingual: Recipe | null;
  /** Middle 95 % of k* over the resamples, each at x of its own D*(C); null without resamples. */
  readonly interval: Interval | null;
};

/** How far budgets differ at equal scarcity: the largest over x of the largest less the smallest over C. 0: they collapse. */
export type Spread = {
  /** Of ln k*; and of ln k* of the best monolingual recipe. */
  readonly lnEpochs: number;
  readonly lnMonolingualEpochs: number;
  readonly ratio: number;
  readonly finalRatio: number;
  /** Scarcity at which ln k* differs most. */
  readonly worstX: number;
};

export type Collapse = {
  /** By compute, then by x. */
  readonly points: readonly EpochsAt[];
  /** Null where there is nothing to compare. */
  readonly spread: Spread | null;
  /** Budgets at which the law knows no optimal data, so that nothing is scarce. */
  readonly left: readonly number[];
};

/**
 * k* against x at each budget, and how well the budgets agree (guideline (ii) of arXiv 2410.12325: they do). Any law
 * E + A·N^−α·u(k, r, r_f) + B·D_T^−β·v(k, r, r_f) collapses to rounding; others show how far they are from it. Rejects with the signal's
 * reason when aborted.
 */
export async function collapse(
  law: Law,
  theta: Float64Array,
  computes: readonly number[],
  scarcities: readonly number[],
  { limits, thetas = [], signal, onProgress }: EpochsOptions = {},
): Promise<Collapse> {
  const rest = new Rest({ ...(signal && { signal }), ...(onProgress && { onProgress }) });
  const points: EpochsAt[] = [];
  const left: number[] = [];
  for (const [index, compute] of computes.entries()) {
    const optimum = optimalData(law, theta, compute);
    if (optimum === null) {
      left.push(compute);
      continue;
    }
    const others = thetas.flatMap((other) => {
      const D = optimalData(law, other, compute, QUICK)?.D;
      return D === undefined ? [] : [{ other, D }];
    });
    for (const [step, x] of scarcities.entries()) {
      const share = (part: number) => (index + (step + part) / scarcities.length) / computes.length;
      const recipes = bestOfEach(law, theta, { compute, targetTokens: x * optimum.D, limits }, FINE);
      const best = lowest(recipes);
      const monolingual = recipes.find(({ kind }) => kind === 'monolingual single-stage') ?? null;
      const epochs: number[] = [];
      for (const [count, { other, D }] of others.entries()) {
        const theirs = lowest(bestOfEach(law, other, { compute, targetTokens: x * D, limits }, QUICK));
        if (theirs !== undefined) epochs.push(theirs.k);
        await rest.after(share((count + 1) / (others.length + 1)));
      }
      if (best !== undefined)
        points.push({ compute, x, best, monolingual, interval: percentileInterval(epochs) });
      await rest.after(share(1));
    }
  }
  return { points, spread: spreadOf(points, scarcities), left };
}

function spreadOf(points: readonly EpochsAt[], scarcities: readonly number[]): Spread | null {
  const spread = { lnEpochs: 0, lnMonolingualEpochs: 0, ratio: 0, finalRatio: 0, worstX: Number.NaN };
  let compared = 0;
  for (const x of scarcities) {
    const here = points.filter((point) => point.x === x);
    if (here.length < 2) continue;
    compared++;
    const monolingual = here.flatMap((point) => (point.monolingual === null ? [] : [point.monolingual]));
    const lnEpochs = range(here.map(({ best }) => Math.log(best.k)));
    if (compared === 1 || lnEpochs > spread.lnEpochs) spread.worstX = x;
    spread.lnEpochs = Math.max(spread.lnEpochs, lnEpochs);
    spread.lnMonolingualEpochs = Math.max(
      spread.lnMonolingualEpochs,
      range(monolingual.map(({ k }) => Math.log(k))),
    );
    spread.ratio = Math.max(spread.ratio, range(here.map(({ best }) => best.r)));
    spread.finalRatio = Math.max(spread.finalRatio, range(here.map(({ best }) => best.r_f)));
  }
  return compared === 0 ? null : spread;
}

function range(values: readonly number[]): number {
  return values.length === 0 ? 0 : Math.max(...values) - Math.min(...values);
}
