/** The best number of passes, between those that were tried, and how sure it is. */

import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import { hash64 } from '../../../formats/hash.ts';
import { percentileInterval } from '../../../law/certainty/intervals.ts';
import { meanOf } from '../../../law/mean.ts';
import { leastSquares } from '../leastSquares.ts';

/** A number of passes that was tried. */
export type TriedEpochs = {
  readonly epochs: number;
  /** Mean over seeds, bits per byte. */
  readonly loss: number;
  readonly seeds: number;
};

export type BestEpochs = {
  /** k*. */
  readonly epochs: number;
  /** Middle 95 % of what other seeds would have given. */
  readonly low: number;
  readonly high: number;
  /** Standard deviation of ln k* over them. */
  readonly lnError: number;
  /** Where the best was the last one tried: k* is then that or beyond. */
  readonly edge: 'fewest' | 'most' | null;
};

const RESAMPLES = 400;
/** The parabola goes through what lies within this factor of the best: further away a loss over ln k is none. */
const REACH = 2.1;

/**
 * k* at the lowest point of a parabola of loss over ln k through the best number and those within a factor of two, at least one to either
 * side; the same again with noise of `deviation` a run (bits per byte) says how sure it is. `name` decides the stream of that noise. Null
 * where fewer than two numbers were tried.
 */
export function bestEpochs(
  tried: readonly TriedEpochs[],
  deviation: number,
  name: string,
): BestEpochs | null {
  const sorted = tried.filter(({ loss }) => Number.isFinite(loss)).sort((a, b) => a.epochs - b.epochs);
  const found = lowestOf(sorted);
  if (!found) return null;
  const normal = normals(name);
  const others: number[] = [];
  for (let resample = 0; resample < RESAMPLES; resample++) {
    const shaken = sorted.map((one) => ({
      ...one,
      loss: one.loss + (deviation / Math.sqrt(one.seeds)) * normal(),
    }));
    others.push(Math.log(lowestOf(shaken)?.epochs ?? found.epochs));
  }
  const { low, high } = percentileInterval(others) ?? { low: Number.NaN, high: Number.NaN };
  const middle = meanOf(others);
  return {
    ...found,
    low: Math.exp(low),
    high: Math.exp(high),
    lnError: Math.sqrt(meanOf(others.map((one) => (one - middle) ** 2))),
  };
}

function lowestOf(sorted: readonly TriedEpochs[]): Pick<BestEpochs, 'epochs' | 'edge'> | null {
  const [first] = sorted;
  if (!first || sorted.length < 2) return null;
  const best = sorted.reduce((lowest, one) => (one.loss < lowest.loss ? one : lowest), first);
  const rank = sorted.indexOf(best);
  if (rank === 0) return { epochs: best.epochs, edge: 'fewest' };
  if (rank === sorted.length - 1) return { epochs: best.epochs, edge: 'most' };
  const near = sorted.filter(
    ({ epochs }, index) =>
      Math.abs(index - rank) <= 1 || Math.max(epochs / best.epochs, best.epochs / epochs) <= REACH,
  );
  const at = ({ epochs }: TriedEpochs) => Math.log(epochs / best.epochs);
  const parabola = leastSquares(
    near.map((one) => [1, at(one), at(one) ** 2].map((term) => term * Math.sqrt(one.seeds))),
    near.map(({ loss, seeds }) => loss * Math.sqrt(seeds)),
  );
  const [, slope = 0, curvature = 0] = parabola?.coefficients ?? [];
  const lowest = curvature > 0 ? -slope / (2 * curvature) : 0;
  const [below, above] = [sorted[rank - 1] ?? best, sorted[rank + 1] ?? best];
  // Beyond a neighbour that was tried, and was worse, it is not.
  const step = Math.min(at(above), Math.max(at(below), lowest));
  return { epochs: best.epochs * Math.exp(step), edge: null };
}

function normals(name: string): () => number {
  const generator = xoroshiro128plus(hash64(`best epochs:${name}`).low);
  const uniform = () => 1 - uniformFloat64(generator);
  return () => Math.sqrt(-2 * Math.log(uniform())) * Math.cos(2 * Math.PI * uniform());
}
