/** Where a fit stands. */

import type { CertaintyFacts, FitFacts } from '../../worker/api/fits.ts';
import type { Failure } from '../../worker/api/outcome.ts';

/** `none`: there is nothing to fit, and why. */
export type FitState =
  | { readonly status: 'none'; readonly reason: string }
  | { readonly status: 'fitting'; readonly law: string; readonly share: number }
  | {
      readonly status: 'ready';
      /** With `file` as in formats/fit.ts, which has intervals once `certainty` is there. */
      readonly facts: FitFacts;
      /** Its runs, as the law's worker knows them. */
      readonly dataset: number;
      /** Coordinates, for predictions in the page. */
      readonly theta: Float64Array;
      readonly certainty: CertaintyFacts | null;
      /** Whether all starts have been looked at since the runs last changed; else it went on from an earlier fit, or looked quickly. */
      readonly isThorough: boolean;
    }
  | { readonly status: 'failed'; readonly law: string; readonly failure: Failure };
