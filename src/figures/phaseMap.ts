/** The phase map: which kind of recipe is best for a budget and a corpus, how sure that is, and where the kinds part. */

import * as Plot from '@observablehq/plot';
import { RECIPE_KINDS, type RecipeKind } from '../law/point.ts';
import { logAxis } from './axes.ts';
import { type Canvas, drawFigure, drawNothing, type Figure, WIDTH } from './frame.ts';
import { hatch } from './hatch.ts';
import type { LegendItem } from './legend.ts';
import {
  askedMarks,
  type MeasuredPlace,
  type Place,
  regionNames,
  thresholdMarks,
  winnerMarks,
} from './phaseMarks.ts';
import { BEYOND_CLASS, partsBeyond, type Span, spanFrame } from './span.ts';
import { kindLook } from './theme.ts';
import { clamped, type Domain, isWithin, shortNumber } from './ticks.ts';

export type PhaseMapFigure = {
  readonly law: string;
  /** One for each place of a grid. */
  readonly cells: readonly {
    /** FLOPs, and unique target tokens. */
    readonly compute: number;
    readonly targetTokens: number;
    /** The best kind; null where no recipe is possible. */
    readonly kind: RecipeKind | null;
    /** Share of the resamples that agree; null where none were asked. */
    readonly certainty: number | null;
  }[];
  /** D_T^c by compute with its 95 % interval, where 0 is never and Infinity always. */
  readonly threshold?: readonly {
    readonly compute: number;
    readonly targetTokens: number | null;
    readonly interval: Domain | null;
    /** False where the second language comes bit by bit below it, and not at once. */
    readonly jumps?: boolean | null | undefined;
  }[];
  /** D*(C), tokens. */
  readonly optimalTokens?: readonly { readonly compute: number; readonly targetTokens: number }[];
  /** Kinds that were best where they were measured. */
  readonly measured?: readonly MeasuredPlace[];
  /** From the least to the most of both that the runs have; all else is extrapolation, and hatched. */
  readonly span?: Span | undefined;
  /** A place that is asked about. */
  readonly asked?: Place | undefined;
};

/** Class of the cells. */
export const CELLS_CLASS = 'm3lab-figure-cells';

/** Of a cell on which all resamples agree, and of one on which they agree no more than by chance. */
const SURE_OPACITY = 0.62;
const UNSURE_OPACITY = 0.1;
/** Agreement that chance alone would give among three kinds. */
const CHANCE = 1 / 3;
/** Steps of opacity: cells of one step are one drawing. */
const FADE_STEPS = 10;
/** Below this share the fading is worth a word. */
const DOUBTFUL = 0.95;

const HEIGHT = 420;
const MARGIN_LEFT = 62;
const MARGIN_RIGHT = 20;
/** Of the frame, without the room for both axes. */
const INSIDE_PX = HEIGHT - 44 - 26;

