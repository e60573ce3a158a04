/** What a model thinks of a place in a text, from its logits. */

import { logSum } from '../model/inference/nats.ts';

export type Likely = { readonly token: number; readonly probability: number };

/** How many alternatives are told of each place. */
const ALTERNATIVES = 8;

/** The likeliest tokens, the likeliest first, the smaller token first where two are alike. */
export function likeliest(logits: ArrayLike<number>, normaliser = logSum(logits)): Likely[] {
  const logit = (token: number) => logits[token] ?? Number.NEGATIVE_INFINITY;
  // One pass: a whole vocabulary sorted for each token of a text would take far longer than the model.
  const best: number[] = [];
  for (let token = 0; token < logits.length; token++) {
    const last = best[ALTERNATIVES - 1];
    if (last !== undefined && !(logit(token) > logit(last))) continue;
    let place = Math.min(best.length, ALTERNATIVES - 1);
    for (; place > 0 && logit(token) > logit(best[place - 1] ?? 0); place--)
      best[place] = best[place - 1] ?? 0;
    best[place] = token;
  }
  return best.map((token) => ({ token, probability: Math.exp(logit(token) - normaliser) }));
}
