/** One small chart on a canvas. */

import { tick } from '../../parts/format.ts';
import type { Curve } from '../curves.ts';
import type { Look } from './looks.ts';
import { type Box, bandOf, type Domain, floorY, pointsOf } from './scale.ts';
import type { Spread } from './spread.ts';

export type Palette = {
  readonly colourOf: (property: string) => string;
  readonly font: string;
};

const MARGINS = { left: 26, right: 5, top: 5, bottom: 15 } as const;
const TEXT_PX = 10;
/** How much of the colour seeds have beside their mean, and the band between the lowest and the highest. */
export const FAINT = { seed: 0.45, band: 0.2 } as const;

export function boxOf(width: number, height: number): Box {
  return { width, height, ...MARGINS };
}

/** What is drawn of a cell: its runs, and where they are seeds their mean with its band. */
export type DrawnCurves = { readonly curves: readonly Curve[]; readonly spread: Spread | null };

/** `domain` is null as long as nothing was measured in any cell. */
export function drawCell(
  context: CanvasRenderingContext2D,
  { curves, spread }: DrawnCurves,
  domain: Domain | null,
  { look, box, palette }: { readonly look: Look; readonly box: Box; readonly palette: Palette },
): void {
  const { width, height, left, right, top, bottom } = box;
  const { colourOf } = palette;
  context.clearRect(0, 0, width, height);
  context.lineWidth = 1;
  context.strokeStyle = colourOf('--rule');
  context.strokeRect(left + 0.5, top + 0.5, width - left - right - 1, height - top - bottom - 1);
  if (!domain) return;
  drawNumbers(context, domain, box, palette);
  const floor = floorY(curves, domain, box);
  if (floor !== null) drawFloor(context, floor, box, colourOf);
  const colour = colourOf(look.colour);
  context.lineJoin = 'round';
  const line = (curve: Curve) => {
    context.setLineDash([...look.dash]);
    context.strokeStyle = colour;
    context.lineWidth = 1.5;
    drawLine(context, pointsOf(curve, domain, box), colour);
  };
  if (spread) {
    drawSeeds(context, { curves, spread }, domain, { colour, box });
    line(spread.mean);
  } else {
    for (const curve of curves) line(curve);
  }
  context.setLineDash([]);
}

function drawSeeds(
  context: CanvasRenderingContext2D,
  { curves, spread }: { readonly curves: readonly Curve[]; readonly spread: Spread },
  domain: Domain,
  { colour, box }: { readonly colour: string; readonly box: Box },
): void {
  context.setLineDash([]);
  [context.strokeStyle, context.fillStyle, context.lineWidth] = [colour, colour, 0.75];
  context.globalAlpha = FAINT.band;
  trace(context, bandOf(spread.mean, spread, domain, box));
  context.fill();
  context.globalAlpha = FAINT.seed;
  for (const curve of curves) {
    trace(context, pointsOf(curve, domain, box));
    context.stroke();
  }
  context.globalAlpha = 1;
}

function trace(context: CanvasRenderingContext2D, points: readonly (readonly [number, number])[]): void {
  context.beginPath();
  for (const [index, [x, y]] of points.entries()) {
    if (index === 0) context.moveTo(x, y);
    else context.lineTo(x, y);
  }
}

function drawLine(
  context: CanvasRenderingContext2D,
  points: readonly (readonly [number, number])[],
  colour: string,
): void {
  trace(context, points);
  context.stroke();
  const last = points.at(-1);
  if (!last) return;
  context.beginPath();
  context.arc(...last, 1.8, 0, 2 * Math.PI);
  context.fillStyle = colour;
  context.fill();
}

function drawFloor(
  context: CanvasRenderingContext2D,
  y: number,
  { left, right, width }: Box,
  colourOf: Palette['colourOf'],
): void {
  context.setLineDash([2, 2]);
  context.strokeStyle = colourOf('--rule-strong');
  context.beginPath();
  context.moveTo(left, y);
  context.lineTo(width - right, y);
  context.stroke();
  context.setLineDash([]);
}

/** The ends of both axes: charts that share them need no more. */
function drawNumbers(
  context: CanvasRenderingContext2D,
  { tokens, bits }: Domain,
  { left, right, top, bottom, width, height }: Box,
  { colourOf, font }: Palette,
): void {
  context.fillStyle = colourOf('--ink-soft');
  context.font = `${TEXT_PX}px ${font}`;
  context.textBaseline = 'alphabetic';
  context.textAlign = 'right';
  context.fillText(bits[1].toPrecision(2), left - 3, top + TEXT_PX - 2);
  context.fillText(bits[0].toPrecision(2), left - 3, height - bottom);
  context.fillText(tick(tokens[1]), width - right, height - 3);
  context.textAlign = 'left';
  context.fillText(tick(tokens[0]), left, height - 3);
}
