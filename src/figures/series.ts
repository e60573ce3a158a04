/** Measured series over one quantity: lines with marks, intervals, and rules at values that matter. */

import * as Plot from '@observablehq/plot';
import { type Axis, evenAxis, logAxis } from './axes.ts';
import { type Canvas, drawFigure, drawNothing, type Figure, WIDTH } from './frame.ts';
import type { LegendItem } from './legend.ts';
import { RULE_LINE_PX, type RuleFrame, ruleLines, ruleWords, type SeriesRule } from './seriesRules.ts';
import { LOOKS, type Look, lookAt, PAPER } from './theme.ts';
import { type Domain, evenDomain, logDomain, shortNumber } from './ticks.ts';

export type SeriesPoint = {
  readonly x: number;
  readonly y: number;
  /** Ends of an interval around y; an end at infinity is drawn to the frame. */
  readonly low?: number | undefined;
  readonly high?: number | undefined;
};

export type Series = {
  readonly label: string;
  /** In any order; such as cannot be on the axes (a loss of infinity) are left out and counted. */
  readonly points: readonly SeriesPoint[];
  readonly dashed?: boolean | undefined;
  /** A mark at each point; true unless it is said. */
  readonly markers?: boolean | undefined;
  /** A line from point to point; true unless it is said. */
  readonly line?: boolean | undefined;
  /** How intervals are drawn: a bar at each point, or one band; bars unless it is said. */
  readonly intervals?: 'bars' | 'band' | undefined;
  /** That of its place in the list unless it is said, e.g. `kindLook(kind)`. */
  readonly look?: Look | undefined;
};

export type SeriesAxis = { readonly label: string; readonly log?: boolean | undefined };

export type SeriesFigure = {
  readonly title: string;
  readonly subtitle?: string | undefined;
  /** What the figure shows, in words, for those who do not see it; axes and extents are added. */
  readonly description: string;
  readonly x: SeriesAxis;
  readonly y: SeriesAxis;
  readonly series: readonly Series[];
  /** The axes reach to all of them. */
  readonly rules?: readonly SeriesRule[] | undefined;
};

const HEIGHT = 360;
/** Of the frame, without what {@link drawFigure} leaves around it. */
const INSIDE_PX = HEIGHT - 44 - 26;
const MARGIN_LEFT = 62;
const MARGIN_RIGHT = 20;

export function drawSeries(canvas: Canvas, figure: SeriesFigure): Figure {
  const { title, subtitle = '', description, x, y, series, rules = [] } = figure;
  const isOn = ({ log }: SeriesAxis, value: number) => Number.isFinite(value) && (!log || value > 0);
  const sound = series.map((one) => ({
    ...one,
    points: one.points
      .filter((point) => isOn(x, point.x) && isOn(y, point.y))
      .sort((a, b) => a.x - b.x || a.y - b.y),
  }));
  const points = sound.flatMap((one) => one.points);
  if (points.length === 0) return drawNothing(canvas, title, 'There are no values to show.');

  const drawn = rules.filter((rule) => ('x' in rule ? isOn(x, rule.x) : isOn(y, rule.y)));
  const upright = drawn.flatMap((rule) => ('x' in rule ? [rule.x] : []));
  const level = drawn.flatMap((rule) => ('y' in rule ? [rule.y] : []));
  const xs = domainOf(x, [...points.map((point) => point.x), ...upright]);
  const reach = points.flatMap((point) => [point.y, point.low ?? point.y, point.high ?? point.y]);
  const ys = withRoom(y, domainOf(y, [...reach, ...level]), upright.length);

  const shown = sound.map((one, index) => ({ one, ...styleOf(one, index) }));
  const missing = series.reduce((sum, one) => sum + one.points.length, 0) - points.length;
  return drawFigure(canvas, {
    title,
    subtitle: [subtitle, missingWords(missing)].filter((words) => words !== '').join(' ') || undefined,
    description: `${description} ${extentWords(figure, sound, [xs, ys])}`,
    // A single series is what the title says.
    legend: series.length > 1 ? shown.map(({ one, ...style }) => legendItem(one, style)) : [],
    height: HEIGHT,
    marginLeft: MARGIN_LEFT,
    marginRight: MARGIN_RIGHT,
    x: axisOf(x, xs),
    y: axisOf(y, ys),
    marks: [
      Plot.frame({ strokeOpacity: 0.25 }),
      ...ruleLines(drawn),
      ...ruleWords(drawn, ruleFrame(figure, sound, [xs, ys], canvas.width ?? WIDTH)),
      ...shown.flatMap(({ one, ...style }) => intervalMarks(one, style, ys)),
      ...shown.flatMap(({ one, ...style }) => seriesMarks(one, style)),
    ],
  });
}

type Style = { readonly look: Look; readonly hollow: boolean };

/** Beyond as many series as there are looks, marks are hollow. */
function styleOf({ look }: Series, index: number): Style {
  return { look: look ?? lookAt(index), hollow: look === undefined && index >= LOOKS };
}

function legendItem(
  { label, markers = true, line = true, dashed = false }: Series,
  style: Style,
): LegendItem {
  return {
    label,
    ...style,
    ...(line && (dashed || !markers) && { line: dashed ? 'dashed' : 'solid' }),
    ...(!markers && { markless: true }),
  };
}

