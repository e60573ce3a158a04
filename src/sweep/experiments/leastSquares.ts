/** Straight-line statistics of a few dozen runs: ordinary least squares, how sure each number is, and whether more terms are asked for. */

import { fishersF95, fishersFTail } from '../../law/certainty/fishersF.ts';
import { SubsetCholesky } from '../../law/optimise/cholesky.ts';

export type LeastSquares = {
  readonly coefficients: readonly number[];
  /** Standard errors, from the scatter about the fit; NaN without degrees of freedom. */
  readonly errors: readonly number[];
  /** value − fit, by row. */
  readonly residuals: readonly number[];
  /** Sum of their squares. */
  readonly squares: number;
  /** Rows less columns. */
  readonly degrees: number;
};

/** Columns are taken as one another's sum where their estimates would be so many times less sure than alone. */
const DEPENDENT = 1e8;

/** Values as a sum of columns; `rows` hold the columns' values. Null where the rows do not tell the columns apart. */
export function leastSquares(
  rows: readonly (readonly number[])[],
  values: readonly number[],
): LeastSquares | null {
  const width = rows[0]?.length ?? 0;
  const degrees = rows.length - width;
  if (width === 0 || degrees < 0) return null;
  const normal = new Float64Array(width * width);
  const coefficients = new Float64Array(width);
  rows.forEach((row, index) => {
    row.forEach((a, i) => {
      coefficients[i] = (coefficients[i] ?? 0) + a * (values[index] ?? 0);
      row.forEach((b, j) => {
        normal[i * width + j] = (normal[i * width + j] ?? 0) + a * b;
      });
    });
  });
  const factor = new SubsetCholesky(width);
  factor.prepare(normal, Int32Array.from(coefficients.keys()), width, 0);
  factor.solve(coefficients);
  const variances = Array.from({ length: width }, (_, column) => {
    const unit = new Float64Array(width);
    unit[column] = 1;
    factor.solve(unit);
    return unit[column] ?? 0;
  });
  const isTold = variances.every((variance, column) => {
    const alone = normal[column * width + column] ?? 0;
    return alone > 0 && variance * alone < DEPENDENT;
  });
  if (!isTold) return null;
  const residuals = rows.map(
    (row, index) => (values[index] ?? 0) - row.reduce((sum, a, i) => sum + a * (coefficients[i] ?? 0), 0),
  );
  const squares = residuals.reduce((sum, residual) => sum + residual ** 2, 0);
  return {
    coefficients: [...coefficients],
    errors: variances.map((variance) => Math.sqrt((variance * squares) / degrees)),
    residuals,
    squares,
    degrees,
  };
}

/** Half of the two-sided 95 % interval of a coefficient. */
export function halfInterval({ errors, degrees }: LeastSquares, column: number): number {
  return degrees > 0 ? Math.sqrt(fishersF95(degrees)) * (errors[column] ?? Number.NaN) : Number.NaN;
}

/**
 * The chance that terms which say nothing would improve the fit as much as those of `rich` improve `plain`, which it contains (the extra
 * sum of squares, held against Fisher's F). 1 where nothing can be said.
 */
export function chanceOfGain(plain: LeastSquares, rich: LeastSquares): number {
  const terms = plain.degrees - rich.degrees;
  if (rich.degrees <= 0 || terms <= 0 || !(rich.squares > 0)) return 1;
  const statistic = ((plain.squares - rich.squares) * rich.degrees) / rich.squares;
  return fishersFTail(statistic, terms, rich.degrees);
}
