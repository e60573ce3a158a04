/** The phase map: which kind of recipe is best for a budget and a corpus, how sure that is, and where the kinds part. */

import * as Plot from '@observablehq/plot';
import { RECIPE_KINDS, type RecipeKind } from '../law/point.ts';
import { logAxis } from './axes.ts';
import { type Canvas, drawFigure, drawNothing, type Figure } from './frame.ts';
import type { LegendItem } from './legend.ts';
import { kindLook, PAPER } from './theme.ts';
import { type Domain, shortNumber } from './ticks.ts';

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
  }[];
  /** D*(C), tokens. */
  readonly optimalTokens?: readonly { readonly compute: number; readonly targetTokens: number }[];
  /** Kinds that were best where they were measured. */
  readonly measured?: readonly {
    readonly compute: number;
    readonly targetTokens: number;
    readonly kind: RecipeKind;
  }[];
  /** From the least to the most of both that the runs have; all else is extrapolation. */
  readonly span?: { readonly compute: Domain; readonly targetTokens: Domain } | undefined;
};

/** Class of the frame around the runs. */
export const SPAN_CLASS = 'm3lab-figure-span';

const OPACITY = 0.6;
/** Below this share a cell is hatched: certainty is told in one way, and by a number. */
const DOUBTFUL = 0.8;

export function drawPhaseMap(
  canvas: Canvas,
  { law, cells, threshold = [], optimalTokens = [], measured = [], span }: PhaseMapFigure,
): Figure {
  const title = `${law}: the best kind of recipe`;
  const columns = edges(cells.map(({ compute }) => compute));
  const rows = edges(cells.map(({ targetTokens }) => targetTokens));
  if (columns === null || rows === null) return drawNothing(canvas, title, 'There is no map to show.');
  const drawn = cells.flatMap((cell) => {
    const [x1, x2] = columns.around(cell.compute);
    const [y1, y2] = rows.around(cell.targetTokens);
    return [{ ...cell, x1, x2, y1, y2 }];
  });
  const hatched = drawn.filter(({ certainty }) => certainty !== null && certainty < DOUBTFUL);
  const line = threshold.flatMap(({ compute, targetTokens }) =>
    targetTokens !== null && isWithin(targetTokens, rows.domain) && isWithin(compute, columns.domain)
      ? [{ compute, targetTokens }]
      : [],
  );
  const band = threshold.flatMap(({ compute, interval }) =>
    interval === null || !isWithin(compute, columns.domain)
      ? []
      : [{ compute, low: clamped(interval[0], rows.domain), high: clamped(interval[1], rows.domain) }],
  );
  const optimum = optimalTokens.filter(
    ({ compute, targetTokens }) => isWithin(compute, columns.domain) && isWithin(targetTokens, rows.domain),
  );
  const won = measured.filter(
    ({ compute, targetTokens }) => isWithin(compute, columns.domain) && isWithin(targetTokens, rows.domain),
  );
  const kinds = RECIPE_KINDS.filter(
    (kind) => cells.some((cell) => cell.kind === kind) || won.some((win) => win.kind === kind),
  );
  const [only] = kinds;
  if (kinds.length === 1 && only !== undefined && cells.length > 1 && hatched.length === 0)
    return drawNothing(
      canvas,
      title,
      `No map: ${only} is best in all of it`,
      domainWords(columns.domain, rows.domain),
    );
  const frame = span === undefined ? [] : spanFrame(span, columns.domain, rows.domain);
  const legend: LegendItem[] = kinds.map((kind) => ({ label: kind, look: kindLook(kind) }));
  const notes = [
    line.length > 0
      ? `Solid line: threshold D_T^c(C)${band.length > 0 ? ', thin lines: its 95 % interval' : ''}.`
      : '',
    optimum.length > 0 ? 'Dashed: compute-optimal data D*(C).' : '',
    hatched.length > 0 ? `Hatched: fewer than ${DOUBTFUL * 100} % of the resamples agree.` : '',
    frame.length > 0 ? 'Dotted frame: where the runs lie.' : '',
    won.length > 0 ? 'Marks: measured winners.' : '',
  ];
  return drawFigure(canvas, {
    title,
    subtitle: notes.filter((note) => note !== '').join(' ') || undefined,
    description: `Map of the best kind of recipe over compute, ${shortNumber(columns.domain[0], 2)} to ${shortNumber(columns.domain[1], 2)} FLOPs, and unique target tokens, ${shortNumber(rows.domain[0], 2)} to ${shortNumber(rows.domain[1], 2)}. ${shares(cells)}`,
    legend,
    height: 420,
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
            fillOpacity: OPACITY,
            shapeRendering: 'crispEdges',
          },
        ),
      ),
      Plot.link(hatched, { x1: 'x1', x2: 'x2', y1: 'y1', y2: 'y2', strokeOpacity: 0.6, strokeWidth: 0.9 }),
      Plot.frame({ strokeOpacity: 0.4 }),
      Plot.areaY(band, { x: 'compute', y1: 'low', y2: 'high', fillOpacity: 0.2 }),
      // Its ends as lines: a narrow band would not be seen.
      ...(['low', 'high'] as const).map((end) =>
        Plot.line(band, { x: 'compute', y: end, strokeWidth: 1, strokeOpacity: 0.8 }),
      ),
      ...frame,
      Plot.line(line, { x: 'compute', y: 'targetTokens', strokeWidth: 2.5 }),
      Plot.line(optimum, { x: 'compute', y: 'targetTokens', strokeWidth: 1.5, strokeDasharray: '6 4' }),
      ...RECIPE_KINDS.map((kind) => {
        const { colour, symbol } = kindLook(kind);
        return Plot.dot(
          won.filter((win) => win.kind === kind),
          { x: 'compute', y: 'targetTokens', symbol, r: 5, fill: colour, stroke: PAPER, strokeWidth: 1.5 },
        );
      }),
    ],
  });
}

/** The part of it that lies on the map; sides that do not are left open. */
function spanFrame(
  { compute, targetTokens }: NonNullable<PhaseMapFigure['span']>,
  columns: Domain,
  rows: Domain,
): Plot.Markish[] {
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

function domainWords([fromC, toC]: Domain, [fromD, toD]: Domain): string {
  return `(C from ${shortNumber(fromC, 2)} to ${shortNumber(toC, 2)} FLOPs, D_T from ${shortNumber(fromD, 2)} to ${shortNumber(toD, 2)} tokens).`;
}

/** Where cells begin and end: halfway between neighbours, on the log axis. */
function edges(values: readonly number[]): { domain: Domain; around: (value: number) => Domain } | null {
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
  return { domain: [around(first)[0], around(last)[1]], around };
}

function isWithin(value: number, [low, high]: Domain): boolean {
  return value >= low && value <= high;
}

function clamped(value: number, [low, high]: Domain): number {
  return Math.min(high, Math.max(low, value));
}

function shares(cells: PhaseMapFigure['cells']): string {
  return RECIPE_KINDS.map((kind) => {
    const share = cells.filter((cell) => cell.kind === kind).length / cells.length;
    return `${kind} is best in ${Math.round(share * 100)} % of it`;
  })
    .join(', ')
    .concat('.');
}
