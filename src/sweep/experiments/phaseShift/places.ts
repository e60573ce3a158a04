/** What the runs of the grid say at each C and D_T: the best recipe of each kind, and by how much one leads another. */

import { RECIPE_KINDS, type RecipeKind } from '../../../law/point.ts';
import type { ResultRun } from '../experiment.ts';
import { optimum } from '../grid.ts';
import { type Cell, hasTag, MONOLINGUAL, ofRound, recipeKind, seedDeviation, TWO_STAGE } from '../results.ts';
import { FIRST_SEED, type Setting } from '../settings.ts';
import { optimumWords } from '../sizes.ts';
import { type Noise, noiseOf } from '../spread.ts';
import { type Contender, contenderOf, fragileCells, type Margin, marginOf } from './margins.ts';

export const PHASE_SHIFT = 'phase-shift';

export const ROUNDS = {
  grid: 'shift grid',
  highest: 'shift grid above',
  wider: 'shift grid beyond',
  seeds: 'shift seeds',
  checks: 'shift checks',
  controlSeeds: 'shift control seeds',
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

/** Noise of one run's reported loss, by what kind of recipe it is. */
export type KindNoise = Readonly<Record<RecipeKind, Noise>>;

/** One D_T at one C. */
export type Place = {
  readonly targetTokens: number;
  /** The best recipe of each kind. */
  readonly best: Readonly<Record<RecipeKind, Contender | null>>;
  readonly noise: KindNoise;
};

export type BudgetView = {
  readonly compute: number;
  /** N* and D*. */
  readonly N: number;
  readonly D: number;
  /** What must be said of N*; '' where nothing. */
  readonly optimum: string;
  /** From the most target text. */
  readonly places: readonly Place[];
  /** Of all kinds together. */
  readonly noise: Noise;
  /** Recipes that diverged under some of their seeds. */
  readonly fragile: readonly Cell[];
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
  const repeated = own.degrees > 0 ? runs : setting.computes.flatMap((C) => runsAt(results, C, BASE, rounds));
  const noise = own.degrees > 0 ? own : noiseOf(notChosen(repeated));
  const best = optimum(results, setting, compute);
  const { N, D } = best;
  const places = placesOf(runs, noisePerKind(repeated, noise));
  return { compute, N, D, optimum: optimumWords(best), places, noise, fragile: fragileCells(runs) };
}

/** Runs that no recipe was chosen by: beside the others a first seed that was chosen for its luck would pass for noise. */
function notChosen(runs: readonly ResultRun[]): ResultRun[] {
  return runs.filter(({ config }) => config.seed !== FIRST_SEED);
}

/** With fewer repetitions of its own a kind is not trusted to be quieter than all together. */
const FEWEST_DEGREES = 4;

/** Each kind's own noise as far as it was repeated often enough; else that of all, or its own where that is more. */
function noisePerKind(runs: readonly ResultRun[], all: Noise): KindNoise {
  const ofKind = (kind: RecipeKind): Noise => {
    const own = noiseOf(notChosen(runs).filter((run) => recipeKind(run) === kind));
    if (own.degrees >= FEWEST_DEGREES) return own;
    return own.degrees > 0 ? { ...all, deviation: Math.max(own.deviation, all.deviation) } : all;
  };
  return Object.fromEntries(RECIPE_KINDS.map((kind) => [kind, ofKind(kind)])) as KindNoise;
}

/** The places of runs of one variant at one C, from the most target text. Small corpora differ more: `noise` is the least. */
export function placesOf(runs: readonly ResultRun[], noise: KindNoise): Place[] {
  const tokens = [...new Set(runs.map(({ nominal }) => nominal.D_T))].sort((a, b) => b - a);
  return tokens.map((targetTokens) => {
    const here = runs.filter(({ nominal }) => nominal.D_T === targetTokens);
    const local = seedDeviation(notChosen(here)) ?? 0;
    const byKind = (kind: RecipeKind): Noise => ({
      ...noise[kind],
      deviation: Math.max(noise[kind].deviation, local),
    });
    const bestOf = (kind: RecipeKind) =>
      contenderOf(
        here.filter((run) => recipeKind(run) === kind),
        byKind(kind),
      );
    const each = <T>(of: (kind: RecipeKind) => T) =>
      Object.fromEntries(RECIPE_KINDS.map((kind) => [kind, of(kind)])) as Record<RecipeKind, T>;
    return { targetTokens, best: each(bestOf), noise: each(byKind) };
  });
}

/** By how much two-stage leads monolingual. */
export function leadAt({ best }: Place): Margin | null {
  return marginOf(best[MONOLINGUAL], best[TWO_STAGE]);
}
