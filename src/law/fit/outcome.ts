/** What came of a fit, with all that says how far to trust it. */

import type { Law } from '../law.ts';

/**
 * `under-determined`: the runs leave some parameter, or some direction among parameters, open; predictions near the runs may still be
 * good. `at a bound`: a parameter ended on a bound of its own. `stopped early`: the best descent ran out of steps before it was flat.
 */
export type FitStatus = 'converged' | 'at a bound' | 'stopped early' | 'under-determined';

/** Parameters of which the runs know a combination better than each. */
export type TradeOff = {
  readonly parameters: readonly [string, string];
  /** Correlation of their estimates, in coordinates; ±1 where predictions depend on both in proportion. Above 0.95 in size. */
  readonly correlation: number;
};

export type Fit = {
  readonly law: Law;
  /** Coordinates of the best parameters found, the frozen ones included. */
  readonly theta: Float64Array;
  /** Names of the parameters that were not fitted. */
  readonly frozen: readonly string[];
  /** Those of `frozen` that were taken from a fit of another law to other runs, and not given. */
  readonly borrowed: readonly string[];
  /** Runs that the law covers, which are those that it was fitted to; one of weight 0 is counted, and counts for nothing. */
  readonly rows: number;
  /** Huber's δ, on log loss. */
  readonly delta: number;
  /** Sum of Huber terms, with weights of mean 1. */
  readonly objective: number;
  /** 1 − SSE/SST on raw loss; NaN where all losses are equal, or there are no more runs than fitted parameters. */
  readonly rSquared: number;
  /** Root mean square of the residuals of log loss. */
  readonly rmseLog: number;
  /**
   * Null where there are too few runs for it: rows ≤ fitted parameters + 2. Runs of weight 0 are none; parameters that no run tells were
   * not fitted and do not count.
   */
  readonly aicc: number | null;
  readonly status: FitStatus;
  readonly atBounds: readonly string[];
  /**
   * Parameters that no run tells: the loss of every run stays the same whatever they are, for any runs of these kinds (no bilingual
   * run: τ) or at the place that was found (a competition of 0: ω). Left at `neutralCoordinate`.
   */
  readonly unknown: readonly string[];
  readonly tradeOffs: readonly TradeOff[];
  /**
   * Largest over smallest eigenvalue of JᵀJ of log predictions over free coordinates, J's columns scaled to unit length: how nearly the
   * predictions' dependences on two or more coordinates are one, whatever units and logarithms these are in. Infinity where they are.
   */
  readonly condition: number;
  /** Descents that were made, and evaluations of the objective in them. */
  readonly descents: number;
  readonly evaluations: number;
};
