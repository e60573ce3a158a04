/** A map in columns, read cell by cell. */

import { RECIPE_KINDS, type RecipeKind } from '../../law/point.ts';
import type { MapColumns } from '../../worker/api/advice.ts';

export type CellRecipe = {
  readonly N: number;
  readonly k: number;
  readonly r: number;
  readonly r_f: number;
  readonly D: number;
};

export type MapCell = {
  readonly compute: number;
  readonly targetTokens: number;
  /** Null where no recipe is possible. */
  readonly kind: RecipeKind | null;
  /** Null where resamples were not asked. */
  readonly certainty: number | null;
  /** What the law says there; null while the cell is taken on trust from its neighbours. */
  readonly found: {
    /** Nats per token of the best recipe. */
    readonly loss: number;
    readonly recipe: CellRecipe;
    /** The other kinds that are possible, and by how many nats each is worse; the nearest first. */
    readonly others: readonly { readonly kind: RecipeKind; readonly excess: number }[];
  } | null;
};

const KINDS = RECIPE_KINDS.length;
const FIELDS = 5;

export function cellAt(map: MapColumns, i: number, j: number): MapCell {
  const index = i * map.corpora.length + j;
  const kind = RECIPE_KINDS[map.kind[index] ?? -1] ?? null;
  const certainty = map.certainty[index] ?? Number.NaN;
  return {
    compute: map.computes[i] ?? Number.NaN,
    targetTokens: map.corpora[j] ?? Number.NaN,
    kind,
    certainty: Number.isNaN(certainty) ? null : certainty,
    found: kind !== null && map.exact[index] === 1 ? foundAt(map, index, kind) : null,
  };
}

function foundAt(map: MapColumns, index: number, kind: RecipeKind): NonNullable<MapCell['found']> {
  const [N = 0, k = 0, r = 0, r_f = 0, D = 0] = map.recipe.subarray(index * FIELDS, (index + 1) * FIELDS);
  const losses = RECIPE_KINDS.map((one, place) => ({
    kind: one,
    loss: map.loss[index * KINDS + place] ?? Number.NaN,
  }));
  const loss = losses.find((one) => one.kind === kind)?.loss ?? Number.NaN;
  const others = losses
    .filter((one) => one.kind !== kind && !Number.isNaN(one.loss))
    .map((one) => ({ kind: one.kind, excess: Math.max(0, one.loss - loss) }))
    .sort((a, b) => a.excess - b.excess);
  return { loss, recipe: { N, k, r, r_f, D }, others };
}

export function allCells(map: MapColumns): MapCell[] {
  return map.computes.flatMap((_, i) => map.corpora.map((__, j) => cellAt(map, i, j)));
}

/** The cell that is nearest on the logarithmic axes. */
export function nearestCell(
  { computes, corpora }: Pick<MapColumns, 'computes' | 'corpora'>,
  compute: number,
  targetTokens: number,
): { readonly i: number; readonly j: number } {
  return { i: nearest(computes, compute), j: nearest(corpora, targetTokens) };
}

function nearest(values: readonly number[], wanted: number): number {
  const far = (value: number) => Math.abs(Math.log(value / wanted));
  return values.reduce((best, value, index) => (far(value) < far(values[best] ?? value) ? index : best), 0);
}
