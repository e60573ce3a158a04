/** What is claimed of continual pre-training in another language, held against the runs. */

import { shortNumber } from '../../../figures/ticks.ts';
import type { Finding } from '../experiment.ts';
import { estimateWords, type Noise, noiseWords, tokenWords } from '../spread.ts';
import type { ContinualFit, NoFit, ParameterEstimate } from './fit.ts';
import type { RateCheck } from './rateCheck.ts';
import { type SavingSummary, TIE } from './savings.ts';

const SOURCE = 'arXiv 2407.02118 (Zheng et al. 2024)';

/** What the paper's fit gave, of billions of parameters on web text. */
export const PAPER = {
  E: 1.55,
  A: 420,
  alpha: 0.4,
  B: 719.5,
  beta: 0.3,
  Bprime: 433.3,
  betaprime: 0.2,
  gamma: 0.08,
} as const;
const PAPER_FADING = PAPER.beta - PAPER.betaprime;

/** A gain below this is none, in bits per byte. */
const NOTHING = 0.02;

/** Below, a comparison of lengths says more of single runs than of a way to begin. */
const FEWEST_PAIRS = 4;

export type Measured = {
  readonly summary: SavingSummary | null;
  /** Null where other learning rates were not tried. */
  readonly rateCheck: RateCheck | null;
  readonly fit: ContinualFit | NoFit;
  readonly noise: Noise;
};

export function findingsOf({ summary, rateCheck, fit, noise }: Measured): Finding[] {
  return [fasterFinding(summary, rateCheck, noise), fadingFinding(fit), scaleFinding(fit)];
}

function fasterFinding(summary: SavingSummary | null, rateCheck: RateCheck | null, noise: Noise): Finding {
  const common = {
    name: 'faster from the source',
    claim:
      'A model that has read the source language comes to the same target loss with fewer target tokens than one that begins anew.',
    source: SOURCE,
  };
  if (!summary || summary.pairs < FEWEST_PAIRS) {
    return {
      ...common,
      verdict: 'undecided',
      measured: `${summary?.pairs ?? 0} lengths were run both from scratch and from the source; at least ${FEWEST_PAIRS} are needed.`,
      wouldChange: 'Runs of the round “target lengths”.',
    };
  }
  const { pairs, ahead, behind, gap, saving, interval, beyond } = summary;
  const isFaster =
    gap.value > gap.half && interval !== null && interval.low > 0 && ahead > behind && 2 * ahead > pairs;
  const isNot = gap.value + gap.half < NOTHING || (gap.value < -gap.half && behind > ahead);
  const { isFasterToo, isNotToo, words } = checked(rateCheck);
  const range = interval ? `, 95 % interval ${percent(interval.low)} to ${percent(interval.high)}` : '';
  const more =
    beyond > 0
      ? ` In ${beyond} of them the loss was not reached from scratch at all, and the longest run stands for what it would take.`
      : '';
  return {
    ...common,
    verdict:
      isFaster && isFasterToo
        ? 'reproduced'
        : !isFaster && isNot && isNotToo
          ? 'not reproduced'
          : 'undecided',
    measured: `At equal target tokens the loss is lower by ${estimateWords(gap)} bits per byte on average over ${pairs} pairs of length and model; ahead beyond noise (${TIE} standard errors) in ${ahead}, behind in ${behind} (${noiseWords(noise)}). To equal loss it saves ${percent(saving)} of the target tokens (median${range}).${more} The tokens of the source stage are not counted. ${words}`,
    wouldChange:
      'A longer source stage or a closer source would save more, much more target text less; learning rates tuned to each length could favour either way.',
  };
}

