/** A small chart as SVG: lines with marks, bars over seeds, faint dots for single runs. Small enough for the first view. */

import { nothing, svg, type TemplateResult } from 'lit';
import { decimals } from '../../parts/format.ts';
import { svgSymbol } from '../../parts/symbol.ts';
import type { Shape } from '../looks.ts';
import { asides } from './aside.ts';
import { legendHeight, svgLegend } from './legend.ts';
import { markPath } from './mark.ts';
import type { ChartModel, ChartPoint, ChartSeries } from './model.ts';
import { decadeTicks, linearTicks, place, rangeOf, type Scale, tickDigits, ticksAmong } from './scale.ts';

export type ChartScales = { readonly x: Scale; readonly y: Scale; readonly height: number };

const MARGINS = { top: 14, right: 14, bottom: 46, left: 52 } as const;
const HEIGHT = 320;
const NARROW_HEIGHT = 250;
const NARROW = 480;
/** Pixels that a tick's words need. */
const TICK_ROOM = 58;
const Y_TICKS = 5;
const MARK = 4.5;
const DOT = 2;
const CAP = 4;

export function scalesOf(model: ChartModel, width: number): ChartScales {
  const height = width < NARROW ? NARROW_HEIGHT : HEIGHT;
  const points = model.series.flatMap((one) => one.points);
  const [xLow, xHigh] = rangeOf([...points.map(({ x }) => x), ...(model.choices ?? [])], model.x.isLog);
  const [yLow, yHigh] = rangeOf(
    [
      ...points.flatMap(({ y, low, high, dots = [] }) => [y, low ?? y, high ?? y, ...dots]),
      ...(model.rules ?? []).map(({ y }) => y),
    ],
    model.y.isLog,
  );
  return {
    x: {
      isLog: model.x.isLog ?? false,
      low: xLow,
      high: xHigh,
      from: MARGINS.left,
      to: width - MARGINS.right,
    },
    y: {
      isLog: model.y.isLog ?? false,
      low: yLow,
      high: yHigh,
      from: height - MARGINS.bottom,
      to: MARGINS.top,
    },
    height,
  };
}

export function drawChart(model: ChartModel, width: number, words: string): TemplateResult {
  return drawn(model, scalesOf(model, width), width, words, 0);
}

/** The same with its legend inside: a file stands alone. */
export function drawForFile(model: ChartModel, width: number, words: string): TemplateResult {
  return drawn(model, scalesOf(model, width), width, words, legendHeight(model, roomOf(width)));
}

function roomOf(width: number): number {
  return width - MARGINS.left - MARGINS.right;
}

/** @param below pixels for a legend; 0 for none */
function drawn(
  model: ChartModel,
  scales: ChartScales,
  width: number,
  words: string,
  below: number,
): TemplateResult {
  const height = scales.height + below;
  const aside = asides(model, scales.x, scales.y);
  return svg`
    <svg class="chart" role="img" aria-label=${words} width=${width} height=${height} viewBox="0 0 ${width} ${height}">
      ${yAxis(model, scales, width)} ${xAxis(model, scales, width)} ${chosenLine(model, scales)} ${rules(model, scales, width)}
      ${model.series.map((series, index) => drawSeries(series, scales, aside[index] ?? [], model.chosen))}
      ${below > 0 ? svgLegend(model, MARGINS.left, scales.height, roomOf(width)) : nothing}
    </svg>
  `;
}

function yAxis({ y }: ChartModel, { y: scale }: ChartScales, width: number): TemplateResult {
  const ticks = y.isLog
    ? decadeTicks(scale.low, scale.high, Y_TICKS)
    : linearTicks(scale.low, scale.high, Y_TICKS);
  const digits = tickDigits(ticks);
  const words = (tick: number) => (y.isLog ? y.format(tick) : decimals(tick, digits));
  return svg`
    ${ticks.map((tick) => {
      const at = place(scale, tick);
      return svg`
        <line class="grid" x1=${MARGINS.left} x2=${width - MARGINS.right} y1=${at} y2=${at}></line>
        <text class="tick" x=${MARGINS.left - 8} y=${at} dy="0.32em" text-anchor="end">${words(tick)}</text>
      `;
    })}
    <text class="axis" text-anchor="middle" transform="translate(13 ${(scale.from + scale.to) / 2}) rotate(-90)">${y.label} ${y.symbol ? svgSymbol(y.symbol) : nothing}</text>
  `;
}

