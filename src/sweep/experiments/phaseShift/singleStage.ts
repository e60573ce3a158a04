/** Is multi-lingual single-stage ever the best? A yes and a no both need to be more than seed noise, and where neither is it stays open. */

import type { Finding } from '../experiment.ts';
import { computeWords } from '../grid.ts';
import { MONOLINGUAL, SINGLE_STAGE, TWO_STAGE } from '../results.ts';
import { tokenWords } from '../spread.ts';
import type { BudgetAnalysis } from './analysis.ts';
import { certainSign, isCertainlyBelow, type Margin, marginOf } from './margins.ts';
import type { Place } from './places.ts';
import { LEAD } from './threshold.ts';
import { bits, type Judged, marginWords, PAPER, sentence } from './words.ts';

/** By how much single-stage is better than what the choosing half takes for the better of the other two; null where a kind is missing. */
export function singleStageLead({ best }: Place): Margin | null {
  const { [MONOLINGUAL]: mono, [TWO_STAGE]: two, [SINGLE_STAGE]: single } = best;
  if (!mono || !two) return null;
  return marginOf(mono.chosen < two.chosen ? mono : two, single);
}

/** With fewer ratios at every D_T little is known of the best one. */
const FEWEST_RATIOS = 2;

/** Whether single-stage was tried at enough ratios for "never best" to be said. */
export function hasRatios(places: readonly Place[]): boolean {
  return places.some(({ best }) => (best[SINGLE_STAGE]?.tried ?? 0) >= FEWEST_RATIOS);
}

/**
 * "Never" is that at every one of these places single-stage is certainly less than {@link LEAD} ahead; "not never" that at one of them it
 * is certainly ahead, by a bound for all of them together.
 */
export function singleStageJudged(places: readonly Place[]): Judged {
  const seen = places.flatMap((place) => {
    const lead = singleStageLead(place);
    return lead ? [{ lead, tokens: tokenWords(place.targetTokens) }] : [];
  });
  if (seen.length === 0) {
    return { verdict: 'undecided', why: 'there is no D_T with runs of all three kinds' };
  }
  if (seen.some(({ lead }) => lead.degrees === 0)) {
    return { verdict: 'undecided', why: 'no recipe was repeated, so the noise of seeds is not known' };
  }
  const wins = seen.filter(({ lead }) => certainSign(lead, seen.length) > 0);
  if (wins.length > 0) {
    const list = wins.map(({ lead, tokens }) => `by ${marginWords(lead)} at ${tokens} tokens`).join(', ');
    return { verdict: 'not reproduced', why: `single-stage is best ${list}` };
  }
  const most = Math.max(...seen.map(({ lead }) => lead.value));
  const extent = `${most > 0 ? `at most it leads by ${bits(most)}` : `at best it is ${bits(-most)} behind`} bits per byte`;
  const open = seen.filter(({ lead }) => !isCertainlyBelow(lead, LEAD));
  if (open.length > 0) {
    const list = open.map(({ lead, tokens }) => `${marginWords(lead)} at ${tokens}`).join('; ');
    return {
      verdict: 'undecided',
      why: `at ${open.length} of ${seen.length} D_T seed noise leaves room for single-stage to be best by ${LEAD} bits per byte, though at none it certainly is (it leads by ${list} tokens)`,
    };
  }
  return {
    verdict: 'reproduced',
    why: `at each of ${seen.length} D_T single-stage is certainly less than ${LEAD} bits per byte ahead; ${extent}`,
  };
}

export function singleStageFinding(analyses: readonly BudgetAnalysis[]): Finding {
  const tried = analyses.filter(({ view }) => hasRatios(view.places));
  const left = analyses.filter((analysis) => !tried.includes(analysis));
  const { verdict, why } = singleStageJudged(tried.flatMap(({ view }) => view.places));
  const words = left.map(({ view }) => computeWords(view.compute)).join(' and ');
  return {
    name: 'single-stage never best',
    claim: `Multi-lingual single-stage is best at no D_T, by ${LEAD} bits per byte or more.`,
    source: PAPER,
    verdict,
    measured: `${sentence(why)}${left.length > 0 ? ` C = ${words} FLOP is left out: single-stage was tried at one ratio there, or not at all.` : ''}`,
    wouldChange:
      'A ratio r between those of the grid at which single-stage beats both others by more than seed noise; more seeds, where noise leaves room for one.',
  };
}
