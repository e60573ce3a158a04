/** Inverses of information matrices, whose coordinates have scales that are far apart. */

import { EigenvalueDecomposition, Matrix } from 'ml-matrix';

/** Relative to the largest eigenvalue after scaling to a unit diagonal: below is rounding, not information. */
const NO_INFORMATION = 1e-12;

/**
 * The inverse of a symmetric positive semidefinite [size, size] matrix on the directions that it knows, 0 on those that it does
 * not; all 0 where it has entries that are no numbers.
 */
export function inverseWhereKnown(matrix: Float64Array, size: number): Float64Array {
  const inverse = new Float64Array(size * size);
  if (!matrix.every(Number.isFinite) || size === 0) return inverse;
  const scale = Float64Array.from({ length: size }, (_, index) => {
    const diagonal = matrix[index * size + index] ?? 0;
    return diagonal > 0 ? 1 / Math.sqrt(diagonal) : 0;
  });
  const scaled = new Matrix(size, size);
  for (let row = 0; row < size; row++)
    for (let column = 0; column < size; column++)
      scaled.set(
        row,
        column,
        flushed((matrix[row * size + column] ?? 0) * (scale[row] ?? 0) * (scale[column] ?? 0)),
      );
  const decomposition = new EigenvalueDecomposition(scaled, { assumeSymmetric: true });
  const values = decomposition.realEigenvalues;
  const vectors = decomposition.eigenvectorMatrix;
  const least = NO_INFORMATION * Math.max(...values);
  values.forEach((value, which) => {
    if (!(value > least)) return;
    for (let row = 0; row < size; row++)
      for (let column = 0; column < size; column++) {
        const index = row * size + column;
        inverse[index] =
          (inverse[index] ?? 0) +
          (vectors.get(row, which) * vectors.get(column, which) * (scale[row] ?? 0) * (scale[column] ?? 0)) /
            value;
      }
  });
  return inverse;
}

/** Among entries near the least number there is, the library's search for eigenvalues runs past the matrix's end. */
function flushed(entry: number): number {
  return Math.abs(entry) < NO_INFORMATION ** 2 ? 0 : entry;
}

/** Adds factor·v·vᵀ to a [size, size] matrix, of the entries of `vector` at `indices`. */
export function addOuter(
  matrix: Float64Array,
  vector: ArrayLike<number>,
  factor: number,
  offset: number,
  indices: readonly number[],
): void {
  const size = indices.length;
  for (let row = 0; row < size; row++) {
    const left = factor * (vector[offset + (indices[row] ?? 0)] ?? 0);
    if (left === 0) continue;
    for (let column = 0; column < size; column++)
      matrix[row * size + column] =
        (matrix[row * size + column] ?? 0) + left * (vector[offset + (indices[column] ?? 0)] ?? 0);
  }
}

/** Matrix times vector, [size, size]·[size]. */
export function times(matrix: Float64Array, vector: ArrayLike<number>): Float64Array {
  const size = vector.length;
  return Float64Array.from({ length: size }, (_, row) => {
    let sum = 0;
    for (let column = 0; column < size; column++)
      sum += (matrix[row * size + column] ?? 0) * (vector[column] ?? 0);
    return sum;
  });
}

export function dot(left: ArrayLike<number>, right: ArrayLike<number>): number {
  let sum = 0;
  for (let index = 0; index < left.length; index++) sum += (left[index] ?? 0) * (right[index] ?? 0);
  return sum;
}
