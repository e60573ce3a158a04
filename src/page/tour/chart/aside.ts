/** Marks that would cover each other stand a few pixels beside each other. */

import type { ChartModel } from './model.ts';
import { place, type Scale } from './scale.ts';

/** Nearer than this, up or down, one mark hides another. */
const CLOSE_PX = 9;
const APART_PX = 11;
/** Of the way to the next place, at most so much is taken. */
const MOST_SHARE = 0.7;

type Mark = { readonly series: number; readonly point: number; readonly x: number; readonly y: number };

/** Pixels to the right for each point of each series; curves have no marks. */
export function asides({ series }: ChartModel, x: Scale, y: Scale): number[][] {
  const moved = series.map(({ points }) => points.map(() => 0));
  const marks = series.flatMap(({ points, isCurve }, of): Mark[] =>
    isCurve ? [] : points.map((at, point) => ({ series: of, point, x: place(x, at.x), y: place(y, at.y) })),
  );
  const columns = [...new Set(marks.map((mark) => mark.x))].sort((a, b) => a - b);
  const room = columns
    .slice(1)
    .reduce((least, at, index) => Math.min(least, at - (columns[index] ?? at)), 1e9);
  for (const column of columns) {
    for (const close of piles(marks.filter((mark) => mark.x === column))) {
      const apart = Math.min(APART_PX, (room * MOST_SHARE) / close.length);
      for (const [index, { series: of, point }] of close.entries()) {
        const own = moved[of];
        if (own) own[point] = (index - (close.length - 1) / 2) * apart;
      }
    }
  }
  return moved;
}

/** Marks of one column that touch, each pile in the order of its series. */
function piles(column: readonly Mark[]): Mark[][] {
  const found: Mark[][] = [];
  for (const mark of [...column].sort((a, b) => a.y - b.y)) {
    const last = found.at(-1);
    if (last && mark.y - (last.at(-1)?.y ?? mark.y) < CLOSE_PX) last.push(mark);
    else found.push([mark]);
  }
  return found.map((pile) => pile.sort((a, b) => a.series - b.series));
}
