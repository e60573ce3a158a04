/** Curves → the aligned columns that the chart draws: one x axis of tokens, gaps where a run has no point. */

import type { Curve, Point } from '../curves.ts';

/** More points than this cannot be told apart on a chart of this width. */
export const MOST_POINTS = 500;

/** At most `most` points: each the mean of as many neighbours, at the place of the last of them. */
export function thin(points: readonly Point[], most: number): Point[] {
  if (points.length <= most) return [...points];
  const size = Math.ceil(points.length / most);
  const thinned: Point[] = [];
  for (let from = 0; from < points.length; from += size) {
    const group = points.slice(from, from + size);
    const last = group.at(-1);
    if (!last) continue;
    thinned.push({
      tokens: last.tokens,
      bits: group.reduce((sum, { bits }) => sum + bits, 0) / group.length,
    });
  }
  return thinned;
}

export type Columns = {
  /** Tokens, rising, every place where any column has a point. */
  readonly tokens: readonly number[];
  /** One column a list of points; undefined where it has none, which the chart draws through. */
  readonly columns: readonly (readonly (number | undefined)[])[];
};

/** Aligns lists of points on one x axis. */
export function align(lists: readonly (readonly Point[])[]): Columns {
  const tokens = [...new Set(lists.flatMap((list) => list.map((point) => point.tokens)))].sort(
    (a, b) => a - b,
  );
  const place = new Map(tokens.map((at, index) => [at, index]));
  const columns = lists.map((list) => {
    const column: (number | undefined)[] = new Array(tokens.length).fill(undefined);
    for (const point of list) column[place.get(point.tokens) ?? 0] = point.bits;
    return column;
  });
  return { tokens, columns };
}

/** For each run: its training losses, thinned, then its target losses. */
export function chartColumns(curves: readonly Curve[]): Columns {
  return align(
    curves.flatMap(({ training, target }) => [thin(training, MOST_POINTS), thin(target, MOST_POINTS)]),
  );
}
