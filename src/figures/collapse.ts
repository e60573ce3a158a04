/** Best epochs against scarcity by budget: where a law says that scarcity alone decides, all budgets lie on one curve. */

import * as Plot from '@observablehq/plot';
import { logAxis } from './axes.ts';
import { type Canvas, drawFigure, drawNothing, type Figure } from './frame.ts';
import { lookAt, PAPER } from './theme.ts';
import { type Domain, logDomain, shortNumber } from './ticks.ts';

export type CollapseFigure = {
  readonly law: string;
  readonly points: readonly {
    /** FLOPs. */
    readonly compute: number;
    /** Scarcity x = D_T/D*(C). */
    readonly x: number;
    /** Best epochs k*. */
    readonly epochs: number;
    /** 95 %; absent or null where none was asked. */
    readonly interval?: Domain | null | undefined;
  }[];
  /** The largest over x of the spread of ln k* between budgets; null where there is one budget. */
  readonly spread: number | null;
  /** The most passes that a run has made; what lies above is extrapolation. */
  readonly mostEpochs?: number | null | undefined;
};

/** More curves than there are colours are not told apart; the least, the greatest and some between are drawn. */
const MOST_BUDGETS = 7;
/** What a search for the best recipe leaves open. */
const ROUNDING = 1e-6;

export function drawCollapse(canvas: Canvas, { law, points, spread, mostEpochs }: CollapseFigure): Figure {
  const title = `${law}: best epochs against scarcity`;
  const sound = points.filter(({ x, epochs }) => x > 0 && epochs > 0);
  if (sound.length === 0) return drawNothing(canvas, title, 'There are no best epochs to show.');
  const budgets = chosen([...new Set(sound.map(({ compute }) => compute))].sort((a, b) => a - b));
  const shown = sound.filter(({ compute }) => budgets.includes(compute));
  const xs = logDomain(shown.map(({ x }) => x));
  const heights = shown.flatMap(({ epochs, interval }) => [epochs, ...(interval ?? [])]);
  const ys = logDomain(heights);
  const seen = [mostEpochs ?? 0].filter((most) => most > ys[0] && most < ys[1]);
  const bands = shown.some(({ interval }) => interval);
  return drawFigure(canvas, {
    title,
    subtitle: [
      spreadWords(spread),
      bands ? 'Shaded: 95 % intervals.' : '',
      'Dashed: k = 1/x, so many passes that k·D_T = D*(C).',
      seen.length > 0
        ? `Dotted: the most passes of any run, ${shortNumber(seen[0] ?? 0, 3)}; what lies above is extrapolated.`
        : '',
    ]
      .filter((sentence) => sentence !== '')
      .join(' '),
    description:
      `Best epochs k* over scarcity x, the target tokens there are over those that are compute-optimal, for ${budgets.length} budgets from ` +
      `${shortNumber(budgets[0] ?? 0, 2)} to ${shortNumber(budgets.at(-1) ?? 0, 2)} FLOPs, on logarithmic axes.`,
    legend: budgets.map((compute, index) => ({
      label: `C = ${shortNumber(compute, 2)}`,
      look: lookAt(index),
    })),
    height: 360,
    x: logAxis('scarcity x = D_T/D*(C)', xs),
    y: logAxis('best epochs k*', ys),
    marks: [
      Plot.frame({ strokeOpacity: 0.25 }),
      Plot.line(inverse(xs, ys), { x: 'x', y: 'epochs', strokeDasharray: '5 4', strokeOpacity: 0.6 }),
      Plot.ruleY(seen, { strokeDasharray: '1.5 3.5', strokeLinecap: 'round', strokeWidth: 1.5 }),
      ...budgets.flatMap((compute, index) => {
        const { colour, symbol } = lookAt(index);
        const ofBudget = shown.filter((point) => point.compute === compute).sort((a, b) => a.x - b.x);
        const sure = ofBudget.flatMap(({ x, interval }) =>
          interval && interval[0] > 0 && Number.isFinite(interval[1])
            ? [{ x, low: interval[0], high: interval[1] }]
            : [],
        );
        return [
          Plot.areaY(sure, { x: 'x', y1: 'low', y2: 'high', fill: colour, fillOpacity: 0.16 }),
          Plot.line(ofBudget, { x: 'x', y: 'epochs', stroke: colour, strokeOpacity: 0.7, strokeWidth: 1.5 }),
          Plot.dot(inTurn(ofBudget, index, budgets.length), {
            x: 'x',
            y: 'epochs',
            symbol,
            r: 4.5,
            fill: colour,
            stroke: PAPER,
            strokeWidth: 0.8,
          }),
        ];
      }),
    ],
  });
}

/** Where all budgets lie on one curve their marks would cover each other: each budget has its at places of its own, if there are enough. */
function inTurn<T>(points: readonly T[], budget: number, budgets: number): readonly T[] {
  return points.length < 2 * budgets ? points : points.filter((_, index) => index % budgets === budget);
}

function spreadWords(spread: number | null): string {
  if (spread === null) return '';
  return spread < ROUNDING
    ? 'All budgets lie on one curve.'
    : `Budgets differ by up to ${shortNumber(spread, 2)} in ln k*.`;
}

/** The part of k = 1/x inside the frame. */
function inverse([xLow, xHigh]: Domain, [yLow, yHigh]: Domain): { x: number; epochs: number }[] {
  const from = Math.max(xLow, 1 / yHigh);
  const to = Math.min(xHigh, 1 / yLow);
  return from < to ? [from, to].map((x) => ({ x, epochs: 1 / x })) : [];
}

function chosen(budgets: readonly number[]): number[] {
  if (budgets.length <= MOST_BUDGETS) return [...budgets];
  return Array.from({ length: MOST_BUDGETS }, (_, index) => {
    return budgets[Math.round((index * (budgets.length - 1)) / (MOST_BUDGETS - 1))] ?? 0;
  });
}
