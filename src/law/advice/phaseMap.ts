/** Which kind of recipe is best where, over compute and corpus. */

import type { Law } from '../law.ts';
import { RECIPE_KINDS, type RecipeKind } from '../point.ts';
import { Rest } from '../rest.ts';
import { bestOfEach, FINE, lowest, QUICK } from './best.ts';
import { type Blindness, blindness } from './kinds.ts';
import { askResamples, blocksOf, certaintyOf, shareOf } from './mapCertainty.ts';
import { optimalData } from './optimalData.ts';
import type { Recipe } from './space.ts';
import type { Limits } from './task.ts';

export type PhaseMapOptions = {
  readonly limits?: Limits | undefined;
  /** Coordinates of resampled fits, for the certainty of each cell. */
  readonly thetas?: readonly Float64Array[] | undefined;
  /**
   * Resamples are asked at one cell of each block of so many by so many, 2 by default, and at every cell of a block that they do not
   * agree on, or where another kind is best in it or beside it.
   */
  readonly certaintyEvery?: number | undefined;
  /** Share of the loss below which a lead under a resample is none; 0 by default. */
  readonly noise?: number | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Told the share that is done, 0 … 1. */
  readonly onProgress?: ((share: number) => void) | undefined;
};

export type ByKind<T> = Readonly<Record<RecipeKind, T>>;

export type PhaseCell = {
  readonly compute: number;
  readonly targetTokens: number;
  /** Null where no kind is possible. */
  readonly best: Recipe | null;
  /** Nats per token that the best recipe of each kind lies above the best of all; null where the kind is not possible. */
  readonly excess: ByKind<number | null>;
  /**
   * Shares of the resamples under which each kind leads by more than the noise: here, or at the cell of this block that was asked, where
   * nothing speaks for a difference. Null without resamples.
   */
  readonly wins: ByKind<number> | null;
  /**
   * How sure the colour is: the share under which the kind that is best here leads, or those do that are the same to all digits. Null,
   * too, where there is one kind to choose among.
   */
  readonly certainty: number | null;
};

export type PhaseMap = {
  readonly computes: readonly number[];
  readonly corpora: readonly number[];
  /** By compute, then by corpus: cell (i, j) is `cells[i · corpora.length + j]`. */
  readonly cells: readonly PhaseCell[];
  /** D*(C) of each compute; null where the law knows none. */
  readonly optimalTokens: readonly (number | null)[];
  readonly blindness: Blindness;
};

/**
 * The map over budgets in FLOPs and corpora in unique target tokens. The best recipes are to QUICK's accuracy. Throws a `TaskError` for
 * a budget, corpus or limit that cannot be; rejects with the signal's reason when aborted.
 */
export async function phaseMap(
  law: Law,
  theta: Float64Array,
  computes: readonly number[],
  corpora: readonly number[],
  { limits, thetas = [], certaintyEvery = 2, noise = 0, signal, onProgress }: PhaseMapOptions = {},
): Promise<PhaseMap> {
  const rest = new Rest({ ...(signal && { signal }), ...(onProgress && { onProgress }) });
  const every = Math.max(1, Math.round(certaintyEvery));
  const blocks = blocksOf({ computes, corpora, every });
  // How many cells have to be asked besides is not known before; about so many.
  const pieces = computes.length * corpora.length + 2 * blocks * thetas.length;
  let done = 0;
  const report = () => rest.after(Math.min(done / pieces, MOST_GUESSED));

  const recipes: (readonly Recipe[])[] = [];
  for (const compute of computes) {
    for (const targetTokens of corpora) {
      recipes.push(bestOfEach(law, theta, { compute, targetTokens, limits }, QUICK));
      done++;
      await report();
    }
  }
  const asked = await askResamples({
    law,
    thetas,
    computes,
    corpora,
    recipes,
    every,
    noise,
    limits,
    searched: () => {
      done++;
      return report();
    },
  });
  await rest.after(1);
  const cells = recipes.map((each, index): PhaseCell => {
    const i = Math.floor(index / corpora.length);
    const j = index % corpora.length;
    const best = lowest(each) ?? null;
    const here = asked.get(index);
    return {
      compute: computes[i] ?? Number.NaN,
      targetTokens: corpora[j] ?? Number.NaN,
      best,
      excess: byKind((kind) => {
        const loss = each.find((recipe) => recipe.kind === kind)?.loss;
        return loss === undefined || best === null ? null : Math.max(0, loss - best.loss);
      }),
      wins: here ? byKind((kind) => shareOf(here, (kinds) => kinds.length === 1 && kinds[0] === kind)) : null,
      certainty: certaintyOf(each, here),
    };
  });
  return {
    computes,
    corpora,
    cells,
    optimalTokens: computes.map((compute) => optimalData(law, theta, compute, FINE)?.D ?? null),
    blindness: blindness(law),
  };
}

/** Of the work, where its end was guessed too near. */
const MOST_GUESSED = 0.99;

function byKind<T>(of: (kind: RecipeKind) => T): Record<RecipeKind, T> {
  return Object.fromEntries(RECIPE_KINDS.map((kind) => [kind, of(kind)])) as Record<RecipeKind, T>;
}
