/** Which kind of recipe is best where, over compute and corpus. */

import type { Law } from '../law.ts';
import { RECIPE_KINDS, type RecipeKind } from '../point.ts';
import { Rest } from '../rest.ts';
import { bestOfEach, FINE, lowest, QUICK } from './best.ts';
import { type Blindness, blindness } from './kinds.ts';
import { optimalData } from './optimalData.ts';
import type { Recipe } from './space.ts';
import type { Limits } from './task.ts';

export type PhaseMapOptions = {
  readonly limits?: Limits | undefined;
  /** Coordinates of resampled fits, for the certainty of each cell. */
  readonly thetas?: readonly Float64Array[] | undefined;
  /** Resamples are asked at one cell of each block of so many by so many; 2 by default. */
  readonly certaintyEvery?: number | undefined;
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
  /** Shares of the resamples under which each kind is best here, or at the cell of this block that was asked. Null without resamples. */
  readonly wins: ByKind<number> | null;
  /** That of the kind which is best here: how sure its colour is. */
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
  { limits, thetas = [], certaintyEvery = 2, signal, onProgress }: PhaseMapOptions = {},
): Promise<PhaseMap> {
  const rest = new Rest({ ...(signal && { signal }), ...(onProgress && { onProgress }) });
  const every = Math.max(1, Math.round(certaintyEvery));
  const asked =
    thetas.length === 0 ? 0 : Math.ceil(computes.length / every) * Math.ceil(corpora.length / every);
  const pieces = computes.length * corpora.length + asked * thetas.length;
  let done = 0;

  const recipes: (readonly Recipe[])[] = [];
  for (const compute of computes) {
    for (const targetTokens of corpora) {
      recipes.push(bestOfEach(law, theta, { compute, targetTokens, limits }, QUICK));
      done++;
      await rest.after(done / pieces);
    }
  }
  const wins = new Map<number, ByKind<number>>();
  for (let i = 0; asked > 0 && i < computes.length; i += every) {
    for (let j = 0; j < corpora.length; j += every) {
      const compute = computes[middleOf(i, every, computes.length)] ?? Number.NaN;
      const targetTokens = corpora[middleOf(j, every, corpora.length)] ?? Number.NaN;
      const count = { ...NONE };
      for (const other of thetas) {
        const best = lowest(bestOfEach(law, other, { compute, targetTokens, limits }, QUICK));
        if (best !== undefined) count[best.kind]++;
        done++;
        await rest.after(done / pieces);
      }
      wins.set(
        i * corpora.length + j,
        byKind((kind) => count[kind] / thetas.length),
      );
    }
  }
  const cells = recipes.map((each, index): PhaseCell => {
    const i = Math.floor(index / corpora.length);
    const j = index % corpora.length;
    const best = lowest(each) ?? null;
    const here = wins.get((i - (i % every)) * corpora.length + j - (j % every)) ?? null;
    return {
      compute: computes[i] ?? Number.NaN,
      targetTokens: corpora[j] ?? Number.NaN,
      best,
      excess: byKind((kind) => {
        const loss = each.find((recipe) => recipe.kind === kind)?.loss;
        return loss === undefined || best === null ? null : Math.max(0, loss - best.loss);
      }),
      wins: here,
      certainty: here === null || best === null ? null : here[best.kind],
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

const NONE: ByKind<number> = byKind(() => 0);

function byKind<T>(of: (kind: RecipeKind) => T): Record<RecipeKind, T> {
  return Object.fromEntries(RECIPE_KINDS.map((kind) => [kind, of(kind)])) as Record<RecipeKind, T>;
}

/** The cell that speaks for its block. */
function middleOf(start: number, every: number, length: number): number {
  return Math.min(start + Math.floor(every / 2), length - 1);
}
