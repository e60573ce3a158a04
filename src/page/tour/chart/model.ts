/** What a small chart of the tour shows. */

import { spoken } from '../../../law/report/symbols.ts';
import type { Cell, FigureTable } from '../../parts/table/figureTable.ts';
import type { Look } from '../looks.ts';

export type ChartPoint = {
  readonly x: number;
  readonly y: number;
  /** Ends of the bar around it, where there are several seeds. */
  readonly low?: number;
  readonly high?: number;
  /** Single runs behind it. */
  readonly dots?: readonly number[];
};

export type ChartSeries = {
  readonly name: string;
  readonly look: Look;
  /** From the left. */
  readonly points: readonly ChartPoint[];
  /** Without marks: a curve of many points. */
  readonly isCurve?: boolean;
  /** Without lines: points that follow in no order. */
  readonly isLoose?: boolean;
};

export type ChartAxis = {
  readonly label: string;
  /** One of the paper's, after the label. */
  readonly symbol?: string;
  readonly isLog?: boolean;
  /** Where they stand; round numbers where nothing is said, powers of ten on a logarithmic y axis. */
  readonly ticks?: readonly number[];
  readonly format: (value: number) => string;
};

export type ChartModel = {
  readonly x: ChartAxis;
  readonly y: ChartAxis;
  readonly series: readonly ChartSeries[];
  /** Lines across. */
  readonly rules?: readonly { readonly y: number; readonly label: string }[];
  /** The x that is chosen, and those that can be. */
  readonly chosen?: number;
  readonly choices?: readonly number[];
};

/** The values of a chart, a row a point. */
export function chartTable({ x, y, series }: ChartModel): FigureTable {
  const isSeeded = series.some(({ isCurve, isLoose }) => !isCurve && !isLoose);
  const seeds = isSeeded ? [{ name: 'lowest seed' }, { name: 'highest seed' }, { name: 'runs' }] : [];
  return {
    columns: [{ name: 'series' }, { name: x.symbol ?? x.label }, { name: y.symbol ?? y.label }, ...seeds],
    rows: series.flatMap(({ name, points }) =>
      points.map((point): Cell[] => [
        name,
        point.x,
        point.y,
        ...(isSeeded ? [point.low ?? null, point.high ?? null, point.dots?.length ?? 1] : []),
      ]),
    ),
  };
}

/** The chart's axes and series in a sentence; what it means stands beside it. */
export function chartWords({ x, y, series }: ChartModel): string {
  const lines = series.map(({ name, points }) => {
    const [first, last] = [points[0], points.at(-1)];
    if (!first || !last) return `${name}: nothing was measured`;
    if (first === last) return `${name}: ${y.format(first.y)} at ${x.format(first.x)}`;
    return `${name}: from ${y.format(first.y)} at ${x.format(first.x)} to ${y.format(last.y)} at ${x.format(last.x)}`;
  });
  const over = x.symbol === undefined ? x.label : `${x.label} ${spoken(x.symbol)}`;
  return `${y.label} over ${over}. ${lines.join('. ')}.`;
}
