/** Which runs to make next, several at once: one after the other, each as if those before it had been made. */

import type { Fit } from '../fit/outcome.ts';
import type { Point } from '../point.ts';
import type { Run } from '../run.ts';
import { matchingRuns } from './given.ts';
import { beliefAt } from './information.ts';
import { guessUnknown, type Interest, pick, varianceTaken, wantedAt } from './nextRun.ts';
import { gradientsAt } from './sensitivities.ts';
import { dot, times } from './symmetric.ts';

export type ChosenRun = {
  /** Its place among the candidates. */
  readonly index: number;
  /** Share of the variance of interest, as it is after the runs before, that this one is expected to take away. */
  readonly reduction: number;
};

export type Choice = {
  /** In the order in which they were chosen. */
  readonly chosen: readonly ChosenRun[];
  /** Variance of interest: with the runs of the fit and those under way, and with the chosen ones besides. 0 where nothing is open. */
  readonly before: number;
  readonly after: number;
};

export type ChoiceOptions = {
  readonly interest: Interest;
  /** Runs to choose; fewer where there are fewer candidates. */
  readonly count: number;
  /** Runs that are planned or under way: they tell something, but nobody knows yet what. */
  readonly underWay?: readonly Point[];
};

/** The belief under one guess of the parameters that no run tells. */
type Guess = {
  readonly wanted: readonly Float64Array[];
  /** Gradient of the log loss at each candidate. */
  readonly gradients: readonly Float64Array[];
  readonly variance: number;
  readonly covariance: Float64Array;
};

/**
 * The greedy choice of `count` of the candidates. The first is the one that `helpfulRuns` puts first; the covariance is then that of a
 * normal belief after such a run (Σ − Σg·gᵀΣ/(σ² + gᵀΣg)), whatever its loss will be, and so on. Candidates that the law does not
 * cover, or that tell nothing, are not chosen. Throws a `RangeError` where `runs` are not those of the fit.
 */
export function chooseRuns(
  fit: Fit,
  runs: readonly Run[],
  candidates: readonly Point[],
  { interest, count, underWay = [] }: ChoiceOptions,
): Choice {
  const { law } = fit;
  const covered = matchingRuns(fit, runs);
  const { covers = () => true } = law;
  const guesses = guessUnknown(fit).flatMap((theta): Guess[] => {
    const { covariance, variance, ...belief } = beliefAt(fit, covered, theta);
    const of = (gradient: Float64Array) => pick(gradient, belief);
    const wanted = wantedAt(law, interest, theta).map(of);
    let now = covariance;
    for (const gradient of gradientsAt(law, underWay.filter(covers), theta))
      now = updated(now, of(gradient), variance);
    const gradients = gradientsAt(law, candidates, theta).map(of);
    return varianceOf(wanted, now) > 0 ? [{ wanted, gradients, variance, covariance: now }] : [];
  });
  const before = meanOf(guesses, ({ wanted, covariance }) => varianceOf(wanted, covariance));
  const left = new Set(candidates.keys());
  for (const [index, point] of candidates.entries()) if (!covers(point)) left.delete(index);
  const chosen: ChosenRun[] = [];
  let now = guesses;
  while (chosen.length < count) {
    const best = mostHelpful(now, left);
    if (best === null) break;
    chosen.push(best);
    left.delete(best.index);
    now = now.map((guess) => {
      const { gradients, covariance, variance } = guess;
      return { ...guess, covariance: updated(covariance, gradients[best.index] ?? NONE, variance) };
    });
  }
  return {
    chosen,
    before,
    after: meanOf(now, ({ wanted, covariance }) => varianceOf(wanted, covariance)),
  };
}

const NONE = new Float64Array();

function mostHelpful(guesses: readonly Guess[], left: ReadonlySet<number>): ChosenRun | null {
  const open = guesses.map((guess) => varianceOf(guess.wanted, guess.covariance));
  let best: ChosenRun | null = null;
  for (const index of left) {
    const reduction = meanOf(guesses, ({ wanted, gradients, ...belief }, place) => {
      const before = open[place] ?? 0;
      return before > 0 ? varianceTaken(belief, gradients[index] ?? NONE, wanted) / before : 0;
    });
    if (reduction > (best?.reduction ?? 0)) best = { index, reduction };
  }
  return best;
}

function varianceOf(wanted: readonly Float64Array[], covariance: Float64Array): number {
  return wanted.reduce((sum, q) => sum + dot(q, times(covariance, q)), 0);
}

/** The covariance after a run whose log loss has this gradient and variance. */
function updated(covariance: Float64Array, g: Float64Array, variance: number): Float64Array {
  const size = g.length;
  const spread = times(covariance, g);
  const total = variance + dot(g, spread);
  return covariance.map(
    (value, index) => value - ((spread[Math.floor(index / size)] ?? 0) * (spread[index % size] ?? 0)) / total,
  );
}

function meanOf<T>(items: readonly T[], of: (item: T, index: number) => number): number {
  return items.length === 0 ? 0 : items.reduce((sum, item, index) => sum + of(item, index), 0) / items.length;
}
