/** Runs beside what a law says of them, as figures want them. */

import { type Law, predictLoss } from '../law/law.ts';
import { RECIPE_KINDS, type RecipeKind, recipeKind } from '../law/point.ts';
import type { Run } from '../law/run.ts';
import type { LegendItem } from './frame.ts';
import { kindLook } from './theme.ts';

export type Abscissa = 'C' | 'N' | 'D_T' | 'k' | 'r' | 'r_1';

export type FittedRun = {
  readonly kind: RecipeKind;
  /** Nats per token. */
  readonly measured: number;
  readonly predicted: number;
  /** Null where it is not known. */
  readonly at: Readonly<Record<Abscissa, number | null>>;
  /** Drawn hollow: it did not enter the fit, because it still goes on or was held out. */
  readonly isLeftOut?: boolean | undefined;
};

/** The runs that the law covers, with its predictions at `theta` (coordinates). */
export function fittedRuns(law: Law, theta: Float64Array, runs: readonly Run[]): FittedRun[] {
  return runs
    .filter(({ point }) => law.covers?.(point) ?? true)
    .map(({ point, loss, r_1 }) => ({
      kind: recipeKind(point),
      measured: loss,
      predicted: predictLoss(law, point, theta),
      at: { C: point.C, N: point.N, D_T: point.D_T, k: point.k, r: point.r, r_1 },
    }));
}

/** A figure of more dots is a file of megabytes in which none can be told from the next. */
export const MOST_DOTS = 3_000;

/** So many of them at even distances through the list; all where there are no more. */
export function thinned<T>(items: readonly T[]): readonly T[] {
  if (items.length <= MOST_DOTS) return items;
  const step = items.length / MOST_DOTS;
  return Array.from({ length: MOST_DOTS }, (_, index) => items[Math.floor(index * step)]).filter(
    (item) => item !== undefined,
  );
}

/** The kinds that occur, in their order, then the hollow dots if there are any. */
export function kindLegend(runs: readonly FittedRun[]): LegendItem[] {
  const kinds = RECIPE_KINDS.filter((kind) => runs.some((run) => run.kind === kind));
  const items: LegendItem[] = kinds.map((kind) => ({ label: kind, look: kindLook(kind) }));
  const leftOut = runs.some(({ isLeftOut }) => isLeftOut);
  return leftOut
    ? [
        ...items,
        { label: 'not in the fit', look: { colour: 'currentColor', symbol: 'circle' }, hollow: true },
      ]
    : items;
}

/** How many are drawn, where these are not all. */
export function dotsNote(all: number, drawn: number): string {
  return drawn < all ? ` Every ${Math.round(all / drawn)}th of ${all} runs is drawn.` : '';
}
