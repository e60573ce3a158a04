/** Figures of this experiment in words. */

import type { RecipeKind } from '../../../law/point.ts';
import type { Verdict } from '../experiment.ts';
import { type Cell, MONOLINGUAL, SINGLE_STAGE, TWO_STAGE } from '../results.ts';
import type { Margin } from './places.ts';
import type { ThresholdEstimate } from './threshold.ts';

export const KIND_WORDS: Readonly<Record<RecipeKind, string>> = {
  [MONOLINGUAL]: 'monolingual',
  [SINGLE_STAGE]: 'single-stage',
  [TWO_STAGE]: 'two-stage',
};

const BITS_DIGITS = 3;

export function bits(value: number): string {
  return value.toFixed(BITS_DIGITS).replace('-', '−');
}

/** E.g. `0.052 ± 0.008`: a standard error. */
export function marginWords({ value, error }: Margin): string {
  return `${bits(value)} ± ${bits(error)}`;
}

export function tokenWords(tokens: number): string {
  return Math.round(tokens).toLocaleString('en');
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
