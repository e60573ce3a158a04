/** Verdicts on what could explain the shift away: optimiser settings, re-warming, generic pre-training, clean text. */

import { meanOf } from '../../../law/mean.ts';
import { quantile } from '../../../law/quantile.ts';
import { normalStream } from '../../../model/llama/initialise.ts';
import type { Finding } from '../experiment.ts';
import { computeWords } from '../grid.ts';
import { MONOLINGUAL, TWO_STAGE } from '../results.ts';
import type { Setting } from '../settings.ts';
import { tokenWords } from '../spread.ts';
import type { BudgetAnalysis, ControlPlace } from './analysis.ts';
import { type Contender, type Margin, signOf } from './margins.ts';
import { leadAt } from './places.ts';
import { crossoverAt, settingsHeld } from './shift.ts';
import { LEAD } from './threshold.ts';
import {
  bits,
  type Judged,
  luckWords,
  marginWords,
  percent,
  sentence,
  thresholdWords,
  together,
} from './words.ts';

const LAB = 'this lab; no claim of a paper';

/** Has one verdict of the budgets that have such runs. */
function over(
  analyses: readonly BudgetAnalysis[],
  missing: string,
  judge: (analysis: BudgetAnalysis) => Judged | null,
): Pick<Finding, 'verdict' | 'measured'> {
  const judged = analyses.flatMap((analysis) => {
    const one = judge(analysis);
    return one ? [{ ...one, compute: computeWords(analysis.view.compute) }] : [];
  });
  if (judged.length === 0) return { verdict: 'undecided', measured: sentence(missing) };
  return {
    verdict: together(judged.map(({ verdict }) => verdict)),
    measured: judged.map(({ compute, why }) => `At C = ${compute} FLOP: ${why}.`).join(' '),
  };
}

export function settingsFinding(analyses: readonly BudgetAnalysis[]): Finding {
  return {
    name: 'same winner under other settings',
    claim:
      'At the D_T just below the threshold the winner is the same at half and twice the learning rate and, where a run costs least, with four times the weight decay and under the other schedule.',
    source: LAB,
    ...over(analyses, 'there are no runs with other optimiser settings', ({ settings }) => {
      if (!settings) return null;
      const { place, base, others } = settings;
      const leads = others.map(({ variant, lead }) => `${marginWords(lead)} with ${variant}`).join(', ');
      const { verdict, why } = settingsHeld({ settings });
      const list = leads === '' ? '' : `, and by ${leads}`;
      return {
        verdict,
        why: `at ${tokenWords(place.targetTokens)} tokens two-stage leads by ${marginWords(base)} bits per byte${list}; ${why}`,
      };
    }),
    wouldChange: 'A setting under which the other kind is better by more than seed noise.',
  };
}

export function rewarmFinding(analyses: readonly BudgetAnalysis[]): Finding {
  return {
    name: 'more than re-warming',
    claim:
      'What two-stage gains over monolingual is more than the learning rate’s second warm-up: a monolingual run that warms up again where the final stage would begin does not gain as much.',
    source: LAB,
    ...over(analyses, 'there is no re-warmed monolingual run', ({ rewarm }) => {
      if (!rewarm) return null;
      const { place, gain, rest } = rewarm;
      const why = `at ${tokenWords(place.targetTokens)} tokens re-warming gains ${marginWords(gain)} bits per byte over the best monolingual recipe, and two-stage is better than the re-warmed run by ${marginWords(rest)}`;
      const sign = signOf(rest);
      return { verdict: sign > 0 ? 'reproduced' : sign < 0 ? 'not reproduced' : 'undecided', why };
    }),
    wouldChange: 'A re-warmed monolingual run that is as good as two-stage.',
  };
}

/** A source that is better by less is no better, bits per byte. */
const NO_LANGUAGE = 0.01;
const SHARE_RESAMPLES = 1000;
const SHARE_STREAM = 0x5ca1;

