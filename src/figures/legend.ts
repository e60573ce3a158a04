/** What the colours and shapes of a figure stand for: one or more lines above its frame. */

import * as Plot from '@observablehq/plot';
import type { Look } from './theme.ts';

export type LegendItem = {
  readonly label: string;
  readonly look: Look;
  readonly hollow?: boolean;
  /** A stroke through the mark, where what it stands for is a line of a sort of its own. */
  readonly line?: 'solid' | 'dashed';
  /** The stroke alone. */
  readonly markless?: boolean;
};

/** Mean width of a letter in the figures' fonts; a legend that is a little too wide breaks its line early, no more. */
export const LETTER_PX = 6.4;
const SWATCH_PX = 16;
/** Two dashes and what is between them; the swatch is as much wider. */
const STROKE_PX = 24;
const STROKE_MORE_PX = 12;
const GAP_PX = 18;

/** A straight line; Plot's own vectors have heads. */
const STROKE: Plot.VectorShapeImplementation = {
  draw: (context, length) => {
    context.moveTo(0, 0);
    context.lineTo(0, -length);
  },
};

export type Placed = { readonly item: LegendItem; readonly left: number };

/** Lines of items, each with its distance from the left, that fit into `width`. */
export function legendLines(items: readonly LegendItem[], width: number): Placed[][] {
  const lines: Placed[][] = [];
  let left = 0;
  for (const item of items) {
    const needed = swatchOf(item) + item.label.length * LETTER_PX;
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
    ...(item.line === undefined
      ? []
      : [
          Plot.vector([item], {
            ...at(left + swatchOf(item) / 2 - 2, middle),
            shape: STROKE,
            length: STROKE_PX,
            rotate: 90,
            anchor: 'middle',
            stroke: item.look.colour,
            strokeWidth: 1.8,
            ...(item.line === 'dashed' && { strokeDasharray: '6 4' }),
          }),
        ]),
    ...(item.markless
      ? []
      : [
          Plot.dot([item], {
            ...at(left + swatchOf(item) / 2 - 2, middle),
            symbol: item.look.symbol,
            r: 4,
            stroke: item.look.colour,
            fill: item.hollow ? 'none' : item.look.colour,
          }),
        ]),
    Plot.text([item.label], {
      ...at(left + swatchOf(item), middle),
      text: [item.label],
      textAnchor: 'start',
      lineAnchor: 'middle',
    }),
  ]);
}

function swatchOf({ line }: LegendItem): number {
  return SWATCH_PX + (line === undefined ? 0 : STROKE_MORE_PX);
}
