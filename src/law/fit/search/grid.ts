/** Where descents may begin: products of the laws' lists of starts, evaluated, and the best of them. */

import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import { hash64 } from '../../../formats/hash.ts';
import type { Law } from '../../law.ts';
import type { Box } from '../../optimise/box.ts';

/** The product of lists, one for each coordinate, numbered; the first coordinate turns slowest. */
export class Grid {
  readonly size: number;
  private readonly lists: readonly (readonly number[])[];

  constructor(lists: readonly (readonly number[])[]) {
    this.lists = lists;
    this.size = lists.reduce((size, { length }) => size * length, 1);
  }

  at(index: number): Float64Array {
    const theta = new Float64Array(this.lists.length);
    let rest = index;
    for (let i = this.lists.length - 1; i >= 0; i--) {
      const list = this.lists[i] ?? [];
      theta[i] = list[rest % list.length] ?? 0;
      rest = Math.floor(rest / list.length);
    }
    return theta;
  }

  /** All points, or `most` different ones drawn by `seed` where there are more, in their order. */
  points(most: number, seed: number): Float64Array[] {
    if (this.size <= most) return Array.from({ length: this.size }, (_, index) => this.at(index));
    const generator = xoroshiro128plus(hash64(`starts:${seed}`).low);
    const drawn = new Set<number>();
    while (drawn.size < most) drawn.add(uniformInt(generator, 0, this.size - 1));
    return [...drawn].sort((a, b) => a - b).map((index) => this.at(index));
  }
}

/** The grid of a law's starts; what is frozen stays where it is, and `only` may fix more at the coordinates given. */
export function gridOf(law: Law, { lower, upper }: Box, only?: (index: number) => number | null): Grid {
  return new Grid(
    law.parameters.map(({ starts }, index) => {
      const fixed = lower[index] === upper[index] ? lower[index] : only?.(index);
      return fixed === null || fixed === undefined ? starts : [fixed];
    }),
  );
}

export type Start = { readonly theta: Float64Array; readonly value: number };

/** The best `most` different starts, best first; those where the law has no finite value come last. */
export function bestStarts(starts: readonly Start[], most: number): Start[] {
  const seen = new Set<string>();
  const rank = ({ value }: Start) => (Number.isFinite(value) ? value : Number.MAX_VALUE);
  return [...starts]
    .sort((a, b) => rank(a) - rank(b))
    .filter(({ theta }) => {
      const key = theta.join();
      if (seen.has(key)) return false;
      seen.add(key);
      return seen.size <= most;
    });
}

/** Coordinates that differ by less, against their size, lie in the same hollow of the same valley. */
const SAME = 0.01;

/** The best `most` that are not near a better one. */
export function distinct(starts: readonly Start[], most: number): Start[] {
  const kept: Start[] = [];
  for (const start of bestStarts(starts, starts.length)) {
    if (kept.length >= most) break;
    const isNear = kept.some((other) =>
      other.theta.every((value, index) => {
        const own = start.theta[index] ?? 0;
        // Equal ones first: a frozen coordinate may be infinite.
        return own === value || Math.abs(own - value) <= SAME * (1 + Math.abs(value));
      }),
    );
    if (!isNear) kept.push(start);
  }
  return kept;
}
