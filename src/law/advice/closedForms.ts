/** Answers that some laws give without a search: to hold searches against, and to see what a parameter does. */

import { effectiveEpochs } from '../terms/repetition.ts';

/** Of Hoffmann's law, and of every law that is it on one pass of target text. */
export type PowerLaw = {
  readonly A: number;
  readonly alpha: number;
  readonly B: number;
  readonly beta: number;
};

export type Repetition = { readonly alpha: number; readonly beta: number; readonly Rstar: number };

export type Transfer = Repetition & { readonly tau: number; readonly phi: number; readonly omega: number };

/** N* and D* of E + A·N^−α + B·D^−β at 6·N·D = C (Hoffmann et al. 2022, arXiv 2203.15556, equation 4). */
export function powerLawOptimum(
  { A, alpha, B, beta }: PowerLaw,
  compute: number,
): { readonly N: number; readonly D: number } {
  const G = ((alpha * A) / (beta * B)) ** (1 / (alpha + beta));
  const N = G * (compute / 6) ** (beta / (alpha + beta));
  return { N, D: compute / (6 * N) };
}

/**
 * The scarcity x at which k epochs are best for a monolingual recipe under the lab's M³ form, or Muennighoff's data term:
 * x^{α+β} = g'(k)·k^{1−α}·g(k)^{−(1+β)}, which is 1/k up to one epoch.
 */
export function scarcityOfEpochs(k: number, { alpha, beta, Rstar }: Repetition): number {
  return Math.exp(lnScarcity(k, { alpha, beta, Rstar }));
}

/** Its inverse: the best epochs of a monolingual recipe at scarcity x. For large R* they are 1/x. */
export function monolingualEpochs(x: number, repetition: Repetition): number {
  if (x >= 1) return 1 / x;
  // k falls as x grows, and repetition that wears off is never repeated more than text that does not.
  let low = 0;
  let high = -Math.log(x);
  const wanted = Math.log(x);
  // Halving to the last bit.
  while (true) {
    const middle = (low + high) / 2;
    if (middle <= low || middle >= high) return Math.exp(middle);
    if (lnScarcity(Math.exp(middle), repetition) > wanted) low = middle;
    else high = middle;
  }
}

/**
 * Where leaving the monolingual optimum pays to first order under the lab's M³ form: from k_c epochs on, so below the scarcity x_c. The
 * best recipe can leave it earlier, by a jump, and never later. `always`: a source token is worth more than what its company costs.
 * `never`: it is worth nothing.
 */
export function firstDeparture({
  tau,
  phi,
  omega,
  ...repetition
}: Transfer): { readonly k: number; readonly x: number } | 'always' | 'never' {
  const price = 1 + phi * (1 - omega);
  if (tau >= price) return 'always';
  if (tau === 0) return 'never';
  const { Rstar } = repetition;
  // Repetition that never wears off is never worth leaving.
  if (Rstar === Number.POSITIVE_INFINITY) return 'never';
  const k = 1 + Rstar * Math.log(price / tau);
  return { k, x: Math.exp(lnScarcity(k, repetition)) };
}

/** ln x; through logarithms, as g' is too small to be a number after some hundreds of R*. */
function lnScarcity(k: number, { alpha, beta, Rstar }: Repetition): number {
  if (k <= 1) return -Math.log(k);
  const lnSlope = -(k - 1) / Rstar;
  const lnEffective = Math.log(effectiveEpochs(k, Rstar));
  return (lnSlope + (1 - alpha) * Math.log(k) - (1 + beta) * lnEffective) / (alpha + beta);
}
