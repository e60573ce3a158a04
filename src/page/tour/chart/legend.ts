/** What the lines and marks of a chart stand for: below it in the page, and inside it where it is a file of its own. */

import { html, nothing, svg, type TemplateResult } from 'lit';
import { markPath } from './mark.ts';
import type { ChartModel, ChartSeries } from './model.ts';

const SWATCH = { width: 30, height: 14, mark: 4.5 } as const;
/** Mean width of a letter in the chart's font; a line that is a little too long breaks early, no more. */
const LETTER_PX = 6.6;
/** Between a swatch and its words, and between two of them. */
const WORDS_PX = 6;
const GAP_PX = 18;
const LINE_PX = 20;

/** A chart of one series says in its heading what it is of. */
export function hasLegend({ series }: ChartModel): boolean {
  return series.length > 1;
}

export function htmlLegend({ series }: ChartModel): TemplateResult {
  return html`
    <ul class="legend">
      ${series.map(
        (one) => html`
          <li>
            <svg class="series ${one.look.tone}" width=${SWATCH.width} height=${SWATCH.height} viewBox="0 0 ${SWATCH.width} ${SWATCH.height}" aria-hidden="true">
              ${swatch(one, 0, 0)}
            </svg>
            ${one.name}
          </li>
        `,
      )}
    </ul>
  `;
}

export type PlacedSeries = { readonly series: ChartSeries; readonly left: number; readonly line: number };

/** Each with its place in lines that fit into `width`. */
export function placedSeries(all: readonly ChartSeries[], width: number): PlacedSeries[] {
  let [left, line] = [0, 0];
  return all.map((series) => {
    const needed = SWATCH.width + WORDS_PX + series.name.length * LETTER_PX;
    if (left > 0 && left + needed > width) [left, line] = [0, line + 1];
    const placed = { series, left, line };
    left += needed + GAP_PX;
    return placed;
  });
}

/** Pixels that {@link svgLegend} takes below a chart. */
export function legendHeight(model: ChartModel, width: number): number {
  const last = placedSeries(model.series, width).at(-1);
  return hasLegend(model) && last ? (last.line + 1) * LINE_PX : 0;
}

export function svgLegend({ series }: ChartModel, from: number, top: number, width: number): TemplateResult {
  return svg`
    <g>${placedSeries(series, width).map(({ series: one, left, line }) => {
      const [x, y] = [from + left, top + line * LINE_PX];
      return svg`
        <g class="series ${one.look.tone}">${swatch(one, x, y)}</g>
        <text class="name" x=${x + SWATCH.width + WORDS_PX} y=${y + SWATCH.height / 2} dy="0.32em">${one.name}</text>
      `;
    })}</g>
  `;
}

function swatch({ look, isCurve, isLoose }: ChartSeries, x: number, y: number): TemplateResult {
  const middle = y + SWATCH.height / 2;
  return svg`
    ${isLoose ? nothing : svg`<line class=${isCurve ? 'curve' : 'between'} x1=${x} x2=${x + SWATCH.width} y1=${middle} y2=${middle} stroke-dasharray=${look.dash || nothing}></line>`}
    ${isCurve ? nothing : svg`<path class="mark" d=${markPath(look.shape, x + SWATCH.width / 2, middle, SWATCH.mark)}></path>`}
  `;
}
