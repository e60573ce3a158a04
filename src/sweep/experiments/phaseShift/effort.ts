/**
 * How much of the grid is run at each C. Lower budgets get all of it. At the highest, which cost as much as all others together, there
 * are only the D_T around the threshold that the lower ones foretell, and the recipes that were best there.
 */

import type { BudgetName, Setting } from '../settings.ts';

export type Effort = {
  /** D_T of the grid, the nearest to the foretold threshold; null is all. */
  readonly targets: number | null;
  /**
   * Multiples of D_T/D that are tried as r and as r_1; null takes those that were best at the budget below.
   */
  readonly ratioMultiples: readonly number[] | null;
  readonly firstMultiples: readonly number[] | null;
  /** Monolingual k: null is all; else so many, the nearest to the one that was best at the budget below. */
  readonly epochs: number | null;
  /** Multiples of D_T/D that are tried as the share of the final stage: their runs branch off one first stage and cost little. */
  readonly shares: readonly number[];
  /** Whether final stages with r_f below 1 are tried. */
  readonly mixedFinal: boolean;
  /** Cells of each kind that are repeated with more seeds near the threshold. */
  readonly repeated: { readonly contenders: number; readonly singleStage: number };
  /** What is tried of what could explain the winner away. */
  readonly checks: Checks;
};

export type Checks = {
  /** Other optimiser settings. */
  readonly settings: readonly OtherSetting[];
  /** Seeds of each of these, none of them the one that chose the recipes. */
  readonly seeds: number;
  /** Whether re-warming, the unrelated sources and the noisy target are tried as well. */
  readonly others: boolean;
};

export const OTHER_RATES = ['half the learning rate', 'twice the learning rate'] as const;
export const OTHER_SETTING_NAMES = [
  ...OTHER_RATES,
  'four times the weight decay',
  'cosine schedule',
] as const;
export type OtherSetting = (typeof OTHER_SETTING_NAMES)[number];

const ALL: Effort = {
  targets: null,
  ratioMultiples: [8, 16, 32],
  firstMultiples: [4, 8],
  epochs: null,
  shares: [2, 4, 8],
  mixedFinal: true,
  repeated: { contenders: 2, singleStage: 1 },
  checks: { settings: OTHER_SETTING_NAMES, seeds: 2, others: true },
};
/** Where a run costs most: the settings that moved losses most. */
const RATES_ALONE: Checks = { settings: OTHER_RATES, seeds: 2, others: false };
const GRID_ALONE: Effort = { ...ALL, repeated: { contenders: 1, singleStage: 1 }, checks: RATES_ALONE };
const NARROW: Effort = {
  targets: 4,
  ratioMultiples: null,
  firstMultiples: null,
  epochs: 3,
  shares: [4, 8],
  mixedFinal: false,
  repeated: { contenders: 1, singleStage: 0 },
  checks: RATES_ALONE,
};
const FIRSTS = { firstMultiples: [4, 8, 16] } as const;
/** The recipes of each kind that most often win, at all D_T. */
const PLAIN = { ratioMultiples: [8, 32], shares: [4, 8], mixedFinal: false } as const;
const ONE_SEED: Checks = { ...RATES_ALONE, seeds: 1 };

/** From the highest C; the last is that of all below. Single-stage is held against the others where a run costs less than at the highest C of `small`. */
const EFFORTS: Readonly<Record<BudgetName, readonly [Effort, ...Effort[]]>> = {
  small: [{ ...NARROW, ratioMultiples: [], checks: ONE_SEED }, ALL],
  laptop: [
    { ...NARROW, checks: ONE_SEED },
    { ...GRID_ALONE, ...PLAIN, checks: ONE_SEED },
    { ...ALL, repeated: GRID_ALONE.repeated },
    ALL,
  ],
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

/** Whether the grid at C is only the D_T and the ratios that a lower C points to. */
export function isNarrow(setting: Setting, compute: number): boolean {
  const { targets, ratioMultiples, firstMultiples } = effortAt(setting, compute);
  return targets !== null || ratioMultiples === null || firstMultiples === null;
}

/** r_f, and the share of the final stage, of D_T/D, that one below 1 is tried with. */
export const FINAL_RATIOS = [0.75, 1] as const;
export const MIXED_FINAL_MULTIPLE = 4;
export const MOST_RATIO = 0.75;
export const MOST_FIRST_RATIO = 0.5;
export const MOST_SHARE = 0.5;
