/** The parameters with their intervals, each against its own estimate, so that all of them share one axis. */

import * as Plot from '@observablehq/plot';
import { logAxis, namesAxis, namesMargin } from './axes.ts';
import { type Canvas, drawFigure, drawNothing, type Figure } from './frame.ts';
import { lookAt } from './theme.ts';
import { type Domain, shortNumber } from './ticks.ts';

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
const LEAST_REACH = 1.5;
const MOST_REACH = 10;
const ROW_PX = 26;
/** Room at the right for estimate, interval and note. */
const WORDS_PX = 190;
const MOST_LETTERS = 20;

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
  const reach = Math.min(MOST_REACH, Math.max(LEAST_REACH, ...wanted.filter(Number.isFinite)) * 1.08);
  const rows = parameters.map((parameter) => row(parameter, reach));
  const drawn = rows.filter((each) => each.low !== null && each.high !== null);
  const estimated = rows.filter(({ value }) => value > 0 && Number.isFinite(value));
  const { colour } = lookAt(1);
  const names = parameters.map(({ name }) => name);
  const domain: Domain = [1 / reach, reach];
  return drawFigure(canvas, {
    title,
    subtitle: rows.some(({ cutLow, cutHigh }) => cutLow || cutHigh)
      ? 'Arrows: the interval goes on beyond the axis.'
      : undefined,
    description: `Intervals of ${parameters.length} parameters over their estimates: ${rows.map(({ name, words }) => `${name} ${words}`).join('; ')}.`,
    height: names.length * ROW_PX + 58,
    marginLeft: namesMargin(names, MOST_LETTERS),
    marginRight: WORDS_PX,
    x: logAxis('over the estimate (logarithmic)', domain),
    y: namesAxis(names, MOST_LETTERS),
    marks: [
      Plot.ruleX([1], { strokeOpacity: 0.6 }),
      Plot.link(drawn, { x1: 'low', x2: 'high', y1: 'name', y2: 'name', stroke: colour, strokeWidth: 2.5 }),
      Plot.dot(estimated, { x: 1, y: 'name', r: 4.5, fill: colour }),
      Plot.text(
        rows.filter(({ cutLow }) => cutLow),
        { x: domain[0], y: 'name', text: () => '◀', fill: colour, textAnchor: 'start' },
      ),
      Plot.text(
        rows.filter(({ cutHigh }) => cutHigh),
        { x: domain[1], y: 'name', text: () => '▶', fill: colour, textAnchor: 'end' },
      ),
      Plot.text(rows, { y: 'name', text: 'words', frameAnchor: 'right', textAnchor: 'start', dx: 10 }),
    ],
  });
}

function row(parameter: ParameterForest['parameters'][number], reach: number): Row {
  const { value, interval, note } = parameter;
  const estimate = shortNumber(value, 3);
  const words = `${interval === null ? estimate : `${estimate}  [${shortNumber(interval[0], 3)}, ${shortNumber(interval[1], 3)}]`}${note === '' ? '' : `  ${note}`}`;
  if (interval === null || !(value > 0))
    return { ...parameter, words, low: null, high: null, cutLow: false, cutHigh: false };
  const [low, high] = [interval[0] / value, interval[1] / value];
  return {
    ...parameter,
    words,
    low: Math.max(1 / reach, Math.min(reach, low)),
    high: Math.max(1 / reach, Math.min(reach, high)),
    cutLow: low < 1 / reach,
    cutHigh: high > reach,
  };
}
