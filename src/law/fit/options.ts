/** What a fit can be told. */

export type FitOptions = {
  /** Where Huber's loss turns from a square to a straight line, in log loss: {@link DEFAULT_DELTA}, or the measured noise of seeds. */
  readonly delta?: number;
  /** Values (not coordinates) of parameters that are not fitted, by name; Infinity where the law has a limit there. */
  readonly freeze?: Readonly<Record<string, number>>;
  /** Starts that are descended from; {@link DEFAULT_DESCENTS}. */
  readonly descents?: number;
  /**
   * How often each run is there, one for each: 2 counts as two runs, 0 as none. Multiplied with the runs' own weights, which are relative
   * precisions and count no runs.
   */
  readonly weights?: Float64Array;
  /** Of the draws that large grids and large tables need. */
  readonly seed?: number;
  readonly signal?: AbortSignal;
  /** Told the share of the work that is done, from 0 to 1, never less than before. */
  readonly onProgress?: (share: number) => void;
};

/** Hoffmann et al. 2022, arXiv 2203.15556, appendix D.3. */
export const DEFAULT_DELTA = 1e-3;

export const DEFAULT_DESCENTS = 500;

/** Throws a `RangeError` where Huber's δ is none: with 0 every fit would have an objective of 0. */
export function deltaOf({ delta = DEFAULT_DELTA }: FitOptions): number {
  if (!(delta > 0))
    throw new RangeError(`Huber's delta is ${delta}; it must be above 0 (${DEFAULT_DELTA} by default)`);
  return delta;
}
