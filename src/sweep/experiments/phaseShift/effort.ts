/**
 * How much of the grid is run at each C. Lower budgets get all of it. At the highest, which cost as much as all others together, there
 * are only the D_T around the threshold that the lower ones foretell, and the recipes that were best there.
 */

import type { BudgetName, Setting } from '../settings.ts';

export type Effort = {
  /** D_T of the grid, the nearest to the foretold threshold; null is all. */
  readonly targets: number | null;
  /**
   * Multiples of D_T/D that are tried as r and as r_1; null takes those that were best at the budget below. The shares of the final stage
   * are the same everywhere: their runs branch off one first stage and cost little.
   */
  readonly ratioMultiples: readonly number[] | null;
  readonly firstMultiples: readonly number[] | null;
  /** Cells of each kind that are repeated with more seeds near the threshold. */
  readonly repeated: { readonly contenders: number; readonly singleStage: number };
  /** Whether other optimiser settings, re-warming, the unrelated source and the noisy target are tried. */
  readonly checked: boolean;
};

const ALL: Effort = {
  targets: null,
  ratioMultiples: [8, 16, 32],
  firstMultiples: [4, 8],
  repeated: { contenders: 2, singleStage: 1 },
  checked: true,
};
const GRID_ALONE: Effort = { ...ALL, repeated: { contenders: 1, singleStage: 1 }, checked: false };
const NARROW: Effort = {
  targets: 3,
  ratioMultiples: null,
  firstMultiples: null,
  repeated: { contenders: 1, singleStage: 0 },
  checked: false,
};
const FIRSTS = { firstMultiples: [4, 8, 16] } as const;

/** From the highest C; the last is that of all below. */
const EFFORTS: Readonly<Record<BudgetName, readonly [Effort, ...Effort[]]>> = {
  small: [NARROW, ALL],
  laptop: [NARROW, GRID_ALONE, ALL],
  gpu: [
    { ...GRID_ALONE, ...FIRSTS },
    { ...GRID_ALONE, ...FIRSTS },
    { ...ALL, ...FIRSTS },
  ],
};

/** With a single C there is nothing below that could tell where to look. */
export function effortAt({ budget, computes }: Setting, compute: number): Effort {
  const efforts = EFFORTS[budget];
  const fromHighest = computes.length - 1 - computes.indexOf(compute);
  const lowest = efforts[efforts.length - 1] ?? efforts[0];
  return compute === computes[0] ? lowest : (efforts[fromHighest] ?? lowest);
}

/** Of D_T/D: the shares of the final stage. */
export const SHARE_MULTIPLES = [2, 4, 8] as const;
export const FINAL_RATIOS = [0.75, 1] as const;
export const MOST_RATIO = 0.75;
export const MOST_FIRST_RATIO = 0.5;
export const MOST_SHARE = 0.5;
