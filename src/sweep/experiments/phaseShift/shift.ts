/** Verdicts on the shift itself: is it there at each C, and is it direct? */

import type { Finding } from '../experiment.ts';
import { computeWords } from '../grid.ts';
import { SINGLE_STAGE } from '../results.ts';
import { type Noise, noiseWords, studentsFactor, tokenWords } from '../spread.ts';
import type { BudgetAnalysis } from './analysis.ts';
import { certainSign, type Margin, signOf } from './margins.ts';
import { type BudgetView, leadAt, type Place } from './places.ts';
import { hasRatios, singleStageJudged, singleStageLead } from './singleStage.ts';
import { LEAD, type ThresholdEstimate, tokensOf } from './threshold.ts';
import {
  basisWords,
  fragileWords,
  type Judged,
  marginWords,
  PAPER,
  percent,
  sentence,
  thresholdWords,
  together,
} from './words.ts';

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
function hasClearLead(places: readonly Led[], most: number, noise: Noise): boolean {
  return places.some(({ tokens, lead }) => tokens <= most && signOf(lead, clearErrors(noise)) > 0);
}

/** {@link CLEAR_ERRORS}, and more where the noise is known from a few repetitions. */
function clearErrors({ degrees }: Noise): number {
  return (CLEAR_ERRORS * studentsFactor(degrees)) / studentsFactor(0);
}

type Led = { readonly tokens: number; readonly lead: Margin };

function ledOf(places: readonly Place[]): Led[] {
  return places.flatMap((place) => {
    const lead = leadAt(place);
    return lead ? [{ tokens: place.targetTokens, lead }] : [];
  });
}

function leadsWords(led: readonly Led[]): string {
  return led.map(({ tokens, lead }) => `${marginWords(lead)} at ${tokenWords(tokens)} tokens`).join(', ');
}

/** Whether there is a threshold between D_T where monolingual certainly leads and such as two-stage does, by these D_T alone. */
export function crossoverAt(
  places: readonly Place[],
  threshold: ThresholdEstimate | null,
  { D, noise }: Pick<BudgetView, 'D' | 'noise'>,
): Judged {
  const led = ledOf(places);
  const undecided = (why: string): Judged => ({ verdict: 'undecided', why });
  const [largest, smallest] = [led[0], led.at(-1)];
  if (!threshold || !largest || !smallest || led.length < FEWEST_PLACES) {
    return undecided(
      led.length === 0 ? 'there are no runs of both kinds' : `only ${led.length} D_T have runs of both kinds`,
    );
  }
  if (noise.degrees === 0) return undecided('no recipe was repeated, so the noise of seeds is not known');
  const { shares, crossing } = threshold;
  if (shares.never >= SURE) {
    return smallest.tokens <= D * SCARCE
      ? {
          verdict: 'not reproduced',
          why: `two-stage leads by ${LEAD} at no D_T down to ${tokenWords(smallest.tokens)} tokens`,
        }
      : undecided(
          `the smallest D_T that was run, ${tokenWords(smallest.tokens)} tokens, is not scarce enough`,
        );
  }
  if (shares.always >= SURE) {
    return largest.tokens >= D * PLENTIFUL
      ? { verdict: 'not reproduced', why: 'two-stage leads at every D_T, that of D* included' }
      : undecided('two-stage leads at every D_T that was run, and larger ones are missing');
  }
  const at = tokensOf(crossing);
  const below = led.filter(({ tokens }) => tokens <= at);
  const lost = below.filter(({ lead }) => certainSign(lead, below.length) < 0);
  if (lost.length > 0) {
    return {
      verdict: 'not reproduced',
      why: `two-stage does not stay ahead below ${tokenWords(at)} tokens: it leads by ${leadsWords(lost)}`,
    };
  }
  if (shares.at < SURE || crossing.kind !== 'at') {
    return undecided(
      `seed noise covers it: the lead of ${LEAD} is reached at some D_T in ${percent(shares.at)} of resamples, at none in ${percent(shares.never)}, at all in ${percent(shares.always)}`,
    );
  }
  const above = led.filter(({ tokens }) => tokens > at);
  const again = above.filter(
    ({ lead }) => certainSign({ ...lead, value: lead.value - LEAD }, above.length) > 0,
  );
  if (again.length > 0) {
    return {
      verdict: 'not reproduced',
      why: `above ${tokenWords(at)} tokens two-stage is ahead again by more than ${LEAD}: it leads by ${leadsWords(again)}`,
    };
  }
  if (!above.some(({ lead }) => certainSign(lead, above.length) < 0)) {
    return undecided('at no D_T above the threshold monolingual is certainly ahead');
  }
  if (!hasClearLead(led, at, noise)) {
    return undecided(
      `at no D_T below the threshold two-stage leads clearly, by ${clearErrors(noise).toFixed(1)} standard errors beyond what the luckiest of its recipes gains by chance`,
    );
  }
  if (certainSign(smallest.lead) <= 0) {
    return undecided(
      `at the scarcest D_T, ${tokenWords(smallest.tokens)} tokens, two-stage is not certainly ahead (${marginWords(smallest.lead)})`,
    );
  }
  return { verdict: 'reproduced', why: 'monolingual above the threshold and two-stage below' };
}

/**
 * The verdict on the shift at one C. Whether single-stage is best somewhere, and whether other settings change the winner, are questions
 * of their own with verdicts of their own: here they stand in the way where they speak against the shift, be it within noise, and not where
 * noise alone leaves them open.
 */