/** The gain with the unrelated source as a share of the gain with the source, over the places where two-stage gains, with its 95 % interval. */
export function remainingShare(
  places: readonly ControlPlace[],
): { readonly share: number; readonly low: number; readonly high: number } | null {
  const gaining = places.filter(({ gain }) => signOf(gain) > 0);
  if (gaining.length === 0) return null;
  const normal = normalStream(1, SHARE_STREAM);
  const shareOf = (noise: () => number) => {
    let [all, remaining] = [0, 0];
    for (const { place, control, gain, controlGain } of gaining) {
      const drawn = (one: Contender | null) =>
        one === null ? 0 : (one.noise.deviation * noise()) / Math.sqrt(one.seeds);
      const mono = drawn(place.best[MONOLINGUAL]);
      all += gain.value + mono - drawn(place.best[TWO_STAGE]);
      remaining += controlGain.value + mono - drawn(control);
    }
    return remaining / all;
  };
  const draws = Array.from({ length: SHARE_RESAMPLES }, () => shareOf(normal)).sort((a, b) => a - b);
  return { share: shareOf(() => 0), low: quantile(draws, 0.025), high: quantile(draws, 0.975) };
}

export function controlFinding(analyses: readonly BudgetAnalysis[], { texts }: Setting): Finding {
  const missing =
    texts.control === null
      ? 'no source in an unrelated language was given'
      : 'there are no runs with a source in an unrelated language';
  return {
    name: 'language, not only pre-training',
    claim:
      'Part of what two-stage gains is due to the source’s language: a source in an unrelated one gains less.',
    source: LAB,
    ...over(analyses, missing, ({ control, otherScript }) => {
      if (control.length === 0) return null;
      const pooled = pooledMargin(control.map(({ language }) => language));
      const second =
        otherScript.length > 0 ? `; with one in another script it keeps ${keptWords(otherScript)}` : '';
      const why = `with the unrelated source, each with its own best recipe of as many, two-stage keeps, in bits per byte, ${keptWords(control)}; the related source is better by ${marginWords(pooled)} bits per byte on average${luckWords(pooled)}${second}`;
      if (signOf(pooled, SURE_ERRORS) > 0) return { verdict: 'reproduced', why };
      const isNone = pooled.value + SURE_ERRORS * pooled.error < NO_LANGUAGE;
      return { verdict: isNone ? 'not reproduced' : 'undecided', why };
    }),
    wouldChange: 'An unrelated source of the same size that gains as much.',
  };
}

function keptWords(places: readonly ControlPlace[]): string {
  const remaining = remainingShare(places);
  const each = places
    .map(
      ({ place, gain, controlGain }) =>
        `${bits(controlGain.value)} of ${bits(gain.value)} at ${tokenWords(place.targetTokens)}`,
    )
    .join('; ');
  const share = remaining
    ? `, ${percent(remaining.share)} in all (95 %: ${percent(remaining.low)} to ${percent(remaining.high)})`
    : ', and two-stage gains at none of these';
  return `${each} target tokens${share}`;
}

const SURE_ERRORS = 2;

/** The mean of margins at several D_T. */
function pooledMargin(margins: readonly Margin[]): Margin {
  return {
    value: meanOf(margins.map(({ value }) => value)),
    error: Math.sqrt(meanOf(margins.map(({ error }) => error ** 2)) / margins.length),
    luck: meanOf(margins.map(({ luck }) => luck)),
    rivalLuck: meanOf(margins.map(({ rivalLuck }) => rivalLuck)),
    degrees: Math.min(...margins.map(({ degrees }) => degrees)),
  };
}

export function noiseFinding(analyses: readonly BudgetAnalysis[], { texts }: Setting): Finding {
  const missing =
    texts.noisy === null ? 'no noisy target was given' : 'there are no runs on the noisy target';
  return {
    name: 'shift on a noisy target',
    claim: 'The shift from monolingual to two-stage is there on noisy target text as well.',
    source: LAB,
    ...over(analyses, missing, ({ noisy, threshold, view }) => {
      if (noisy.places.length === 0) return null;
      const leads = noisy.places
        .flatMap((place) => {
          const lead = leadAt(place);
          return lead ? [`${marginWords(lead)} at ${tokenWords(place.targetTokens)}`] : [];
        })
        .join('; ');
      if (!noisy.threshold)
        return { verdict: 'undecided', why: 'fewer than two D_T have runs of both kinds' };
      const clean = threshold ? `; on clean text at ${thresholdWords(threshold)}` : '';
      const why = `two-stage leads by (bits per byte, ± standard error, one seed) ${leads} target tokens, and by ${LEAD} at ${thresholdWords(noisy.threshold)}${clean}`;
      const judged = crossoverAt(noisy.places, noisy.threshold, view);
      return { verdict: judged.verdict, why: `${why}; ${judged.why}, with recipes that clean text chose` };
    }),
    wouldChange: 'More D_T on the side where the threshold may lie, or more seeds.',
  };
}
