/** Which kind of recipe is best where, over compute and corpus. */

import type { Law } from '../law.ts';
import { RECIPE_KINDS, type RecipeKind } from '../point.ts';
import { Rest } from '../rest.ts';
import { bestOfEach, FINE, leaders, lowest, QUICK } from './best.ts';
import { type Blindness, blindness } from './kinds.ts';
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
  const blocks =
    thetas.length === 0 ? 0 : Math.ceil(computes.length / every) * Math.ceil(corpora.length / every);
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
  /** Of the cells that were asked: which kinds lead together under each resample. */
  const asked = new Map<number, readonly (readonly RecipeKind[])[]>();
  const at = (i: number, j: number) => i * corpora.length + j;
  const kindAt = (i: number, j: number) => lowest(recipes[at(i, j)] ?? [])?.kind;
  const ask = async (i: number, j: number): Promise<readonly (readonly RecipeKind[])[]> => {
    const known = asked.get(at(i, j));
    if (known !== undefined) return known;
    const compute = computes[i] ?? Number.NaN;
    const targetTokens = corpora[j] ?? Number.NaN;
    const found: (readonly RecipeKind[])[] = [];
    for (const other of thetas) {
      const each = bestOfEach(law, other, { compute, targetTokens, limits }, QUICK);
      found.push(leaders(each, noise).map(({ kind }) => kind));
      done++;
      await report();
    }
    asked.set(at(i, j), found);
    return found;
  };
  for (let i = 0; blocks > 0 && i < computes.length; i += every) {
    for (let j = 0; j < corpora.length; j += every) {
      const middle = await ask(middleOf(i, every, computes.length), middleOf(j, every, corpora.length));
      const around = placesOf(i - 1, i + every, computes.length).flatMap((row) =>
        placesOf(j - 1, j + every, corpora.length).map((column) => kindAt(row, column)),
      );
      const agrees = new Set(middle.map(String)).size === 1 && new Set(around).size === 1;
      for (const row of placesOf(i, i + every - 1, computes.length)) {
        for (const column of placesOf(j, j + every - 1, corpora.length)) {
          if (agrees) asked.set(at(row, column), middle);
          else await ask(row, column);
        }
      }
    }
  }
  await rest.after(1);
  const cells = recipes.map((each, index): PhaseCell => {
    const i = Math.floor(index / corpora.length);
    const j = index % corpora.length;
    const best = lowest(each) ?? null;
    const here = asked.get(index) ?? null;
    return {
      compute: computes[i] ?? Number.NaN,
      targetTokens: corpora[j] ?? Number.NaN,
      best,
      excess: byKind((kind) => {
        const loss = each.find((recipe) => recipe.kind === kind)?.loss;
        return loss === undefined || best === null ? null : Math.max(0, loss - best.loss);
      }),
      wins: here && byKind((kind) => shareOf(here, (kinds) => kinds.length === 1 && kinds[0] === kind)),
      certainty: here === null || best === null || each.length < 2 ? null : certaintyOf(each, here),
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

function certaintyOf(recipes: readonly Recipe[], here: readonly (readonly RecipeKind[])[]): number {
  const same = leaders(recipes, 0).map(({ kind }) => kind);
  return shareOf(here, (kinds) => kinds.every((kind) => same.includes(kind)));
}

function shareOf<T>(items: readonly T[], isSo: (item: T) => boolean): number {
  return items.filter(isSo).length / items.length;
}

function byKind<T>(of: (kind: RecipeKind) => T): Record<RecipeKind, T> {
  return Object.fromEntries(RECIPE_KINDS.map((kind) => [kind, of(kind)])) as Record<RecipeKind, T>;
}

/** The whole numbers from `first` to `last` that are places of a list. */
function placesOf(first: number, last: number, length: number): number[] {
  const from = Math.max(first, 0);
  return Array.from(
    { length: Math.max(Math.min(last, length - 1) - from + 1, 0) },
    (_, index) => from + index,
  );
}

/** The cell that speaks for its block. */
function middleOf(start: number, every: number, length: number): number {
  return Math.min(start + Math.floor(every / 2), length - 1);
}
