/**
 * D_T^c: the D_T at which two-stage leads monolingual by 0.05 bits per byte, between the D_T that were run. Not where the lead crosses
 * zero: there it is flat over octaves.
 */

import { quantile } from '../../../law/quantile.ts';
import { normalStream } from '../../../model/llama/initialise.ts';
import { fairValue } from './margins.ts';
import { type BudgetView, leadAt, type Place } from './places.ts';

/** Bits per byte. */
export const LEAD = 0.05;

/** Where the lead ends: at a D_T, below all that were run, or at none of them. */
export type Crossing =
  | { readonly kind: 'at'; readonly targetTokens: number }
  | { readonly kind: 'never' | 'always' };

export type LeadPoint = { readonly targetTokens: number; readonly lead: number };

/**
 * The D_T below which two-stage leads by {@link LEAD} at all that were run; the lead is linear in ln D_T between neighbours. Sought from the
 * scarcest D_T, where kinds differ most: from the other end the first lead that noise lends to one of many plentiful D_T would pass for
 * the threshold. Points in any order; null where there are fewer than two.
 */
export function crossingOf(points: readonly LeadPoint[]): Crossing | null {
  if (points.length < 2) return null;
  let below: LeadPoint | null = null;
  for (const point of [...points].sort((a, b) => a.targetTokens - b.targetTokens)) {
    if (point.lead >= LEAD) {
      below = point;
      continue;
    }
    if (below === null) return { kind: 'never' };
    const share = (LEAD - point.lead) / (below.lead - point.lead);
    const [from, to] = [Math.log(point.targetTokens), Math.log(below.targetTokens)];
    return { kind: 'at', targetTokens: Math.exp(from + share * (to - from)) };
  }
  return { kind: 'always' };
}

export type ThresholdEstimate = {
  readonly crossing: Crossing;
  /** 95 % interval in tokens: 0 is below all D_T that were run, infinity above them. */
  readonly low: number;
  readonly high: number;
  /** Share of resamples in which the lead ends at a D_T, below all, nowhere. */
  readonly shares: Readonly<Record<Crossing['kind'], number>>;
  /** Of each resample, in tokens; 0 and infinity as above. */
  readonly draws: readonly number[];
};

const RESAMPLES = 1000;
const THRESHOLD_STREAM = 0x7e51;

/**
 * The threshold at one C, and how sure it is: reported losses are drawn anew with the noise of seeds, and where one seed both chose and
 * is reported the luck that is expected of it is taken off. The noise is itself known from a few repetitions, so it is drawn as well, one
 * for all D_T: together that is Student's t. `seed` makes the draws of different budgets independent. Null where there is too little to
 * say anything.
 */
export function thresholdOf(places: readonly Place[], seed: number): ThresholdEstimate | null {
  const leads = places.flatMap((place) => {
    const margin = leadAt(place);
    if (!margin) return [];
    const { error, degrees } = margin;
    return [{ targetTokens: place.targetTokens, lead: fairValue(margin), error, degrees }];
  });
  const crossing = crossingOf(leads);
  if (!crossing) return null;
  const normal = normalStream(seed, THRESHOLD_STREAM);
  const degrees = Math.min(...leads.map((one) => one.degrees));
  const counts = { at: 0, never: 0, always: 0 };
  const draws = Array.from({ length: RESAMPLES }, () => {
    const wider = drawnScale(degrees, normal);
    const drawn = leads.map((one) => ({ ...one, lead: one.lead + wider * one.error * normal() }));
    const found = crossingOf(drawn) ?? crossing;
    counts[found.kind]++;
    return tokensOf(found);
  });
  const sorted = [...draws].sort((a, b) => a - b);
  return {
    crossing,
    low: quantile(sorted, 0.025),
    high: quantile(sorted, 0.975),
    shares: {
      at: counts.at / RESAMPLES,
      never: counts.never / RESAMPLES,
      always: counts.always / RESAMPLES,
    },
    draws,
  };
}

/** So many repetitions tell the noise to a few per cent. */
const ENOUGH_DEGREES = 400;

/** What noise may be, over what so many repetitions measured it to be: √(ν/χ²); 1 where nothing was measured. */
function drawnScale(degrees: number, normal: () => number): number {
  if (degrees === 0 || degrees > ENOUGH_DEGREES) return 1;
  let squares = 0;
  for (let i = 0; i < degrees; i++) squares += normal() ** 2;
  return Math.sqrt(degrees / squares);
}

/** The threshold in tokens; 0 and infinity where it lies below or above all D_T that were run. */
export function tokensOf(crossing: Crossing): number {
  if (crossing.kind === 'at') return crossing.targetTokens;
  return crossing.kind === 'never' ? 0 : Number.POSITIVE_INFINITY;
}

/** {@link thresholdOf} with a stream of its own for each C. */
export function thresholdAt({ places, compute }: BudgetView): ThresholdEstimate | null {
  return thresholdOf(places, Math.round(compute / 1e9));
}
