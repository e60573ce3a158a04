/** Closed forms to hold searches against. */

import { lnScarcityOfEpochs, type Repetition } from '../../../src/law/advice/threshold/firstDeparture.ts';

/** Of Hoffmann's law, and of every law that is it on one pass of target text. */
export type PowerLaw = {
  readonly A: number;
  readonly alpha: number;
  readonly B: number;
  readonly beta: number;
};

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
  return Math.exp(lnScarcityOfEpochs(k, { alpha, beta, Rstar }));
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
    if (lnScarcityOfEpochs(Math.exp(middle), repetition) > wanted) low = middle;
    else high = middle;
  }
}
