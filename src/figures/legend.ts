/** What the colours and shapes of a figure stand for: one or more lines above its frame. */

import * as Plot from '@observablehq/plot';
import type { Look } from './theme.ts';

export type LegendItem = { readonly label: string; readonly look: Look; readonly hollow?: boolean };

/** Mean width of a letter in the figures' fonts; a legend that is a little too wide breaks its line early, no more. */
export const LETTER_PX = 6.4;
const SWATCH_PX = 16;
const GAP_PX = 18;

export type Placed = { readonly item: LegendItem; readonly left: number };

/** Lines of items, each with its distance from the left, that fit into `width`. */
export function legendLines(items: readonly LegendItem[], width: number): Placed[][] {
  const lines: Placed[][] = [];
  let left = 0;
  for (const item of items) {
    const needed = SWATCH_PX + item.label.length * LETTER_PX;
    if (lines.length === 0 || left + needed > width) {
      lines.push([]);
      left = 0;
    }
    lines.at(-1)?.push({ item, left });
    left += needed + GAP_PX;
  }
  return lines;
}

/** One line of a legend; `at` places a mark so far from the figure's left edge and top. */
export function legendMarks(
  items: readonly Placed[],
  middle: number,
  at: (dx: number, dy: number) => Plot.MarkOptions & { readonly frameAnchor: 'top-left' },
): Plot.Markish[] {
  return items.flatMap(({ item, left }) => [
    Plot.dot([item], {
      ...at(left + 6, middle),
      symbol: item.look.symbol,
      r: 4,
      stroke: item.look.colour,
      fill: item.hollow ? 'none' : item.look.colour,
    }),
    Plot.text([item.label], {
      ...at(left + SWATCH_PX, middle),
      text: [item.label],
      textAnchor: 'start',
      lineAnchor: 'middle',
    }),
  ]);
}
