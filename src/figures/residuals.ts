/** Residuals against one quantity: a law that is right leaves no shape in them. */

import * as Plot from '@observablehq/plot';
import { firstStageShare } from '../law/runs.ts';
import { type Axis, evenAxis, logAxis } from './axes.ts';
import {
  type Abscissa,
  dotsNote,
  type FittedRun,
  kindLooks,
  type RunLook,
  runDots,
  runLegend,
  thinned,
} from './fittedRun.ts';
import { type Canvas, drawFigure, drawNothing, type Figure } from './frame.ts';
import { lookAt } from './theme.ts';
import { evenDomain, logDomain, logTicks, shortNumber } from './ticks.ts';

export type Residuals = {
  readonly law: string;
  readonly against: Abscissa;
  readonly runs: readonly FittedRun[];
  /** So many dots are drawn at most; a page that must answer at once draws fewer than a file. */
  readonly mostDots?: number | undefined;
};

const LABELS: Readonly<Record<Abscissa, string>> = {
  C: 'compute C, FLOPs',
  N: 'model scale N, parameters',
  D_T: 'unique target tokens D_T',
  k: 'epochs k',
  r: 'target ratio r',
  r_1: 'target ratio of the first stage r_1',
};

/** The ratio of a whole run is a share and never far from 1. */
const EVEN: readonly Abscissa[] = ['r'];

/** Residuals beyond so many times what 95 % of them stay below would press the others flat; they are drawn at the edge. */
const FAR = 2;
const MOST = 0.95;

/** Class of the marks at the edge. */
export const FAR_CLASS = 'm3lab-figure-far';

/** With no more values than this along the axis, kinds at one value stand so many pixels beside each other. */
const FEW_VALUES = 12;
const APART_PX = 6;

/** More rules are not told apart. */
const MOST_RULES = 6;

/** Runs in the middle half of each of so many slices along the axis give its trend. */
const TREND_BINS = 8;
const FEWEST_IN_BIN = 3;

export function drawResiduals(canvas: Canvas, { law, against, runs, mostDots }: Residuals): Figure {
  const title = `${law}: residuals against ${against}`;
  const known = runs.flatMap((run) => {
    const x = run.at[against];
    const residual = Math.log(run.measured / run.predicted);
    return x === null || !Number.isFinite(residual) ? [] : [{ ...run, x, residual }];
  });
  if (known.length === 0)
    return drawNothing(canvas, title, `There are no runs of which ${against} is known.`);
  const shown = thinned(known, mostDots);
  const isEven = EVEN.includes(against);
  const values = new Set(known.map(({ x }) => x));
  const axis = axisOf(against, [...values]);
  // As far up as down, so that a bias is seen as one.
  const most = reach(known.map(({ residual }) => Math.abs(residual)));
  const placed = shown.map((run) => ({
    ...run,
    at_x: axis.place(run.x),
    at_y: Math.max(-most, Math.min(most, run.residual)),
    isFar: Math.abs(run.residual) > most,
  }));
  const far = known.filter(({ residual }) => Math.abs(residual) > most).length;
  const looks: readonly RunLook<FittedRun>[] = against === 'r_1' ? ruleLooks(known) : kindLooks(canvas);
  const farNote = far === 0 ? '' : ` ▲▼: ${far === 1 ? 'a run lies' : `${far} runs lie`} beyond the axis.`;
  return drawFigure(canvas, {
    title,
    subtitle: `Line: median of neighbouring runs. Above 0 the run was worse than ${law} says.${farNote}${dotsNote(known.length, shown.length)}`,
    description:
      `Scatter plot of ${known.length} runs with ${LABELS[against]} from left to right and the residual, the logarithm of measured over ` +
      `predicted loss, from bottom to top; the largest is ${shortNumber(Math.max(...shown.map(({ residual }) => Math.abs(residual))), 3)} away from 0.`,
    legend: runLegend(shown, looks),
    height: 320,
    x: axis,
    y: evenAxis('ln measured − ln predicted', evenDomain([-most, most])),
    marks: [
      Plot.frame({ strokeOpacity: 0.25 }),
      Plot.ruleY([0], { strokeOpacity: 0.6 }),
      ...runDots(
        placed.filter(({ isFar }) => !isFar),
        { x: 'at_x', y: 'at_y', looks, apart: values.size <= FEW_VALUES ? APART_PX : 0 },
      ),
      ...looks.map(({ has, look }) =>
        Plot.text(
          placed.filter((run) => run.isFar && has(run)),
          {
            x: 'at_x',
            y: 'at_y',
            text: ({ residual }) => (residual > 0 ? '▲' : '▼'),
            fill: look.colour,
            className: FAR_CLASS,
          },
        ),
      ),
      Plot.line(
        trend(known, isEven).map(({ x, residual }) => ({
          x: axis.place(x),
          residual: Math.max(-most, Math.min(most, residual)),
        })),
        { x: 'x', y: 'residual', strokeWidth: 2, strokeOpacity: 0.75 },
      ),
    ],
  });
}

/** How far the axis reaches: over all residuals, unless a few are far from all others. */
function reach(sizes: readonly number[]): number {
  const sorted = [...sizes].sort((a, b) => a - b);
  const largest = sorted.at(-1) ?? 0;
  const usual = sorted[Math.floor(MOST * (sorted.length - 1))] ?? largest;
  return Math.max(1e-6, largest > FAR * usual && usual > 0 ? FAR * usual : largest);
}

/** Zero has no place on a logarithmic axis, and is a value of r_1: it gets one to the left of all others. */
function axisOf(
  against: Abscissa,
  values: readonly number[],
): Axis & { readonly place: (x: number) => number } {
  const label = LABELS[against];
  if (EVEN.includes(against)) return { ...evenAxis(label, evenDomain(values)), place: (x) => x };
  const [low, high] = logDomain(values);
  const rest = { place: (x: number) => x, ...logAxis(label, [low, high]) };
  if (values.every((x) => x > 0)) return rest;
  const step = Math.max(2, (high / low) ** 0.15);
  const zero = low / step;
  return {
    ...logAxis(label, [zero / Math.sqrt(step), high]),
    ticks: [zero, ...logTicks([low, high])],
    tickWords: (tick) => (tick === zero ? '0' : shortNumber(tick)),
    place: (x) => (x > 0 ? x : zero),
  };
}

/** A look for each rule r_1 = c·r, the most frequent first; runs of other rules share one. */
function ruleLooks(runs: readonly FittedRun[]): RunLook<FittedRun>[] {
  const counts = new Map<number, number>();
  for (const run of runs) counts.set(ruleOf(run), (counts.get(ruleOf(run)) ?? 0) + 1);
  const rules = [...counts].sort((a, b) => b[1] - a[1] || a[0] - b[0]).map(([c]) => c);
  const named = rules.slice(0, MOST_RULES).sort((a, b) => a - b);
  const looks = named.map((c, index): RunLook<FittedRun> => {
    const label = c === 0 ? 'r_1 = 0' : c === 1 ? 'r_1 = r' : `r_1 = ${shortNumber(c)}·r`;
    return { label, look: lookAt(index), has: (run) => ruleOf(run) === c };
  });
  const isOther = (run: FittedRun): boolean => !named.includes(ruleOf(run));
  return rules.length > MOST_RULES
    ? [...looks, { label: 'other rules', look: lookAt(MOST_RULES), has: isOther }]
    : looks;
}

function ruleOf({ at: { r, r_1 } }: FittedRun): number {
  return r === null || r_1 === null ? Number.NaN : firstStageShare(r_1, r);
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
