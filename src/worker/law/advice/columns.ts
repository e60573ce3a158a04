/** Maps and lines in columns, as they cross to the page. */

import { lowest } from '../../../law/advice/best.ts';
import type { Collapse } from '../../../law/advice/epochs.ts';
import type { Level } from '../../../law/advice/mapInLevels.ts';
import type { Recipe } from '../../../law/advice/space.ts';
import type { UncertainThreshold } from '../../../law/advice/threshold/thresholdLine.ts';
import type { Interval } from '../../../law/certainty/intervals.ts';
import { RECIPE_KINDS } from '../../../law/point.ts';
import type { BestEpochs, LinePoint, MapColumns } from '../../api/advice.ts';

const KINDS = RECIPE_KINDS.length;
/** N, k, r, r_f and D. */
const FIELDS = 5;

export function mapColumns(
  { cells, stage }: Level,
  computes: readonly number[],
  corpora: readonly number[],
  optimalTokens: Float64Array,
): MapColumns {
  const kind = new Int8Array(cells.length).fill(-1);
  const exact = new Uint8Array(cells.length);
  const certainty = new Float32Array(cells.length).fill(Number.NaN);
  const loss = new Float64Array(cells.length * KINDS).fill(Number.NaN);
  const recipe = new Float64Array(cells.length * FIELDS).fill(Number.NaN);
  for (const [index, { recipes, isExact, certainty: sure }] of cells.entries()) {
    const best = lowest(recipes);
    if (best === undefined) continue;
    kind[index] = RECIPE_KINDS.indexOf(best.kind);
    certainty[index] = sure ?? Number.NaN;
    if (!isExact) continue;
    exact[index] = 1;
    loss.set(lossesOf(recipes), index * KINDS);
    const { N, k, r, r_f, D } = best;
    recipe.set([N, k, r, r_f, D], index * FIELDS);
  }
  return { computes, corpora, stage, kind, exact, certainty, loss, recipe, optimalTokens };
}

/** By kind; NaN where there is none. */
export function lossesOf(recipes: readonly Recipe[]): number[] {
  return RECIPE_KINDS.map((kind) => recipes.find((one) => one.kind === kind)?.loss ?? Number.NaN);
}

export function linePoint({ threshold, interval }: UncertainThreshold): LinePoint {
  const { compute, state } = threshold;
  const isCrossed = threshold.state === 'crossed';
  return {
    compute,
    state,
    targetTokens: isCrossed ? threshold.D_T : null,
    interval: ends(interval),
    jumps: isCrossed ? threshold.jumps : null,
  };
}

export function bestEpochs({ points, spread, left }: Collapse): BestEpochs {
  return {
    points: points.map(({ compute, x, best, monolingual, interval }) => ({
      compute,
      x,
      k: best.k,
      kind: best.kind,
      interval: ends(interval),
      monolingual: monolingual?.k ?? null,
    })),
    spread: spread && { lnEpochs: spread.lnEpochs, worstX: spread.worstX },
    left,
  };
}

function ends(interval: Interval | null): readonly [number, number] | null {
  return interval && [interval.low, interval.high];
}
