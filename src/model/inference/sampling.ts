/** Choosing the next token from logits. Pure, in float64. */

import { seededDraws } from '../llama/random.ts';

export type SamplingOptions = {
  /** Logits are divided by it; 0 takes the largest logit. */
  readonly temperature: number;
  /** Only the largest k logits may be drawn; 0 for all. */
  readonly topK: number;
  /** Only the smallest set of tokens whose probabilities reach p may be drawn; 1 for all. */
  readonly topP: number;
};

export class SamplingError extends RangeError {
  override readonly name = 'SamplingError';
  readonly field: keyof SamplingOptions;
  constructor(field: keyof SamplingOptions, problem: string) {
    super(`${field}: ${problem}`);
    this.field = field;
  }
}

/** @throws SamplingError naming the option that cannot be */
export function checkSampling({ temperature, topK, topP }: SamplingOptions): void {
  if (!(temperature >= 0 && temperature < Number.POSITIVE_INFINITY)) {
    throw new SamplingError('temperature', `${temperature} is not a number of 0 or more`);
  }
  if (!Number.isInteger(topK) || topK < 0) {
    throw new SamplingError('topK', `${topK} is not a whole number of 0 or more`);
  }
  if (!(topP > 0 && topP <= 1)) throw new SamplingError('topP', `${topP} is not above 0 and at most 1`);
}

/** A stream of uniform numbers in [0, 1) that starts anew for each seed. */
export function uniformStream(seed: number): () => number {
  const draw = seededDraws(seed);
  return () => draw() / 2 ** 32;
}

/** Which tokens may be drawn, and how readily. */
export type Choice = {
  /** The likeliest first; ties in rank go to the smaller token, so that the choice is the same everywhere. */
  readonly tokens: readonly number[];
  /** Of each, not below 0. */
  readonly weights: readonly number[];
  /** Their sum. */
  readonly total: number;
};

/** What may be drawn from `logits` [vocabulary]. */
export function choiceOf(logits: ArrayLike<number>, { temperature, topK, topP }: SamplingOptions): Choice {
  const ranked = rankedTokens(logits);
  const best = ranked[0] ?? 0;
  if (temperature === 0) return { tokens: [best], weights: [1], total: 1 };
  const kept = topK > 0 ? ranked.slice(0, topK) : ranked;
  const logit = (token: number) => logits[token] ?? Number.NEGATIVE_INFINITY;
  const weights = kept.map((token) => Math.exp((logit(token) - logit(best)) / temperature));
  const sum = weights.reduce((all, weight) => all + weight, 0);
  let total = 0;
  let count = 0;
  while (count < kept.length && (count === 0 || total < topP * sum)) total += weights[count++] ?? 0;
  return { tokens: kept.slice(0, count), weights: weights.slice(0, count), total };
}

/** All tokens of `logits`, the likeliest first, the smaller token first where two are alike. */
function rankedTokens(logits: ArrayLike<number>): number[] {
  const ranked = Array.from({ length: logits.length }, (_, token) => token);
  const logit = (token: number) => logits[token] ?? Number.NEGATIVE_INFINITY;
  return ranked.sort((a, b) => logit(b) - logit(a) || a - b);
}

/** Draws one of a choice, with one uniform number. */
export function drawFrom({ tokens, weights, total }: Choice, uniform: () => number): number {
  let left = uniform() * total;
  for (const [index, token] of tokens.entries()) {
    left -= weights[index] ?? 0;
    if (left < 0) return token;
  }
  return tokens.at(-1) ?? 0;
}

/** Draws a token from `logits` [vocabulary] with one uniform number. */
export function sampleToken(
  logits: ArrayLike<number>,
  options: SamplingOptions,
  uniform: () => number,
): number {
  return drawFrom(choiceOf(logits, options), uniform);
}
