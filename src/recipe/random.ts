/** Seeded random streams of a plan, one for each purpose, so that a change in one order never moves another. */

import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import { hash64 } from '../formats/hash.ts';

export type Purpose = 'target order' | 'source order';

/**
 * Draws the numbers 0 … size−1 in a random order, round after round: every number comes once before any comes
 * again, and each round has an order of its own. `next` costs one random draw; memory is 4 bytes a number.
 * The first draws do not depend on how many follow, so a longer run begins as a shorter one does.
 */
export class ShuffledRounds {
  private readonly order: Uint32Array;
  private readonly generator: ReturnType<typeof xoroshiro128plus>;
  private drawn = 0;

  constructor(size: number, seed: number, purpose: Purpose) {
    this.order = Uint32Array.from({ length: size }, (_, index) => index);
    this.generator = xoroshiro128plus(hash64(`${purpose}:${seed}`).low);
  }

  next(): number {
    const place = this.drawn % this.order.length;
    const from = uniformInt(this.generator, place, this.order.length - 1);
    const value = this.order[from] ?? 0;
    this.order[from] = this.order[place] ?? 0;
    this.order[place] = value;
    this.drawn++;
    return value;
  }
}
