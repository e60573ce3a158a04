/** What repetitions of a recipe differ by: no law of the recipe alone can do better than that. */

import { recipeCells } from '../certainty/cells.ts';
import type { Run } from '../run.ts';

export type SeedNoise = {
  /** Standard deviation of log loss within recipes, pooled over them, with n − 1 a recipe. */
  readonly deviation: number;
  /** Recipes with more than one run, and the runs of these. */
  readonly recipes: number;
  readonly runs: number;
};

/** Null where no recipe was run twice. */
export function seedNoise(runs: readonly Run[]): SeedNoise | null {
  const cells = recipeCells(runs);
  const byCell = Array.from({ length: cells.count }, (): number[] => []);
  for (const [row, { loss }] of runs.entries()) byCell[cells.of[row] ?? 0]?.push(Math.log(loss));
  const repeated = byCell.filter(({ length }) => length > 1);
  if (repeated.length === 0) return null;
  let squares = 0;
  let count = 0;
  for (const losses of repeated) {
    const mean = losses.reduce((sum, loss) => sum + loss, 0) / losses.length;
    for (const loss of losses) squares += (loss - mean) ** 2;
    count += losses.length;
  }
  return {
    deviation: Math.sqrt(squares / (count - repeated.length)),
    recipes: repeated.length,
    runs: count,
  };
}
