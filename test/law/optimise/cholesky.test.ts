import { inverse, Matrix } from 'ml-matrix';
import { describe, expect, it } from 'vitest';
import { SubsetCholesky } from '../../../src/law/optimise/cholesky.ts';

/** Rounding of a well-conditioned system of four. */
const ROUNDING = 1e-12;
/** With a ridge of 1e-12 of the diagonal the solution moves by about as much. */
const RIDGE_ERROR = 1e-9;

const MATRIX = [
  [4, 1, 0.5, 0.1],
  [1, 300, 2, -3],
  [0.5, 2, 0.02, 0.01],
  [0.1, -3, 0.01, 5],
];
// Made positive where it is not by a fourth of the product with itself.
const positive = new Matrix(MATRIX).mmul(new Matrix(MATRIX).transpose()).add(Matrix.eye(4));

describe('SubsetCholesky', () => {
  it.each([[[0, 1, 2, 3]], [[2, 0]], [[3]]])(
    'solves for the coordinates %j and leaves the others',
    (indices) => {
      const cholesky = new SubsetCholesky(4);
      cholesky.prepare(Float64Array.from(positive.to1DArray()), Int32Array.from(indices), indices.length, 0);
      const vector = Float64Array.from([3, -1, 2, 0.5]);
      const right = indices.map((index) => vector[index]!);
      cholesky.solve(vector);
      const expected = inverse(positive.selection(indices, indices))
        .mmul(Matrix.columnVector(right))
        .to1DArray();
      indices.forEach((index, place) => {
        const error = Math.abs(vector[index]! - expected[place]!) / Math.abs(expected[place]!);
        expect(error, `coordinate ${index}`).toBeLessThan(RIDGE_ERROR);
      });
      for (const other of [0, 1, 2, 3].filter((index) => !indices.includes(index)))
        expect(vector[other]).toBe([3, -1, 2, 0.5][other]);
    },
  );

  it('stays finite on a matrix that is singular, and on one that is nothing', () => {
    const cholesky = new SubsetCholesky(2);
    const both = Int32Array.of(0, 1);
    cholesky.prepare(Float64Array.of(1, 1, 1, 1), both, 2, 1e-8);
    const vector = Float64Array.of(1, 1);
    cholesky.solve(vector);
    expect(Math.abs(vector[0]! + vector[1]! - 1)).toBeLessThan(1e-7);
    cholesky.prepare(new Float64Array(4), both, 2, 0);
    const same = Float64Array.of(2, -3);
    cholesky.solve(same);
    expect(Math.abs(same[0]! - 2)).toBeLessThan(ROUNDING * 10);
    expect(Math.abs(same[1]! + 3)).toBeLessThan(ROUNDING * 10);
  });
});
