/** Runs beside what a law says of them, as figures want them. */

import * as Plot from '@observablehq/plot';
import { type Law, predictLoss } from '../law/law.ts';
import { RECIPE_KINDS, type RecipeKind, recipeKind } from '../law/point.ts';
import type { Run } from '../law/run.ts';
import type { Canvas } from './frame.ts';
import type { LegendItem } from './legend.ts';
import { kindLook, type Look, PAPER } from './theme.ts';

export type Abscissa = 'C' | 'N' | 'D_T' | 'k' | 'r' | 'r_1';

export type FittedRun = {
  readonly kind: RecipeKind;
  /** Nats per token. */
  readonly measured: number;
  readonly predicted: number;
  /** Null where it is not known. */
  readonly at: Readonly<Record<Abscissa, number | null>>;
  /** 95 % of the law's curve at the run, nats per token; absent or null where no resample says it. */
  readonly interval?: readonly [low: number, high: number] | null | undefined;
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
export function thinned<T>(items: readonly T[], most = MOST_DOTS): readonly T[] {
  if (items.length <= most) return items;
  const step = items.length / most;
  return Array.from({ length: most }, (_, index) => items[Math.floor(index * step)]).filter(
    (item) => item !== undefined,
  );
}

/** How those runs are drawn of which something holds. */
export type RunLook<T> = { readonly label: string; readonly look: Look; readonly has: (run: T) => boolean };

export function kindLooks({ kindWords = (kind) => kind }: Pick<Canvas, 'kindWords'>): RunLook<FittedRun>[] {
  return RECIPE_KINDS.map((kind) => ({
    label: kindWords(kind),
    look: kindLook(kind),
    has: (run) => run.kind === kind,
  }));
}

/** The looks that occur, in their order, then the hollow dots if there are any. */
export function runLegend<T extends FittedRun>(
  runs: readonly T[],
  looks: readonly RunLook<T>[],
): LegendItem[] {
  const items: LegendItem[] = looks
    .filter(({ has }) => runs.some(has))
    .map(({ label, look }) => ({ label, look }));
  return runs.some(({ isLeftOut }) => isLeftOut)
    ? [
        ...items,
        { label: 'not in the fit', look: { colour: 'currentColor', symbol: 'circle' }, hollow: true },
      ]
    : items;
}

/** Dots of runs, filled where they entered the fit. Between kinds at one place there is room where `apart` says so, in pixels. */
export function runDots<T extends FittedRun>(
  runs: readonly T[],
  {
    x,
    y,
    looks,
    apart = 0,
  }: { x: keyof T & string; y: keyof T & string; looks: readonly RunLook<T>[]; apart?: number },
): Plot.Markish[] {
  const present = looks.filter(({ has }) => runs.some(has));
  return present.flatMap(({ has, look: { colour, symbol } }, index) => {
    const dx = (index - (present.length - 1) / 2) * apart;
    const place = { x, y, symbol, r: 3.5, dx } as const;
    const found = runs.filter(has);
    return [
      Plot.dot(
        found.filter(({ isLeftOut }) => !isLeftOut),
        { ...place, fill: colour, fillOpacity: 0.8, stroke: PAPER, strokeWidth: 0.6 },
      ),
      Plot.dot(
        found.filter(({ isLeftOut }) => isLeftOut),
        { ...place, fill: 'none', stroke: colour },
      ),
    ];
  });
}

/** How many are drawn, where these are not all. */
export function dotsNote(all: number, drawn: number): string {
  return drawn < all ? ` Every ${Math.round(all / drawn)}th of ${all} runs is drawn.` : '';
}