export function drawPhaseMap(
  canvas: Canvas,
  { law, cells, threshold = [], optimalTokens = [], measured = [], span, asked }: PhaseMapFigure,
): Figure {
  const { kindWords = (kind) => kind } = canvas;
  const title = `${law}: the best kind of recipe`;
  const columns = edges(cells.map(({ compute }) => compute));
  const rows = edges(cells.map(({ targetTokens }) => targetTokens));
  if (columns === null || rows === null) return drawNothing(canvas, title, 'There is no map to show.');
  const isOn = ({ compute, targetTokens }: { compute: number; targetTokens: number }) =>
    isWithin(compute, columns.domain) && isWithin(targetTokens, rows.domain);
  const drawn = cells.flatMap((cell) => {
    const [x1, x2] = columns.around(cell.compute);
    const [y1, y2] = rows.around(cell.targetTokens);
    return [{ ...cell, x1, x2, y1, y2, opacity: opacityOf(cell.certainty) }];
  });
  const isFaded = cells.some(({ certainty }) => certainty !== null && certainty < DOUBTFUL);
  const line = threshold.flatMap(({ compute, targetTokens, jumps = null }) =>
    targetTokens !== null && isOn({ compute, targetTokens }) ? [{ compute, targetTokens, jumps }] : [],
  );
  const band = threshold.flatMap(({ compute, interval }) =>
    interval === null || !isWithin(compute, columns.domain)
      ? []
      : [{ compute, low: clamped(interval[0], rows.domain), high: clamped(interval[1], rows.domain) }],
  );
  const optimum = optimalTokens.filter(isOn);
  const won = measured.filter(isOn);
  const kinds = RECIPE_KINDS.filter(
    (kind) => cells.some((cell) => cell.kind === kind) || won.some((win) => win.kind === kind),
  );
  const [only] = kinds;
  const isDoubtful = cells.some(({ certainty }) => certainty !== null && certainty < 0.8);
  if (kinds.length === 1 && only !== undefined && cells.length > 1 && !isDoubtful)
    return drawNothing(
      canvas,
      title,
      `No map: ${kindWords(only)}, best in all of it`,
      domainWords(columns.domain, rows.domain),
    );
  const frame = span === undefined ? [] : spanFrame(span, columns.domain, rows.domain);
  const beyond = span === undefined ? [] : partsBeyond(span, columns.domain, rows.domain);
  const legend: LegendItem[] = kinds.map((kind) => ({ label: kindWords(kind), look: kindLook(kind) }));
  const notes = [
    line.length > 0
      ? `Line: threshold D_T^c(C)${band.length > 0 ? ', shaded: its 95 % interval' : ''}${line.some(({ jumps }) => jumps === false) ? '; thin where the second language comes bit by bit' : ''}.`
      : '',
    optimum.length > 0 ? 'Dashed: compute-optimal data D*(C).' : '',
    isFaded ? 'The paler, the fewer resamples agree.' : '',
    beyond.length > 0 ? 'Hatched: beyond the runs, no run was there.' : '',
    won.length > 0
      ? `Marks: measured winners${won.some(({ isTie }) => isTie) ? ', hollow where it is a tie' : ''}.`
      : '',
  ];
  return drawFigure(canvas, {
    title,
    subtitle: notes.filter((note) => note !== '').join(' ') || undefined,
    description: `Map of the best kind of recipe over compute, ${shortNumber(columns.domain[0], 2)} to ${shortNumber(columns.domain[1], 2)} FLOPs, and unique target tokens, ${shortNumber(rows.domain[0], 2)} to ${shortNumber(rows.domain[1], 2)}. ${shares(cells, kindWords)}`,
    legend,
    height: HEIGHT,
    marginLeft: MARGIN_LEFT,
    marginRight: MARGIN_RIGHT,
    x: logAxis('compute C, FLOPs', columns.domain),
    y: logAxis('unique target tokens D_T', rows.domain),
    marks: [
      ...kinds.map((kind) =>
        Plot.rect(
          drawn.filter((cell) => cell.kind === kind),
          {
            x1: 'x1',
            x2: 'x2',
            y1: 'y1',
            y2: 'y2',
            fill: kindLook(kind).colour,
            fillOpacity: 'opacity',
            shapeRendering: 'crispEdges',
            className: CELLS_CLASS,
          },
        ),
      ),
      hatch(beyond, BEYOND_CLASS),
      Plot.frame({ strokeOpacity: 0.4 }),
      Plot.areaY(band, { x: 'compute', y1: 'low', y2: 'high', fillOpacity: 0.2 }),
      // Its ends as lines: a narrow band would not be seen.
      ...(['low', 'high'] as const).map((end) =>
        Plot.line(band, { x: 'compute', y: end, strokeWidth: 1, strokeOpacity: 0.55 }),
      ),
      ...frame,
      ...thresholdMarks(line),
      Plot.line(optimum, { x: 'compute', y: 'targetTokens', strokeWidth: 1.5, strokeDasharray: '6 4' }),
      ...regionNames({
        cells: drawn,
        computes: columns.values,
        corpora: rows.values,
        marks: [...won, ...(asked ? [asked] : [])],
        width: (canvas.width ?? WIDTH) - MARGIN_LEFT - MARGIN_RIGHT,
        height: INSIDE_PX,
        kindWords: canvas.kindWords,
      }),
      ...RECIPE_KINDS.flatMap((kind) => winnerMarks(won.filter((win) => win.kind === kind))),
      ...(asked && isOn(asked) ? askedMarks(asked) : []),
    ],
  });
}

function opacityOf(certainty: number | null): number {
  if (certainty === null) return SURE_OPACITY;
  const share = clamped((certainty - CHANCE) / (1 - CHANCE), [0, 1]);
  const step = Math.round(share * FADE_STEPS) / FADE_STEPS;
  return Number((UNSURE_OPACITY + (SURE_OPACITY - UNSURE_OPACITY) * step).toFixed(3));
}

function domainWords([fromC, toC]: Domain, [fromD, toD]: Domain): string {
  return `(C from ${shortNumber(fromC, 2)} to ${shortNumber(toC, 2)} FLOPs, D_T from ${shortNumber(fromD, 2)} to ${shortNumber(toD, 2)} tokens).`;
}

/** Where cells begin and end: halfway between neighbours, on the log axis. */
function edges(
  values: readonly number[],
): { domain: Domain; around: (value: number) => Domain; values: readonly number[] } | null {
  const sorted = [...new Set(values)].sort((a, b) => a - b);
  const [first, second] = sorted;
  const last = sorted.at(-1);
  if (first === undefined || last === undefined) return null;
  const step = second === undefined ? 2 : second / first;
  const lastStep = last / (sorted.at(-2) ?? last / step);
  const around = (value: number): Domain => {
    const at = sorted.indexOf(value);
    const below = sorted[at - 1] ?? value / step;
    const above = sorted[at + 1] ?? value * lastStep;
    return [Math.sqrt(below * value), Math.sqrt(value * above)];
  };
  return { domain: [around(first)[0], around(last)[1]], around, values: sorted };
}

function shares(cells: PhaseMapFigure['cells'], kindWords: (kind: RecipeKind) => string): string {
  return RECIPE_KINDS.map((kind) => {
    const share = cells.filter((cell) => cell.kind === kind).length / cells.length;
    return `${kindWords(kind)}: best in ${Math.round(share * 100)} % of it`;
  })
    .join(', ')
    .concat('.');
}
