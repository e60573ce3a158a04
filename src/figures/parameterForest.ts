/** The parameters with their intervals, each against its own estimate, so that all of them share one axis. */

import * as Plot from '@observablehq/plot';
import { printedName } from '../law/report/symbols.ts';
import { logAxis, namesAxis, namesMargin } from './axes.ts';
import { type Canvas, drawFigure, drawNothing, EDGE_PX, type Figure, WIDTH } from './frame.ts';
import { lookAt, PAPER } from './theme.ts';
import { alike, type Domain } from './ticks.ts';

export type ParameterForest = {
  readonly law: string;
  readonly parameters: readonly {
    readonly name: string;
    readonly value: number;
    /** 95 %; null where there is none. */
    readonly interval: Domain | null;
    /** Why there is no interval, or what else to know of it: `frozen`, `unknown`, `at a bound`; '' for nothing. */
    readonly note: string;
  }[];
};

/** The axis reaches so many times the estimate at least and at most, and as far the other way. */
const LEAST_REACH = 1.005;
const MOST_REACH = 10;
/** So much further than the widest interval, in logarithms. */
const BEYOND = 1.12;
const ROW_PX = 26;
/** Of a row, what lies between it and the next. */
const BETWEEN = 0.3;
/** Of a row whose words stand below its interval, for want of room beside it. */
const TALL_ROW_PX = 42;
const MOST_LETTERS = 20;
const LETTER_PX = 6.6;
/** The interval gets this much of the width at least. */
const LEAST_PLOT_PX = 180;
const GAP_PX = 10;
const CAP_PX = 5;

type Row = ParameterForest['parameters'][number] & {
  readonly words: string;
  /** Over the estimate, cut at the ends of the axis; null where nothing can be drawn. */
  readonly low: number | null;
  readonly high: number | null;
  readonly cutLow: boolean;
  readonly cutHigh: boolean;
};

export function drawParameters(canvas: Canvas, { law, parameters }: ParameterForest): Figure {
  const title = `${law}: parameters and their 95 % intervals`;
  if (parameters.length === 0) return drawNothing(canvas, title, 'There are no parameters to show.');
  const wanted = parameters.flatMap(({ value, interval }) =>
    interval === null || !(value > 0)
      ? []
      : interval.map((end) => (end > 0 ? Math.max(end / value, value / end) : MOST_REACH)),
  );
  const reach = Math.min(MOST_REACH, Math.max(LEAST_REACH, ...wanted.filter(Number.isFinite)) ** BEYOND);
  const rows = parameters.map((parameter) => row(parameter, reach));
  const drawn = rows.filter((each) => each.low !== null && each.high !== null);
  const estimated = rows.filter(({ value }) => value > 0 && Number.isFinite(value));
  const { colour } = lookAt(1);
  const names = rows.map(({ name }) => name);
  const domain: Domain = [1 / reach, reach];
  const left = namesMargin(names, MOST_LETTERS);
  const wordsPx = GAP_PX + Math.max(...rows.map(({ words }) => words.length)) * LETTER_PX;
  const isBeside = (canvas.width ?? WIDTH) - left - wordsPx - EDGE_PX >= LEAST_PLOT_PX;
  const rowPx = isBeside ? ROW_PX : TALL_ROW_PX;
  const place: Plot.TextOptions = isBeside
    ? { frameAnchor: 'right', dx: GAP_PX }
    : // Below its interval, where the upright lines make way for it.
      { frameAnchor: 'left', dx: 4, dy: 15, stroke: PAPER, strokeWidth: 6, fill: 'currentColor' };
  const caps = drawn.flatMap(({ name, low, high, cutLow, cutHigh }) => [
    ...(cutLow ? [] : [{ name, end: low }]),
    ...(cutHigh ? [] : [{ name, end: high }]),
  ]);
  return drawFigure(canvas, {
    title,
    subtitle: rows.some(({ cutLow, cutHigh }) => cutLow || cutHigh)
      ? 'Arrows: the interval goes on beyond the axis.'
      : undefined,
    description: `Intervals of ${parameters.length} parameters over their estimates: ${rows.map(({ name, words }) => `${name} ${words}`).join('; ')}.`,
    height: names.length * rowPx + 58,
    marginLeft: left,
    marginRight: (isBeside ? wordsPx : 0) + EDGE_PX,
    x: logAxis('over the estimate (logarithmic)', domain),
    y: namesAxis(names, MOST_LETTERS),
    marks: [
      Plot.ruleX([1], { strokeOpacity: 0.35 }),
      Plot.link(drawn, { x1: 'low', x2: 'high', y1: 'name', y2: 'name', stroke: colour, strokeWidth: 2 }),
      // Small, and with caps at the ends: a narrow interval is not to vanish behind its estimate.
      Plot.tickX(caps, {
        x: 'end',
        y: 'name',
        stroke: colour,
        strokeWidth: 2,
        inset: (rowPx * (1 - BETWEEN)) / 2 - CAP_PX,
      }),
      Plot.dot(estimated, { x: 1, y: 'name', r: 3, fill: colour, stroke: PAPER, strokeWidth: 1 }),
      Plot.text(
        rows.filter(({ cutLow }) => cutLow),
        { x: domain[0], y: 'name', text: () => '◀', fill: colour, textAnchor: 'start' },
      ),
      Plot.text(
        rows.filter(({ cutHigh }) => cutHigh),
        { x: domain[1], y: 'name', text: () => '▶', fill: colour, textAnchor: 'end' },
      ),
      Plot.text(rows, { ...place, y: 'name', text: 'words', textAnchor: 'start' }),
    ],
  });
}

function row(parameter: ParameterForest['parameters'][number], reach: number): Row {
  const { value, interval, note } = parameter;
  const name = printedName(parameter.name);
  const [estimate = '', low = '', high = ''] = alike([value, ...(interval ?? [])]);
  const words = `${interval === null ? estimate : `${estimate}  [${low}, ${high}]`}${note === '' ? '' : `  ${note}`}`;
  if (interval === null || !(value > 0))
    return { ...parameter, name, words, low: null, high: null, cutLow: false, cutHigh: false };
  const [from, to] = [interval[0] / value, interval[1] / value];
  return {
    ...parameter,
    name,
    words,
    low: Math.max(1 / reach, Math.min(reach, from)),
    high: Math.max(1 / reach, Math.min(reach, to)),
    cutLow: from < 1 / reach,
    cutHigh: to > reach,
  };
}
