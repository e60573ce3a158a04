/** Runs that belong together: repetitions of one recipe, or runs that agree in a column. They are resampled and held out as one. */

import type { Run } from '../run.ts';

export type Cells = {
  /** For each run, the number of its cell; cells are numbered from 0 in the order in which they first appear. */
  readonly of: Int32Array;
  readonly count: number;
};

/** Realised counts of two seeds may differ in a window or so, and tables are rounded: cells agree to these many digits. */
const DIGITS = 6;

/**
 * Cells of one recipe: runs that agree in N, D_T, k, r, r_f, first-stage ratio and language pair, whatever their seed. The noise of
 * a recipe's seeds is one thing, the misfit of the law at the recipe another, and only whole cells show both.
 */
export function recipeCells(runs: readonly Run[]): Cells {
  return cellsBy(runs, recipeKey);
}

/** The same for runs of one cell of {@link recipeCells}, and for no others. */
export function recipeKey({ point: { N, D_T, k, r, r_f }, r_1, groups }: Run): string {
  return [N, D_T, k, r, r_f, r_1 ?? Number.NaN]
    .map((value) => value.toPrecision(DIGITS))
    .concat(groups.pair ?? '')
    .join(' ');
}

/** Cells of one word in the column `column`; runs without a word in it are a cell of their own, together. */
export function columnCells(runs: readonly Run[], column: string): Cells {
  return cellsBy(runs, ({ groups }) => groups[column] ?? '');
}

/** Cells of runs to which `keyOf` gives one key. */
export function cellsBy(runs: readonly Run[], keyOf: (run: Run) => string): Cells {
  const numbers = new Map<string, number>();
  const of = new Int32Array(runs.length);
  runs.forEach((run, row) => {
    const key = keyOf(run);
    const number = numbers.get(key) ?? numbers.size;
    numbers.set(key, number);
    of[row] = number;
  });
  return { of, count: numbers.size };
}