/** Whether the runs at other learning rates say the same; without them nothing is known. */
function checked(check: RateCheck | null): {
  readonly isFasterToo: boolean;
  readonly isNotToo: boolean;
  readonly words: string;
} {
  if (!check) {
    const words =
      'Half and double the learning rates were not tried both ways, so that a rate may favour one of them.';
    return { isFasterToo: false, isNotToo: false, words };
  }
  const { N, tokens, fromScratch, fromSource, gap } = check;
  return {
    isFasterToo: gap.value > gap.half,
    isNotToo: gap.value - gap.half < NOTHING,
    words: `With each at the best of half, once and twice its rate (×${fromScratch} from scratch, ×${fromSource} from the source) the loss at the shortest length, ${tokenWords(tokens)} tokens, of N ${tokenWords(N)} is lower by ${estimateWords(gap)}.`,
  };
}

function fadingFinding(fit: ContinualFit | NoFit): Finding {
  const common = {
    name: 'the gain wears off',
    claim:
      'With more target text what the source brings becomes less: β′, by which the loss falls with target tokens after the source, is below β from scratch.',
    source: SOURCE,
  };
  if ('problem' in fit) return undecided(common, fit.problem);
  const { fading, ends } = fit;
  const isKnown = fading.interval !== null;
  const verdict =
    isKnown && fading.interval.low > 0
      ? 'reproduced'
      : isKnown && fading.interval.high < 0
        ? 'not reproduced'
        : 'undecided';
  const where = ends.map(({ N, tokens, interval, share }) => {
    const at = tokens === null ? 'never' : `at ${shortNumber(tokens, 2)} tokens`;
    const range = interval
      ? ` (95 % interval ${shortNumber(interval.low, 2)} to ${shortNumber(interval.high, 2)}; they meet in ${percent(share)} of the resamples)`
      : '';
    return `N ${tokenWords(N)} ${at}${range}`;
  });
  return {
    ...common,
    verdict,
    measured: `β − β′ = ${parameterWords(fading)}; the paper has ${PAPER_FADING.toFixed(2)}. By the two fits the curves meet, and the gain ends, for ${where.join('; ')}. Beyond the longest runs this is an extrapolation.`,
    wouldChange: 'Longer runs on the target, up to where the curves meet.',
  };
}

function scaleFinding(fit: ContinualFit | NoFit): Finding {
  const common = {
    name: 'larger models bring over more',
    claim:
      'After the source the data term also falls with the size of the model: γ > 0 in L = E + A/N^α + B′/(D^β′·N^γ).',
    source: SOURCE,
  };
  if ('problem' in fit) return undecided(common, fit.problem);
  const gamma = fit.parameters.find(({ name }) => name === 'gamma');
  const interval = gamma?.interval ?? null;
  const verdict =
    interval && interval.low > 0
      ? 'reproduced'
      : interval && interval.high < PAPER.gamma / 2
        ? 'not reproduced'
        : 'undecided';
  const { continued, scratch } = fit;
  return {
    ...common,
    verdict,
    measured: `γ = ${gamma ? parameterWords(gamma) : 'unknown'}; the paper has ${PAPER.gamma}. Fitted to ${continued.rows} runs from the source with E, A and α of ${scratch.rows} runs from scratch (R² ${continued.rSquared.toFixed(3)} and ${scratch.rSquared.toFixed(3)}).`,
    wouldChange:
      'Models over more than one order of magnitude: over these, γ and the capacity term A/N^α are hard to tell apart.',
  };
}

function undecided(common: Pick<Finding, 'name' | 'claim' | 'source'>, problem: string): Finding {
  return {
    ...common,
    verdict: 'undecided',
    measured: `The law was not fitted: ${problem}.`,
    wouldChange: 'Runs of the round “target lengths”, on three models.',
  };
}

export function parameterWords({ value, interval }: ParameterEstimate): string {
  const range = interval
    ? ` (95 % interval ${shortNumber(interval.low, 3)} to ${shortNumber(interval.high, 3)})`
    : ' (the runs give no interval)';
  return `${shortNumber(value, 3)}${range}`;
}

function percent(share: number): string {
  return `${Math.round(100 * share)} %`;
}
