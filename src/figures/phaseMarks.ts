/** What lies over the cells of a phase map: names of regions, the threshold, measured winners, and the place that is asked about. */

import * as Plot from '@observablehq/plot';
import type { RecipeKind } from '../law/point.ts';
import { regionLabels } from './regionLabels.ts';
import { kindLook, PAPER } from './theme.ts';

export type Place = {
  /** FLOPs, and unique target tokens. */
  readonly compute: number;
  readonly targetTokens: number;
};

export type MeasuredPlace = Place & {
  /** The one in front, where it is a tie. */
  readonly kind: RecipeKind;
  readonly isTie?: boolean | undefined;
};

/** Class of the line where the second language comes at once. */
export const STEEP_CLASS = 'm3lab-figure-steep';

const SHORT_WORDS: Readonly<Record<RecipeKind, string>> = {
  'monolingual single-stage': 'monolingual',
  'multi-lingual single-stage': 'one stage',
  'multi-lingual two-stage': 'two stages',
};

/** Thick from one place of the line to the next, where the second language comes at once, or it is not known how; else thin. */
export function thresholdMarks(
  line: readonly (Place & { readonly jumps: boolean | null })[],
): Plot.Markish[] {
  const sorted = [...line].sort((a, b) => a.compute - b.compute);
  const steep = sorted.flatMap((from, index, all) => {
    const to = all[index + 1];
    return to === undefined || from.jumps === false || to.jumps === false
      ? []
      : [{ x1: from.compute, y1: from.targetTokens, x2: to.compute, y2: to.targetTokens }];
  });
  return [
    Plot.line(sorted, { x: 'compute', y: 'targetTokens', strokeWidth: 1.2 }),
    Plot.link(steep, {
      x1: 'x1',
      x2: 'x2',
      y1: 'y1',
      y2: 'y2',
      strokeWidth: 2.8,
      strokeLinecap: 'round',
      className: STEEP_CLASS,
    }),
  ];
}

/** Of one kind: its sign, hollow where it is a tie. */
export function winnerMarks(won: readonly MeasuredPlace[]): Plot.Markish[] {
  const [first] = won;
  if (first === undefined) return [];
  const { colour, symbol } = kindLook(first.kind);
  const options = { x: 'compute', y: 'targetTokens', symbol, r: 5 } as const;
  return [
    Plot.dot(
      won.filter(({ isTie }) => !isTie),
      { ...options, fill: colour, stroke: PAPER, strokeWidth: 1.5 },
    ),
    Plot.dot(
      won.filter(({ isTie }) => isTie),
      { ...options, fill: PAPER, stroke: colour, strokeWidth: 1.8 },
    ),
  ];
}

/** A ring with a dot in it: unlike any measured winner. */
export function askedMarks(asked: Place): Plot.Markish[] {
  const options = { x: 'compute', y: 'targetTokens' } as const;
  return [
    Plot.dot([asked], { ...options, r: 9, stroke: PAPER, strokeWidth: 4.5 }),
    Plot.dot([asked], { ...options, r: 9, strokeWidth: 2 }),
    Plot.dot([asked], { ...options, r: 2.5, fill: 'currentColor' }),
  ];
}

export type LabelledMap = {
  readonly cells: readonly (Place & { readonly kind: RecipeKind | null })[];
  /** The axes, ascending. */
  readonly computes: readonly number[];
  readonly corpora: readonly number[];
  /** Where marks stand: a word across one would be read as the mark's. */
  readonly marks: readonly Place[];
  /** Of the frame, in pixels. */
  readonly width: number;
  readonly height: number;
  /** Names that fit into regions; short ones unless it is said. */
  readonly kindWords?: ((kind: RecipeKind) => string) | undefined;
};

/** The name of each kind, once, where it has most room. */
export function regionNames({
  cells,
  computes,
  corpora,
  marks,
  width,
  height,
  kindWords = (kind) => SHORT_WORDS[kind],
}: LabelledMap): Plot.Markish[] {
  const grid: (RecipeKind | null)[] = new Array<RecipeKind | null>(computes.length * corpora.length).fill(
    null,
  );
  const put = (row: number, column: number, kind: RecipeKind | null) => {
    grid[row * computes.length + column] = kind;
  };
  for (const { compute, targetTokens, kind } of cells)
    put(corpora.indexOf(targetTokens), computes.indexOf(compute), kind);
  for (const { compute, targetTokens } of marks)
    put(nearest(corpora, targetTokens), nearest(computes, compute), null);
  const places = regionLabels(
    grid,
    computes.length,
    width / computes.length,
    height / corpora.length,
    kindWords,
  );
  return places.map(({ value, row, column }) =>
    Plot.text([kindWords(value)], {
      x: [computes[column] ?? 0],
      y: [corpora[row] ?? 0],
      text: [kindWords(value)],
      fontWeight: 600,
      fill: 'currentColor',
      stroke: PAPER,
      strokeWidth: 4,
      strokeOpacity: 0.85,
    }),
  );
}

/** Index of the value that is nearest on a logarithmic axis. */
function nearest(values: readonly number[], wanted: number): number {
  const far = (value: number) => Math.abs(Math.log(value / wanted));
  return values.reduce((best, value, index) => (far(value) < far(values[best] ?? value) ? index : best), 0);
}
