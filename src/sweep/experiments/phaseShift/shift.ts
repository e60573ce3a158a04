/** Verdicts on the shift itself: is it there at each C, and is it direct? */

import type { Finding, Verdict } from '../experiment.ts';
import { computeWords } from '../grid.ts';
import { MONOLINGUAL, SINGLE_STAGE, TWO_STAGE } from '../results.ts';
import { type Noise, noiseWords, studentsFactor, tokenWords } from '../spread.ts';
import type { BudgetAnalysis } from './analysis.ts';
import { type Margin, marginOf, signOf } from './margins.ts';
import { leadAt, type Place } from './places.ts';
import { LEAD, type ThresholdEstimate, tokensOf } from './threshold.ts';
import { basisWords, bits, marginWords, percent, sentence, thresholdWords, together } from './words.ts';

export const PAPER = 'arXiv 2410.12325, guideline (i)';

/** Fewer D_T with both kinds say nothing about a shift. */
const FEWEST_PLACES = 3;
/** Share of resamples that must agree. */
const SURE = 0.95;
/** The smallest D_T must be so scarce, and the largest so plentiful, before "nowhere" or "everywhere" says something. */
const SCARCE = 1 / 40;
const PLENTIFUL = 1 / 2;
/** Standard errors beyond which even one D_T among many is no chance. */
const CLEAR_ERRORS = 3;

/**
 * Whether two-stage leads clearly at one D_T at least, at or below the threshold. Resamples alone do not tell: of many D_T whose noise
 * is wide one or another is beyond any lead in nearly all of them.
 */
export function hasClearLead(
  places: readonly Place[],
  { crossing }: Pick<ThresholdEstimate, 'crossing'>,
  noise: Noise,
): boolean {
  const most = tokensOf(crossing);
  return places.some((place) => {
    const lead = leadAt(place);
    return place.targetTokens <= most && lead !== null && signOf(lead, clearErrors(noise)) > 0;
  });
}

/** {@link CLEAR_ERRORS}, and more where the noise is known from a few repetitions. */
function clearErrors({ degrees }: Noise): number {
  return (CLEAR_ERRORS * studentsFactor(degrees)) / studentsFactor(0);
}

export type Judged = { readonly verdict: Verdict; readonly why: string };

/** The verdict on the shift at one C. */
export function shiftAt({ view, threshold, settings }: BudgetAnalysis): Judged {
  const places = view.places.filter((place) => leadAt(place) !== null);
  if (!threshold || places.length < FEWEST_PLACES) {
    const why =
      places.length === 0
        ? 'there are no runs of both kinds'
        : `only ${places.length} D_T have runs of both kinds`;
    return { verdict: 'undecided', why };
  }
  const { shares, crossing } = threshold;
  const largest = places[0]?.targetTokens ?? 0;
  const smallest = places.at(-1)?.targetTokens ?? 0;
  if (shares.never >= SURE) {
    return smallest <= view.D * SCARCE
      ? {
          verdict: 'not reproduced',
          why: `two-stage leads by ${LEAD} at no D_T down to ${tokenWords(smallest)} tokens`,
        }
      : {
          verdict: 'undecided',
          why: `the smallest D_T that was run, ${tokenWords(smallest)} tokens, is not scarce enough`,
        };
  }
  if (shares.always >= SURE) {
    return largest >= view.D * PLENTIFUL
      ? { verdict: 'not reproduced', why: 'two-stage leads at every D_T, that of D* included' }
      : {
          verdict: 'undecided',
          why: 'two-stage leads at every D_T that was run, and larger ones are missing',
        };
  }
  if (shares.at < SURE || crossing.kind !== 'at') {
    const why = `seed noise covers it: the lead of ${LEAD} is reached at some D_T in ${percent(shares.at)} of resamples, at none in ${percent(shares.never)}, at all in ${percent(shares.always)}`;
    return { verdict: 'undecided', why };
  }
  const above = places.filter(({ targetTokens }) => targetTokens > crossing.targetTokens);
  if (!above.some((place) => signOf(leadAt(place) ?? NOTHING) <= 0)) {
    return { verdict: 'undecided', why: 'at no D_T above the threshold monolingual is level or ahead' };
  }
  if (!hasClearLead(view.places, threshold, view.noise)) {
    const why = `at no D_T below the threshold two-stage leads clearly, by ${clearErrors(view.noise).toFixed(1)} standard errors beyond what the luckiest of its recipes gains by chance`;
    return { verdict: 'undecided', why };
  }
  const single = singleStageJudged([view.places]);
  if (single.verdict === 'not reproduced') return { verdict: 'not reproduced', why: single.why };
  if (single.verdict === 'undecided' && single.wins.length > 0)
    return { verdict: 'undecided', why: single.why };
  if (settings && settings.changed.length > 0) {
    const why = `at ${tokenWords(settings.place.targetTokens)} tokens the winner is another with ${settings.changed.join(', ')}`;
    return { verdict: 'undecided', why };
  }
  return { verdict: 'reproduced', why: 'monolingual above the threshold, two-stage below, nothing between' };
}

