/** The recipe to train for a budget and a corpus, what the others would cost, and how sure all that is. */

import { type Interval, percentileInterval, predictionInterval } from '../certainty/intervals.ts';
import type { Law } from '../law.ts';
import { pointOf, type RecipeKind } from '../point.ts';
import { Rest } from '../rest.ts';
import { bestOfEach, FINE, leaders, lowest, QUICK, TIE } from './best.ts';
import { type Blindness, blindness } from './kinds.ts';
import { optimalData } from './optimalData.ts';
import type { Recipe } from './space.ts';
import type { Task } from './task.ts';

export type RecommendOptions = {
  /** Coordinates of resampled fits, for intervals; none without. */
  readonly thetas?: readonly Float64Array[] | undefined;
  /** Share of the loss below which a lead is none, e.g. the RMSE of log loss of the fit: one run does not show it. 0 by default. */
  readonly noise?: number | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Told the share that is done, 0 … 1. */
  readonly onProgress?: ((share: number) => void) | undefined;
};

/** The best recipe of a kind, and what it is worth. */
export type Candidate = {
  readonly recipe: Recipe;
  /** Nats per token above the best recipe of all; 0 for that, and for kinds that are tied with it. */
  readonly excess: number;
  /** Middle 95 % over the resamples; null without them. */
  readonly intervals: {
    /** Of the predicted loss of this very recipe. */
    readonly loss: Interval;
    /** Of the excess of this kind's best recipe over that of the recommended kind, each as the resample would have it. */
    readonly excess: Interval;
    /** Of the best recipe of this kind, as the resample would have it. */
    readonly N: Interval;
    readonly k: Interval;
    readonly r: Interval;
    readonly r_f: Interval;
  } | null;
  /** Share of the resamples under which this kind leads by more than the noise; null without them, or without another kind. */
  readonly wins: number | null;
  /** Share under which it is within the noise of the best together with another kind; null as `wins` is. */
  readonly ties: number | null;
};

export type Recommendation = {
  readonly task: Task;
  readonly best: Candidate;
  /** The best of each other kind that is possible, by loss. */
  readonly runnersUp: readonly Candidate[];
  /** Other kinds whose loss is the same to all digits that count: the law does not decide. */
  readonly tied: readonly RecipeKind[];
  /** Other kinds that lose by less than the noise and are no poor likeness of a simpler one, ties included. */
  readonly close: readonly RecipeKind[];
  /** Share of the resamples under which no kind leads by more than the noise; with each kind's `wins` it adds up to 1. */
  readonly ties: number | null;
  readonly noise: number;
  /** What the law cannot tell apart under any parameters; of such kinds the simplest alone is asked. */
  readonly blindness: Blindness;
  /** x = D_T/D*(C); null where the law knows no optimal data. */
  readonly scarcity: number | null;
};

/** The law speaks of no recipe within the limits. */
export class NoRecipeError extends Error {
  readonly law: string;
  readonly task: Task;

  constructor(law: string, task: Task) {
    super(
      `${law} has no finite loss for any recipe of ${task.compute} FLOPs and ${task.targetTokens} target tokens within the limits; ` +
        'widen the limits, or ask another law.',
    );
    this.name = 'NoRecipeError';
    this.law = law;
    this.task = task;
  }
}

/**
 * The best recipe for `task`, and the best of each other kind. Throws a `TaskError` for a task that cannot be, a
 * {@link NoRecipeError} where there is none; rejects with the signal's reason when aborted.
 */
export async function recommend(
  law: Law,
  theta: Float64Array,
  task: Task,
  { thetas = [], noise = 0, signal, onProgress }: RecommendOptions = {},
): Promise<Recommendation> {
  const rest = new Rest({ ...(signal && { signal }), ...(onProgress && { onProgress }) });
  const recipes = bestOfEach(law, theta, task, FINE);
  const best = lowest(recipes);
  if (best === undefined) throw new NoRecipeError(law.name, task);

  const resampled: (readonly Recipe[])[] = [];
  for (const [index, other] of thetas.entries()) {
    resampled.push(bestOfEach(law, other, task, QUICK));
    await rest.after((index + 1) / thetas.length);
  }
  const hasChoice = thetas.length > 0 && recipes.length > 1;
  const led = resampled.map((each) => leaders(each, noise));
  /** Of the resamples whose leaders, the kinds within the noise of the best, are so. */
  const share = (isSo: (together: readonly Recipe[]) => boolean): number | null =>
    hasChoice ? led.filter(isSo).length / led.length : null;
  const candidate = (recipe: Recipe): Candidate => ({
    recipe,
    excess: excessOf(recipe, best),
    intervals: intervalsOf(law, thetas, recipe, best, resampled),
    wins: share(([first, second]) => first?.kind === recipe.kind && second === undefined),
    ties: share((all) => all.length > 1 && all.some(({ kind }) => kind === recipe.kind)),
  });
  const others = recipes.filter((recipe) => recipe !== best);
  const optimum = optimalData(law, theta, task.compute);
  return {
    task,
    best: candidate(best),
    runnersUp: others.map(candidate).sort((a, b) => a.excess - b.excess),
    tied: others.filter((recipe) => excessOf(recipe, best) === 0).map(({ kind }) => kind),
    close: leaders(recipes, noise)
      .slice(1)
      .map(({ kind }) => kind),
    ties: share(({ length }) => length > 1),
    noise,
    blindness: blindness(law),
    scarcity: optimum === null ? null : task.targetTokens / optimum.D,
  };
}

/** What searches leave open is no difference. */
function excessOf({ loss }: Recipe, best: Recipe): number {
  const excess = loss - best.loss;
  return Math.abs(excess) <= best.loss * TIE ? 0 : excess;
}

function intervalsOf(
  law: Law,
  thetas: readonly Float64Array[],
  recipe: Recipe,
  best: Recipe,
  resampled: readonly (readonly Recipe[])[],
): Candidate['intervals'] {
  const point = pointOf(recipe);
  const own: Recipe[] = [];
  const excesses: number[] = [];
  for (const recipes of resampled) {
    const same = recipes.find(({ kind }) => kind === recipe.kind);
    const recommended = recipes.find(({ kind }) => kind === best.kind);
    if (same === undefined || recommended === undefined) continue;
    own.push(same);
    excesses.push(excessOf(same, recommended));
  }
  const loss = predictionInterval(law, thetas, point);
  const excess = percentileInterval(excesses);
  const of = (quantity: (recipe: Recipe) => number) => percentileInterval(own.map(quantity));
  const N = of((other) => other.N);
  const k = of((other) => other.k);
  const r = of((other) => other.r);
  const r_f = of((other) => other.r_f);
  if (!loss || !excess || !N || !k || !r || !r_f) return null;
  return { loss, excess, N, k, r, r_f };
}
