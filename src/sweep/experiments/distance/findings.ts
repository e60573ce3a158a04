/** What is expected of the distance between two languages, held against the runs. */

import type { Finding } from '../experiment.ts';
import { LEAD } from '../phaseShift/threshold.ts';
import { decimals, estimateWords, type Noise, noiseWords, tokenWords } from '../spread.ts';
import type { DistanceThreshold, Gain, Trend, thresholdShift } from './gains.ts';

/** No paper has turned this dial; those on transfer between languages say it of real pairs. */
const SOURCE = 'the expectation of this lab, for its built-in dial';

/** Of the resamples, so many for certain. */
const SURE = 0.975;

export type Measured = {
  readonly gains: readonly Gain[];
  readonly trend: Trend | null;
  readonly thresholds: readonly DistanceThreshold[];
  readonly shift: ReturnType<typeof thresholdShift>;
  readonly noise: Noise;
};

export function findingsOf(measured: Measured): Finding[] {
  return [gainFinding(measured), thresholdFinding(measured)];
}

function gainFinding({ gains, trend, noise }: Measured): Finding {
  const common = {
    name: 'the gain falls with distance',
    claim: 'The further the target is from the source, the less two stages gain over the target alone.',
    source: SOURCE,
    wouldChange:
      'More seeds and distances; gains of recipes that are chosen for each distance from a whole grid, since one grid for all may suit some better.',
  };
  if (!trend) {
    return {
      ...common,
      verdict: 'undecided',
      measured: 'No D_T has runs of both kinds at two distances.',
    };
  }
  const { slope, falling, pairs } = trend;
  const isMeasured = noise.degrees > 0;
  const isFalling = slope.value + slope.half < 0 && 2 * falling > pairs;
  const isNot = slope.value - slope.half > -LEAD;
  const distances = [...new Set(gains.map(({ distance }) => distance))];
  const means = distances.map((distance) => {
    const own = gains.filter((one) => one.distance === distance);
    const words = own.map(({ targetTokens, gain }) => `${decimals(gain)} (D_T ${tokenWords(targetTokens)})`);
    return `${distance}: ${words.join(', ')}`;
  });
  return {
    ...common,
    verdict: !isMeasured ? 'undecided' : isFalling ? 'reproduced' : isNot ? 'not reproduced' : 'undecided',
    measured: `From distance 0 to 1 the gain changes by ${estimateWords(slope)} bits per byte (a fall that is surely below ${LEAD} counts as none), and it is smaller at the larger of two distances in ${falling} of ${pairs} pairs (${noiseWords(noise)}). Gains by distance, in bits per byte: ${means.join('; ')}.`,
  };
}

function thresholdFinding({ thresholds, shift, noise }: Measured): Finding {
  const common = {
    name: 'the threshold falls with distance',
    claim:
      'The further the target is from the source, the less target text there must be before two stages win.',
    source: SOURCE,
    wouldChange:
      'D_T nearer to the thresholds: these lie a factor of two to four apart, so a threshold is read off a line between them.',
  };
  if (!shift) {
    return {
      ...common,
      verdict: 'undecided',
      measured: `Thresholds at two distances are needed; the runs tell ${thresholds.length === 0 ? 'none' : 'one'}.`,
    };
  }
  const each = thresholds.map((one) => `${one.distance}: ${thresholdWords(one)}`);
  return {
    ...common,
    verdict:
      noise.degrees === 0
        ? 'undecided'
        : shift.falls >= SURE
          ? 'reproduced'
          : shift.rises >= SURE
            ? 'not reproduced'
            : 'undecided',
    measured: `D_T at which two stages lead by ${LEAD} bits per byte, by distance: ${each.join('; ')}. From the nearest to the furthest it falls in ${percent(shift.falls)} of the resamples and rises in ${percent(shift.rises)} (${noiseWords(noise)}).`,
  };
}

export function thresholdWords({ crossing, low, high }: DistanceThreshold): string {
  const end = (tokens: number) =>
    tokens === 0
      ? 'below all that were run'
      : tokens === Number.POSITIVE_INFINITY
        ? 'above all'
        : tokenWords(tokens);
  const range = `95 % interval ${end(low)} to ${end(high)}`;
  if (crossing.kind !== 'at')
    return `${crossing.kind === 'never' ? 'below' : 'above'} all D_T that were run (${range})`;
  return `${tokenWords(crossing.targetTokens)} tokens (${range})`;
}

function percent(share: number): string {
  return `${Math.round(100 * share)} %`;
}
