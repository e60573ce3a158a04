/** The runs of `scale-stability`: every model at plenty, scarcity and great scarcity of target text, on recipes that are good there. */

import type { SweepDesign } from '../../../formats/sweepDesignFields.ts';
import type { ResultRun, Round } from '../experiment.ts';
import {
  type CellRecipe,
  cellDesign,
  cellOfRun,
  epochsOf,
  monolingualCell,
  optimum,
  shares,
  targetTokensBelow,
  twoStageCell,
} from '../grid.ts';
import { parametersOf, tokensFor } from '../models.ts';
import { bestCell, hasTag, ofRound } from '../results.ts';
import type { Model, Setting } from '../settings.ts';

export const EXPERIMENT = 'scale-stability';
export const SCALES = 'scales';
const SEEDS = 'scales again';

/** C, in FLOPs: the second highest, at which the setting has sizes on both sides of the best one; the highest costs several times as much. */
export function scaleCompute({ computes }: Setting): number {
  const compute = computes.at(-2) ?? computes.at(-1);
  if (compute === undefined) throw new RangeError('a setting without budgets');
  return compute;
}

/** D*, its 16th and its 64th part, as far as the grid goes down; in tokens. */
const PARTS = [1, 16, 64] as const;

/** D_T that sizes are compared at, in tokens, from the most. */
export function scaleTargets(results: readonly ResultRun[], setting: Setting): number[] {
  const all = targetTokensBelow(optimum(results, setting, scaleCompute(setting)).D);
  const most = all[0] ?? 0;
  const found = PARTS.flatMap((part) => all.filter((tokens) => tokens >= most / part).slice(-1));
  return [...new Set(found)];
}

/** About as often do the best recipes read a scarce text. */
const USUAL_EPOCHS = 16;
/** Of these numbers of passes, nearest to the usual one. */
const MONOLINGUAL_CELLS = 2;
const FIRST_MULTIPLE = 4;
const SHARE_MULTIPLES = [4, 8] as const;
const MOST = 0.5;

/**
 * The recipes that a model is judged by at one D_T: as many for each model, so that none has more chances than another; one where text is
 * not scarce. Two languages are mixed in two stages only; a single stage is not tried, since it is for `phase-shift` to say whether it is ever better.
 */
export function scaleCells(
  compute: number,
  model: Model,
  targetTokens: number,
  isScarce: boolean,
): CellRecipe[] {
  if (!isScarce) return [monolingualCell(null)];
  const ceiling = tokensFor(compute, model) / targetTokens;
  const away = (epochs: number | null) => Math.abs(Math.log((epochs ?? ceiling) / USUAL_EPOCHS));
  const monolingual = epochsOf(compute, model, targetTokens)
    .sort((a, b) => away(a) - away(b))
    .slice(0, MONOLINGUAL_CELLS)
    .map(monolingualCell);
  const at = (multiples: readonly number[]) => shares(multiples, compute, model, targetTokens, MOST);
  const twoStage = at([FIRST_MULTIPLE]).flatMap((firstRatio) =>
    at(SHARE_MULTIPLES).map((finalShare) => twoStageCell({ firstRatio, finalShare, finalRatio: 1 })),
  );
  return [...monolingual, ...twoStage];
}

export const scalesRound: Round = {
  name: SCALES,
  why: 'trains every size on much, little and very little target text, each by a few recipes that are good there',
  designs: (results, setting) => {
    const compute = scaleCompute(setting);
    return scaleTargets(results, setting).flatMap((targetTokens, place) =>
      setting.models.flatMap((model) =>
        scaleCells(compute, model, targetTokens, place > 0).map((cell) =>
          cellDesign(
            results,
            setting,
            { experiment: EXPERIMENT, round: SCALES, model, compute, targetTokens },
            cell,
          ),
        ),
      ),
    );
  },
};

export const seedsRound: Round = {
  name: SEEDS,
  why: 'repeats the best recipe of each size with more seeds, since sizes differ by little more than seeds do',
  designs: (results, setting) =>
    scaleTargets(results, setting).flatMap((targetTokens) =>
      setting.models.flatMap((model) => {
        const [first] = bestCell(scaleRuns(results, setting, parametersOf(model), targetTokens))?.runs ?? [];
        const cell = first && cellOfRun(first);
        return cell ? repeated(results, setting, model, targetTokens, cell) : [];
      }),
    ),
};

/** What both rounds would ask for if the longest recipe of each size were its best. */
export function foreseenDesigns(setting: Setting): SweepDesign[] {
  const compute = scaleCompute(setting);
  const again = scaleTargets([], setting).flatMap((targetTokens, place) =>
    setting.models.flatMap((model) => {
      const longest = scaleCells(compute, model, targetTokens, place > 0).find(
        ({ recipe }) => recipe.epochs === undefined,
      );
      return longest ? repeated([], setting, model, targetTokens, longest) : [];
    }),
  );
  return [...scalesRound.designs([], setting), ...again];
}

function repeated(
  results: readonly ResultRun[],
  setting: Setting,
  model: Model,
  targetTokens: number,
  cell: CellRecipe,
): SweepDesign[] {
  const asked = { experiment: EXPERIMENT, round: SEEDS, model, compute: scaleCompute(setting), targetTokens };
  return setting.moreSeeds.map((seed) => cellDesign(results, setting, { ...asked, seed }, cell));
}

/** The runs that a size's recipe is chosen among at one D_T; the later round's are not there, so that it asks for the same whenever it is asked. */
export function scaleRuns(
  results: readonly ResultRun[],
  setting: Setting,
  N: number,
  targetTokens: number,
): ResultRun[] {
  return ofRound(results, EXPERIMENT, SCALES).filter(
    (run) =>
      hasTag(run, 'budget', scaleCompute(setting)) &&
      run.config.optimizer.batch === setting.batch &&
      run.nominal.N === N &&
      run.nominal.D_T === targetTokens,
  );
}
