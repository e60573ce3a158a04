/** What two stages gain over one language alone, by distance and D_T; and whether the gain falls with the distance. */

import { quantile } from '../../../law/quantile.ts';
import { normalStream } from '../../../model/llama/initialise.ts';
import type { ResultRun } from '../experiment.ts';
import { contenderOf, fairValue, marginOf } from '../phaseShift/margins.ts';
import { type Crossing, crossingOf, tokensOf } from '../phaseShift/threshold.ts';
import { hasTag, isAskedBy, kindsOf, MONOLINGUAL, TWO_STAGE } from '../results.ts';
import { FIRST_SEED } from '../settings.ts';
import { ascending, type Estimate, type Noise, noiseOf, studentsFactor } from '../spread.ts';
import { DISTANCE, DISTANCES, EXPERIMENT } from './design.ts';

/**
 * The best recipes of both kinds at one distance and D_T, chosen by the first seed on one half of the held-out text and reported by the
 * others on the other half; by the first too where there was nothing to choose.
 */
export type Gain = {
  readonly distance: number;
  readonly targetTokens: number;
  /** Bits per byte. */
  readonly monolingual: number;
  readonly twoStage: number;
  /** Monolingual less two-stage, without the luck that choosing is worth on average. */
  readonly gain: number;
  /** Standard error; where a recipe was chosen and not repeated, with what its luck may be worth. */
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

/** Of runs that no recipe was chosen by: beside the others, a first seed that was chosen for its luck would pass for noise. */
export function distanceNoise(results: readonly ResultRun[]): Noise {
  return noiseOf(distanceRuns(results).filter(({ config }) => config.seed !== FIRST_SEED));
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
      const [mono, two] = [contenderOf(kinds[MONOLINGUAL], noise), contenderOf(kinds[TWO_STAGE], noise)];
      const margin = marginOf(mono, two);
      if (!mono || !two || !margin) return [];
      return [
        {
          distance,
          targetTokens,
          monolingual: mono.loss,
          twoStage: two.loss,
          gain: fairValue(margin),
          error: Math.hypot(margin.error, margin.luck, margin.rivalLuck),
          epochs: mono.cell.nominal.k,
          firstRatio: two.cell.nominal.r_1,
          finalShare: two.cell.nominal.s,
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
 * A straight line through the gains at each D_T, all of one slope, each gain weighing as much as it is sure. How sure it is follows from the noise of seeds, not from the scatter about
 * the line: a gain that falls along a curve is no less certain to fall. Null where no D_T has two distances.
 */
export function trendOf(gains: readonly Gain[], noise: Noise): Trend | null {
  let covariance = 0;
  let variance = 0;
  let falling = 0;
  let pairs = 0;
  for (const targetTokens of ascending(gains.map((one) => one.targetTokens))) {
    const own = gains.filter((one) => one.targetTokens === targetTokens);
    const middle = weightedMean(own, ({ distance }) => distance);
    const mean = weightedMean(own, ({ gain }) => gain);
    for (const { distance, gain, error } of own) {
      covariance += ((distance - middle) * (gain - mean)) / error ** 2;
      variance += ((distance - middle) / error) ** 2;
      for (const other of own) {
        if (other.distance <= distance) continue;
        pairs++;
        if (other.gain < gain) falling++;
      }
    }
  }
  if (pairs === 0) return null;
  const half = studentsFactor(noise.degrees) / Math.sqrt(variance);
  return { slope: { value: covariance / variance, half }, falling, pairs };
}

function weightedMean(gains: readonly Gain[], of: (gain: Gain) => number): number {
  const weights = gains.reduce((sum, { error }) => sum + 1 / error ** 2, 0);
  return gains.reduce((sum, gain) => sum + of(gain) / gain.error ** 2, 0) / weights;
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
export function thresholdsOf(gains: readonly Gain[], { degrees }: Noise): DistanceThreshold[] {
  // The noise is measured too: what is drawn reaches as far as Student's t does.
  const wider = studentsFactor(degrees) / studentsFactor(0);
  return DISTANCES.flatMap((distance, index) => {
    const own = gains.filter((one) => one.distance === distance);
    const points = (shake: () => number) =>
      own.map(({ targetTokens, gain, error }) => ({ targetTokens, lead: gain + wider * error * shake() }));
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
