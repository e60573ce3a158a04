/** What is claimed of replaying the source language, held against the runs. */

import type { Finding, Verdict } from '../experiment.ts';
import { type Estimate, estimateWords } from '../spread.ts';
import type { RatioLosses, Replay } from './losses.ts';

const SOURCE = 'arXiv 2407.02118 (Zheng et al. 2024)';

/** A difference that would count, in bits per byte: the lead by which thresholds are told. */
const HARM = 0.05;
/** More replay than this is not what is claimed of; the table has it. */
const LEAST_RATIO = 0.5;
/** Of what is forgotten without replay, so much kept is called prevented. */
const PREVENTED = 0.5;
/** One of several intervals is beyond a bound by chance more often than each: the claims are tested where most is replayed, there alone. */

export function findingsOf(replay: Replay): Finding[] {
  return [harmFinding(replay), forgettingFinding(replay)];
}

function harmFinding(replay: Replay): Finding {
  const compared = replay.ratios.filter(({ ratio }) => ratio < 1 && ratio >= LEAST_RATIO);
  const harms = compared.flatMap(({ harm }) => harm ?? []);
  const common = {
    name: 'replay does not hurt the target',
    claim: 'Source text mixed into the final stage does not raise the target loss at equal target tokens.',
    source: SOURCE,
    wouldChange: `More seeds where an interval reaches across ${HARM}; a larger model has more room for both languages, a longer final stage gives replay more steps.`,
  };
  if (harms.length === 0) return missing(common, 'runs both with and without replay');
  const isHarmless = harms.every(({ value, half }) => value + half < HARM);
  const most = harms.at(-1);
  const isHarmful = most !== undefined && most.value - most.half > HARM;
  return {
    ...common,
    verdict: isHarmless ? 'reproduced' : isHarmful ? 'not reproduced' : 'undecided',
    measured: `Target loss against r_f = 1, in bits per byte: ${each(replay.ratios, ({ harm }) => harm)}; less than ${HARM} up to r_f = ${LEAST_RATIO} counts as no harm (${noiseWords(replay, 'target')}). Harm is looked for where most is replayed of these. The final stage is longer the more is replayed, and the learning rate decays over all of it${decayWords(replay.ratios)}.`,
  };
}

function forgettingFinding(replay: Replay): Finding {
  const common = {
    name: 'replay prevents forgetting',
    claim:
      'Without replay the source language is forgotten; some source text in the final stage prevents it.',
    source: SOURCE,
    wouldChange:
      'Another length of the final stage: the longer it is on the target alone, the more is forgotten.',
  };
  const atOne = replay.ratios.find(({ ratio }) => ratio === 1)?.forgotten ?? null;
  if (!atOne) return missing(common, 'both a run at r_f = 1 and one that goes on with the source');
  const kept = replay.ratios
    .filter(({ ratio }) => ratio >= LEAST_RATIO)
    .flatMap(({ kept: own }) => own ?? []);
  const before =
    replay.before === null
      ? ''
      : ` Before the switch it was ${replay.before.toFixed(3)} bits per byte, at the peak rate and on a sample.`;
  const figures = `Source loss, in bits per byte, over that of a model that went on with the source${replay.anchor === null ? '' : ` (${replay.anchor.toFixed(3)})`}: ${each(replay.ratios, ({ forgotten }) => forgotten)}. The share of what is forgotten at r_f = 1 that replay keeps, of which more than ${PREVENTED} at r_f = ${LEAST_RATIO} is asked for: ${each(replay.ratios, ({ kept: own }) => own, 2)} (${noiseWords(replay, 'source')}).${before}`;
  return { ...common, verdict: forgettingVerdict(atOne, kept), measured: figures };
}

function forgettingVerdict(atOne: Estimate, kept: readonly Estimate[]): Verdict {
  // Nothing to prevent: that is a claim about forgetting as well.
  if (atOne.value + atOne.half < HARM) return 'not reproduced';
  if (kept.length === 0) return 'undecided';
  const most = kept.at(-1);
  if (most && most.value - most.half > PREVENTED) return 'reproduced';
  return kept.every(({ value, half }) => value + half < PREVENTED) ? 'not reproduced' : 'undecided';
}

/** Exceptions to a decay over all of the final stage. */
function decayWords(ratios: readonly RatioLosses[]): string {
  const others = ratios.filter(({ decaysThroughout }) => !decaysThroughout);
  if (others.length === 0) return '';
  return `, but at r_f = ${others.map(({ ratio }) => ratio).join(' and ')}, where the stage is longer than the schedule’s decay, over its end alone`;
}

function each(
  ratios: readonly RatioLosses[],
  of: (losses: RatioLosses) => Estimate | null,
  digits = 3,
): string {
  const words = ratios.flatMap((losses) => {
    const estimate = of(losses);
    return estimate ? [`${estimateWords(estimate, digits)} at r_f ${losses.ratio}`] : [];
  });
  return words.length === 0 ? 'nothing that can be told' : words.join(', ');
}

function noiseWords({ deviations, degrees }: Replay, of: 'target' | 'source'): string {
  return degrees === 0
    ? `one seed; a noise of ${deviations[of]} bits per byte is assumed`
    : `95 % intervals; one seed’s difference varies by ${deviations[of].toFixed(3)} bits per byte`;
}

function missing(common: Pick<Finding, 'name' | 'claim' | 'source' | 'wouldChange'>, what: string): Finding {
  return { ...common, verdict: 'undecided', measured: `No seed has ${what}.` };
}
