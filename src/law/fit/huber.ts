/** What a fit minimises: the weighted sum of Huber terms of the residuals of log loss (Hoffmann et al. 2022, equation 4). */

import type { Law } from '../law.ts';
import type { Objective } from '../optimise/box.ts';
import type { Rows } from './rows.ts';

/**
 * Σ weight·h(ln predicted − ln measured), h(u) = u²/2 up to |u| = δ and δ·(|u| − δ/2) from there, with its gradient by all coordinates.
 * A sum, not a mean: stops that are relative to the value then mean the same for any number of runs, and small values stay apart from 0.
 */
export function huberSum(law: Law, rows: Rows, delta: number): Objective {
  const { points, lnLoss, weight } = rows;
  const width = law.parameters.length;
  const ofRow = new Float64Array(width);
  const count = points.length;
  return (theta, gradient) => {
    let sum = 0;
    for (let j = 0; j < width; j++) gradient[j] = 0;
    for (let i = 0; i < count; i++) {
      const point = points[i];
      const times = weight[i] ?? 0;
      if (point === undefined || times === 0) continue;
      const residual = law.logLoss(point, theta, ofRow) - (lnLoss[i] ?? 0);
      const size = Math.abs(residual);
      let slope = residual;
      if (size <= delta) sum += times * 0.5 * residual * residual;
      else {
        sum += times * delta * (size - 0.5 * delta);
        slope = residual < 0 ? -delta : delta;
      }
      slope *= times;
      for (let j = 0; j < width; j++) gradient[j] = (gradient[j] ?? 0) + slope * (ofRow[j] ?? 0);
    }
    return sum;
  };
}

/** The value alone, for grids. */
export function huberValue(law: Law, rows: Rows, delta: number): (theta: Float64Array) => number {
  const { points, lnLoss, weight } = rows;
  const ofRow = new Float64Array(law.parameters.length);
  return (theta) => {
    let sum = 0;
    for (let i = 0; i < points.length; i++) {
      const point = points[i];
      if (point === undefined) continue;
      const size = Math.abs(law.logLoss(point, theta, ofRow) - (lnLoss[i] ?? 0));
      sum += (weight[i] ?? 0) * (size <= delta ? 0.5 * size * size : delta * (size - 0.5 * delta));
    }
    return sum;
  };
}

/**
 * The Gauss–Newton Hessian of the sum with the weights of iterated least squares, Σ weight·min(1, δ/|residual|)·g·gᵀ: positive
 * semidefinite everywhere, and close to the true one where residuals are small against what a step changes. Written to `metric`.
 */
export function huberMetric(
  law: Law,
  rows: Rows,
  delta: number,
  theta: Float64Array,
  metric: Float64Array,
): void {
  const { points, lnLoss, weight } = rows;
  const width = law.parameters.length;
  const ofRow = new Float64Array(width);
  metric.fill(0);
  for (let i = 0; i < points.length; i++) {
    const point = points[i];
    const times = weight[i] ?? 0;
    if (point === undefined || times === 0) continue;
    const size = Math.abs(law.logLoss(point, theta, ofRow) - (lnLoss[i] ?? 0));
    const factor = size > delta ? (times * delta) / size : times;
    if (!(factor > 0)) continue;
    for (let a = 0; a < width; a++) {
      const left = factor * (ofRow[a] ?? 0);
      for (let b = 0; b <= a; b++)
        metric[a * width + b] = (metric[a * width + b] ?? 0) + left * (ofRow[b] ?? 0);
    }
  }
  for (let a = 0; a < width; a++) {
    for (let b = 0; b < a; b++) metric[b * width + a] = metric[a * width + b] ?? 0;
  }
}
