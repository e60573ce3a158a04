/** Which run would teach most about what one wants to know. */

import type { Fit } from '../fit/outcome.ts';
import type { Law } from '../law.ts';
import type { Point } from '../point.ts';
import type { Run } from '../run.ts';
import { matchingRuns } from './given.ts';
import { type Belief, beliefAt } from './information.ts';
import { gradientsAt } from './sensitivities.ts';
import { dot, times } from './symmetric.ts';

/**
 * What one wants to know: the log loss at points, of which the mean variance counts, or any quantity by its gradient with respect to the
 * law's coordinates (all of them, the frozen ones included), e.g. that of a threshold.
 */
export type Interest =
  | { readonly points: readonly Point[] }
  | { readonly gradient: (theta: Float64Array) => Float64Array };

export type Helpfulness = {
  readonly point: Point;
  /** Share of the variance of interest that this run is expected to take away, 0 … 1. */
  readonly reduction: number;
};

export type NextRunOptions = {
  /** The candidates themselves, unless it is said. */
  readonly interest?: Interest;
};

/** Combinations of starts of unknown parameters that are looked at; more tell little more. */
const MOST_GUESSES = 16;

/**
 * `candidates`, the most helpful first. A run at a candidate, with the noise of the others, takes (qᵀΣg)²/(σ² + gᵀΣg) from the
 * variance qᵀΣq of a quantity with gradient q, where g is the gradient of its log loss and Σ the covariance of {@link beliefAt}: the exact
 * update of a normal belief about a law that is linear nearby. Its cost is not weighed; `point.C` says it.
 *
 * Where parameters are unknown the law may look flat at the value that the fit left them at, so the mean over their starts is taken.
 * Throws a `RangeError` where `runs` are not those of the fit. Candidates that the law does not cover are left out.
 */
export function helpfulRuns(
  fit: Fit,
  runs: readonly Run[],
  candidates: readonly Point[],
  { interest }: NextRunOptions = {},
): Helpfulness[] {
  const { law } = fit;
  const covered = matchingRuns(fit, runs);
  const { covers = () => true } = law;
  const points = candidates.filter(covers);
  const reductions = new Float64Array(points.length);
  const guesses = guessUnknown(fit);
  for (const theta of guesses) {
    const belief = beliefAt(fit, covered, theta);
    const wanted = wantedAt(law, interest ?? { points }, theta).map((gradient) => pick(gradient, belief));
    const before = wanted.reduce((sum, q) => sum + dot(q, times(belief.covariance, q)), 0);
    if (!(before > 0)) continue;
    gradientsAt(law, points, theta).forEach((gradient, index) => {
      const taken = varianceTaken(belief, pick(gradient, belief), wanted);
      reductions[index] = (reductions[index] ?? 0) + taken / before / guesses.length;
    });
  }
  return points
    .map((point, index) => ({ point, reduction: reductions[index] ?? 0 }))
    .sort((a, b) => b.reduction - a.reduction);
}

/** The sum over `wanted` of what a run with gradient `g` takes from the variance of each. */
export function varianceTaken(
  { covariance, variance }: Pick<Belief, 'covariance' | 'variance'>,
  g: Float64Array,
  wanted: readonly Float64Array[],
): number {
  const spread = times(covariance, g);
  const total = variance + dot(g, spread);
  let taken = 0;
  for (const q of wanted) taken += dot(q, spread) ** 2 / total;
  return taken;
}

/** Gradients of what is of interest, by the law's coordinates. */
export function wantedAt(law: Law, interest: Interest, theta: Float64Array): Float64Array[] {
  if ('gradient' in interest) return [interest.gradient(theta)];
  return gradientsAt(law, interest.points, theta);
}

/** Of a gradient by all coordinates, what belongs to those that may move. */
export function pick(gradient: Float64Array, { free }: Pick<Belief, 'free'>): Float64Array {
  return Float64Array.from(free, (number) => gradient[number] ?? 0);
}

/** The fit's coordinates, with every combination of starts in the place of what no run tells. */
export function guessUnknown({ law, theta, unknown }: Fit): Float64Array[] {
  let guesses: Float64Array[] = [theta];
  law.parameters.forEach(({ name, starts }, index) => {
    if (!unknown.includes(name)) return;
    const more = guesses.flatMap((guess) => starts.map((start) => guess.with(index, start)));
    if (more.length <= MOST_GUESSES) guesses = more;
  });
  return guesses;
}