function xAxis(
  { x, choices }: ChartModel,
  { x: scale, y, height }: ChartScales,
  width: number,
): TemplateResult {
  const round = x.isLog ? decadeTicks : linearTicks;
  const wanted = x.ticks ?? choices ?? round(scale.low, scale.high, width / 100);
  const isInside = (tick: number) => tick >= scale.low && tick <= scale.high;
  return svg`
    <line class="base" x1=${MARGINS.left} x2=${width - MARGINS.right} y1=${y.from} y2=${y.from}></line>
    ${ticksAmong(scale, wanted.filter(isInside), TICK_ROOM).map((tick) => {
      const at = place(scale, tick);
      return svg`
        <line class="base" x1=${at} x2=${at} y1=${y.from} y2=${y.from + 4}></line>
        <text class="tick" x=${at} y=${y.from + 17} text-anchor="middle">${x.format(tick)}</text>
      `;
    })}
    <text class="axis" x=${(scale.from + scale.to) / 2} y=${height - 8} text-anchor="middle">${x.label} ${x.symbol ? svgSymbol(x.symbol) : nothing}</text>
  `;
}

function chosenLine({ chosen }: ChartModel, { x, y }: ChartScales): unknown {
  if (chosen === undefined) return nothing;
  const at = place(x, chosen);
  return svg`<line class="chosen" x1=${at} x2=${at} y1=${y.from} y2=${y.to}></line>`;
}

function rules({ rules: all = [] }: ChartModel, { y }: ChartScales, width: number): unknown {
  return all.map(({ y: value, label }) => {
    const at = place(y, value);
    return svg`
      <line class="rule" x1=${MARGINS.left} x2=${width - MARGINS.right} y1=${at} y2=${at}></line>
      <text class="tick" x=${width - MARGINS.right} y=${at - 5} text-anchor="end">${label}</text>
    `;
  });
}

function drawSeries(
  { look, points, isCurve, isLoose }: ChartSeries,
  { x, y }: ChartScales,
  aside: readonly number[],
  chosen?: number,
): TemplateResult {
  const across = points.map((point, index) => place(x, point.x) + (aside[index] ?? 0));
  const path = points
    .map((point, index) => `${(across[index] ?? 0).toFixed(1)},${place(y, point.y).toFixed(1)}`)
    .join(' ');
  return svg`
    <g class="series ${look.tone}">
      ${isLoose ? nothing : svg`<polyline class=${isCurve ? 'curve' : 'between'} points=${path} stroke-dasharray=${look.dash || nothing}></polyline>`}
      ${isCurve ? nothing : points.map((point, index) => drawPoint(point, look.shape, across[index] ?? 0, y, point.x === chosen))}
    </g>
  `;
}

function drawPoint(
  point: ChartPoint,
  shape: Shape,
  atX: number,
  y: Scale,
  isChosen: boolean,
): TemplateResult {
  const atY = place(y, point.y);
  const { low = point.y, high = point.y, dots = [] } = point;
  const bar =
    high > low
      ? svg`<path class="bar" d="M${atX} ${place(y, low)}V${place(y, high)}M${atX - CAP} ${place(y, low)}h${2 * CAP}M${atX - CAP} ${place(y, high)}h${2 * CAP}"></path>`
      : nothing;
  return svg`
    ${bar}
    ${dots.map((dot) => svg`<circle class="dot" cx=${atX} cy=${place(y, dot)} r=${DOT}></circle>`)}
    <path class="mark" d=${markPath(shape, atX, atY, isChosen ? MARK * 1.5 : MARK)}></path>
  `;
}
