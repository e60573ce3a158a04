/** The advice for a person's case, as sentences and rows. */

import type { RecommendationFile } from '../../../formats/recommendation.ts';
import { between, percent } from '../../../law/report/numbers.ts';
import type { Beyond } from '../../../worker/api/advice.ts';
import { duration } from '../../parts/format.ts';
import { kindWords } from '../../runs/kinds.ts';
import { figure, scale, short } from '../numbers.ts';
import { factorWords } from '../phase/readout.ts';
import type { ScaledHere } from '../scaledHere.ts';

type File = RecommendationFile;
type Ends = readonly [number, number] | null;

export type RecipeRow = {
  readonly symbol: string;
  readonly what: string;
  readonly value: string;
  readonly ends: string;
};

/** The recipe symbol by symbol, with the middle 95 % of what resamples would have instead. */
export function recipeRows({ best, targetTokens }: Pick<File, 'best' | 'targetTokens'>): RecipeRow[] {
  const { N, k, r, r_f, D, S, kind, intervals } = best;
  const row = (symbol: string, what: string, value: string, ends: Ends = null, words = short): RecipeRow => ({
    symbol,
    what,
    value,
    ends: endWords(ends, words),
  });
  const isBilingual = kind !== 'monolingual single-stage';
  return [
    row('N', 'parameters of the model', scale(N), intervals?.N ?? null, scale),
    row(
      'k',
      k < 1 ? 'passes: some of the text is not read' : 'passes over the text',
      short(k),
      intervals?.k ?? null,
    ),
    ...(isBilingual ? [row('r', 'share of the target language', short(r), intervals?.r ?? null)] : []),
    ...(kind === 'multi-lingual two-stage'
      ? [row('r_f', 'share of it in the last stage', short(r_f), intervals?.r_f ?? null)]
      : []),
    row('D', 'tokens read in all', scale(D)),
    ...(S > 0 ? [row('S', 'of these of the source language', scale(S))] : []),
    row('D_T', 'target tokens there are', scale(targetTokens)),
  ];
}

export function endWords(ends: Ends | undefined, words: (value: number) => string): string {
  return ends ? between(words(ends[0]), words(ends[1])) : '';
}

/** What the best of each other kind would cost. */
export function rivalSentence(
  { kind, excess, excessInterval }: File['runnersUp'][number],
  { noise, best }: Pick<File, 'noise' | 'best'>,
): string {
  const name = kindWords(kind);
  if (excess === 0) return `${name}: as good, to all digits that count`;
  const ends = excessInterval ? ` (95 %: ${endWords(excessInterval, (value) => figure(value, 2))})` : '';
  const share = percent(excess / best.loss);
  const seen = excess <= noise * best.loss ? '; a run of each would not show it' : '';
  return `${name}: ${figure(excess, 2)} nats per token worse${ends}, ${share} of the loss${seen}`;
}

const NEAR = 2;

/** Whether the case stands close to where the kinds part. */
export function nearWords({
  threshold,
  targetTokens,
}: Pick<File, 'threshold' | 'targetTokens'>): string | null {
  const at = threshold?.targetTokens ?? null;
  if (at === null || !Number.isFinite(at) || at <= 0) return null;
  const times = targetTokens / at;
  const factor = times >= 1 ? times : 1 / times;
  const [low, high] = threshold?.interval ?? [at, at];
  const isInside = targetTokens >= low && targetTokens <= high;
  const words =
    short(factor) === '1'
      ? 'Your text is as much as the threshold'
      : times > 1
        ? `Your text is ${short(factor)} times as much as the threshold`
        : `The threshold is ${short(factor)} times as much as your text`;
  if (isInside && threshold?.interval)
    return `${words}, and within its 95 % interval: either side may be right`;
  return factor < NEAR
    ? `${words}: close to where the kinds part`
    : `${words}: far from where the kinds part`;
}

const NAMES: Readonly<Record<string, string>> = {
  N: 'the model',
  D_T: 'the text',
  k: 'the passes',
  r: 'the share of the target',
  r_f: 'the last stage’s share',
  D: 'the tokens read',
  S: 'the source tokens',
  C: 'the compute',
};

/** Beyond the runs by more than this an answer is a guess, and by more than that not even one. */
const GUESS_OCTAVES = 3;
const FORMULA_OCTAVES = 10;

/** Beside the loss itself, where it should not be taken at its word; null where it may be. */
export function guessSentence([farthest]: readonly Beyond[]): string | null {
  if (!farthest || farthest.octaves <= GUESS_OCTAVES) return null;
  const what = NAMES[farthest.quantity] ?? farthest.quantity;
  const judged = farthest.octaves > FORMULA_OCTAVES ? 'What the formula says, and no finding' : 'A guess';
  return `${judged}: beyond any run by ${factorWords(farthest.octaves)} (${what}).`;
}

/** How far beyond the runs that were fitted the advice reaches; null where it does not. */
export function farSentence(beyond: readonly Beyond[]): string | null {
  const [farthest] = beyond;
  if (!farthest) return null;
  const words = beyond
    .slice(0, 4)
    .map(
      ({ quantity, value, octaves }) =>
        `${NAMES[quantity] ?? quantity} (${quantity} = ${quantity === 'C' ? figure(value, 2) : scale(value)}) by ${factorWords(octaves)}`,
    );
  const verdict =
    farthest.octaves > FORMULA_OCTAVES
      ? 'So far away the law is a formula and no finding'
      : farthest.octaves > GUESS_OCTAVES
        ? 'Take it as a guess with a reason'
        : 'That is a short way, as laws go';
  return `Beyond the runs that were fitted: ${words.join('; ')}. ${verdict}`;
}

const MINUTE_S = 60;

/** How long it takes here, and where that is known from. */
export function timeWords({ seconds, isGuess }: Pick<ScaledHere, 'seconds' | 'isGuess'>): string {
  // Nothing is known to the second.
  const takes = `It takes about ${duration(seconds < MINUTE_S ? seconds : MINUTE_S * Math.round(seconds / MINUTE_S))}`;
  return isGuess
    ? `${takes} if this device is as fast as the lab guesses: nothing was trained here yet, so nothing is measured.`
    : `${takes}, at the speed that training had here.`;
}
