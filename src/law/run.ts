/** A finished run as the fitter sees it: where it stands, and the loss it came to. */

import type { Point } from './point.ts';

export type Run = {
  readonly point: Point;
  /** Nats per token on held-out target text; above 0. */
  readonly loss: number;
  /**
   * How precise its loss is against the others': the inverse variance of ln loss, in any unit. 1 unless the data say otherwise; 0 leaves
   * it out. Weights are normalised to a mean of 1 over the runs of a fit, so that only their ratios count.
   */
  readonly weight: number;
  /** First-stage ratio and final-stage share, where they are known: no law reads them, but they fix what (r, r_f) mean. */
  readonly r_1: number | null;
  readonly s: number | null;
  /** Words that runs can be grouped by: `pair`, `seed`, `kind`, and every column that no law reads. */
  readonly groups: Readonly<Record<string, string>>;
  /** Where it was read, e.g. `runs.csv:17`; for messages. */
  readonly place: string;
};
