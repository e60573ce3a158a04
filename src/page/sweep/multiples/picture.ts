/** All small charts as one SVG, for a file. */

import { tick } from '../../parts/format.ts';
import { type Cell, cellTitle } from './cells.ts';
import { boxOf, type DrawnCurves, FAINT } from './drawing.ts';
import { lookOf } from './looks.ts';
import { bandOf, type Domain, floorY, pointsOf } from './scale.ts';

const SVG = 'http://www.w3.org/2000/svg';
const COLUMNS = 4;
const CELL = { width: 220, height: 120, title: 16, gap: 12 } as const;

export type DrawnCell = DrawnCurves & { readonly cell: Cell };

/** Null where nothing was measured. `colourOf` gives the colour of a custom property. */
export function pictureOf(
  cells: readonly DrawnCell[],
  domain: Domain | null,
  colourOf: (property: string) => string,
): SVGSVGElement | null {
  if (!domain || cells.length === 0) return null;
  const rows = Math.ceil(cells.length / COLUMNS);
  const columns = Math.min(COLUMNS, cells.length);
  const width = columns * (CELL.width + CELL.gap) - CELL.gap;
  const height = rows * (CELL.height + CELL.title + CELL.gap) + 26;
  const svg = document.createElementNS(SVG, 'svg');
  setAll(svg, {
    width,
    height,
    viewBox: `0 0 ${width} ${height}`,
    'font-family': 'sans-serif',
    'font-size': 10,
  });
  for (const [index, drawn] of cells.entries()) {
    const x = (index % COLUMNS) * (CELL.width + CELL.gap);
    const y = Math.floor(index / COLUMNS) * (CELL.height + CELL.title + CELL.gap);
    const group = child(svg, 'g', { transform: `translate(${x} ${y})` });
    drawIn(group, drawn, domain, colourOf);
  }
  const seeds =
    'Of several seeds: their mean, a band from the lowest to the highest, and faintly the seeds themselves.';
  if (cells.some(({ spread }) => spread)) text(svg, 0, height - 3, seeds, colourOf('--ink-soft'));
  text(
    svg,
    0,
    height - 15,
    'Bits per byte on held-out text, by tokens read; both axes are logarithmic. Dotted, where it is drawn: what no model can go below.',
    colourOf('--ink-soft'),
  );
  return svg;
}

function drawIn(
  group: SVGElement,
  { cell, curves, spread }: DrawnCell,
  domain: Domain,
  colourOf: (property: string) => string,
): void {
  const box = boxOf(CELL.width, CELL.height);
  const look = lookOf(cell.kind);
  text(group, 0, 11, cellTitle(cell), colourOf('--ink'));
  const chart = child(group, 'g', { transform: `translate(0 ${CELL.title})` });
  child(chart, 'rect', {
    x: box.left,
    y: box.top,
    width: box.width - box.left - box.right,
    height: box.height - box.top - box.bottom,
    fill: 'none',
    stroke: colourOf('--rule'),
  });
  const soft = colourOf('--ink-soft');
  text(chart, 0, box.top + 8, domain.bits[1].toPrecision(2), soft);
  text(chart, 0, box.height - box.bottom, domain.bits[0].toPrecision(2), soft);
  text(chart, box.left, box.height - 3, tick(domain.tokens[0]), soft);
  text(chart, box.width - box.right, box.height - 3, tick(domain.tokens[1]), soft, 'end');
  const y = floorY(curves, domain, box);
  if (y !== null) {
    child(chart, 'line', {
      x1: box.left,
      x2: box.width - box.right,
      y1: y,
      y2: y,
      stroke: colourOf('--rule-strong'),
      'stroke-dasharray': '2 2',
    });
  }
  const colour = colourOf(look.colour);
  const line = (
    points: readonly (readonly [number, number])[],
    drawn: Readonly<Record<string, string | number>>,
  ) => child(chart, 'polyline', { points: written(points), fill: 'none', stroke: colour, ...drawn });
  if (spread) {
    const points = written(bandOf(spread.mean, spread, domain, box));
    child(chart, 'polygon', { points, fill: colour, 'fill-opacity': FAINT.band });
    for (const curve of curves)
      line(pointsOf(curve, domain, box), { 'stroke-width': 0.75, 'stroke-opacity': FAINT.seed });
  }
  for (const curve of spread ? [spread.mean] : curves) {
    const dash = look.dash.length > 0 && { 'stroke-dasharray': look.dash.join(' ') };
    line(pointsOf(curve, domain, box), { 'stroke-width': 1.5, ...dash });
  }
}

function written(points: readonly (readonly [number, number])[]): string {
  return points.map((point) => point.map((at) => at.toFixed(1)).join(',')).join(' ');
}

function text(parent: SVGElement, x: number, y: number, words: string, fill: string, anchor = 'start'): void {
  child(parent, 'text', { x, y, fill, 'text-anchor': anchor }).textContent = words;
}

function child(
  parent: SVGElement,
  name: string,
  attributes: Readonly<Record<string, string | number>>,
): SVGElement {
  const made = document.createElementNS(SVG, name);
  setAll(made, attributes);
  parent.append(made);
  return made;
}

function setAll(element: Element, attributes: Readonly<Record<string, string | number>>): void {
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, String(value));
}
