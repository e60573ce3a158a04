/**
 * How choices are made. A story is told by a program that asks for every choice by its weights; whoever answers decides what
 * the story is. One answers at random, and sums up what the answers weigh in bits; another follows a text, and so finds
 * the choices again.
 */

import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';

export interface Chooser {
  /** One of the options, each as likely as its weight; weights are whole numbers of 0 or more, not all 0. */
  pick(weights: ArrayLike<number>): number;
  /** One of `count` options, all equally likely. */
  one(count: number): number;
}

/** Answers at random, the same for the same seed; `bits` is the information of all answers so far. */
export class Draw implements Chooser {
  bits = 0;
  readonly #generator: ReturnType<typeof xoroshiro128plus>;

  constructor(seed: number) {
    this.#generator = xoroshiro128plus(seed);
  }

  pick(weights: ArrayLike<number>): number {
    let total = 0;
    for (let i = 0; i < weights.length; i++) total += weights[i] ?? 0;
    let left = uniformInt(this.#generator, 0, total - 1);
    for (let i = 0; i < weights.length; i++) {
      const weight = weights[i] ?? 0;
      if (left < weight) {
        this.bits += Math.log2(total / weight);
        return i;
      }
      left -= weight;
    }
    throw new RangeError('no option has any weight');
  }

  one(count: number): number {
    if (count > 1) this.bits += Math.log2(count);
    return count > 1 ? uniformInt(this.#generator, 0, count - 1) : 0;
  }
}
