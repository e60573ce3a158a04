/**
 * A phase map that is there at once and becomes finer: for a page on which a person turns something and looks.
 *
 * Kinds lie in regions, so that a cell between four that agree will most likely agree with them. The first level looks at cells far
 * apart, each later one at cells between such as differ; that draws the borders of a map of 625 cells with some 120 searches. The last
 * levels look at every cell that was taken on trust, so that a region which lay between is found after all, and ask the resamples.
 */

import type { Law } from '../law.ts';
import { Rest } from '../rest.ts';
import { bestOfEach, lowest, QUICK } from './best.ts';
import { askResamples, blocksOf, certaintyOf } from './mapCertainty.ts';
import type { Recipe } from './space.ts';
import type { Limits } from './task.ts';

export type LevelCell = {
  /** The best recipe of each kind, the simplest first; empty where none is possible. */
  readonly recipes: readonly Recipe[];
  /** Whether it was looked at; else its recipes are those of a cell nearby, and only their kind is meant. */
  readonly isExact: boolean;
  /** Share of the resamples that agree; null where they were not asked, or there is nothing to choose. */
  readonly certainty: number | null;
};

export type Level = {
  /** By compute, then by corpus. */
  readonly cells: readonly LevelCell[];
  /** `borders`: some cells are taken on trust. `cells`: none is. `resamples`: how sure it is, is known. */
  readonly stage: 'borders' | 'cells' | 'resamples';
};

export type LevelsOptions = {
  readonly limits?: Limits | undefined;
  readonly thetas?: readonly Float64Array[] | undefined;
  /** Cells a side of a block that one cell speaks for where resamples agree; 4 by default. */
  readonly certaintyEvery?: number | undefined;
  /** Share of the loss below which a lead is none; 0 by default. */
  readonly noise?: number | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Told the share that is done, 0 … 1. */
  readonly onProgress?: ((share: number) => void) | undefined;
  /** Hears every level, the last one too. */
  readonly onLevel?: ((level: Level) => void) | undefined;
};

/** Distances between the cells that the levels look at. */
const STRIDES = [8, 4, 2, 1];

/** Levels that draw borders are told from here on: a coarser one would be looked at for a moment only. */
const FIRST_TOLD = 4;

/** Throws a `TaskError` for a budget, corpus or limit that cannot be; rejects with the signal's reason when aborted. */
export async function mapInLevels(
  law: Law,
  theta: Float64Array,
  computes: readonly number[],
  corpora: readonly number[],
  {
    limits,
    thetas = [],
    certaintyEvery = 4,
    noise = 0,
    signal,
    onProgress,
    onLevel = () => {},
  }: LevelsOptions = {},
): Promise<Level> {
  const rest = new Rest({ ...(signal && { signal }), ...(onProgress && { onProgress }) });
  const [rows, columns] = [computes.length, corpora.length];
  const every = Math.max(1, Math.round(certaintyEvery));
  const pieces = rows * columns + 2 * blocksOf({ computes, corpora, every }) * thetas.length;
  let done = 0;
  const searched = () => rest.after(Math.min(++done / pieces, MOST_GUESSED));

  const found = new Map<number, readonly Recipe[]>();
  const look = async (i: number, j: number): Promise<void> => {
    const index = i * columns + j;
    if (found.has(index)) return;
    const task = { compute: computes[i] ?? Number.NaN, targetTokens: corpora[j] ?? Number.NaN, limits };
    found.set(index, bestOfEach(law, theta, task, QUICK));
    await searched();
  };
  /** Kinds of the cells that were looked at, or taken on trust. */
  const kinds = new Map<number, string>();

  let before = 0;
  for (const stride of STRIDES) {
    const at = { i: placesBy(stride, rows), j: placesBy(stride, columns) };
    for (const i of at.i) {
      for (const j of at.j) {
        const index = i * columns + j;
        if (kinds.has(index)) continue;
        const around = before === 0 ? null : kindAround(kinds, i, j, before, rows, columns);
        if (around === null) await look(i, j);
        kinds.set(index, around ?? lowest(found.get(index) ?? [])?.kind ?? NONE);
      }
    }
    before = stride;
    if (stride <= FIRST_TOLD) onLevel({ cells: onTrust(found, rows, columns), stage: 'borders' });
  }
  for (let i = 0; i < rows; i++) for (let j = 0; j < columns; j++) await look(i, j);
  const recipes = Array.from({ length: rows * columns }, (_, index) => found.get(index) ?? []);
  let level: Level = {
    cells: recipes.map((each) => ({ recipes: each, isExact: true, certainty: null })),
    stage: 'cells',
  };
  onLevel(level);
  if (thetas.length > 0) {
    const asked = await askResamples({
      law,
      thetas,
      computes,
      corpora,
      recipes,
      every,
      noise,
      limits,
      searched,
    });
    level = {
      cells: recipes.map((each, index) => ({
        recipes: each,
        isExact: true,
        certainty: certaintyOf(each, asked.get(index)),
      })),
      stage: 'resamples',
    };
    onLevel(level);
  }
  await rest.after(1);
  return level;
}

/** Stands for a kind where no recipe is possible. */
const NONE = 'none';

/** Of the work, where its end was guessed too near. */
const MOST_GUESSED = 0.99;

/** Every so many places of a list, and the last. */
function placesBy(stride: number, length: number): number[] {
  const places = Array.from({ length: Math.ceil(length / stride) }, (_, step) => step * stride);
  return places.at(-1) === length - 1 ? places : [...places, length - 1];
}

/** What the cells of the coarser level around a place agree on; null where they do not. */
function kindAround(
  kinds: ReadonlyMap<number, string>,
  i: number,
  j: number,
  stride: number,
  rows: number,
  columns: number,
): string | null {
  const around = new Set(
    ends(i, stride, rows).flatMap((row) =>
      ends(j, stride, columns).map((column) => kinds.get(row * columns + column)),
    ),
  );
  const [only = null] = around;
  return around.size === 1 ? only : null;
}

/** The places of the coarser level on both sides. */
function ends(place: number, stride: number, length: number): number[] {
  const low = Math.floor(place / stride) * stride;
  return [low, Math.min(low + stride, length - 1)];
}

/** Cells that were not looked at stand as the nearest that was. */
function onTrust(found: ReadonlyMap<number, readonly Recipe[]>, rows: number, columns: number): LevelCell[] {
  return Array.from({ length: rows * columns }, (_, index) => {
    const own = found.get(index);
    if (own !== undefined) return { recipes: own, isExact: true, certainty: null };
    const near = nearest(found, Math.floor(index / columns), index % columns, rows, columns);
    return { recipes: near, isExact: false, certainty: null };
  });
}

/** By the distance along the axes; some corner of the map has been looked at. */
function nearest(
  found: ReadonlyMap<number, readonly Recipe[]>,
  i: number,
  j: number,
  rows: number,
  columns: number,
): readonly Recipe[] {
  for (let reach = 1; reach < rows + columns; reach++) {
    for (let down = -reach; down <= reach; down++) {
      const wide = reach - Math.abs(down);
      for (const across of wide === 0 ? [0] : [-wide, wide]) {
        const [row, column] = [i + down, j + across];
        if (row < 0 || column < 0 || row >= rows || column >= columns) continue;
        const recipes = found.get(row * columns + column);
        if (recipes !== undefined) return recipes;
      }
    }
  }
  return [];
}
