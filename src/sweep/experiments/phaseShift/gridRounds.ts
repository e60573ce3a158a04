/** The rounds that run the grid: every kind of recipe at every D_T, then more seeds where the threshold is. */

import type { Nominal } from '../../../formats/manifest.ts';
import type { SweepDesign } from '../../../formats/sweepDesignFields.ts';
import { RECIPE_KINDS, type RecipeKind } from '../../../law/point.ts';
import type { ResultRun, Round } from '../experiment.ts';
import {
  type CellRecipe,
  cellDesign,
  epochsOf,
  monolingualCell,
  optimum,
  shares,
  singleStageCell,
  targetTokensBelow,
  twoStageCell,
} from '../grid.ts';
import { MONOLINGUAL, recipeKind, SINGLE_STAGE, TWO_STAGE } from '../results.ts';
import type { Setting } from '../settings.ts';
import {
  effortAt,
  FINAL_RATIOS,
  isNarrow,
  MIXED_FINAL_MULTIPLE,
  MOST_FIRST_RATIO,
  MOST_RATIO,
  MOST_SHARE,
} from './effort.ts';
import { around, bracketOf, foretold, type Known, knownAt } from './known.ts';
import { rankedCells } from './margins.ts';
import { BASE, PHASE_SHIFT, ROUNDS, runsAt, VARIANT, viewAt } from './places.ts';
import { thresholdAt } from './threshold.ts';

export const gridRound: Round = {
  name: ROUNDS.grid,
  why: 'runs every kind of recipe at every D_T, at all budgets whose grid does not wait for a lower one',
  designs: (results, setting) =>
    setting.computes
      .filter((compute) => !isNarrow(setting, compute))
      .flatMap((compute) => gridDesigns(results, setting, compute, ROUNDS.grid)),
};

export const highestGridRound: Round = {
  name: ROUNDS.highest,
  why: 'the same at the highest C, around the D_T at which the lower budgets foretell the threshold, with the ratios that were best there',
  designs: (results, setting) =>
    setting.computes
      .filter((compute) => isNarrow(setting, compute))
      .flatMap((compute) => gridDesigns(results, setting, compute, ROUNDS.highest)),
};

export const widerGridRound: Round = {
  name: ROUNDS.wider,
  why: 'one D_T more where the threshold at the highest C lies outside those that were run',
  designs: (results, setting) =>
    setting.computes
      .filter((compute) => isNarrow(setting, compute))
      .flatMap((compute) => {
        const next = nextTarget(results, setting, compute);
        return next === null ? [] : gridDesigns(results, setting, compute, ROUNDS.wider, [next]);
      }),
};

/** The D_T of the grid beyond those that were run, on the side where the threshold must lie. */
function nextTarget(results: readonly ResultRun[], setting: Setting, compute: number): number | null {
  const view = viewAt(results, setting, compute, [ROUNDS.highest]);
  const kind = thresholdAt(view)?.crossing.kind;
  const run = view.places.map(({ targetTokens }) => targetTokens);
  const all = targetTokensBelow(view.D);
  if (kind === 'never') return all.find((tokens) => tokens < Math.min(...run)) ?? null;
  if (kind === 'always') return all.filter((tokens) => tokens > Math.max(...run)).at(-1) ?? null;
  return null;
}

export const seedsRound: Round = {
  name: ROUNDS.seeds,
  why: 'repeats the best recipes of each kind with more seeds on both sides of the threshold',
  designs: (results, setting) =>
    setting.computes.flatMap((compute) => {
      const known = knownAt(results, setting, compute, [ROUNDS.grid, ROUNDS.highest, ROUNDS.wider]);
      return known ? seedDesigns(results, setting, known) : [];
    }),
};

/** The grid at one C, at these D_T. */
export function gridDesigns(
  results: readonly ResultRun[],
  setting: Setting,
  compute: number,
  round: string,
  targets: readonly number[] = targetsOf(results, setting, compute),
): SweepDesign[] {
  const effort = effortAt(setting, compute);
  const { model, D } = optimum(results, setting, compute);
  const tags = { [VARIANT]: BASE };
  return targets.flatMap((targetTokens) => {
    const at = (multiples: readonly number[], most: number) =>
      shares(multiples, compute, model, targetTokens, most);
    const multiplesOf = (kind: RecipeKind) =>
      bestMultiples(results, setting, compute, D / targetTokens, kind);
    const ratios = at(effort.ratioMultiples ?? multiplesOf(SINGLE_STAGE), MOST_RATIO);
    const firsts = at(effort.firstMultiples ?? multiplesOf(TWO_STAGE), MOST_FIRST_RATIO);
    const finalRatios = FINAL_RATIOS.filter((finalRatio) => effort.mixedFinal || finalRatio === 1);
    const finals = finalRatios.flatMap((finalRatio) =>
      at(finalRatio < 1 ? [MIXED_FINAL_MULTIPLE] : effort.shares, MOST_SHARE).map((finalShare) => ({
        finalRatio,
        finalShare,
      })),
    );
    const cells: CellRecipe[] = [
      ...epochsAt(results, setting, compute, targetTokens).map(monolingualCell),
      ...ratios.map(singleStageCell),
      ...firsts.flatMap((firstRatio) => finals.map((final) => twoStageCell({ firstRatio, ...final }))),
    ];
    const asked = { experiment: PHASE_SHIFT, round, tags, model, compute, targetTokens };
    return cells.map((cell) => cellDesign(results, setting, asked, cell));
  });
}

