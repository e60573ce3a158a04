/** Rows that were read → runs as the fitter sees them, and what is to be known of them as a whole. */

import type { RunRow } from '../formats/runs/row.ts';
import type { Teller } from './law.ts';
import {
  isOnePass,
  type Point,
  pointOf,
  QUANTITIES,
  type Quantity,
  RECIPE_KINDS,
  type RecipeKind,
  recipeKind,
} from './point.ts';
import type { Run } from './run.ts';

export function runOf({ N, D_T, k, r, r_f, loss, weight, r_1, s, groups, place }: RunRow): Run {
  return { point: pointOf({ N, D_T, k, r, r_f }), loss, weight, r_1, s, groups, place };
}

/** Smallest and largest value of each quantity; what lies outside is extrapolation. */
export type Extent = Readonly<Record<Quantity, readonly [number, number]>>;

/** Throws a `RangeError` where there is no run. */
export function extentOf(runs: readonly Run[]): Extent {
  if (runs.length === 0) throw new RangeError('no runs have no extent');
  const range = (quantity: Quantity): readonly [number, number] => {
    let low = Number.POSITIVE_INFINITY;
    let high = Number.NEGATIVE_INFINITY;
    for (const { point } of runs) {
      low = Math.min(low, point[quantity]);
      high = Math.max(high, point[quantity]);
    }
    return [low, high];
  };
  return Object.fromEntries(QUANTITIES.map((quantity) => [quantity, range(quantity)])) as Extent;
}

/** How many runs of each kind there are. */
export function kindCounts(runs: readonly Run[]): Record<RecipeKind, number> {
  const counts = Object.fromEntries(RECIPE_KINDS.map((kind) => [kind, 0])) as Record<RecipeKind, number>;
  for (const { point } of runs) counts[recipeKind(point)]++;
  return counts;
}

/** How many runs can tell the parameters of each sort; those of sort `any` every run tells. */
export type TellerCounts = Readonly<Record<Exclude<Teller, 'any'>, number>>;

export function tellerCounts(runs: readonly Run[]): TellerCounts {
  const count = (tells: (point: Point) => boolean) => runs.filter(({ point }) => tells(point)).length;
  return {
    repeated: count((point) => !isOnePass(point)),
    bilingual: count((point) => recipeKind(point) !== 'monolingual single-stage'),
    'two-stage': count((point) => recipeKind(point) === 'multi-lingual two-stage'),
  };
}

/** The c of r_1 = c·r, to two digits, since ratios are counted in windows. */
export function firstStageShare(r_1: number, r: number): number {
  return Number((r_1 / r).toFixed(2));
}

/** A rule for the first stage, r_1 = c·r, and the two-stage runs that follow it. */
export type FirstStageRule = { readonly c: number; readonly rows: number };

export type FirstStage = {
  /** The most frequent first. */
  readonly rules: readonly FirstStageRule[];
  /** Two-stage runs of which r_1 is not known. */
  readonly unknown: number;
};

/**
 * The rules that the two-stage runs follow. (r, r_f) fix a recipe only under one of them: a law fitted to a mixture calls different
 * recipes by one name.
 */
export function firstStageOf(runs: readonly Run[]): FirstStage {
  const rules = new Map<number, number>();
  let unknown = 0;
  for (const { point, r_1 } of runs) {
    if (recipeKind(point) !== 'multi-lingual two-stage') continue;
    if (r_1 === null) {
      unknown++;
      continue;
    }
    const c = firstStageShare(r_1, point.r);
    rules.set(c, (rules.get(c) ?? 0) + 1);
  }
  return {
    rules: [...rules].map(([c, rows]) => ({ c, rows })).sort((a, b) => b.rows - a.rows || a.c - b.c),
    unknown,
  };
}
