/** Does the threshold move with C, and as a power of it? */

import { meanOf } from '../../../law/mean.ts';
import { quantile } from '../../../law/quantile.ts';
import type { Finding } from '../experiment.ts';
import { computeWords } from '../grid.ts';
import { decimals, tokenWords } from '../spread.ts';
import type { BudgetAnalysis } from './analysis.ts';
import { PAPER, thresholdWords } from './words.ts';

/** With a smaller power of C a threshold is as good as still: it takes sixteen times the compute to double. */
const STILL_EXPONENT = 0.25;
/** What one lower C alone foretells is taken to grow with. */
const GUESSED_EXPONENT = 0.5;

export type Movement = {
  readonly exponent: number;
  readonly low: number;
  readonly high: number;
  /** At the highest C, in tokens: foretold from the lower ones. */
  readonly foretold: number;
  /** Whether they told the exponent too, or it was guessed. */
  readonly isGuessed: boolean;
};

/** The exponent of D_T^c in C; null with fewer than two thresholds. */
export function movementOf(analyses: readonly BudgetAnalysis[]): Movement | null {
  const found = analyses.flatMap(({ view, threshold }) =>
    threshold?.crossing.kind === 'at'
      ? [{ x: Math.log(view.compute), y: Math.log(threshold.crossing.targetTokens), draws: threshold.draws }]
      : [],
  );
  const last = found.at(-1);
  if (!last || found.length < 2) return null;
  const exponent = slopeOf(found);
  const slopes = last.draws.map((_, draw) => {
    const slope = slopeOf(found.map(({ x, draws }) => ({ x, y: Math.log(draws[draw] ?? Number.NaN) })));
    // A resample with no threshold in it speaks against neither end.
    return Number.isFinite(slope)
      ? slope
      : draw % 2 === 0
        ? Number.NEGATIVE_INFINITY
        : Number.POSITIVE_INFINITY;
  });
  const sorted = slopes.sort((a, b) => a - b);
  const lower = found.slice(0, -1);
  const slope = lower.length > 1 ? slopeOf(lower) : GUESSED_EXPONENT;
  return {
    exponent,
    low: quantile(sorted, 0.025),
    high: quantile(sorted, 0.975),
    foretold: Math.exp(meanOf(lower.map(({ y }) => y)) + slope * (last.x - meanOf(lower.map(({ x }) => x)))),
    isGuessed: lower.length < 2,
  };
}

function slopeOf(points: readonly { readonly x: number; readonly y: number }[]): number {
  const [x, y] = [meanOf(points.map((point) => point.x)), meanOf(points.map((point) => point.y))];
  const covariance = points.reduce((sum, point) => sum + (point.x - x) * (point.y - y), 0);
  return covariance / points.reduce((sum, point) => sum + (point.x - x) ** 2, 0);
}

export function movementFinding(analyses: readonly BudgetAnalysis[]): Finding {
  const movement = movementOf(analyses);
  const finding = {
    name: 'threshold moves with compute',
    claim: `The threshold D_T^c grows with C, to a power of at least ${STILL_EXPONENT}.`,
    source: PAPER,
    wouldChange: 'A threshold at one more C, or a narrower interval of one of these.',
  };
  if (!movement) {
    const without = analyses
      .filter(({ threshold }) => threshold?.crossing.kind !== 'at')
      .map(({ view }) => computeWords(view.compute));
    const measured = `Thresholds at two C are needed; there is none at C = ${without.join(' and ')} FLOP.`;
    return { ...finding, verdict: 'undecided', measured };
  }
  const { exponent, low, high, foretold, isGuessed } = movement;
  const verdict =
    low >= STILL_EXPONENT ? 'reproduced' : high < STILL_EXPONENT ? 'not reproduced' : 'undecided';
  const highest = analyses.filter(({ threshold }) => threshold?.crossing.kind === 'at').at(-1);
  const held = highest?.threshold
    ? ` At C = ${computeWords(highest.view.compute)} FLOP the lower budgets foretell ${tokenWords(foretold)} tokens${isGuessed ? ` (one threshold and a guessed power of ${GUESSED_EXPONENT})` : ''}; measured: ${thresholdWords(highest.threshold)}, so the foretold value lies ${foretold >= highest.threshold.low && foretold <= highest.threshold.high ? 'inside' : 'outside'} the interval.`
    : '';
  const power = (value: number) => (Number.isFinite(value) ? decimals(value, 2) : '∞');
  return {
    ...finding,
    verdict,
    measured: `D_T^c grows as C to the power ${power(exponent)} (95 %: ${low === Number.NEGATIVE_INFINITY ? '−∞' : power(low)} to ${power(high)}); below ${STILL_EXPONENT} it would be as good as still.${held} No law’s exponent is tested by this: that of a law fitted to these very runs, as the experiment extrapolation fits them, would have to lie within the interval.`,
  };
}
