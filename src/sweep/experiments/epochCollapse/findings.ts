/** Whether the best numbers of passes collapse, in words that carry their figures. */

import type { Finding, Verdict } from '../experiment.ts';
import { MONOLINGUAL, TWO_STAGE } from '../results.ts';
import { ascending, type Estimate, estimateWords, type Noise, noiseWords } from '../spread.ts';
import type { MeasuredEpochs, MeasuredKind } from './measured.ts';
import { type CurvePoint, type OneCurve, oneCurve } from './oneCurve.ts';

/** Over scarcity, and for comparison over the target text alone. */
export type Curves = { readonly overScarcity: OneCurve | null; readonly overTarget: OneCurve | null };

/** Where k* is the most or the fewest that was tried it says nothing of a curve. */
export function curvesOf(measured: readonly MeasuredEpochs[], kind: MeasuredKind): Curves {
  const inside = measured.filter((one) => one.kind === kind && one.best.edge === null);
  const over = (at: (one: MeasuredEpochs) => number): CurvePoint[] =>
    inside.map((one) => ({
      compute: one.place.compute,
      at: at(one),
      epochs: one.best.epochs,
      lnError: one.best.lnError,
    }));
  return {
    overScarcity: oneCurve(over(({ x }) => x)),
    overTarget: oneCurve(over(({ place }) => place.targetTokens)),
  };
}

const ABOUT = {
  name: 'one curve of best epochs',
  claim:
    'The best number of passes over the target text depends on scarcity x = D_T/D*(C) alone: all budgets lie on one curve.',
  source: 'arXiv 2410.12325, guideline (ii)',
  wouldChange:
    'Budgets further apart, at which a drift would add up; more seeds at the numbers of passes next to the best; models between those tried, which D* rests on.',
};

export function collapseFinding(measured: readonly MeasuredEpochs[], curves: Curves, noise: Noise): Finding {
  const ofKind = measured.filter(({ kind }) => kind === MONOLINGUAL);
  const cutOff = ofKind.filter(({ isCutOff }) => isCutOff).length;
  const atEnd = ofKind.filter(({ best }) => best.edge !== null).length - cutOff;
  const budgets = ascending(ofKind.map(({ place }) => place.compute));
  const counts = [
    `Monolingual k*, the best number of passes, was measured at ${ofKind.length} pairs of D_T and C, of ${budgets.length} ${budgets.length === 1 ? 'budget' : 'budgets'}`,
    ...(cutOff > 0
      ? [`at ${cutOff} it is the most that C allows, k = 1/x, which says nothing of a curve`]
      : []),
    ...(atEnd > 0 ? [`at ${atEnd} it is the most or the fewest that was tried`] : []),
  ].join('; ');
  const { overScarcity, overTarget } = curves;
  if (!overScarcity) {
    return {
      ...ABOUT,
      verdict: 'undecided',
      measured: `${ofKind.length === 0 ? NOTHING_MEASURED : `${counts}. Too few are left to compare`}: five, of two budgets with two each at scarcities in common, are the least.`,
    };
  }
  const verdict = verdictOn(overScarcity.drift, overTarget !== null && isThere(overTarget.drift));
  return {
    ...ABOUT,
    verdict,
    measured: [
      `${counts}.`,
      `About one curve over x, ln k* of ${overScarcity.points} pairs scatters by ${overScarcity.spread.toFixed(2)}, where its errors would make it ${overScarcity.expected.toFixed(2)} (${noiseWords(noise)}).`,
      `From the lowest budget to the highest, ln k* at equal x changes by ${estimateWords(overScarcity.drift, 2)} (95 %).`,
      targetWords(overTarget, verdict),
      modelWords(ofKind),
      twoStageWords(measured),
    ]
      .filter((sentence) => sentence !== '')
      .join(' '),
  };
}

const NOTHING_MEASURED =
  'Monolingual k*, the best number of passes, was measured nowhere, and pairs of D_T and C are needed at which it was';

/** Budgets that differ by less in k* would still be called one curve. */
const SMALL = Math.log(1.25);
/** Where budgets may differ by as much, nothing was shown. */
const LARGE = Math.log(2);

function verdictOn(drift: Estimate, isToldFromTarget: boolean): Verdict {
  if (isThere(drift) && Math.abs(drift.value) > SMALL) return 'not reproduced';
  const most = Math.abs(drift.value) + drift.half;
  return most < LARGE && isToldFromTarget ? 'reproduced' : 'undecided';
}

function isThere({ value, half }: Estimate): boolean {
  return Math.abs(value) > half;
}

function targetWords(overTarget: OneCurve | null, verdict: Verdict): string {
  if (!overTarget)
    return 'The budgets have no amounts of text in common, so that nothing tells scarcity from the amount of text.';
  const words = `Over D_T itself it changes by ${estimateWords(overTarget.drift, 2)}`;
  if (!isThere(overTarget.drift))
    return `${words}: scarcity and the amount of text alone cannot be told apart here.`;
  return verdict === 'reproduced'
    ? `${words}, so that it is scarcity and not the amount of text that lines the budgets up.`
    : `${words}.`;
}

function modelWords(measured: readonly MeasuredEpochs[]): string {
  const compared = Math.min(...measured.map(({ place }) => place.optimum.compared));
  return compared < 2
    ? 'D*(C) rests on a model that was not compared with others.'
    : `D*(C) is that of the best of ${compared} models or more at each budget.`;
}

function twoStageWords(measured: readonly MeasuredEpochs[]): string {
  const { overScarcity } = curvesOf(measured, TWO_STAGE);
  const count = measured.filter(({ kind }) => kind === TWO_STAGE).length;
  if (count === 0) return 'No two-stage runs are there to compare.';
  return overScarcity
    ? `Best two-stage recipes: at equal x, ln k changes by ${estimateWords(overScarcity.drift, 2)} over the budgets.`
    : `Of best two-stage recipes there are ${count}, too few inside the grid for a curve.`;
}
