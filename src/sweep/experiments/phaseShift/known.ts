/** What rounds after the grid stand on: where the threshold is at one C, and the best recipes there. */

import type { RecipeKind } from '../../../law/point.ts';
import type { ResultRun } from '../experiment.ts';
import {
  type CellRecipe,
  cellOfRun,
  monolingualCell,
  optimum,
  shares,
  singleStageCell,
  targetTokensBelow,
  twoStageCell,
} from '../grid.ts';
import { tokensFor } from '../models.ts';
import { MONOLINGUAL, recipeKind, SINGLE_STAGE, TWO_STAGE } from '../results.ts';
import type { Model, Setting } from '../settings.ts';
import { MOST_FIRST_RATIO, MOST_RATIO, MOST_SHARE } from './effort.ts';
import { rankedCells } from './margins.ts';
import { ROUNDS, runsAt, viewAt } from './places.ts';
import { thresholdAt, tokensOf } from './threshold.ts';

export type Known = {
  readonly compute: number;
  readonly model: Model;
  /** D_T that were run, from the most. */
  readonly targets: readonly number[];
  /** In tokens; 0 and infinity where it lies outside the D_T that were run. */
  readonly threshold: number;
  /** So many recipes of a kind at a D_T, the best first. */
  readonly best: (kind: RecipeKind, targetTokens: number, count: number) => readonly CellRecipe[];
};

/** From the runs of these rounds; null where no threshold can be spoken of. */
export function knownAt(
  results: readonly ResultRun[],
  setting: Setting,
  compute: number,
  rounds: readonly string[],
): Known | null {
  const view = viewAt(results, setting, compute, rounds);
  const estimate = thresholdAt(view);
  if (!estimate) return null;
  const runs = runsAt(results, compute, undefined, rounds);
  return {
    compute,
    model: optimum(results, setting, compute).model,
    targets: view.places.map(({ targetTokens }) => targetTokens),
    threshold: tokensOf(estimate.crossing),
    best: (kind, targetTokens, count) => {
      const here = runs.filter((run) => run.nominal.D_T === targetTokens && recipeKind(run) === kind);
      const ranked = rankedCells(here);
      // One seed's luck chooses among many; those that were repeated come first.
      const repeated = ranked.filter((cell) => cell.runs.length > 1);
      const others = ranked.filter((cell) => cell.runs.length === 1);
      return [...repeated, ...others].slice(0, count).flatMap(({ runs: [run] }) => {
        const cell = run && cellOfRun(run);
        return cell ? [cell] : [];
      });
    },
  };
}

/** A threshold lies about there, as a share of D*. */
export const TYPICAL_SCARCITY = 1 / 32;
const TYPICAL_EPOCHS = 32;
const TYPICAL_MULTIPLE = { ratio: 16, first: 4, share: [4, 8] } as const;

/** What is likely to be found, before anything has run. */
export function typicalAt(setting: Setting, compute: number): Known {
  const { model, D } = optimum([], setting, compute);
  return {
    compute,
    model,
    targets: targetTokensBelow(D),
    threshold: D * TYPICAL_SCARCITY,
    best: (kind, targetTokens, count) => typicalCells(compute, model, targetTokens)[kind].slice(0, count),
  };
}

function typicalCells(
  compute: number,
  model: Model,
  targetTokens: number,
): Record<RecipeKind, readonly CellRecipe[]> {
  const at = (multiple: number, most: number) =>
    shares([multiple], compute, model, targetTokens, most)[0] ?? most;
  const ceiling = tokensFor(compute, model) / targetTokens;
  const { ratio, first, share } = TYPICAL_MULTIPLE;
  return {
    [MONOLINGUAL]: [
      monolingualCell(ceiling > TYPICAL_EPOCHS ? TYPICAL_EPOCHS : null),
      monolingualCell(Math.min(ceiling, TYPICAL_EPOCHS) / 2),
    ],
    [SINGLE_STAGE]: [ratio, ratio / 2].map((multiple) => singleStageCell(at(multiple, MOST_RATIO))),
    [TWO_STAGE]: share.map((multiple) =>
      twoStageCell({
        firstRatio: at(first, MOST_FIRST_RATIO),
        finalShare: at(multiple, MOST_SHARE),
        finalRatio: 1,
      }),
    ),
  };
}

/** The D_T that were run on both sides of the threshold; at an end of the grid the two nearest to it. */
export function bracketOf({ targets, threshold }: Pick<Known, 'targets' | 'threshold'>): number[] {
  const below = targets.findIndex((tokens) => tokens <= threshold);
  const first = below < 0 ? targets.length - 2 : below - 1;
  return targets.slice(Math.max(0, first), Math.max(0, first) + 2);
}

/** The D_T that were run nearest to the threshold, on a logarithmic scale, from the nearest. */
export function nearestOf(
  { targets, threshold }: Pick<Known, 'targets' | 'threshold'>,
  count: number,
): number[] {
  const place = Math.log(Math.min(Math.max(threshold, Math.min(...targets)), Math.max(...targets)));
  const distance = (tokens: number) => Math.abs(Math.log(tokens) - place);
  return [...targets].sort((a, b) => distance(a) - distance(b) || a - b).slice(0, count);
}

/** Law and earlier measurements: D_T^c grows about as the root of C. */
const EXPECTED_EXPONENT = 0.5;

/**
 * Where the budgets below foretell the threshold at C, in tokens, from the grids of these; where they say nothing a typical share of D*.
 */
export function foretold(results: readonly ResultRun[], setting: Setting, compute: number): number {
  const { D } = optimum(results, setting, compute);
  for (const lower of setting.computes.filter((C) => C < compute).reverse()) {
    const view = viewAt(results, setting, lower, [ROUNDS.grid]);
    const crossing = thresholdAt(view)?.crossing;
    if (crossing?.kind === 'at') {
      return crossing.targetTokens * (compute / lower) ** EXPECTED_EXPONENT;
    }
    if (crossing?.kind === 'always') return D;
    if (crossing?.kind === 'never') return view.places.at(-1)?.targetTokens ?? D * TYPICAL_SCARCITY;
  }
  return D * TYPICAL_SCARCITY;
}

/** So many D_T of the grid around the threshold: the nearest, and at least one on each side as far as there are such. */
export function around(targets: readonly number[], threshold: number, count: number): number[] {
  const nearest = nearestOf({ targets, threshold }, count);
  const isAbove = (tokens: number) => tokens > threshold;
  for (const side of [isAbove, (tokens: number) => !isAbove(tokens)]) {
    if (nearest.some(side)) continue;
    const [closest] = nearestOf({ targets: targets.filter(side), threshold }, 1);
    if (closest !== undefined) nearest.splice(-1, 1, closest);
  }
  return nearest.sort((a, b) => b - a);
}
