/** Residuals against one quantity: a law that is right leaves no shape in them. */

import * as Plot from '@observablehq/plot';
import { RECIPE_KINDS } from '../law/point.ts';
import { evenAxis, logAxis } from './axes.ts';
import { type Abscissa, dotsNote, type FittedRun, kindLegend, thinned } from './fittedRun.ts';
import { type Canvas, drawFigure, drawNothing, type Figure } from './frame.ts';
import { kindLook, PAPER } from './theme.ts';
import { evenDomain, logDomain, shortNumber } from './ticks.ts';

export type Residuals = {
  readonly law: string;
  readonly against: Abscissa;
  readonly runs: readonly FittedRun[];
};

const LABELS: Readonly<Record<Abscissa, string>> = {
  C: 'compute C, FLOPs',
  N: 'model scale N, parameters',
  D_T: 'unique target tokens D_T',
  k: 'epochs k',
  r: 'target ratio r',
  r_1: 'target ratio of the first stage r_1',
};

/** Zero is a value of r_1, and the ratios are shares: they stand on even axes. */
const EVEN: readonly Abscissa[] = ['r', 'r_1'];

/** Runs in the middle half of each of so many slices along the axis give its trend. */
const TREND_BINS = 8;
const FEWEST_IN_BIN = 3;

export function drawResiduals(canvas: Canvas, { law, against, runs }: Residuals): Figure {
  const title = `${law}: residuals against ${against}`;
  const known = runs.flatMap((run) => {
    const x = run.at[against];
    const residual = Math.log(run.measured / run.predicted);
    return x === null || !Number.isFinite(residual) ? [] : [{ ...run, x, residual }];
  });
  if (known.length === 0)
    return drawNothing(canvas, title, `There are no runs of which ${against} is known.`);
  const shown = thinned(known);
  const isEven = EVEN.includes(against);
  const along = shown.map(({ x }) => x);
  const x = isEven
    ? evenAxis(LABELS[against], evenDomain(along))
    : logAxis(LABELS[against], logDomain(along));
  // As far up as down, so that a bias is seen as one.
  const most = Math.max(1e-6, ...shown.map(({ residual }) => Math.abs(residual)));
  return drawFigure(canvas, {
    title,
    subtitle: `Line: median of neighbouring runs. Above 0 the run was worse than ${law} says.${dotsNote(known.length, shown.length)}`,
    description:
      `Scatter plot of ${known.length} runs with ${LABELS[against]} from left to right and the residual, the logarithm of measured over ` +
      `predicted loss, from bottom to top; the largest is ${shortNumber(most, 3)} away from 0.`,
    legend: kindLegend(shown),
    height: 320,
    x,
    y: evenAxis('ln measured − ln predicted', evenDomain([-most, most])),
    marks: [
      Plot.frame({ strokeOpacity: 0.25 }),
      Plot.ruleY([0], { strokeOpacity: 0.6 }),
      ...RECIPE_KINDS.flatMap((kind) => {
        const { colour, symbol } = kindLook(kind);
        const place = { x: 'x', y: 'residual', symbol, r: 3.5 } as const;
        const ofKind = shown.filter((run) => run.kind === kind);
        return [
          Plot.dot(
            ofKind.filter(({ isLeftOut }) => !isLeftOut),
            { ...place, fill: colour, fillOpacity: 0.8, stroke: PAPER, strokeWidth: 0.6 },
          ),
          Plot.dot(
            ofKind.filter(({ isLeftOut }) => isLeftOut),
            { ...place, fill: 'none', stroke: colour },
          ),
        ];
      }),
      Plot.line(trend(known, isEven), { x: 'x', y: 'residual', strokeWidth: 2, strokeOpacity: 0.75 }),
    ],
  });
}

type At = { readonly x: number; readonly residual: number };

/** Medians over slices of equally many runs. */
function trend(points: readonly At[], isEven: boolean): At[] {
  const sorted = [...points].sort((a, b) => a.x - b.x);
  const size = Math.max(FEWEST_IN_BIN, Math.ceil(sorted.length / TREND_BINS));
  const bins: At[][] = [];
  for (const point of sorted) {
    const last = bins.at(-1);
    // Equal places stay together: a design's grid has few values.
    if (last === undefined || (last.length >= size && last.at(-1)?.x !== point.x)) bins.push([point]);
    else last.push(point);
  }
  const place = (x: number): number => (isEven ? x : Math.log(x));
  return bins
    .filter((bin) => bin.length >= FEWEST_IN_BIN)
    .map((bin) => {
      const middle = median(bin.map(({ x }) => place(x)));
      return { x: isEven ? middle : Math.exp(middle), residual: median(bin.map(({ residual }) => residual)) };
    });
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const half = sorted.length >> 1;
  const upper = sorted[half] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[half - 1] ?? upper) + upper) / 2;
}
