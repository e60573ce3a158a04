/** What the runs of `scale-stability` say: at each D_T the loss of every size, and which sizes are as good as the best. */

import { expectedBest } from '../../../law/certainty/expectedBest.ts';
import type { ResultRun } from '../experiment.ts';
import { parametersOf } from '../models.ts';
import { bestCell, type Cell, cellKey, cells } from '../results.ts';
import { FIRST_SEED, type Setting } from '../settings.ts';
import { errorOf, type Noise, noiseOf, studentsFactor } from '../spread.ts';
import { scaleRuns, scaleTargets } from './design.ts';

/** Nearer to the best than so many standard errors of the difference is a tie. */
const TIE_ERRORS = 1.5;
/**
 * Further than so many 95 % half intervals is a loss for certain: the best of several is also the luckiest of them, and Tukey's range of three to
 * five means is 1.25 to 1.4 times the interval of two.
 */
const CERTAIN_HALVES = 1.4;

/** One size at one D_T. */
export type ScaleLoss = {
  readonly N: number;
  /** Its best recipe, chosen by the even windows of the first seed's runs, with the other seeds' runs: the first was lucky with what it chose. */
  readonly cell: Cell;
  /** Reported loss above the best size's, bits per byte. */
  readonly margin: number;
  /** Standard error of the margin; 0 of the best size. */
  readonly error: number;
  /** How it stands: nobody knows of those that are neither as good nor certainly worse. */
  readonly standing: 'best' | 'tied' | 'unclear' | 'worse';
};

/** One D_T. */
export type ScalePlace = {
  readonly targetTokens: number;
  /** From the smallest. */
  readonly scales: readonly ScaleLoss[];
  readonly best: ScaleLoss;
  readonly noise: Noise;
  /** 95 % half interval of a margin, in its standard errors. */
  readonly halfErrors: number;
};

/** With fewer repetitions at one D_T its noise is that of all. */
const FEWEST_DEGREES = 4;

/** D_T at which two sizes or more have finished, from the most. */
export function scalePlaces(results: readonly ResultRun[], setting: Setting): ScalePlace[] {
  const places = scaleTargets(results, setting).map((targetTokens) => ({
    targetTokens,
    chosen: setting.models.flatMap((model) => {
      const N = parametersOf(model);
      const tried = scaleRuns(results, setting, N, targetTokens);
      const cell = bestCell(tried);
      if (!cell) return [];
      const repeated = repeatedCell(results, cell);
      const one = repeated ? { N, cell: repeated, tried: 1 } : { N, cell, tried: cells(tried).length };
      return Number.isFinite(one.cell.reported) ? [one] : [];
    }),
  }));
  // Of runs that chose nothing: a first seed that was chosen for its luck would pass for noise beside the others.
  const overall = noiseOf(places.flatMap(({ chosen }) => chosen.flatMap(({ cell }) => cell.runs)));
  return places.flatMap(({ targetTokens, chosen }) => {
    const own = noiseOf(chosen.flatMap(({ cell }) => cell.runs));
    const place = placeOf(targetTokens, chosen, own.degrees < FEWEST_DEGREES ? overall : own);
    return place ? [place] : [];
  });
}

/** The runs of other seeds, whoever asked for them; null without any. */
function repeatedCell(results: readonly ResultRun[], chosen: Cell): Cell | null {
  const others = results.filter((run) => cellKey(run) === chosen.key && run.config.seed !== FIRST_SEED);
  return cells(others)[0] ?? null;
}

/** A size's recipe; `tried` are those that the reported seeds' own luck could choose among. */
type Chosen = { readonly N: number; readonly cell: Cell; readonly tried: number };

function placeOf(targetTokens: number, chosen: readonly Chosen[], noise: Noise): ScalePlace | null {
  const sorted = [...chosen].sort((a, b) => a.N - b.N);
  const [first, ...others] = sorted;
  if (!first || others.length === 0) return null;
  const top = others.reduce((best, one) => (one.cell.chosen < best.cell.chosen ? one : best), first);
  const halfErrors = studentsFactor(noise.degrees);
  const scales = sorted.map(({ N, cell, tried }): ScaleLoss => {
    if (N === top.N) return { N, cell, margin: 0, error: 0, standing: 'best' };
    const margin = cell.reported - top.cell.reported;
    const error = errorOf(noise, [cell.runs.length, top.cell.runs.length]);
    // Where no other seed has run, the one that chose is reported, with as much luck as choosing may be worth.
    const luck = (count: number) => noise.deviation * expectedBest(count);
    const isTied = margin + luck(tried) < TIE_ERRORS * error;
    const isWorse = margin - luck(top.tried) > CERTAIN_HALVES * halfErrors * error;
    return { N, cell, margin, error, standing: isTied ? 'tied' : isWorse ? 'worse' : 'unclear' };
  });
  const best = scales.find(({ standing }) => standing === 'best');
  return best ? { targetTokens, scales, best, noise, halfErrors } : null;
}

/** Sizes that stand like this at every one of the places. */
export function everywhere(
  places: readonly ScalePlace[],
  standings: readonly ScaleLoss['standing'][],
): number[] {
  const sets = places.map(
    ({ scales }) => new Set(scales.filter(({ standing }) => standings.includes(standing)).map(({ N }) => N)),
  );
  const [first, ...others] = sets;
  return [...(first ?? [])].filter((N) => others.every((set) => set.has(N)));
}
