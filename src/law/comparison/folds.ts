/** Cross-validation that never splits what belongs together. */

import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import { hash64 } from '../../formats/hash.ts';
import { type Cells, columnCells, recipeCells } from '../certainty/cells.ts';
import { frozenValues, matchingRuns } from '../certainty/given.ts';
import type { Fit } from '../fit/outcome.ts';
import { refit } from '../fit/refit.ts';
import { Rest } from '../rest.ts';
import type { Run } from '../run.ts';
import { predictorOf } from './prediction.ts';
import { type Score, scoreOf } from './score.ts';

export type FoldOptions = {
  /** At most; with fewer groups each group is a fold. */
  readonly folds?: number;
  /** A column whose words say what belongs together; recipe cells unless it is said. */
  readonly groupBy?: string;
  readonly seed?: number;
  readonly signal?: AbortSignal;
  /** Told the share that is done, 0 … 1. */
  readonly onProgress?: (share: number) => void;
};

export type CrossValidation = {
  readonly folds: number;
  readonly groups: number;
  /** Of the runs that were predicted while their fold was out; null where there is none. */
  readonly score: Score | null;
  /** ln measured − ln predicted out of fold, by row of the runs that the law covers; NaN where it could not be predicted. */
  readonly residuals: Float64Array;
  /** Runs that could not be predicted, since without their fold no run tells `parameters`, or those that do one thing apart. */
  readonly untold: { readonly rows: number; readonly parameters: readonly string[] };
};

const FOLDS = 10;
const SEED = 0;

/**
 * Grouped cross-validation: every fold is predicted by a fit to the other folds. Refits descend from the coordinates of `fit`, which has
 * seen all folds; that chooses the valley, not the place in it, and what the other folds do not tell at all is not predicted
 * rather than taken from `fit`. Groups keep together and folds are as even as groups allow, the largest being dealt first.
 *
 * Throws a `RangeError` where `runs` are not those of the fit, and the signal's reason when aborted.
 */
export async function crossValidate(
  fit: Fit,
  runs: readonly Run[],
  options: FoldOptions = {},
): Promise<CrossValidation> {
  const { folds: wanted = FOLDS, groupBy, seed = SEED } = options;
  const covered = matchingRuns(fit, runs);
  const groups = groupBy === undefined ? recipeCells(covered) : columnCells(covered, groupBy);
  const foldOf = dealFolds(groups, wanted, seed);
  const folds = Math.min(wanted, groups.count);
  const residuals = new Float64Array(covered.length).fill(Number.NaN);
  const rest = new Rest(options);
  const freeze = frozenValues(fit);
  const untold = new Set<string>();
  for (let fold = 0; fold < folds && folds > 1; fold++) {
    const others = covered.filter((_, row) => foldOf[row] !== fold);
    const refitted = refit(fit.law, others, [fit.theta], { delta: fit.delta, freeze });
    const predict = predictorOf(refitted, others);
    covered.forEach(({ point, loss }, row) => {
      if (foldOf[row] !== fold) return;
      const { logLoss, needs } = predict(point);
      for (const name of needs) untold.add(name);
      if (needs.length === 0) residuals[row] = Math.log(loss) - logLoss;
    });
    await rest.after((fold + 1) / folds);
  }
  const predicted = covered.flatMap(({ loss }, row) => {
    const residual = residuals[row] ?? Number.NaN;
    return Number.isNaN(residual) ? [] : [{ loss, guess: loss / Math.exp(residual) }];
  });
  return {
    folds: folds > 1 ? folds : 0,
    groups: groups.count,
    score: scoreOf(
      predicted.map(({ loss }) => loss),
      predicted.map(({ guess }) => guess),
    ),
    residuals,
    untold: { rows: covered.length - predicted.length, parameters: [...untold] },
  };
}

/** The fold of each row. Groups go in a random order, the larger before the smaller, each to the fold with the fewest rows. */
export function dealFolds(groups: Cells, folds: number, seed: number): Int32Array {
  const sizes = new Int32Array(groups.count);
  for (const group of groups.of) sizes[group] = (sizes[group] ?? 0) + 1;
  const order = shuffled(groups.count, seed).sort((a, b) => (sizes[b] ?? 0) - (sizes[a] ?? 0));
  const filled = new Array<number>(Math.max(1, Math.min(folds, groups.count))).fill(0);
  const foldOfGroup = new Int32Array(groups.count);
  for (const group of order) {
    const fold = filled.indexOf(Math.min(...filled));
    foldOfGroup[group] = fold;
    filled[fold] = (filled[fold] ?? 0) + (sizes[group] ?? 0);
  }
  return groups.of.map((group) => foldOfGroup[group] ?? 0);
}

function shuffled(count: number, seed: number): number[] {
  const generator = xoroshiro128plus(hash64(`folds:${seed}`).low);
  const order = Array.from({ length: count }, (_, index) => index);
  for (let place = count - 1; place > 0; place--) {
    const other = uniformInt(generator, 0, place);
    const moved = order[place] ?? 0;
    order[place] = order[other] ?? 0;
    order[other] = moved;
  }
  return order;
}
