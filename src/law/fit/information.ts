/** What rows tell of coordinates, to first order: JᵀWJ of log predictions, and the directions in which it is small. */

import { EigenvalueDecomposition, Matrix } from 'ml-matrix';
import type { Law } from '../law.ts';
import type { Rows } from './rows.ts';

/** Σ weight·g·gᵀ over `free` coordinates, [free, free]. */
export function informationOf(law: Law, rows: Rows, theta: Float64Array, free: readonly number[]): Matrix {
  const size = free.length;
  const sums = new Float64Array(size * size);
  const ofRow = new Float64Array(law.parameters.length);
  const own = new Float64Array(size);
  rows.points.forEach((point, row) => {
    const weight = rows.weight[row] ?? 0;
    if (weight === 0) return;
    law.logLoss(point, theta, ofRow);
    for (let a = 0; a < size; a++) own[a] = ofRow[free[a] ?? 0] ?? 0;
    for (let a = 0; a < size; a++) {
      const left = weight * (own[a] ?? 0);
      for (let b = 0; b <= a; b++) sums[a * size + b] = (sums[a * size + b] ?? 0) + left * (own[b] ?? 0);
    }
  });
  const matrix = new Matrix(size, size);
  for (let a = 0; a < size; a++) {
    for (let b = 0; b <= a; b++) {
      matrix.set(a, b, sums[a * size + b] ?? 0);
      matrix.set(b, a, sums[a * size + b] ?? 0);
    }
  }
  return matrix;
}

/** Of the largest eigenvalue: sums over rows carry no more digits. */
const ROUNDING = 1e-15;

/**
 * Largest over smallest eigenvalue of an information matrix scaled to a unit diagonal, so that it is the same in any units; Infinity where that is nothing but rounding or the information is no number, 1 where there is no
 * coordinate.
 */
export function conditionOf(information: Matrix): number {
  if (information.rows === 0) return 1;
  if (!isOfNumbers(information)) return Number.POSITIVE_INFINITY;
  const values = eigen(scaledOf(information).scaled).realEigenvalues;
  const largest = Math.max(...values);
  const smallest = Math.min(...values);
  return smallest <= ROUNDING * values.length * largest ? Number.POSITIVE_INFINITY : largest / smallest;
}

/** Of 1: correlations of predictions this close to perfect are one, as far as sums over rows can tell. */
const OPEN = 1e-11;

export type Inverse = {
  /** [size, size], row by row. Finite, and very large along directions that are open. */
  readonly matrix: Float64Array;
  /** Directions that the rows do not tell. */
  readonly open: number;
};

/** The inverse of an information matrix. */
export function inverseOf(information: Matrix): Inverse {
  const size = information.rows;
  const matrix = new Float64Array(size * size);
  if (size === 0) return { matrix, open: 0 };
  if (!isOfNumbers(information)) {
    // Slopes that overflow, or are none, tell nothing to first order.
    for (let a = 0; a < size; a++) matrix[a * size + a] = 1 / OPEN;
    return { matrix, open: size };
  }
  const { scaled, scale } = scaledOf(information);
  const { realEigenvalues, eigenvectorMatrix } = eigen(scaled);
  let open = 0;
  realEigenvalues.forEach((value, which) => {
    if (value < OPEN) open++;
    const inverse = 1 / Math.max(value, OPEN);
    for (let a = 0; a < size; a++) {
      for (let b = 0; b < size; b++) {
        const index = a * size + b;
        const along = eigenvectorMatrix.get(a, which) * eigenvectorMatrix.get(b, which);
        matrix[index] = (matrix[index] ?? 0) + inverse * along * (scale[a] ?? 1) * (scale[b] ?? 1);
      }
    }
  });
  return { matrix, open };
}

/**
 * Orthogonal directions of unit length, in coordinates of which `steps` are the units, along which the information is below `least`.
 * Where it is no number, each coordinate is one.
 */
export function weakDirections(information: Matrix, steps: readonly number[], least: number): Float64Array[] {
  const size = information.rows;
  if (size === 0) return [];
  if (!isOfNumbers(information))
    return Array.from({ length: size }, (_, index) => new Float64Array(size).with(index, 1));
  const { realEigenvalues, eigenvectorMatrix } = eigen(rescaled(information, steps));
  return realEigenvalues.flatMap((value, which) =>
    value < least ? [Float64Array.from(eigenvectorMatrix.getColumn(which))] : [],
  );
}

/** To a unit diagonal, because coordinates differ in scale by thousands; what has no information keeps a diagonal of 0. */
function scaledOf(information: Matrix): { readonly scaled: Matrix; readonly scale: readonly number[] } {
  const scale = information.diagonal().map((value) => (value > 0 ? 1 / Math.sqrt(value) : 1));
  return { scaled: rescaled(information, scale), scale };
}

function rescaled(information: Matrix, scale: readonly number[]): Matrix {
  const scaled = information.clone();
  for (let a = 0; a < scaled.rows; a++) {
    for (let b = 0; b < scaled.columns; b++)
      scaled.set(a, b, scaled.get(a, b) * (scale[a] ?? 1) * (scale[b] ?? 1));
  }
  return scaled;
}

/** The eigenvalues of a matrix with a NaN in it are looked for in vain. */
function isOfNumbers(matrix: Matrix): boolean {
  return matrix.to1DArray().every(Number.isFinite);
}

/** Of a diagonal of 1; no sum over rows has so many digits. */
const NOTHING = 1e-150;

/** Of a matrix that is scaled. Among entries near the least number there is the library's iteration runs past the matrix's end. */
function eigen(matrix: Matrix): EigenvalueDecomposition {
  const flushed = Matrix.from1DArray(
    matrix.rows,
    matrix.columns,
    matrix.to1DArray().map((entry) => (Math.abs(entry) < NOTHING ? 0 : entry)),
  );
  return new EigenvalueDecomposition(flushed, { assumeSymmetric: true });
}
