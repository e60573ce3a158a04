/** Laws in the order in which the runs speak for them. */

import { coveredRuns } from '../certainty/sensitivities.ts';
import type { Fit } from '../fit/outcome.ts';
import type { Law } from '../law.ts';
import type { Run } from '../run.ts';
import { nests } from './nesting.ts';

export type Ranked = {
  readonly fit: Fit;
  /** AICc − the best law's. */
  readonly difference: number;
  /** Richer laws of the ranking that contain this one; the runs ask for their terms only where they lead by more than {@link CLOSE}. */
  readonly nestedIn: readonly string[];
  /**
   * This law is within {@link CLOSE} of the best, and the best contains it: the runs do not tell the two apart, and this is the
   * simpler.
   */
  readonly suffices: boolean;
};

export type Apart = { readonly fit: Fit; readonly reason: string };

export type Ranking = {
  /** The best first. */
  readonly ranked: readonly Ranked[];
  /** Fits whose AICc may not be held against the others'. */
  readonly apart: readonly Apart[];
};

/** Differences of AICc up to here are no evidence (Burnham and Anderson 2002: "considerably less support" begins at 4). */
export const CLOSE = 4;

/**
 * Ranks fits that were made on `runs`, each on those that its law covers. AICc compares only fits to identical rows, so the laws that
 * cover the most runs are ranked, and the others stand apart with the reason, in the order given.
 */
export function rankFits(fits: readonly Fit[], runs: readonly Run[]): Ranking {
  const laws = fits.map(({ law }) => law);
  const most = Math.max(0, ...laws.map((law) => coveredRuns(law, runs).length));
  const common = laws.find((law) => coveredRuns(law, runs).length === most);
  const ranked: { fit: Fit; aicc: number }[] = [];
  const apart: Apart[] = [];
  for (const fit of fits) {
    const reason = reasonApart(fit, runs, common, most);
    if (reason !== null) apart.push({ fit, reason });
    else ranked.push({ fit, aicc: fit.aicc ?? Number.NaN });
  }
  ranked.sort((a, b) => a.aicc - b.aicc);
  const best = ranked[0];
  return {
    apart,
    ranked: ranked.map(({ fit, aicc }) => {
      const difference = best === undefined ? 0 : aicc - best.aicc;
      const nestedIn = ranked
        .filter((other) => other.fit !== fit && nests(other.fit.law, fit.law, laws, runs))
        .map((other) => other.fit.law.name);
      const suffices =
        best !== undefined && best.fit !== fit && difference <= CLOSE && nestedIn.includes(best.fit.law.name);
      return { fit, difference, nestedIn, suffices };
    }),
  };
}

function reasonApart(
  { law, aicc, borrowed, rows }: Fit,
  runs: readonly Run[],
  common: Law | undefined,
  most: number,
): string | null {
  if (borrowed.length > 0)
    return `takes ${borrowed.join(', ')} from a fit of ${law.borrows?.law} to other runs, and is fitted to ${rows} of ${runs.length}`;
  if (common !== undefined && !sameRows(law, common, runs))
    return `covers ${coveredRuns(law, runs).length} runs where the ranked laws cover ${most}`;
  if (aicc === null) return `has too many parameters for ${rows} runs: AICc needs more`;
  if (!Number.isFinite(aicc)) return `passes through every run, so that its AICc has no value`;
  return null;
}

function sameRows(one: Law, other: Law, runs: readonly Run[]): boolean {
  const { covers: covers1 = () => true } = one;
  const { covers: covers2 = () => true } = other;
  return runs.every(({ point }) => covers1(point) === covers2(point));
}
