import { Matrix } from 'ml-matrix';
import { expect, it } from 'vitest';
import { conditionOf, inverseOf } from '../../../src/law/fit/information.ts';

it.each([Number.NaN, Infinity, -Infinity])(
  'information with %s in it tells nothing, and is no error',
  (entry) => {
    const information = new Matrix([
      [2, entry],
      [entry, 1],
    ]);
    expect(conditionOf(information)).toBe(Infinity);
    const { matrix, open } = inverseOf(information);
    expect(open).toBe(2);
    expect(matrix.every(Number.isFinite)).toBe(true);
    expect(matrix[0]).toBeGreaterThan(1e9);
  },
);
