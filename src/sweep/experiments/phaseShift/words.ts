/** Figures of this experiment in words. */

import type { RecipeKind } from '../../../law/point.ts';
import type { Verdict } from '../experiment.ts';
import { type Cell, MONOLINGUAL, SINGLE_STAGE, TWO_STAGE } from '../results.ts';
import { decimals, tokenWords } from '../spread.ts';
import type { Margin } from './margins.ts';
import { leadAt, type Place } from './places.ts';
import type { ThresholdEstimate } from './threshold.ts';

export const PAPER = 'arXiv 2410.12325, guideline (i)';

/** What is concluded, and from what. */
export type Judged = { readonly verdict: Verdict; readonly why: string };

export const KIND_WORDS: Readonly<Record<RecipeKind, string>> = {
  [MONOLINGUAL]: 'monolingual',
  [SINGLE_STAGE]: 'single-stage',
  [TWO_STAGE]: 'two-stage',
};

export function bits(value: number): string {
  return decimals(value);
}

/** E.g. `0.052 ± 0.008`: a standard error. */
export function marginWords({ value, error }: Margin): string {
  return `${bits(value)} ± ${bits(error)}`;
}

/** What is to be known of a margin that luck is in; '' of others. */
export function luckWords({ luck }: Margin): string {
  return luck > 0 ? `, of which ${bits(luck)} may be the luck of one seed` : '';
}

/** Which seeds the leads of two-stage are told by, in sentences. */
export function basisWords(places: readonly Place[]): string[] {
  const led = places.flatMap((place) => {
    const { [MONOLINGUAL]: mono, [TWO_STAGE]: two } = place.best;
    const lead = leadAt(place);
    return mono && two && lead ? [{ place, mono, two, lead }] : [];
  });
  const independent = led.filter(({ mono, two }) => mono.rivals === 0 && two.rivals === 0);
  const lucky = led.filter((one) => !independent.includes(one));
  const first = independent
    .map(({ place, mono, two }) => `${bits(mono.first - two.first)} at ${tokenWords(place.targetTokens)}`)
    .join(', ');
  const most = Math.max(...lucky.map(({ lead }) => lead.luck));
  const where = independent.length === 0 ? 'Everywhere' : 'Elsewhere';
  return [
    ...(independent.length > 0
      ? [
          `At ${tokensWords(independent.map(({ place }) => place))} the first seed chose the recipes, and other seeds alone are reported (by the first it would be ${first}).`,
        ]
      : []),
    ...(lucky.length > 0
      ? [
          `${where} one seed both chose and is reported, so a margin may hold its luck: what the luckiest of the recipes tried gains on average by chance, up to ${bits(most)}, is taken off before a lead counts.`,
        ]
      : []),
  ];
}

/** Recipes that stand for no kind because a seed diverged, in a sentence; none where there are none. */
export function fragileWords(fragile: readonly Cell[]): string[] {
  if (fragile.length === 0) return [];
  const list = fragile.map(
    (cell) => `${cellWords(cell)} at ${tokenWords(cell.nominal.D_T)} tokens (${cell.nominal.kind})`,
  );
  return [
    `Left out, because one of their seeds diverged, ${fragile.length === 1 ? 'is' : 'are'} ${list.join('; ')}: what stands for the kind there may be a luckier recipe.`,
  ];
}

function tokensWords(places: readonly Place[]): string {
  return places.map(({ targetTokens }) => tokenWords(targetTokens)).join(' and ');
}

/** A D_T that may lie outside those that were run. */
export function boundWords(tokens: number): string {
  if (tokens === 0) return 'below all that were run';
  return Number.isFinite(tokens) ? tokenWords(tokens) : 'above all that were run';
}

export function thresholdWords({ crossing, low, high }: ThresholdEstimate): string {
  const found =
    crossing.kind === 'at'
      ? `D_T^c = ${tokenWords(crossing.targetTokens)} tokens`
      : `D_T^c lies ${crossing.kind === 'never' ? 'below' : 'above'} all D_T that were run`;
  return `${found} (95 %: ${boundWords(low)} to ${boundWords(high)})`;
}

/** What tells a cell from the others of its kind. */
export function cellWords({ nominal: { kind, k, r, r_1, r_f, s } }: Cell): string {
  const short = (value: number) => String(Number(value.toPrecision(3)));
  if (kind === MONOLINGUAL) return `k ${short(k)}`;
  if (kind === SINGLE_STAGE) return `k ${short(k)}, r ${short(r)}`;
  return `k ${short(k)}, r_1 ${short(r_1)}, s ${short(s)}, r_f ${short(r_f)}`;
}

export function percent(share: number): string {
  return `${(100 * share).toFixed(0).replace('-', '−')} %`;
}

/** What several say together: what all say, and undecided where they do not agree. */
export function together(verdicts: readonly Verdict[]): Verdict {
  const [first = 'undecided', ...others] = verdicts;
  return others.every((verdict) => verdict === first) ? first : 'undecided';
}

export function sentence(words: string): string {
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}.`;
}
