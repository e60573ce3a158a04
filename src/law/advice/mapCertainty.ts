/** How sure the kinds of a map are: resamples of the fit are asked where they could disagree, and nowhere else. */

import type { Law } from '../law.ts';
import type { RecipeKind } from '../point.ts';
import { bestOfEach, leaders, lowest, QUICK } from './best.ts';
import type { Recipe } from './space.ts';
import type { Limits } from './task.ts';

/** Of each resample the kinds that lead together at a place: one, or those that lie within the noise of each other. */
export type Leads = readonly (readonly RecipeKind[])[];

export type AskedMap = {
  readonly law: Law;
  readonly thetas: readonly Float64Array[];
  readonly computes: readonly number[];
  readonly corpora: readonly number[];
  /** The best recipe of each kind at each cell, by compute, then by corpus. */
  readonly recipes: readonly (readonly Recipe[])[];
  /**
   * Resamples are asked at one cell of each block of so many by so many, and at every cell of a block that they do not agree on, or
   * where another kind is best in it or beside it.
   */
  readonly every: number;
  /** Share of the loss below which a lead is none. */
  readonly noise: number;
  readonly limits?: Limits | undefined;
  /** To be awaited after each search. */
  readonly searched: () => Promise<void>;
};

/** Cells that are asked first: as many searches for each resample at least. */
export function blocksOf({
  computes,
  corpora,
  every,
}: Pick<AskedMap, 'computes' | 'corpora' | 'every'>): number {
  return Math.ceil(computes.length / every) * Math.ceil(corpora.length / every);
}

/** By the index of a cell what the resamples say there, or at the cell of its block that speaks for it. */
export async function askResamples({
  law,
  thetas,
  computes,
  corpora,
  recipes,
  every,
  noise,
  limits,
  searched,
}: AskedMap): Promise<ReadonlyMap<number, Leads>> {
  const asked = new Map<number, Leads>();
  const at = (i: number, j: number) => i * corpora.length + j;
  const kindAt = (i: number, j: number) => lowest(recipes[at(i, j)] ?? [])?.kind;
  const ask = async (i: number, j: number): Promise<Leads> => {
    const known = asked.get(at(i, j));
    if (known !== undefined) return known;
    const compute = computes[i] ?? Number.NaN;
    const targetTokens = corpora[j] ?? Number.NaN;
    const found: (readonly RecipeKind[])[] = [];
    for (const other of thetas) {
      const each = bestOfEach(law, other, { compute, targetTokens, limits }, QUICK);
      found.push(leaders(each, noise).map(({ kind }) => kind));
      await searched();
    }
    asked.set(at(i, j), found);
    return found;
  };
  for (let i = 0; thetas.length > 0 && i < computes.length; i += every) {
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
  return asked;
}

/**
 * How sure the colour of a cell is: the share of the resamples under which the kind that is best there leads, or those do that are the
 * same to all digits. Null where there is nothing to choose.
 */
export function certaintyOf(recipes: readonly Recipe[], here: Leads | undefined): number | null {
  if (here === undefined || recipes.length < 2) return null;
  const same = leaders(recipes, 0).map(({ kind }) => kind);
  return shareOf(here, (kinds) => kinds.every((kind) => same.includes(kind)));
}

export function shareOf<T>(items: readonly T[], isSo: (item: T) => boolean): number {
  return items.filter(isSo).length / items.length;
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