const DASHES = '6 4';

function seriesMarks(
  { points, dashed = false, markers = true, line = true }: Series,
  { look: { colour, symbol }, hollow }: Style,
): Plot.Markish[] {
  const at = { x: 'x', y: 'y' } as const;
  return [
    ...(line && points.length > 1
      ? [
          Plot.line(points, {
            ...at,
            stroke: colour,
            strokeWidth: 1.8,
            ...(dashed && { strokeDasharray: DASHES }),
          }),
        ]
      : []),
    // A line of one point cannot be seen without its mark.
    ...(markers || points.length === 1
      ? [
          Plot.dot(points, {
            ...at,
            symbol,
            r: 4.2,
            fill: hollow ? PAPER : colour,
            stroke: hollow ? colour : PAPER,
            strokeWidth: hollow ? 1.4 : 0.8,
          }),
        ]
      : []),
  ];
}

function intervalMarks(
  { points, intervals = 'bars' }: Series,
  { look: { colour } }: Style,
  [least, most]: Domain,
): Plot.Markish[] {
  const sure = points.flatMap(({ x, y, low, high }) => {
    if (low === undefined && high === undefined) return [];
    const [from, to] = [low ?? y, high ?? y];
    return Number.isNaN(from) || Number.isNaN(to)
      ? []
      : [{ x, low: Math.max(from, least), high: Math.min(to, most) }];
  });
  if (sure.length === 0) return [];
  if (intervals === 'band')
    return [Plot.areaY(sure, { x: 'x', y1: 'low', y2: 'high', fill: colour, fillOpacity: 0.16 })];
  return [
    Plot.ruleX(sure, {
      x: 'x',
      y1: 'low',
      y2: 'high',
      stroke: colour,
      strokeOpacity: 0.75,
      strokeWidth: 1.4,
    }),
  ];
}

/** The frame in pixels, with the points of all series and the middles between neighbours. */
function ruleFrame(
  { x, y }: SeriesFigure,
  series: readonly Series[],
  [xs, ys]: readonly [Domain, Domain],
  figureWidth: number,
): RuleFrame {
  const width = figureWidth - MARGIN_LEFT - MARGIN_RIGHT;
  const across = placeAlong(x, xs, width);
  const up = placeAlong(y, ys, INSIDE_PX);
  const taken = series.flatMap(({ points }) => {
    const places = points.map((point) => [across(point.x), up(point.y)] as const);
    const middles = places.slice(1).map(([left, height], index) => {
      const [before, below] = places[index] ?? [left, height];
      return [(left + before) / 2, (height + below) / 2] as const;
    });
    return [...places, ...middles];
  });
  return { x: xs, y: ys, width, height: INSIDE_PX, across, up, taken };
}

function placeAlong({ log }: SeriesAxis, [low, high]: Domain, length: number): (value: number) => number {
  const scale = log ? Math.log : (value: number) => value;
  return (value) => ((scale(value) - scale(low)) / (scale(high) - scale(low))) * length;
}

function domainOf({ log }: SeriesAxis, values: readonly number[]): Domain {
  return log ? logDomain(values) : evenDomain(values);
}

function axisOf({ label, log }: SeriesAxis, domain: Domain): Axis {
  return log ? logAxis(label, domain) : evenAxis(label, domain);
}

/** The same with room above the data for so many lines of words. */
function withRoom({ log }: SeriesAxis, [low, high]: Domain, lines: number): Domain {
  const share = (lines * RULE_LINE_PX) / INSIDE_PX;
  const factor = 1 / (1 - Math.min(share, 0.5));
  return log ? [low, low * (high / low) ** factor] : [low, low + (high - low) * factor];
}

function missingWords(missing: number): string {
  if (missing === 0) return '';
  return `${missing === 1 ? 'One value is' : `${missing} values are`} left out: not finite, or not on such axes.`;
}

function extentWords(
  { x, y, rules = [] }: SeriesFigure,
  series: readonly Series[],
  [xs, ys]: readonly [Domain, Domain],
): string {
  const axis = ({ label, log }: SeriesAxis, [low, high]: Domain) =>
    `${label}${log ? ' (logarithmic)' : ''} from ${shortNumber(low, 3)} to ${shortNumber(high, 3)}`;
  const each = series.map(({ label, points }) => {
    const [first, last] = [points[0], points.at(-1)];
    if (first === undefined || last === undefined) return `${label}: no values`;
    const at = (point: SeriesPoint) => `${shortNumber(point.y, 4)} at ${shortNumber(point.x, 3)}`;
    return `${label}: ${points.length === 1 ? at(first) : `${points.length} values, ${at(first)} to ${at(last)}`}`;
  });
  const marked = rules.map((rule) => `${rule.label} at ${shortNumber('x' in rule ? rule.x : rule.y, 3)}`);
  return [
    `Left to right: ${axis(x, xs)}; upwards: ${axis(y, ys)}.`,
    `${each.join('; ')}.`,
    ...(marked.length > 0 ? [`Marked: ${marked.join('; ')}.`] : []),
  ].join(' ');
}
