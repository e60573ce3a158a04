/** What all figures have in common: title, legend, description, one stylesheet, and numbers that are the same on every machine. */

import * as Plot from '@observablehq/plot';
import type { RecipeKind } from '../law/point.ts';
import { spoken } from '../law/report/symbols.ts';
import { type Axis, axisMarks, roomyTicks, scaleOf } from './axes.ts';
import { LETTER_PX, type LegendItem, legendLines, legendMarks } from './legend.ts';
import { setSymbols } from './setSymbols.ts';
import { FIGURE_CLASS, FONTS, STYLESHEET } from './theme.ts';
import { plain, wrapped } from './words.ts';

/** Where a figure is drawn: the page's document, or one that the command line makes. */
export type Canvas = {
  readonly document: NonNullable<Plot.PlotOptions['document']>;
  /** In CSS pixels; 640 by default. */
  readonly width?: number | undefined;
  /** False where the title stands beside the figure already; a reader of screens is told it all the same. */
  readonly isTitled?: boolean | undefined;
  /** What kinds of recipes are called where the figure stands; their names in the paper unless it is said. */
  readonly kindWords?: ((kind: RecipeKind) => string) | undefined;
  /** What stands below a figure, small: what a reader has to know of the law before trusting it. */
  readonly smallPrint?: string | undefined;
};

export type Figure = SVGSVGElement;

/** Class of what stands above the frame: title, legend, label of the vertical axis. */
export const HEAD_CLASS = 'm3lab-figure-head';

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

/** Of a figure where nothing is said. */
export const WIDTH = 640;
const FONT_PX = 12;
/** Paper between words and the edges of a figure that stands alone; one without a title begins where the words around it do. */
export const EDGE_PX = 12;
const SMALL_PX = 10;
const SMALL_LINE_PX = 14;
const TITLE_PX = 15;
const LINE_PX = 18;
/** Bold and larger: its letters are so many times as wide. */
const TITLE_LETTER = 1.45;
/** Between the head and the frame: the label of the vertical axis stands there. */
const AXIS_LABEL_PX = 26;

export function drawFigure(
  { document, width = WIDTH, isTitled = true, smallPrint = '' }: Canvas,
  {
    title,
    subtitle,
    description,
    legend = [],
    height,
    marginLeft = 62,
    marginRight = 20,
    marginBottom = 44,
    x,
    y,
    marks,
  }: Frame,
): Figure {
  const edge = isTitled ? EDGE_PX : 0;
  const room = width - 2 * edge;
  const inside = width - marginLeft - marginRight;
  const lines = legendLines(legend, room);
  const titles = isTitled ? wrapped(title, Math.floor(room / (LETTER_PX * TITLE_LETTER))) : [];
  const subtitles = subtitle === undefined ? [] : wrapped(subtitle, Math.floor(room / LETTER_PX));
  const head = EDGE_PX / 2 + titles.length * 20 + (subtitles.length + lines.length) * LINE_PX + 4;
  const top = head + AXIS_LABEL_PX;
  const at = (dx: number, dy: number) =>
    ({
      frameAnchor: 'top-left',
      dx: dx + edge - marginLeft,
      dy: dy - top,
      className: HEAD_CLASS,
    }) as const;
  const smalls =
    smallPrint === '' ? [] : wrapped(smallPrint, Math.floor(room / (LETTER_PX * (SMALL_PX / FONT_PX))));
  const foot = smalls.length === 0 ? 0 : smalls.length * SMALL_LINE_PX + EDGE_PX / 2;
  const smallMarks = smalls.map((line, index) =>
    Plot.text([line], {
      frameAnchor: 'bottom-left',
      text: [line],
      textAnchor: 'start',
      lineAnchor: 'top',
      fontSize: SMALL_PX,
      fillOpacity: 0.75,
      dx: edge - marginLeft,
      dy: marginBottom + index * SMALL_LINE_PX,
      className: HEAD_CLASS,
    }),
  );
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
        ...at(0, EDGE_PX / 2 + 14 + index * 20),
        text: [line],
        textAnchor: 'start',
        fontSize: TITLE_PX,
        fontWeight: 600,
        lineAnchor: 'middle',
      }),
    ),
    ...subtitles.map((line, index) =>
      Plot.text([line], {
        ...at(0, EDGE_PX / 2 + titles.length * 20 + 12 + index * LINE_PX),
        text: [line],
        textAnchor: 'start',
        fillOpacity: 0.75,
        lineAnchor: 'middle',
      }),
    ),
    ...lines.flatMap((items, index) =>
      legendMarks(
        items,
        EDGE_PX / 2 + titles.length * 20 + subtitles.length * LINE_PX + 12 + index * LINE_PX,
        at,
      ),
    ),
  ];
  const plot = Plot.plot({
    document,
    width,
    height: height + top + foot,
    marginLeft,
    marginRight,
    marginBottom: marginBottom + foot,
    marginTop: top,
    className: FIGURE_CLASS,
    ariaLabel: spoken(plain(title)),
    x: x === null ? { axis: null } : scaleOf(x),
    y: y === null ? { axis: null } : scaleOf(y),
    marks: [
      ...(x === null ? [] : axisMarks(roomyTicks(x, inside), 'x')),
      ...(y === null ? [] : axisMarks(y, 'y')),
      ...marks,
      ...headMarks,
      ...smallMarks,
      ...(x === null
        ? []
        : [
            // In the middle of the frame, or of the figure where it is longer.
            label(
              x.label,
              x.label.length * LETTER_PX > inside ? (marginRight - marginLeft) / 2 : 0,
              marginBottom - 8,
            ),
          ]),
    ],
  });
  // Without a legend of Plot's own, which would be HTML, the plot is the drawing itself.
  return finished(plot as unknown as Figure, document, title, description);
}

/** A figure that says why it is empty; a second line may say more. */
export function drawNothing(canvas: Canvas, title: string, reason: string, more = ''): Figure {
  const lines = [reason, more].flatMap((text) =>
    text === '' ? [] : wrapped(text, Math.floor(((canvas.width ?? WIDTH) - 8 * EDGE_PX) / LETTER_PX)),
  );
  return drawFigure(canvas, {
    title,
    description: more === '' ? reason : `${reason} ${more}`,
    height: 100 + lines.length * LINE_PX,
    marginLeft: EDGE_PX,
    marginRight: EDGE_PX,
    marginBottom: 20,
    x: null,
    y: null,
    marks: [
      Plot.frame({ strokeOpacity: 0.25 }),
      ...lines.map((line, index) =>
        Plot.text([line], {
          text: [line],
          frameAnchor: 'middle',
          fontStyle: 'italic',
          dy: (index - (lines.length - 1) / 2) * LINE_PX,
        }),
      ),
    ],
  });
}

function label(text: string, dx: number, dy: number): Plot.Markish {
  return Plot.text([text], {
    frameAnchor: 'bottom',
    dx,
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
    element.textContent = spoken(plain(text));
    figure.insertBefore(element, figure.firstChild);
  }
  setSymbols(figure);
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
