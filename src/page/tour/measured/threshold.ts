/** Where two stages stop being ahead and the target alone begins to be, as far as the runs at one C say it. */

import { isCertain, type Lead } from './recipes.ts';

/** A D_T, and by how much two stages lead the target alone there. */
export type Led = { readonly targetTokens: number; readonly lead: Lead | null };

export type Threshold = {
  /** D_T at which each is ahead by more than noise and luck, each judged by itself; from the scarcest. */
  readonly two: readonly number[];
  readonly alone: readonly number[];
  readonly place: ThresholdPlace;
  /** Whether at the scarcest D_T two stages lead by more than chance would give once in twenty times. */
  readonly isScarcestCertain: boolean;
  /** How many D_T lie above the last at which two stages are ahead, and at which of them, all judged together, the target alone leads so. */
  readonly above: { readonly judged: number; readonly certain: readonly number[] };
};

export type ThresholdPlace =
  /** Between the last D_T at which two stages are clearly ahead, and the first at which the target alone is. */
  | { readonly kind: 'between'; readonly below: number; readonly above: number }
  /** Above the last at which two stages are: the target alone is clearly ahead at none. */
  | { readonly kind: 'open'; readonly below: number }
  /** Two stages are clearly ahead at none, or above a D_T at which the target alone is. */
  | { readonly kind: 'never' | 'mixed' };

/** Bits a byte. A smaller lead of two stages is of no use, however certain. */
const USEFUL_LEAD = 0.05;

/** @param places from the scarcest */
export function thresholdOf(places: readonly Led[]): Threshold {
  const led = places.flatMap(({ targetTokens, lead }) => (lead ? [{ targetTokens, lead }] : []));
  const tokensOf = (all: typeof led) => all.map(({ targetTokens }) => targetTokens);
  const two = tokensOf(led.filter(({ lead: { sign, value } }) => sign > 0 && value >= USEFUL_LEAD));
  const alone = tokensOf(led.filter(({ lead }) => lead.sign < 0));
  const [scarcest] = led;
  const above = led.filter(({ targetTokens }) => targetTokens > (two.at(-1) ?? 0));
  const certain = above.filter(({ lead }) => lead.sign < 0 && isCertain(lead, above.length));
  return {
    two,
    alone,
    place: placeOf(two, alone),
    isScarcestCertain: scarcest !== undefined && scarcest.lead.value > 0 && isCertain(scarcest.lead, 1),
    above: { judged: above.length, certain: tokensOf(certain) },
  };
}

function placeOf(two: readonly number[], alone: readonly number[]): ThresholdPlace {
  const [below, above] = [two.at(-1), alone[0]];
  if (below === undefined) return { kind: 'never' };
  if (above === undefined) return { kind: 'open', below };
  return below < above ? { kind: 'between', below, above } : { kind: 'mixed' };
}
