/** The next runs of an adaptive sweep: those that are expected to tell most about the threshold D_T^c(C). */

import type { ManifestRun } from '../../formats/manifest.ts';
import { TIE } from '../../law/advice/best.ts';
import { type Threshold, threshold } from '../../law/advice/threshold/threshold.ts';
import { thresholdGradient } from '../../law/advice/threshold/thresholdGradient.ts';
import { chooseRuns } from '../../law/certainty/nextRuns.ts';
import { gradientsAt } from '../../law/certainty/sensitivities.ts';
import { fitLaw } from '../../law/fit/fitLaw.ts';
import type { Fit } from '../../law/fit/outcome.ts';
import { type Law, predictLoss } from '../../law/law.ts';
import { type Point, pointOf, RECIPE_KINDS, recipeKind } from '../../law/point.ts';
import type { Run } from '../../law/run.ts';
import { spreadRuns } from './spread.ts';

/**
 * Nats per token by which a bilingual recipe leads at the threshold: a twentieth of a bit. The exact crossing is no use here: most laws
 * leave the monolingual kind bit by bit, and where both recipes are one no run tells where.
 */
export const MARGIN_NATS = 0.05 * Math.LN2;

/** Share of the variance that a round has to take away; else the design is at its end. */
export const LEAST_REDUCTION = 0.01;

/** Runs beyond the law's parameters before it is fitted: with fewer its fit is what the noise says. */
const SPARE_RUNS = 5;

/** How far beyond the design's corpora the threshold may lie, in ln D_T, to be what is asked for. */
const BEYOND = Math.log(4);

export type Planned = Pick<ManifestRun, 'id' | 'nominal'>;

export type RoundOptions = {
  readonly law: Law;
  /** C of the threshold, in FLOPs. */
  readonly compute: number;
  /** Runs a round. */
  readonly runs: number;
  /** All runs of the design. */
  readonly design: readonly Planned[];
  /** Runs of the manifest so far, of which some may be finished. */
  readonly planned: readonly Planned[];
  /** Finished runs, as the law is fitted to them. */
  readonly results: readonly Run[];
  /** Ids of all runs that need not be made: those of `results`, and such as diverged. */
  readonly finished: ReadonlySet<string>;
  readonly descents?: number;
  readonly signal?: AbortSignal;
  /** Told the share of the fit that is done, 0 … 1. */
  readonly onProgress?: (share: number) => void;
};

/** What a round is chosen by, and what it is expected to bring. */
export type Aim =
  /** The threshold in tokens; deviations are of ln D_T^c. */
  | { readonly of: 'threshold'; readonly D_T: number; readonly before: number; readonly after: number }
  /**
   * The law has no threshold at this compute, or has it far from the design's corpora: deviations are of the lead, ln L_mono − ln L_bi, of
   * the design's own best recipes on that of its corpora which is nearest to it.
   */
  | {
      readonly of: 'lead';
      readonly state: Threshold['state'];
      readonly D_T: number;
      readonly before: number;
      readonly after: number;
    };

export type NextRound = {
  /** Ids of runs of the design, in the order in which they were chosen; none where the sweep is at its end. */
  readonly chosen: readonly string[];
  /** Runs of the design that are neither planned nor finished, before this round. */
  readonly left: number;
  /** Null where there were too few results for a fit, or it says nothing of either aim; the runs are then spread over the design. */
  readonly aim: Aim | null;
  readonly fit: Fit | null;
  /** Results that a fit needs. */
  readonly needed: number;
};

/**
 * Chooses the next round. The same for the same lists in the same order. Rejects with what the fit throws, and with the signal's reason.
 */
