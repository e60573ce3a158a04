/** From the curves of a fleet to what a chart draws of one quantity: a line a run, on the chosen axis. */

import type { TrainConfig } from '../../../formats/config.ts';
import type { Slot } from '../../../formats/share/settings.ts';
import type { Curve, Point } from '../curves.ts';
import type { RunRow } from '../fleetState.ts';
import type { XAxis, Zoom } from './chartState.ts';
import { placeOn, type Quantity, ratePoints } from './quantities.ts';
import { smoothed } from './smoothing.ts';

export type Line = {
  readonly run: string;
  readonly slot: Slot;
  readonly points: readonly Point[];
  /** Places on the x axis, rising, and the values there: as measured, and smoothed. */
  readonly x: readonly number[];
  readonly raw: readonly number[];
  readonly smooth: readonly number[];
};

export type LineSource = {
  readonly rows: readonly RunRow[];
  readonly curves: ReadonlyMap<string, Curve>;
  readonly configs: readonly TrainConfig[];
};

export type LineOptions = {
  readonly quantity: Quantity;
  readonly axis: XAxis;
  /** Share of a run. */
  readonly halfLife: number;
  readonly hidden: ReadonlySet<string>;
};

export function linesOf({ rows, curves, configs }: LineSource, options: LineOptions): Line[] {
  const { quantity, axis, halfLife, hidden } = options;
  return rows.flatMap(({ run, slot, scale, steps, step }) => {
    const curve = curves.get(run);
    if (!curve || hidden.has(run)) return [];
    const config = configs.find(({ name }) => name === run);
    const all = quantity === 'rate' ? (config ? ratesOnce(config) : []) : curve[quantity];
    const points = quantity === 'rate' ? all.filter((point) => point.step <= step) : all;
    // A schedule is no measurement, and has no noise.
    const smooth = smoothed(points, quantity === 'rate' ? 0 : halfLife * steps);
    const placed = points
      .map((point, index) => ({
        point,
        x: placeOn(axis, point, { scale, curve }),
        smooth: smooth[index] ?? 0,
      }))
      .filter(({ x }) => Number.isFinite(x));
    return [
      {
        run,
        slot,
        points: placed.map(({ point }) => point),
        x: placed.map(({ x }) => x),
        raw: placed.map(({ point }) => point.bits),
        smooth: placed.map((one) => one.smooth),
      },
    ];
  });
}

const rates = new WeakMap<TrainConfig, Point[]>();

function ratesOnce(config: TrainConfig): Point[] {
  const known = rates.get(config) ?? ratePoints(config);
  rates.set(config, known);
  return known;
}

/** More points than this cannot be told apart on a chart of this width. */
const MOST_POINTS = 400;

/** The part of a line that a chart shows: what lies in sight and one point to either side, thinned by means of neighbours. */
export function inSight(line: Line, zoom: Zoom | null, isLogX: boolean): Pick<Line, 'x' | 'raw' | 'smooth'> {
  const low = zoom?.min ?? Number.NEGATIVE_INFINITY;
  const high = zoom?.max ?? Number.POSITIVE_INFINITY;
  let from = line.x.findIndex((x) => x >= low && (!isLogX || x > 0));
  if (from < 0) return { x: [], raw: [], smooth: [] };
  if (from > 0 && (!isLogX || (line.x[from - 1] ?? 0) > 0)) from--;
  const beyond = line.x.findIndex((x) => x > high);
  const to = beyond < 0 ? line.x.length : beyond + 1;
  const size = Math.ceil((to - from) / MOST_POINTS);
  const part = <T>(values: readonly T[]) => values.slice(from, to);
  if (size <= 1) return { x: part(line.x), raw: part(line.raw), smooth: part(line.smooth) };
  return {
    x: lasts(part(line.x), size),
    raw: means(part(line.raw), size),
    smooth: lasts(part(line.smooth), size),
  };
}

/** The means of each `size` neighbours. */
export function means(values: readonly number[], size: number): number[] {
  const thinned: number[] = [];
  for (let from = 0; from < values.length; from += size) {
    const group = values.slice(from, from + size);
    thinned.push(group.reduce((sum, value) => sum + value, 0) / group.length);
  }
  return thinned;
}

/** The last of each `size` neighbours. */
function lasts(values: readonly number[], size: number): number[] {
  const thinned: number[] = [];
  for (let from = 0; from < values.length; from += size) {
    thinned.push(values[Math.min(from + size, values.length) - 1] ?? 0);
  }
  return thinned;
}

/** The ends of all lines on the x axis; null where there are no points. */
export function extentOf(lines: readonly Line[], isLogX: boolean): Zoom | null {
  let min = Number.POSITIVE_INFINITY;
  let max = Number.NEGATIVE_INFINITY;
  for (const { x } of lines) {
    const first = isLogX ? x.find((value) => value > 0) : x[0];
    const last = x.at(-1);
    if (first !== undefined) min = Math.min(min, first);
    if (last !== undefined) max = Math.max(max, last);
  }
  return min <= max && (!isLogX || min > 0) ? { min, max } : null;
}

/** The value at a place: of the last point at or before it. */
export function valueAt({ x, smooth }: Pick<Line, 'x' | 'smooth'>, at: number | null): number | null {
  if (at === null) return smooth.at(-1) ?? null;
  let low = 0;
  let high = x.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((x[middle] ?? 0) <= at) low = middle + 1;
    else high = middle;
  }
  return smooth[low - 1] ?? null;
}
