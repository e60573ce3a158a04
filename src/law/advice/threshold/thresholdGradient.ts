/** How the threshold moves with a law's parameters. */

import { gradientsAt } from '../../certainty/sensitivities.ts';
import type { Law } from '../../law.ts';
import { pointOf } from '../../point.ts';
import { bestOfKind, FINE } from '../best.ts';
import type { Recipe } from '../space.ts';
import { type Threshold, type ThresholdOptions, threshold } from './threshold.ts';

export type ThresholdGradient = {
  /** D_T^c in tokens. */
  readonly D_T: number;
  /** ∂ ln D_T^c / ∂ coordinate, of all coordinates of the law. */
  readonly gradient: Float64Array;
};

/** To each side in ln D_T: far above what a search leaves open in the loss, far below what changes a recipe. */
const STEP = 0.02;

/** A lead that changes by less over a factor e of text, relative to the loss, crosses nowhere in particular. */
const FLAT = 1e-7;

/**
 * The threshold at `theta` and its gradient, by the implicit function theorem: at the threshold the lead
 * F = L_mono − L_bi − margin of the best recipes is 0, so ∂ ln D_T/∂θ = −(∂F/∂θ)/(∂F/∂ln D_T). By the envelope theorem the best recipes
 * may be held while θ moves; along ln D_T they are searched anew, since their compute is a ceiling there.
 *
 * Gives the threshold as it is found where there is none, and null where it has no gradient: without a margin, a law may leave the
 * monolingual kind bit by bit, and both recipes are one there. Throws as {@link threshold} does.
 */
export function thresholdGradient(
  law: Law,
  theta: Float64Array,
  compute: number,
  options: ThresholdOptions & { readonly found?: Threshold } = {},
): ThresholdGradient | Exclude<Threshold, { state: 'crossed' }> | null {
  const found = options.found ?? threshold(law, theta, compute, options);
  if (found.state !== 'crossed') return found;
  if (found.jumps === false) return null;
  const { D_T, monolingual, bilingual } = found;
  const lead = (lnD_T: number): number => {
    const task = { compute, targetTokens: Math.exp(lnD_T), limits: options.limits };
    const loss = ({ kind }: Recipe) => bestOfKind(law, theta, kind, task, FINE)?.loss ?? Number.NaN;
    return loss(monolingual) - loss(bilingual);
  };
  const byCorpus = (lead(Math.log(D_T) + STEP) - lead(Math.log(D_T) - STEP)) / (2 * STEP);
  if (!(Math.abs(byCorpus) > FLAT * monolingual.loss)) return null;
  const [ofMono, ofBi] = gradientsAt(law, [monolingual, bilingual].map(pointOf), theta);
  // Gradients are of ln L.
  return {
    D_T,
    gradient: theta.map(
      (_, index) =>
        -(monolingual.loss * (ofMono?.[index] ?? 0) - bilingual.loss * (ofBi?.[index] ?? 0)) / byCorpus,
    ),
  };
}