const NOTHING: Margin = { value: 0, error: 0, luck: 0 };

function measuredAt({ view, threshold }: BudgetAnalysis): string {
  const leads = view.places.flatMap((place) => {
    const lead = leadAt(place);
    return lead ? [`${marginWords(lead)} at ${tokenWords(place.targetTokens)}`] : [];
  });
  if (leads.length === 0) return '';
  return [
    `Two-stage leads by (bits per byte, ± standard error) ${leads.join('; ')} target tokens.`,
    ...basisWords(view.places),
    sentence(threshold ? thresholdWords(threshold) : 'no threshold can be told from one D_T'),
    sentence(noiseWords(view.noise)),
    '',
  ].join(' ');
}

/** One at each C, and one over all. */
export function shiftFindings(analyses: readonly BudgetAnalysis[]): Finding[] {
  const claim =
    'As D_T falls, the best recipe shifts directly from monolingual single-stage to multi-lingual two-stage';
  const judged = analyses.map((analysis) => ({ analysis, ...shiftAt(analysis) }));
  const each = judged.map(({ analysis, verdict, why }) => ({
    name: `direct shift at C = ${computeWords(analysis.view.compute)}`,
    claim: `${claim}, at C = ${computeWords(analysis.view.compute)} FLOP.`,
    source: PAPER,
    verdict,
    measured: `${measuredAt(analysis)}${sentence(why)}`,
    wouldChange: `A lead of two-stage that stays below ${LEAD} bits per byte at the scarcest D_T, or certainly lower loss of single-stage at any D_T; more seeds narrow the interval.`,
  }));
  const summary = judged.map(
    ({ analysis, verdict, why }) =>
      `C = ${computeWords(analysis.view.compute)} FLOP: ${verdict}${verdict === 'undecided' ? ` (${why})` : ''}`,
  );
  return [
    {
      name: 'direct shift',
      claim: `${claim}, at a threshold D_T^c.`,
      source: PAPER,
      verdict: together(judged.map(({ verdict }) => verdict)),
      measured: `${summary.join('; ')}.`,
      wouldChange: 'Another verdict at any of these C.',
    },
    ...each,
  ];
}

/** By how much single-stage is better than the better of the other two; null where a kind is missing. */
export function singleStageLead({ best, deviation }: Place): Margin | null {
  const { [MONOLINGUAL]: mono, [TWO_STAGE]: two, [SINGLE_STAGE]: single } = best;
  if (!mono || !two) return null;
  return marginOf(mono.loss < two.loss ? mono : two, single, deviation);
}

type SingleJudged = Judged & { readonly wins: readonly Margin[]; readonly places: number };

/** Whether single-stage is best at any of these places: once clearly or twice certainly is a yes, once certainly may be chance. */
function singleStageJudged(budgets: readonly (readonly Place[])[]): SingleJudged {
  const seen = budgets.flat().flatMap((place) => {
    const lead = singleStageLead(place);
    return lead ? [{ lead, place }] : [];
  });
  const wins = seen.filter(({ lead }) => signOf(lead) > 0);
  const clear = wins.some(({ lead }) => signOf(lead, CLEAR_ERRORS) > 0);
  const list = wins
    .map(({ lead, place }) => `by ${marginWords(lead)} at ${tokenWords(place.targetTokens)} tokens`)
    .join(', ');
  const found = { wins: wins.map(({ lead }) => lead), places: seen.length };
  if (seen.length === 0) {
    return { ...found, verdict: 'undecided', why: 'there is no D_T with runs of all three kinds' };
  }
  if (clear || wins.length > 1)
    return { ...found, verdict: 'not reproduced', why: `single-stage is best ${list}` };
  if (wins.length === 1) {
    return {
      ...found,
      verdict: 'undecided',
      why: `single-stage is best ${list}, which one seed may explain`,
    };
  }
  const most = Math.max(...seen.map(({ lead }) => lead.value));
  const why = `at none of ${seen.length} D_T is single-stage certainly best; ${most > 0 ? `at most it leads by ${bits(most)}` : `at best it is ${bits(-most)} behind`} bits per byte`;
  return { ...found, verdict: 'reproduced', why };
}

export function singleStageFinding(analyses: readonly BudgetAnalysis[]): Finding {
  const { verdict, why } = singleStageJudged(analyses.map(({ view }) => view.places));
  const empty = analyses.filter(({ view }) => !view.places.some((place) => singleStageLead(place)));
  const missing = empty.map(({ view }) => computeWords(view.compute)).join(' and ');
  const isPartly = empty.length > 0 && empty.length < analyses.length;
  return {
    name: 'single-stage never best',
    claim: 'Multi-lingual single-stage is best at no D_T.',
    source: PAPER,
    verdict: verdict === 'reproduced' && empty.length > 0 ? 'undecided' : verdict,
    measured: `${sentence(why)}${isPartly ? ` There are no runs of all three kinds at C = ${missing} FLOP.` : ''}`,
    wouldChange:
      'A ratio r between those of the grid at which single-stage beats both others by more than seed noise.',
  };
}
