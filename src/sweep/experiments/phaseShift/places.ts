/** What the runs of the grid say at each C and D_T: the best recipe of each kind, and by how much one leads another. */

import { RECIPE_KINDS, type RecipeKind } from '../../../law/point.ts';
import type { ResultRun } from '../experiment.ts';
import { optimum } from '../grid.ts';
import { hasTag, MONOLINGUAL, ofRound, recipeKind, seedDeviation, TWO_STAGE } from '../results.ts';
import { FIRST_SEED, type Setting } from '../settings.ts';
import { type Noise, noiseOf } from '../spread.ts';
import { type Contender, contenderOf, type Margin, marginOf } from './margins.ts';

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
      hasTag(run, VARIANT, variant) &&
      hasTag(run, 'budget', compute) &&
      rounds.some((round) => ofRound([run], PHASE_SHIFT, round).length > 0),
  );
}

/** One D_T at one C. */
export type Place = {
  readonly targetTokens: number;
  /** The best recipe of each kind. */
  readonly best: Readonly<Record<RecipeKind, Contender | null>>;
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

/** What there is at one C. `noise` is taken from these rounds' runs at all budgets where the budget's own were run under one seed each. */
export function viewAt(
  results: readonly ResultRun[],
  setting: Setting,
  compute: number,
  rounds: readonly string[] = GRID_ROUNDS,
): BudgetView {
  const runs = runsAt(results, compute, BASE, rounds);
  const own = noiseOf(notChosen(runs));
  const everywhere = () =>
    noiseOf(setting.computes.flatMap((C) => notChosen(runsAt(results, C, BASE, rounds))));
  const noise = own.degrees > 0 ? own : everywhere();
  const { N, D } = optimum(results, setting, compute);
  return { compute, N, D, places: placesOf(runs, noise.deviation), noise };
}

/** Runs that no recipe was chosen by: beside the others a first seed that was chosen for its luck would pass for noise. */
function notChosen(runs: readonly ResultRun[]): ResultRun[] {
  return runs.filter(({ config }) => config.seed !== FIRST_SEED);
}

/** The places of runs of one variant at one C, from the most target text. Small corpora differ more: `deviation` is the least. */
export function placesOf(runs: readonly ResultRun[], deviation: number): Place[] {
  const tokens = [...new Set(runs.map(({ nominal }) => nominal.D_T))].sort((a, b) => b - a);
  return tokens.map((targetTokens) => {
    const here = runs.filter(({ nominal }) => nominal.D_T === targetTokens);
    const bestOf = (kind: RecipeKind) => contenderOf(here.filter((run) => recipeKind(run) === kind));
    return {
      targetTokens,
      best: Object.fromEntries(RECIPE_KINDS.map((kind) => [kind, bestOf(kind)])) as Place['best'],
      deviation: Math.max(deviation, seedDeviation(notChosen(here)) ?? 0),
    };
  });
}

/** By how much two-stage leads monolingual. */
export function leadAt({ best, deviation }: Place): Margin | null {
  return marginOf(best[MONOLINGUAL], best[TWO_STAGE], deviation);
}
