/** The fit's runs as figures and tables want them, from columns of the worker. */

import type { FittedRun } from '../../../figures/fittedRun.ts';
import { type RecipeKind, recipeKind } from '../../../law/point.ts';
import type { FitFacts, Points } from '../../../worker/api/fits.ts';
import type { FigureTable } from '../../parts/table/figureTable.ts';
import type { Composition } from '../selection.ts';

export type RunAtHand = FittedRun & {
  /** Of the dataset. */
  readonly row: number;
  readonly key: string;
  readonly place: string;
  readonly residual: number;
  readonly pull: number;
  /** Name of the parameter that leaving the run out would move most, and by how many standard errors; '' where none. */
  readonly pulled: string;
  readonly pulledBy: number;
};

/** Whether the worker's columns are of this fit and these runs: both change before the answer about them has come. */
export function isOf(
  points: Points | null,
  { fit }: Pick<FitFacts, 'fit'>,
  { rows }: Pick<Composition, 'rows'>,
): points is Points {
  return points !== null && points.fit === fit && points.predicted.length === rows.length;
}

/** Those that the law speaks of, in the order of the dataset. */
export function runsAtHand(composition: Composition, points: Points, { law }: FitFacts): RunAtHand[] {
  return composition.rows.flatMap((row, index) => {
    const predicted = points.predicted[index] ?? Number.NaN;
    if (Number.isNaN(predicted)) return [];
    const { N, D_T, D, k, r, r_1, loss, place } = row;
    const low = points.low[index] ?? Number.NaN;
    const high = points.high[index] ?? Number.NaN;
    return [
      {
        row: index,
        key: composition.keys[index] ?? '',
        place,
        kind: recipeKind(row),
        measured: loss,
        predicted,
        residual: Math.log(loss / predicted),
        interval: Number.isNaN(low) ? null : ([low, high] as const),
        at: { C: 6 * N * D, N, D_T, k, r, r_1 },
        isLeftOut: points.fitted[index] !== 1,
        pull: points.pull[index] ?? Number.NaN,
        pulled: law.parameters[points.pulled[index] ?? -1]?.name ?? '',
        pulledBy: points.pulledBy[index] ?? Number.NaN,
      },
    ];
  });
}

/** The hardest pullers that are fitted, then those that a person left out, so that they can be put back. */
export function strongest(runs: readonly RunAtHand[], count: number, byHand: readonly string[]): RunAtHand[] {
  const left = new Set(byHand);
  const pulling = runs
    .filter(({ isLeftOut, pull, key }) => !isLeftOut && !left.has(key) && Number.isFinite(pull))
    .sort((a, b) => b.pull - a.pull)
    .slice(0, count);
  return [...pulling, ...runs.filter(({ key }) => left.has(key))];
}

/** Runs whose names hold all the words, whatever their case; none where no word is said. */
export function matching(runs: readonly RunAtHand[], sought: string): RunAtHand[] {
  const words = sought.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return [];
  return runs.filter(({ place }) => words.every((word) => place.toLowerCase().includes(word)));
}

export function runsTable(runs: readonly RunAtHand[]): FigureTable {
  return {
    columns: [
      { name: 'run' },
      { name: 'kind' },
      { name: 'N', unit: 'parameters' },
      { name: 'D_T', unit: 'tokens' },
      { name: 'k' },
      { name: 'r' },
      { name: 'C', unit: 'FLOPs' },
      { name: 'measured', unit: 'nats a token' },
      { name: 'predicted', unit: 'nats a token' },
      { name: 'low', unit: 'nats a token' },
      { name: 'high', unit: 'nats a token' },
      { name: 'residual', unit: 'ln measured − ln predicted' },
      { name: 'in the fit' },
      { name: 'pull', unit: 'root mean square of ln loss' },
    ],
    rows: runs.map(({ place, kind, at, measured, predicted, interval, residual, isLeftOut, pull }) => [
      place,
      kind,
      at.N,
      at.D_T,
      at.k,
      at.r,
      at.C,
      measured,
      predicted,
      interval?.[0] ?? null,
      interval?.[1] ?? null,
      residual,
      isLeftOut ? 'no' : 'yes',
      Number.isFinite(pull) ? pull : null,
    ]),
  };
}

/** The run whose dot lies nearest to a place in the figure, within reach of a finger; null where there is none. */
export function nearestRun(
  runs: readonly RunAtHand[],
  placeOf: (run: RunAtHand) => readonly [x: number, y: number],
  at: readonly [x: number, y: number],
  reach: number,
): RunAtHand | null {
  let best: { run: RunAtHand; distance: number } | null = null;
  for (const run of runs) {
    const [x, y] = placeOf(run);
    const distance = Math.hypot(x - at[0], y - at[1]);
    if (distance <= reach && (best === null || distance < best.distance)) best = { run, distance };
  }
  return best?.run ?? null;
}

/** Mean of residuals and their root mean square by kind of recipe, of the runs that are fitted. */
export function errorsByKind(
  runs: readonly RunAtHand[],
): { readonly kind: RecipeKind; readonly runs: number; readonly mean: number; readonly rmse: number }[] {
  const kinds = new Map<RecipeKind, number[]>();
  for (const { kind, residual, isLeftOut } of runs) {
    if (isLeftOut) continue;
    const known = kinds.get(kind);
    if (known) known.push(residual);
    else kinds.set(kind, [residual]);
  }
  return [...kinds].map(([kind, residuals]) => ({
    kind,
    runs: residuals.length,
    mean: residuals.reduce((sum, one) => sum + one, 0) / residuals.length,
    rmse: Math.sqrt(residuals.reduce((sum, one) => sum + one * one, 0) / residuals.length),
  }));
}