export function shiftAt(analysis: BudgetAnalysis): Judged {
  const { view, threshold } = analysis;
  const crossover = crossoverAt(view.places, threshold, view);
  if (crossover.verdict !== 'reproduced') return crossover;
  const single = singleStageJudged(view.places);
  if (single.verdict === 'not reproduced') return single;
  if (hasRatios(view.places) && single.verdict === 'undecided' && !trailsEverywhere(view.places))
    return single;
  if (!hasRatios(view.places) && !analysis.isNarrow) {
    return { verdict: 'undecided', why: 'single-stage was not tried at more than one ratio' };
  }
  const held = settingsHeld(analysis);
  if (held.verdict !== 'reproduced' && !leadsEverywhere(analysis)) return { ...held, verdict: 'undecided' };
  const caveat =
    held.verdict === 'reproduced'
      ? ''
      : ', though two-stage is in front there with every setting that was tried';
  return {
    verdict: 'reproduced',
    why: `${crossover.why}, ${betweenWords(view.places, single)}; ${held.why}${caveat}`,
  };
}

function betweenWords(places: readonly Place[], single: Judged): string {
  if (hasRatios(places)) {
    return single.verdict === 'reproduced'
      ? 'nothing between'
      : `with single-stage behind at every D_T, though ${single.why}`;
  }
  return places.some(({ best }) => best[SINGLE_STAGE])
    ? 'with single-stage, at the one ratio that was tried, certainly ahead nowhere'
    : 'of the two alone, for single-stage was not tried here';
}

/** Whether single-stage is behind at every D_T, certainly or not. */
function trailsEverywhere(places: readonly Place[]): boolean {
  return places.every((place) => (singleStageLead(place)?.value ?? -1) < 0);
}

/** Whether two-stage is in front under every setting that was asked for, certainly or not. */
function leadsEverywhere({ settings }: BudgetAnalysis): boolean {
  if (!settings || settings.missing.length > 0) return false;
  return [settings.base, ...settings.others.map(({ lead }) => lead)].every(({ value }) => value > 0);
}

/** Whether the winner just below the threshold is the same under every other setting of the optimiser. */
export function settingsHeld({ settings }: Pick<BudgetAnalysis, 'settings'>): Judged {
  if (!settings) return { verdict: 'undecided', why: 'there are no runs with other optimiser settings' };
  const { place, base, others, changed, missing, ties } = settings;
  const at = `at ${tokenWords(place.targetTokens)} tokens`;
  if (changed.length > 0) {
    return { verdict: 'not reproduced', why: `${at} the winner is another with ${changed.join(', ')}` };
  }
  if (missing.length > 0) {
    return { verdict: 'undecided', why: `${at} there are no runs with ${missing.join(', ')}` };
  }
  const level = [...(signOf(base) === 0 ? ['the settings of the grid'] : []), ...ties];
  if (level.length > 0) return { verdict: 'undecided', why: `${at} it is a tie with ${level.join(', ')}` };
  const less = others.filter(({ lead }) => Math.abs(lead.value) < LEAD).map(({ variant }) => variant);
  const extent =
    less.length === 0 ? '' : `, though by less than ${LEAD} bits per byte with ${less.join(', ')}`;
  return {
    verdict: 'reproduced',
    why: `${at} the winner is the same with all of ${others.length} other settings${extent}`,
  };
}

function measuredAt({ view, threshold }: BudgetAnalysis): string {
  const leads = ledOf(view.places).map(({ tokens, lead }) => `${marginWords(lead)} at ${tokenWords(tokens)}`);
  if (leads.length === 0) return '';
  return [
    `Two-stage leads by (bits per byte, ± standard error) ${leads.join('; ')} target tokens.`,
    ...basisWords(view.places),
    sentence(threshold ? thresholdWords(threshold) : 'no threshold can be told from one D_T'),
    sentence(noiseWords(view.noise)),
    ...fragileWords(view.fragile),
    ...(view.optimum === '' ? [] : [sentence(view.optimum)]),
    '',
  ].join(' ');
}

/** What is claimed at one C: where the grid is narrow, less. */
function claimAt({ isNarrow, view }: BudgetAnalysis): string {
  const C = computeWords(view.compute);
  return isNarrow
    ? `At C = ${C} FLOP, at a few D_T around the one that a lower C foretells, and with few ratios, the better recipe of monolingual single-stage and multi-lingual two-stage shifts from the one to the other as D_T falls.`
    : `${CLAIM}, at C = ${C} FLOP.`;
}

const CLAIM =
  'As D_T falls, the best recipe shifts directly from monolingual single-stage to multi-lingual two-stage';

/** One at each C, and one over all. */
export function shiftFindings(analyses: readonly BudgetAnalysis[]): Finding[] {
  const judged = analyses.map((analysis) => ({ analysis, ...shiftAt(analysis) }));
  const each = judged.map(({ analysis, verdict, why }) => ({
    name: `direct shift at C = ${computeWords(analysis.view.compute)}`,
    claim: claimAt(analysis),
    source: PAPER,
    verdict,
    measured: `${measuredAt(analysis)}${sentence(why)}`,
    wouldChange: `A lead of two-stage that stays below ${LEAD} bits per byte at the scarcest D_T, or certainly lower loss of single-stage at any D_T; more seeds narrow the interval.`,
  }));
  const summary = judged.map(({ analysis, verdict, why }) => {
    const narrow = analysis.isNarrow && verdict === 'reproduced' ? ' (a few D_T around the threshold)' : '';
    return `C = ${computeWords(analysis.view.compute)} FLOP: ${verdict}${verdict === 'undecided' ? ` (${why})` : narrow}`;
  });
  return [
    {
      name: 'direct shift',
      claim: `${CLAIM}, at a threshold D_T^c.`,
      source: PAPER,
      verdict: together(judged.map(({ verdict }) => verdict)),
      measured: `${summary.join('; ')}.`,
      wouldChange: 'Another verdict at any of these C.',
    },
    ...each,
  ];
}