function targetsOf(results: readonly ResultRun[], setting: Setting, compute: number): number[] {
  const { targets } = effortAt(setting, compute);
  const all = targetTokensBelow(optimum(results, setting, compute).D);
  return targets === null ? all : around(all, foretold(results, setting, compute), targets);
}

const USUAL_MULTIPLES = { [SINGLE_STAGE]: [16], [TWO_STAGE]: [4] } as const;

/**
 * The multiple of D_T/D that was best as r (single-stage) or r_1 (two-stage) at the next lower C, at the D_T that is as scarce: about
 * `scarcity` = D/D_T there too.
 */
function bestMultiples(
  results: readonly ResultRun[],
  setting: Setting,
  compute: number,
  scarcity: number,
  kind: RecipeKind,
): readonly number[] {
  const usual = kind === SINGLE_STAGE || kind === TWO_STAGE ? USUAL_MULTIPLES[kind] : [];
  const { best, D } = bestBelow(results, setting, compute, scarcity, kind);
  if (!best) return usual;
  return [((kind === SINGLE_STAGE ? best.r : best.r_1) * D) / best.D_T];
}

/** k of the monolingual cells: all, or so many around the one that was best at the next lower C at the D_T that is as scarce. */
function epochsAt(
  results: readonly ResultRun[],
  setting: Setting,
  compute: number,
  targetTokens: number,
): readonly (number | null)[] {
  const { model, D } = optimum(results, setting, compute);
  const all = epochsOf(compute, model, targetTokens);
  const { epochs: count } = effortAt(setting, compute);
  const most = D / targetTokens;
  const { best } = bestBelow(results, setting, compute, most, MONOLINGUAL);
  if (count === null || !best) return all;
  const awayOf = (epochs: number | null) => Math.abs(Math.log((epochs ?? most) / best.k));
  const kept = new Set([...all].sort((a, b) => awayOf(a) - awayOf(b)).slice(0, count));
  return all.filter((epochs) => kept.has(epochs));
}

/** The best recipe of a kind at the next lower C, at the D_T that is about as scarce; D is D* there. */
function bestBelow(
  results: readonly ResultRun[],
  setting: Setting,
  compute: number,
  scarcity: number,
  kind: RecipeKind,
): { readonly best: Nominal | null; readonly D: number } {
  const lower = setting.computes.filter((C) => C < compute).at(-1);
  if (lower === undefined) return { best: null, D: Number.NaN };
  const { D } = optimum(results, setting, lower);
  const runs = runsAt(results, lower, BASE, [ROUNDS.grid]).filter((run) => recipeKind(run) === kind);
  const awayOf = ({ nominal }: ResultRun) => Math.abs(Math.log(D / nominal.D_T / scarcity));
  const nearest = Math.min(...runs.map(awayOf));
  const [best] = rankedCells(runs.filter((run) => awayOf(run) === nearest));
  return { best: best?.nominal ?? null, D };
}

/** The best recipes on both sides of the threshold, with the setting's other seeds. */
export function seedDesigns(results: readonly ResultRun[], setting: Setting, known: Known): SweepDesign[] {
  const { repeated } = effortAt(setting, known.compute);
  return bracketOf(known).flatMap((targetTokens) =>
    RECIPE_KINDS.flatMap((kind) => {
      const count = kind === SINGLE_STAGE ? repeated.singleStage : repeated.contenders;
      return known.best(kind, targetTokens, count).flatMap((cell) =>
        setting.moreSeeds.map((seed) => {
          const { compute, model } = known;
          const asked = { experiment: PHASE_SHIFT, round: ROUNDS.seeds, model, compute, targetTokens, seed };
          return cellDesign(results, setting, { ...asked, tags: { [VARIANT]: BASE } }, cell);
        }),
      );
    }),
  );
}
