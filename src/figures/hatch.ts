/** Hatching: parallel lines over a part of the frame, drawn one by one, since a pattern would need a name that is the only one in its page. */

import type * as Plot from '@observablehq/plot';
import type { Domain } from './ticks.ts';

const SVG = 'http://www.w3.org/2000/svg';
const STEP_PX = 7;

/** A part of the frame, in the units of its axes. */
export type Part = { readonly x: Domain; readonly y: Domain };

type Box = { readonly left: number; readonly right: number; readonly top: number; readonly bottom: number };

/** One mark that hatches all of the parts; lines go on from part to part where parts touch. */
export function hatch(parts: readonly Part[], className: string): Plot.RenderFunction {
  return (_index, { x: along, y: up }, _values, _dimensions, context) => {
    if (!along || !up) return null;
    const path = context.document.createElementNS(SVG, 'path');
    path.setAttribute('class', className);
    path.setAttribute('aria-hidden', 'true');
    path.setAttribute('fill', 'none');
    path.setAttribute('stroke', 'currentColor');
    path.setAttribute('stroke-opacity', '0.28');
    path.setAttribute('stroke-width', '0.8');
    const lines = parts.flatMap((part) => {
      const [left = 0, right = 0] = part.x.map((value) => Number(along(value)));
      const [bottom = 0, top = 0] = part.y.map((value) => Number(up(value)));
      return linesIn({ left, right, top, bottom });
    });
    path.setAttribute('d', lines.join(''));
    return path;
  };
}

/** Lines from the lower left to the upper right, each where x + y is a whole number of steps. */
function linesIn({ left, right, top, bottom }: Box): string[] {
  const lines: string[] = [];
  const first = Math.ceil((left + top) / STEP_PX);
  const last = Math.floor((right + bottom) / STEP_PX);
  for (let step = first; step <= last; step++) {
    const sum = step * STEP_PX;
    const from = Math.max(left, sum - bottom);
    const to = Math.min(right, sum - top);
    if (from < to) lines.push(`M${from},${sum - from}L${to},${sum - to}`);
  }
  return lines;
}
