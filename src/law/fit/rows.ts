/** Runs as the inner loop reads them: checked, of one shape in memory, logarithms taken. */

import type { Law } from '../law.ts';
import type { Coordinates, Point } from '../point.ts';
import type { Run } from '../run.ts';
import { BadRunError, WeightsError } from './errors.ts';
import { precisionsOf } from './weights.ts';

export type Rows = {
  readonly points: readonly Point[];
  /** Natural logarithm of the measured loss. */
  readonly lnLoss: Float64Array;
  /** Precision, of mean 1 over the runs, times how often the run is there. */
  readonly weight: Float64Array;
  /** Sum of the weights. */
  readonly total: number;
  /** How many runs these count as: each as often as it is there, whatever its precision. */
  readonly count: number;
};

const POSITIVE: readonly (keyof Coordinates)[] = ['N', 'D_T', 'k', 'r', 'r_f'];

/** Ratios are counted from windows; a share of 1 may have come out a rounding above it. */
const RATIO_ROUNDING = 1e-9;

/**
 * The runs that `law` speaks of. `weights`, one for each of `runs`, say how often each is there.
 *
 * Throws {@link BadRunError} at the first run with a loss, a weight or a point that is no such thing, {@link WeightsError} where there
 * are more or fewer weights than runs.
 */
export function rowsOf(law: Law, runs: readonly Run[], weights?: Float64Array): Rows {
  if (weights !== undefined && weights.length !== runs.length)
    throw new WeightsError(weights.length, runs.length);
  const { covers } = law;
  const points: Point[] = [];
  const losses: number[] = [];
  const times: number[] = [];
  const covered = runs.filter((run, index) => {
    if (covers !== undefined && !covers(run.point)) return false;
    check(run);
    const often = weights?.[index] ?? 1;
    for (const value of [run.weight, often]) {
      if (!(value >= 0 && value < Number.POSITIVE_INFINITY))
        throw new BadRunError(run, 'weight', value, 'a number of 0 or more');
    }
    points.push(copyOf(run.point));
    losses.push(Math.log(run.loss));
    times.push(often);
    return true;
  });
  const weight = precisionsOf(covered);
  let total = 0;
  let count = 0;
  times.forEach((often, row) => {
    const precision = weight[row] ?? 0;
    weight[row] = precision * often;
    total += precision * often;
    if (precision > 0) count += often;
  });
  return { points, lnLoss: Float64Array.from(losses), weight, total, count };
}

/** Those at `indices`, each there `scale[i]` times as often. */
export function pickRows(rows: Rows, indices: Int32Array, scale: Float64Array): Rows {
  const points: Point[] = [];
  const lnLoss = new Float64Array(indices.length);
  const weight = new Float64Array(indices.length);
  let total = 0;
  let count = 0;
  indices.forEach((row, index) => {
    const point = rows.points[row];
    if (point === undefined) return;
    points.push(point);
    lnLoss[index] = rows.lnLoss[row] ?? 0;
    weight[index] = (rows.weight[row] ?? 0) * (scale[index] ?? 1);
    total += weight[index] ?? 0;
    if ((rows.weight[row] ?? 0) > 0) count += scale[index] ?? 1;
  });
  return { points, lnLoss, weight, total, count };
}

/** Numbers of the rows whose points are so. */
export function rowsWhere({ points }: Rows, is: (point: Point) => boolean): Int32Array {
  const indices: number[] = [];
  points.forEach((point, index) => {
    if (is(point)) indices.push(index);
  });
  return Int32Array.from(indices);
}

function check(run: Run): void {
  const { loss, point } = run;
  if (!(loss > 0 && loss < Number.POSITIVE_INFINITY))
    throw new BadRunError(run, 'loss', loss, 'a finite number above 0, since its logarithm is fitted');
  for (const field of POSITIVE) {
    const value = point[field];
    if (!(value > 0 && value < Number.POSITIVE_INFINITY))
      throw new BadRunError(run, field, value, 'a finite number above 0');
  }
  for (const field of ['r', 'r_f'] as const) {
    if (point[field] > 1 + RATIO_ROUNDING)
      throw new BadRunError(run, field, point[field], 'a share, at most 1');
  }
}

/** The same point, its fields in one order: points of many shapes make the laws' code several times slower. */
function copyOf({ N, D_T, k, r, r_f, D, S, C, lnN, lnD, lnR, lnR_f }: Point): Point {
  return { N, D_T, k, r, r_f, D, S, C, lnN, lnD, lnR, lnR_f };
}
