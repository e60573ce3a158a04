/** The part of a map where runs lie, and all that lies beyond it. */

import * as Plot from '@observablehq/plot';
import type { Part } from './hatch.ts';
import { clamped, type Domain, isWithin } from './ticks.ts';

export type Span = { readonly compute: Domain; readonly targetTokens: Domain };

/** Class of the frame around the runs, and of what hatches the rest. */
export const SPAN_CLASS = 'm3lab-figure-span';
export const BEYOND_CLASS = 'm3lab-figure-beyond';

/** The map without the runs' part of it: beside it whole, above and below it between. */
export function partsBeyond({ compute, targetTokens }: Span, columns: Domain, rows: Domain): Part[] {
  const [x1, x2] = [clamped(compute[0], columns), clamped(compute[1], columns)];
  const [y1, y2] = [clamped(targetTokens[0], rows), clamped(targetTokens[1], rows)];
  if (x1 >= x2 || y1 >= y2) return [{ x: columns, y: rows }];
  const parts: Part[] = [
    { x: [columns[0], x1], y: rows },
    { x: [x2, columns[1]], y: rows },
    { x: [x1, x2], y: [rows[0], y1] },
    { x: [x1, x2], y: [y2, rows[1]] },
  ];
  return parts.filter(({ x, y }) => x[0] < x[1] && y[0] < y[1]);
}

/** The part of it that lies on the map; sides that do not are left open. */
export function spanFrame({ compute, targetTokens }: Span, columns: Domain, rows: Domain): Plot.Markish[] {
  const [x1, x2] = [clamped(compute[0], columns), clamped(compute[1], columns)];
  const [y1, y2] = [clamped(targetTokens[0], rows), clamped(targetTokens[1], rows)];
  if (x1 >= x2 && y1 >= y2) return [];
  const sides = [
    ...compute.filter((x) => isWithin(x, columns)).map((x) => ({ x1: x, x2: x, y1, y2 })),
    ...targetTokens.filter((y) => isWithin(y, rows)).map((y) => ({ x1, x2, y1: y, y2: y })),
  ];
  return sides.length === 0
    ? []
    : [
        Plot.link(sides, {
          x1: 'x1',
          x2: 'x2',
          y1: 'y1',
          y2: 'y2',
          strokeWidth: 1.5,
          strokeDasharray: '1.5 3.5',
          strokeLinecap: 'round',
          className: SPAN_CLASS,
        }),
      ];
}
