/** Where leaving the monolingual optimum begins to pay, in closed form. */

import { effectiveEpochs } from '../../terms/repetition.ts';

export type Repetition = { readonly alpha: number; readonly beta: number; readonly Rstar: number };

export type Transfer = Repetition & { readonly tau: number; readonly phi: number; readonly omega: number };

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
  return { k, x: Math.exp(lnScarcityOfEpochs(k, repetition)) };
}

/**
 * ln of the scarcity at which k epochs are best for a monolingual recipe under the lab's M³ form, or Muennighoff's data term:
 * x^{α+β} = g'(k)·k^{1−α}·g(k)^{−(1+β)}, which is 1/k up to one epoch. Through logarithms, as g' is too small to be a number after some
 * hundreds of R*.
 */
export function lnScarcityOfEpochs(k: number, { alpha, beta, Rstar }: Repetition): number {
  if (k <= 1) return -Math.log(k);
  const lnSlope = -(k - 1) / Rstar;
  const lnEffective = Math.log(effectiveEpochs(k, Rstar));
  return (lnSlope + (1 - alpha) * Math.log(k) - (1 + beta) * lnEffective) / (alpha + beta);
}
