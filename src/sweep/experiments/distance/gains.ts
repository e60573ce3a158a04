/** What two stages gain over one language alone, by distance and D_T; and whether the gain falls with the distance. */

import { quantile } from '../../../law/quantile.ts';
import { normalStream } from '../../../model/llama/initialise.ts';
import type { ResultRun } from '../experiment.ts';
import { type Crossing, crossingOf, tokensOf } from '../phaseShift/threshold.ts';
import { bestCell, hasTag, isAskedBy, kindsOf, MONOLINGUAL, TWO_STAGE } from '../results.ts';
import { ascending, type Estimate, errorOf, meanOf, type Noise, studentsFactor } from '../spread.ts';
import { DISTANCE, DISTANCES, EXPERIMENT } from './design.ts';

/** The best recipes of both kinds at one distance and D_T, chosen on one half of the held-out text and reported on the other. */
export type Gain = {
  readonly distance: number;
  readonly targetTokens: number;
  /** Bits per byte. */
  readonly monolingual: number;
  readonly twoStage: number;
  /** Monolingual less two-stage. */
  readonly gain: number;
  /** Standard error. */
  readonly error: number;
  /** k of the one, r_1 and s of the other. */
  readonly epochs: number;
  readonly firstRatio: number;
  readonly finalShare: number;
};

/** All runs of the experiment, of both rounds. */
export function distanceRuns(results: readonly ResultRun[]): ResultRun[] {
  return results.filter((run) => isAskedBy(run, EXPERIMENT));
}

/** By distance, and at each from the least text. */
export function gainsOf(results: readonly ResultRun[], noise: Noise): Gain[] {
  const runs = distanceRuns(results);
  const targets = ascending(runs.map(({ nominal }) => nominal.D_T));
  return DISTANCES.flatMap((distance) =>
    targets.flatMap((targetTokens): Gain[] => {
      const kinds = kindsOf(
        runs.filter((run) => hasTag(run, DISTANCE, distance) && run.nominal.D_T === targetTokens),
      );
      const [mono, two] = [bestCell(kinds[MONOLINGUAL]), bestCell(kinds[TWO_STAGE])];
      if (!mono || !two) return [];
      return [
        {
          distance,
          targetTokens,
          monolingual: mono.reported,
          twoStage: two.reported,
          gain: mono.reported - two.reported,
          error: errorOf(noise, [mono.runs.length, two.runs.length]),
          epochs: mono.nominal.k,
          firstRatio: two.nominal.r_1,
          finalShare: two.nominal.s,
        },
      ];
    }),
  );
}

export type Trend = {
  /** Bits per byte that the gain changes from no distance to all of it, the same at every D_T. */
  readonly slope: Estimate;
  /** Of all pairs of distances at one D_T, in how many the gain is smaller at the larger distance. */
  readonly falling: number;
  readonly pairs: number;
};

/**
 * A straight line through the gains at each D_T, all of one slope. How sure it is follows from the noise of seeds, not from the scatter about
 * the line: a gain that falls along a curve is no less certain to fall. Null where no D_T has two distances.
 */
export function trendOf(gains: readonly Gain[], noise: Noise): Trend | null {
  let covariance = 0;
  let variance = 0;
  let uncertain = 0;
  let falling = 0;
  let pairs = 0;
  for (const targetTokens of ascending(gains.map((one) => one.targetTokens))) {
    const own = gains.filter((one) => one.targetTokens === targetTokens);
    const [middle, mean] = [meanOf(own.map(({ distance }) => distance)), meanOf(own.map(({ gain }) => gain))];
    for (const { distance, gain, error } of own) {
      covariance += (distance - middle) * (gain - mean);
      variance += (distance - middle) ** 2;
      uncertain += ((distance - middle) * error) ** 2;
      for (const other of own) {
        if (other.distance <= distance) continue;
        pairs++;
        if (other.gain < gain) falling++;
      }
    }
  }
  if (pairs === 0) return null;
  const half = (studentsFactor(noise.degrees) * Math.sqrt(uncertain)) / variance;
  return { slope: { value: covariance / variance, half }, falling, pairs };
}

/** D_T^c at a distance. */
export type DistanceThreshold = {
  readonly distance: number;
  readonly crossing: Crossing;
  /** 95 % interval in tokens: 0 is below all D_T that were run, infinity above them. */
  readonly low: number;
  readonly high: number;
  readonly draws: readonly number[];
};

const RESAMPLES = 1000;
/** Of random streams, one for each distance. */
const THRESHOLD_NOISE = 0xd157;

/** At every distance with two D_T or more. */
export function thresholdsOf(gains: readonly Gain[]): DistanceThreshold[] {
  return DISTANCES.flatMap((distance, index) => {
    const own = gains.filter((one) => one.distance === distance);
    const points = (shake: () => number) =>
      own.map(({ targetTokens, gain, error }) => ({ targetTokens, lead: gain + error * shake() }));
    const crossing = crossingOf(points(() => 0));
    if (!crossing) return [];
    const normal = normalStream(index, THRESHOLD_NOISE);
    const draws = Array.from({ length: RESAMPLES }, () => tokensOf(crossingOf(points(normal)) ?? crossing));
    const sorted = [...draws].sort((a, b) => a - b);
    return [{ distance, crossing, low: quantile(sorted, 0.025), high: quantile(sorted, 0.975), draws }];
  });
}

/** Shares of the resamples in which the threshold at the largest distance is below that at the smallest, and above it; null with one. */
export function thresholdShift(
  thresholds: readonly DistanceThreshold[],
): { readonly falls: number; readonly rises: number } | null {
  const [near] = thresholds;
  const far = thresholds.at(-1);
  if (!near || !far || near === far) return null;
  const share = (is: (near: number, far: number) => boolean) =>
    near.draws.filter((tokens, index) => is(tokens, far.draws[index] ?? Number.NaN)).length /
    near.draws.length;
  return { falls: share((a, b) => b < a), rises: share((a, b) => b > a) };
}