export async function nextRound(options: RoundOptions): Promise<NextRound> {
  const { law, compute, runs, design, planned, results, finished } = options;
  const { covers = () => true } = law;
  const known = new Set([...finished, ...planned.map(({ id }) => id)]);
  const left = design.filter(({ id }) => !known.has(id));
  const needed = law.parameters.length + SPARE_RUNS;
  const covered = results.filter(({ point }) => covers(point));
  const idsOf = (indices: readonly number[]) => indices.flatMap((index) => left[index]?.id ?? []);
  const spread = () => {
    const taken = design.filter(({ id }) => known.has(id)).map(({ nominal }) => nominal);
    return spreadRuns(
      left.map(({ nominal }) => nominal),
      runs,
      taken,
    );
  };
  if (covered.length < needed || missesKind(covered, design)) {
    return { chosen: idsOf(spread()), left: left.length, aim: null, fit: null, needed };
  }
  const { descents, signal, onProgress } = options;
  const fit = await fitLaw(law, results, {
    ...(descents !== undefined && { descents }),
    ...(signal && { signal }),
    ...(onProgress && { onProgress }),
  });
  const points = left.map(({ nominal }) => pointOf(nominal));
  const underWay = planned.filter(({ id }) => !finished.has(id)).map(({ nominal }) => pointOf(nominal));
  for (const { interest, ...aim } of aimsOf(fit, compute, design)) {
    const { chosen, before, after } = chooseRuns(fit, results, points, { interest, count: runs, underWay });
    // Under none of the guesses of what no run tells there is such a thing.
    if (before === 0) continue;
    const isWorth = after < before * (1 - LEAST_REDUCTION);
    return {
      chosen: isWorth ? idsOf(chosen.map(({ index }) => index)) : [],
      left: left.length,
      aim: { ...aim, before: Math.sqrt(before), after: Math.sqrt(after) },
      fit,
      needed,
    };
  }
  return { chosen: idsOf(spread()), left: left.length, aim: null, fit, needed };
}

/** Whether the design has a kind that no result is of. */
function missesKind(results: readonly Run[], design: readonly Planned[]): boolean {
  const seen = new Set<string>(results.map(({ point }) => recipeKind(point)));
  return RECIPE_KINDS.some((kind) => !seen.has(kind) && design.some(({ nominal }) => nominal.kind === kind));
}

type Wish = { readonly interest: { readonly gradient: (theta: Float64Array) => Float64Array } } & (
  | Omit<Extract<Aim, { of: 'threshold' }>, 'before' | 'after'>
  | Omit<Extract<Aim, { of: 'lead' }>, 'before' | 'after'>
);

/** What may be aimed at, the best first. */
function aimsOf({ law, theta }: Fit, compute: number, design: readonly Planned[]): readonly Wish[] {
  const found = threshold(law, theta, compute, { margin: MARGIN_NATS });
  const corpora = design.map(({ nominal }) => Math.log(nominal.D_T));
  const [least, most] = [Math.min(...corpora), Math.max(...corpora)];
  const at = found.state === 'crossed' ? Math.log(found.D_T) : Number.NaN;
  const wished = nearest(found.state, at, least, most);
  const lnD_T = corpora.reduce(
    (best, one) => (Math.abs(one - wished) < Math.abs(best - wished) ? one : best),
    most,
  );
  const here = design.flatMap(({ nominal }) =>
    Math.log(nominal.D_T) === lnD_T && nominal.C <= compute * (1 + TIE) ? [pointOf(nominal)] : [],
  );
  const lead: Wish = {
    of: 'lead',
    state: found.state,
    D_T: Math.exp(lnD_T),
    interest: { gradient: (of) => leadGradient(law, of, here) },
  };
  if (!(at >= least - BEYOND && at <= most + BEYOND)) return [lead];
  const gradient = (of: Float64Array): Float64Array => {
    const slope = thresholdGradient(law, of, compute, { margin: MARGIN_NATS });
    return slope !== null && 'gradient' in slope ? slope.gradient : new Float64Array(of.length);
  };
  return [{ of: 'threshold', D_T: Math.exp(at), interest: { gradient } }, lead];
}

/** ln D_T of the design at which the kinds come nearest to each other: where monolingual always wins, the least corpus. */
function nearest(state: Threshold['state'], at: number, least: number, most: number): number {
  if (state === 'never') return least;
  if (state === 'always') return most;
  return state === 'crossed' ? Math.min(Math.max(at, least), most) : (least + most) / 2;
}

/**
 * ∂ (ln L_mono − ln L_bi) / ∂ coordinate, of the design's own best recipes on this corpus; zeros where it has not both. A free search
 * would come to a bilingual recipe that is all but monolingual, whose lead is known to be none.
 */
function leadGradient(law: Law, theta: Float64Array, points: readonly Point[]): Float64Array {
  const { covers = () => true } = law;
  const best = new Map<boolean, Point>();
  for (const point of points.filter(covers)) {
    const isMonolingual = recipeKind(point) === 'monolingual single-stage';
    const before = best.get(isMonolingual);
    if (!before || predictLoss(law, point, theta) < predictLoss(law, before, theta))
      best.set(isMonolingual, point);
  }
  const [monolingual, bilingual] = [best.get(true), best.get(false)];
  if (monolingual === undefined || bilingual === undefined) return new Float64Array(theta.length);
  const [ofMono, ofBi] = gradientsAt(law, [monolingual, bilingual], theta);
  return theta.map((_, index) => (ofMono?.[index] ?? 0) - (ofBi?.[index] ?? 0));
}
