/** The merges of a BPE, applied: always the earliest learnt pair that is there, the leftmost of it first. */

import { PairTable } from './pairTable.ts';

/** Two tokens that stand side by side become `merged`. */
export type Merge = { readonly left: number; readonly right: number; readonly merged: number };

/** Below this many tokens a scan for the best pair is faster than a heap. */
const SCAN_TOKENS = 256;
const NO_RANK = 2 ** 31 - 1;
/** Places in a piece are below this, ranks below 2^20: both fit into one float64. */
const PLACES = 2 ** 32;

export class MergeTable {
  /** Rank = number of the pair in the table. */
  private readonly pairs = new PairTable();
  private readonly merged: Uint16Array;
  private readonly ranks = new Int32Array(SCAN_TOKENS);

  /** `merges` in the order in which they were learnt, each pair once. */
  constructor(merges: readonly Merge[]) {
    this.merged = new Uint16Array(merges.length);
    for (const { left, right, merged } of merges) {
      this.merged[this.pairs.add(left, right)] = merged;
    }
  }

  /** Merges the first `length` of `tokens` in place; gives how many are left. */
  apply(tokens: Uint16Array, length: number): number {
    return length <= SCAN_TOKENS ? this.scan(tokens, length) : this.heap(tokens, length);
  }

  private rank(left: number, right: number): number {
    const rank = this.pairs.find(left, right);
    return rank < 0 ? NO_RANK : rank;
  }

  private scan(tokens: Uint16Array, length: number): number {
    const { ranks } = this;
    let count = length;
    for (let i = 0; i + 1 < count; i++) ranks[i] = this.rank(tokens[i] as number, tokens[i + 1] as number);
    while (count > 1) {
      let best = 0;
      let lowest = ranks[0] as number;
      for (let i = 1; i < count - 1; i++) {
        if ((ranks[i] as number) < lowest) {
          lowest = ranks[i] as number;
          best = i;
        }
      }
      if (lowest === NO_RANK) break;
      tokens[best] = this.merged[lowest] as number;
      count--;
      for (let i = best + 1; i < count; i++) {
        tokens[i] = tokens[i + 1] as number;
        ranks[i] = ranks[i + 1] as number;
      }
      if (best > 0) ranks[best - 1] = this.rank(tokens[best - 1] as number, tokens[best] as number);
      if (best + 1 < count) ranks[best] = this.rank(tokens[best] as number, tokens[best + 1] as number);
    }
    return count;
  }

  /** The same in n log n: a chain of tokens, and a heap of the pairs that were there at some time. */
  private heap(tokens: Uint16Array, length: number): number {
    const next = Int32Array.from({ length }, (_, i) => i + 1);
    const previous = Int32Array.from({ length }, (_, i) => i - 1);
    const heap = new NumberHeap();
    const offer = (place: number) => {
      const after = next[place] as number;
      if (after >= length) return;
      const rank = this.rank(tokens[place] as number, tokens[after] as number);
      if (rank !== NO_RANK) heap.push(rank * PLACES + place);
    };
    for (let place = 0; place < length; place++) offer(place);
    for (let top = heap.pop(); top !== undefined; top = heap.pop()) {
      const place = top % PLACES;
      const after = next[place] as number;
      // A place that was merged into its left neighbour has itself before it.
      if (previous[place] === place || after >= length) continue;
      const rank = this.rank(tokens[place] as number, tokens[after] as number);
      if (rank !== Math.floor(top / PLACES)) continue;
      tokens[place] = this.merged[rank] as number;
      const beyond = next[after] as number;
      next[place] = beyond;
      previous[after] = after;
      if (beyond < length) previous[beyond] = place;
      const before = previous[place] as number;
      if (before >= 0) offer(before);
      offer(place);
    }
    let count = 0;
    for (let place = 0; place < length; place = next[place] as number)
      tokens[count++] = tokens[place] as number;
    return count;
  }
}

/** A binary heap of numbers, the least first. */
class NumberHeap {
  private readonly items: number[] = [];

  push(item: number): void {
    const { items } = this;
    let place = items.push(item) - 1;
    while (place > 0) {
      const parent = (place - 1) >> 1;
      const above = items[parent] as number;
      if (above <= item) break;
      items[place] = above;
      place = parent;
    }
    items[place] = item;
  }

  pop(): number | undefined {
    const { items } = this;
    const top = items[0];
    const last = items.pop();
    if (last === undefined || items.length === 0) return top;
    let place = 0;
    for (;;) {
      let child = 2 * place + 1;
      if (child >= items.length) break;
      if (child + 1 < items.length && (items[child + 1] as number) < (items[child] as number)) child++;
      if ((items[child] as number) >= last) break;
      items[place] = items[child] as number;
      place = child;
    }
    items[place] = last;
    return top;
  }
}
