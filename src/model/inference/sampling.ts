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

/**
 * Draws a token from `logits` [vocabulary] with one uniform number. Ties in rank go to the smaller token, so the choice
 * is the same everywhere.
 */
export function sampleToken(
  logits: ArrayLike<number>,
  { temperature, topK, topP }: SamplingOptions,
  uniform: () => number,
): number {
  const ranked = Array.from({ length: logits.length }, (_, token) => token);
  const logit = (token: number) => logits[token] ?? Number.NEGATIVE_INFINITY;
  ranked.sort((a, b) => logit(b) - logit(a) || a - b);
  const best = ranked[0] ?? 0;
  if (temperature === 0) return best;

  const kept = topK > 0 ? ranked.slice(0, topK) : ranked;
  const weights = kept.map((token) => Math.exp((logit(token) - logit(best)) / temperature));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  let reach = 0;
  let count = 0;
  while (count < kept.length && (count === 0 || reach < topP * total)) reach += weights[count++] ?? 0;
  let left = uniform() * reach;
  for (let index = 0; index < count; index++) {
    left -= weights[index] ?? 0;
    if (left < 0) return kept[index] ?? best;
  }
  return kept[count - 1] ?? best;
}
