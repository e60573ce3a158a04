/** What the runs of the grid say at each C and D_T: the best recipe of each kind, and by how much one leads another. */

import { RECIPE_KINDS, type RecipeKind } from '../../../law/point.ts';
import type { ResultRun } from '../experiment.ts';
import { optimum } from '../grid.ts';
import {
  type Cell,
  cells,
  hasTag,
  MONOLINGUAL,
  type Noise,
  noiseOf,
  recipeKind,
  seedDeviation,
  TWO_STAGE,
} from '../results.ts';
import type { Setting } from '../settings.ts';

export const PHASE_SHIFT = 'phase-shift';

export const ROUNDS = {
  grid: 'shift grid',
  highest: 'shift grid above',
  wider: 'shift grid beyond',
  seeds: 'shift seeds',
  checks: 'shift checks',
} as const;

/** Tag: how a run differs from those of the grid. */
export const VARIANT = 'variant';
export const BASE = 'as in the grid';

/** Rounds that ask for runs of the grid itself. */
export const GRID_ROUNDS: readonly string[] = [ROUNDS.grid, ROUNDS.highest, ROUNDS.wider, ROUNDS.seeds];

/** Runs of this experiment at C and of one variant, as far as these rounds asked for them. */
export function runsAt(
  results: readonly ResultRun[],
  compute: number,
  variant: string = BASE,
  rounds: readonly string[] = Object.values(ROUNDS),
): ResultRun[] {
  return results.filter(
    (run) =>
      hasTag(run, 'experiment', PHASE_SHIFT) &&
      hasTag(run, VARIANT, variant) &&
      hasTag(run, 'budget', compute) &&
      rounds.some((round) => hasTag(run, 'round', round)),
  );
}

/** One D_T at one C. */
export type Place = {
  readonly targetTokens: number;
  /** The best recipe of each kind, chosen by one half of the held-out text. */
  readonly best: Readonly<Record<RecipeKind, Cell | null>>;
  /** Standard deviation of one run's reported loss from seed to seed, bits per byte. */
  readonly deviation: number;
};

export type BudgetView = {
  readonly compute: number;
  /** N* and D*. */
  readonly N: number;
  readonly D: number;
  /** From the most target text. */
  readonly places: readonly Place[];
  readonly noise: Noise;
};

/** Where nothing better is known, and at least. */
const LEAST_DEVIATION = 0.01;

/** What there is at one C. `noise` is taken from these rounds' runs at all budgets where the budget's own were run under one seed each. */
export function viewAt(
  results: readonly ResultRun[],
  setting: Setting,
  compute: number,
  rounds: readonly string[] = GRID_ROUNDS,
): BudgetView {
  const runs = runsAt(results, compute, BASE, rounds);
  const own = noiseOf(runs);
  const everywhere = () => noiseOf(setting.computes.flatMap((C) => runsAt(results, C, BASE, rounds)));
  const { deviation, isMeasured } = own.isMeasured ? own : everywhere();
  const noise = { deviation: Math.max(LEAST_DEVIATION, deviation), isMeasured };
  const { N, D } = optimum(results, setting, compute);
  return { compute, N, D, places: placesOf(runs, noise.deviation), noise };
}

/** The places of runs of one variant at one C, from the most target text. Small corpora differ more: `deviation` is the least. */
export function placesOf(runs: readonly ResultRun[], deviation: number): Place[] {
  const tokens = [...new Set(runs.map(({ nominal }) => nominal.D_T))].sort((a, b) => b - a);
  return tokens.map((targetTokens) => {
    const here = runs.filter(({ nominal }) => nominal.D_T === targetTokens);
    const bestOf = (kind: RecipeKind) => chosenCell(here.filter((run) => recipeKind(run) === kind));
    return {
      targetTokens,
      best: Object.fromEntries(RECIPE_KINDS.map((kind) => [kind, bestOf(kind)])) as Place['best'],
      deviation: Math.max(deviation, seedDeviation(here) ?? 0),
    };
  });
}

/** The best cells by the half that chooses, best first. */
export function rankedCells(runs: readonly ResultRun[]): Cell[] {
  return cells(runs)
    .filter(({ chosen }) => Number.isFinite(chosen))
    .sort((a, b) => a.chosen - b.chosen || (a.key < b.key ? -1 : 1));
}

/** The best cell; where some were repeated with more seeds it is one of these, for the luck of one seed is in both halves alike. */
function chosenCell(runs: readonly ResultRun[]): Cell | null {
  const ranked = rankedCells(runs);
  return ranked.find((cell) => cell.runs.length > 1) ?? ranked[0] ?? null;
}

/** A difference of reported losses, bits per byte. */
export type Margin = { readonly value: number; readonly error: number };

/** By how much `b` is better than `a`: the difference of their reported losses and its standard error. Null where either is missing. */
export function marginOf(a: Cell | null, b: Cell | null, deviation: number): Margin | null {
  if (!a || !b) return null;
  const value = a.reported - b.reported;
  if (!Number.isFinite(value)) return null;
  return { value, error: deviation * Math.sqrt(1 / a.runs.length + 1 / b.runs.length) };
}

/** By how much two-stage leads monolingual. */
export function leadAt({ best, deviation }: Place): Margin | null {
  return marginOf(best[MONOLINGUAL], best[TWO_STAGE], deviation);
}

/** Below so many standard errors a difference is a tie. */
export const TIE_ERRORS = 1.5;

/** 1 where the margin is certainly above 0, −1 where it is certainly below, 0 for a tie. */
export function signOf({ value, error }: Margin, errors: number = TIE_ERRORS): -1 | 0 | 1 {
  if (Math.abs(value) < errors * error) return 0;
  return value > 0 ? 1 : -1;
}
