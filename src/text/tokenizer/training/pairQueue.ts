/**
 * Pairs by weight, the heaviest first, of equal ones that of the lower tokens. A pair that has lost weight is not moved: it
 * keeps the place of its former weight until it comes first, and is put back then.
 */

import type { PairCounts } from './pairCounts.ts';

/** A pair that occurs once is no pattern. */
const LEAST_COUNT = 2;

export class PairQueue {
  private readonly pairs: PairCounts;
  private readonly heap: number[] = [];
  /** What each place weighed when it was put there. */
  private readonly weights: number[] = [];

  constructor(pairs: PairCounts) {
    this.pairs = pairs;
  }

  /** Puts in a pair with its present weight. */
  push(pair: number): void {
    if ((this.pairs.counts[pair] as number) < LEAST_COUNT) return;
    const weight = this.pairs.weights[pair] as number;
    let place = this.heap.length;
    this.heap.push(pair);
    this.weights.push(weight);
    while (place > 0) {
      const parent = (place - 1) >> 1;
      if (!this.isBefore(pair, weight, parent)) break;
      this.copy(parent, place);
      place = parent;
    }
    this.heap[place] = pair;
    this.weights[place] = weight;
  }

  /** Takes the heaviest pair that occurs at least twice; null where there is none. */
  pop(): number | null {
    for (;;) {
      const pair = this.heap[0];
      const weight = this.weights[0];
      if (pair === undefined) return null;
      this.removeFirst();
      if (this.pairs.weights[pair] !== weight) this.push(pair);
      else if ((this.pairs.counts[pair] as number) >= LEAST_COUNT) return pair;
    }
  }

  private removeFirst(): void {
    const pair = this.heap.pop();
    const weight = this.weights.pop();
    const length = this.heap.length;
    if (pair === undefined || weight === undefined || length === 0) return;
    let place = 0;
    for (;;) {
      let child = 2 * place + 1;
      if (child >= length) break;
      if (
        child + 1 < length &&
        this.isBefore(this.heap[child + 1] as number, this.weights[child + 1] as number, child)
      )
        child++;
      if (this.isBefore(pair, weight, child)) break;
      this.copy(child, place);
      place = child;
    }
    this.heap[place] = pair;
    this.weights[place] = weight;
  }

  private isBefore(pair: number, weight: number, place: number): boolean {
    const other = this.weights[place] as number;
    if (weight !== other) return weight > other;
    return this.pairs.table.compare(pair, this.heap[place] as number) < 0;
  }

  private copy(from: number, to: number): void {
    this.heap[to] = this.heap[from] as number;
    this.weights[to] = this.weights[from] as number;
  }
}
