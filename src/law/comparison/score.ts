/** How well predicted losses meet measured ones. */

export type Score = {
  readonly rows: number;
  /** 1 − SSE/SST on raw loss, SST about the mean of these rows; null where they are one row or of one loss. */
  readonly rSquared: number | null;
  /** Root mean square of ln measured − ln predicted. */
  readonly rmseLog: number;
};

/** Null where there is no row. */
export function scoreOf(measured: readonly number[], predicted: readonly number[]): Score | null {
  const rows = measured.length;
  if (rows === 0) return null;
  const mean = measured.reduce((sum, loss) => sum + loss, 0) / rows;
  let squares = 0;
  let total = 0;
  let logSquares = 0;
  measured.forEach((loss, row) => {
    const guess = predicted[row] ?? Number.NaN;
    squares += (loss - guess) ** 2;
    total += (loss - mean) ** 2;
    logSquares += Math.log(loss / guess) ** 2;
  });
  return { rows, rSquared: total > 0 ? 1 - squares / total : null, rmseLog: Math.sqrt(logSquares / rows) };
}
