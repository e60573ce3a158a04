/** ln of the sum of e^logit over `logits` [vocabulary], in float64: a token's ln-probability is its logit less this. NaN where one is not finite. */
export function logSum(logits: ArrayLike<number>): number {
  let largest = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < logits.length; i++) largest = Math.max(largest, logits[i] as number);
  let sum = 0;
  for (let i = 0; i < logits.length; i++) sum += Math.exp((logits[i] as number) - largest);
  return largest + Math.log(sum);
}

/** Nats of `token` under `logits` [vocabulary], −ln of its softmax. NaN where a logit is not finite, or the token is not among them. */
export function natsOf(logits: ArrayLike<number>, token: number): number {
  return logSum(logits) - (logits[token] ?? Number.NaN);
}
