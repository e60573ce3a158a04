/** What all figures have in common: title, legend, description, one stylesheet, and numbers that are the same on every machine. */

import * as Plot from '@observablehq/plot';
import { type Axis, axisMarks, scaleOf } from './axes.ts';
import { FIGURE_CLASS, FONTS, type Look, STYLESHEET } from './theme.ts';
import { plain, wrapped } from './words.ts';

/** Where a figure is drawn: the page's document, or one that the command line makes. */
export type Canvas = {
  readonly document: NonNullable<Plot.PlotOptions['document']>;
  /** In CSS pixels; 640 by default. */
  readonly width?: number | undefined;
};

export type Figure = SVGSVGElement;

/** Class of what stands above the frame: title, legend, label of the vertical axis. */
export const HEAD_CLASS = 'm3lab-figure-head';

export type LegendItem = { readonly label: string; readonly look: Look; readonly hollow?: boolean };

export type Frame = {
  readonly title: string;
  /** A second line under it, for what a reader has to know. */
  readonly subtitle?: string | undefined;
  /** The figure in words, for those who do not see it. */
  readonly description: string;
  readonly legend?: readonly LegendItem[] | undefined;
  /** Of the whole figure without title and legend. */
  readonly height: number;
  readonly marginLeft?: number | undefined;
  readonly marginRight?: number | undefined;
  readonly marginBottom?: number | undefined;
  /** Null for a figure without axes. */
  readonly x: Axis | null;
  readonly y: Axis | null;
  readonly marks: readonly Plot.Markish[];
};

const WIDTH = 640;
const FONT_PX = 12;
const TITLE_PX = 15;
const LINE_PX = 18;
/** Mean width of a letter in the fonts above; a legend that is a little too wide breaks its line early, no more. */
const LETTER_PX = 6.4;
const SWATCH_PX = 16;
const GAP_PX = 18;
/** Between the head and the frame: the label of the vertical axis stands there. */
const AXIS_LABEL_PX = 26;

export function drawFigure(
  { document, width = WIDTH }: Canvas,
  {
    title,
    subtitle,
    description,
    legend = [],
    height,
    marginLeft = 56,
    marginRight = 20,
    marginBottom = 44,
    x,
    y,
    marks,
  }: Frame,
): Figure {
  const lines = legendLines(legend, width);
  const titles = wrapped(title, Math.floor(width / (LETTER_PX * 1.25)));
  const subtitles = subtitle === undefined ? [] : wrapped(subtitle, Math.floor(width / LETTER_PX));
  const head = titles.length * 20 + (subtitles.length + lines.length) * LINE_PX + 4;
  const top = head + AXIS_LABEL_PX;
  const at = (dx: number, dy: number) =>
    ({ frameAnchor: 'top-left', dx: dx - marginLeft, dy: dy - top, className: HEAD_CLASS }) as const;
  const headMarks: Plot.Markish[] = [
    ...(y === null || y.label === ''
      ? []
      : [
          Plot.text([y.label], {
            ...at(0, head + AXIS_LABEL_PX / 2),
            text: [y.label],
            textAnchor: 'start',
            lineAnchor: 'middle',
          }),
        ]),
    ...titles.map((line, index) =>
      Plot.text([line], {
        ...at(0, 14 + index * 20),
        text: [line],
        textAnchor: 'start',
        fontSize: TITLE_PX,
        fontWeight: 600,
        lineAnchor: 'middle',
      }),
    ),
    ...subtitles.map((line, index) =>
      Plot.text([line], {
        ...at(0, titles.length * 20 + 12 + index * LINE_PX),
        text: [line],
        textAnchor: 'start',
        fillOpacity: 0.75,
        lineAnchor: 'middle',
      }),
    ),
    ...lines.flatMap((items, index) => {
      const middle = titles.length * 20 + subtitles.length * LINE_PX + 12 + index * LINE_PX;
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
    }),
  ];
  const plot = Plot.plot({
    document,
    width,
    height: height + top,
    marginLeft,
    marginRight,
    marginBottom,
    marginTop: top,
    className: FIGURE_CLASS,
    ariaLabel: plain(title),
    x: x === null ? { axis: null } : scaleOf(x),
    y: y === null ? { axis: null } : scaleOf(y),
    marks: [
      ...(x === null ? [] : axisMarks(x, 'x')),
      ...(y === null ? [] : axisMarks(y, 'y')),
      ...marks,
      ...headMarks,
      ...(x === null ? [] : [label(x.label, 'bottom', marginBottom - 8)]),
    ],
  });
  // Without a legend of Plot's own, which would be HTML, the plot is the drawing itself.
  return finished(plot as unknown as Figure, document, title, description);
}

/** A figure that says why it is empty. */
export function drawNothing(canvas: Canvas, title: string, reason: string): Figure {
  return drawFigure(canvas, {
    title,
    description: reason,
    height: 120,
    marginBottom: 20,
    x: null,
    y: null,
    marks: [
      Plot.frame({ strokeOpacity: 0.25 }),
      Plot.text([reason], { text: [reason], frameAnchor: 'middle', fontStyle: 'italic' }),
    ],
  });
}

function label(text: string, frameAnchor: 'bottom', dy: number): Plot.Markish {
  return Plot.text([text], {
    frameAnchor,
    text: [text],
    lineAnchor: 'bottom',
    dy,
    ariaLabel: 'x-axis label',
  });
}

function finished(figure: Figure, document: Canvas['document'], title: string, description: string): Figure {
  const [style] = figure.getElementsByTagName('style');
  if (style !== undefined) style.textContent = STYLESHEET;
  figure.setAttribute('role', 'img');
  // As attributes: how a document writes a style differs from one to the next.
  figure.setAttribute('font-family', FONTS);
  figure.setAttribute('font-size', `${FONT_PX}`);
  const words: readonly (readonly [string, string])[] = [
    ['desc', description],
    ['title', title],
  ];
  for (const [name, text] of words) {
    const element = document.createElementNS('http://www.w3.org/2000/svg', name);
    element.textContent = plain(text);
    figure.insertBefore(element, figure.firstChild);
  }
  roundNumbers(figure);
  return figure;
}

/** A hundredth of a pixel is less than can be seen, and the last digits of a logarithm are not the same on every machine. */
function roundNumbers(element: Element): void {
  for (const { name, value } of [...element.attributes]) {
    if (!/\d\.\d{3}/.test(value) || name.startsWith('aria')) continue;
    const rounded = value.replace(
      /-?\d+\.\d+(?:e[+-]?\d+)?/g,
      (number) => `${Number(Number(number).toFixed(2))}`,
    );
    element.setAttribute(name, rounded);
  }
  for (const child of [...element.children]) roundNumbers(child);
}

type Placed = { readonly item: LegendItem; readonly left: number };

function legendLines(items: readonly LegendItem[], width: number): Placed[][] {
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
