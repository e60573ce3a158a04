/** Which pairs of tokens stand side by side in the words, how often, what that weighs, and in which words. */

import { PairTable } from '../pairTable.ts';

const FIRST_PAIRS = 1024;
const FIRST_ENTRIES = 2 ** 16;
const NONE = -1;

export class PairCounts {
  readonly table = new PairTable();
  /** Of each pair: occurrences, and their weight. Whole numbers. */
  counts = new Float64Array(FIRST_PAIRS);
  weights = new Float64Array(FIRST_PAIRS);
  /** Pairs that have gained occurrences since {@link PairCounts.takeGained}, each once. */
  private gained: number[] = [];
  private isGained = new Uint8Array(FIRST_PAIRS);
  /** The words of each pair as chains: entry → word, and the entry before it. Words that have lost the pair remain. */
  private heads = new Int32Array(FIRST_PAIRS).fill(NONE);
  private words = new Int32Array(FIRST_ENTRIES);
  private rests = new Int32Array(FIRST_ENTRIES);
  private entries = 0;
  /** Chain of entries that may be used again. */
  private free = NONE;

  add(left: number, right: number, word: number, count: number, weight: number): void {
    const pair = this.table.add(left, right);
    if (pair === this.counts.length) this.growPairs();
    this.counts[pair] = (this.counts[pair] as number) + count;
    this.weights[pair] = (this.weights[pair] as number) + weight;
    const head = this.heads[pair] as number;
    // Words are gone through one after the other, so a word that has the pair already was the last to be entered.
    if (head === NONE || this.words[head] !== word) this.heads[pair] = this.entry(word, head);
    if (this.isGained[pair] === 1) return;
    this.isGained[pair] = 1;
    this.gained.push(pair);
  }

  remove(left: number, right: number, count: number, weight: number): void {
    const pair = this.table.find(left, right);
    this.counts[pair] = (this.counts[pair] as number) - count;
    this.weights[pair] = (this.weights[pair] as number) - weight;
  }

  takeGained(): readonly number[] {
    const { gained } = this;
    for (const pair of gained) this.isGained[pair] = 0;
    this.gained = [];
    return gained;
  }

  /** The words that have, or had, a pair; the pair forgets them. */
  takeWords(pair: number): Int32Array {
    let length = 0;
    let last = NONE;
    const head = this.heads[pair] as number;
    for (let entry = head; entry !== NONE; entry = this.rests[entry] as number) {
      length++;
      last = entry;
    }
    const taken = new Int32Array(length);
    for (let entry = head, i = length; entry !== NONE; entry = this.rests[entry] as number) {
      taken[--i] = this.words[entry] as number;
    }
    if (last !== NONE) {
      this.rests[last] = this.free;
      this.free = head;
      this.heads[pair] = NONE;
    }
    return taken;
  }

  private entry(word: number, rest: number): number {
    let entry = this.free;
    if (entry === NONE) {
      entry = this.entries++;
      if (entry === this.words.length) this.growEntries();
    } else this.free = this.rests[entry] as number;
    this.words[entry] = word;
    this.rests[entry] = rest;
    return entry;
  }

  private growPairs(): void {
    const length = this.counts.length * 2;
    const counts = new Float64Array(length);
    counts.set(this.counts);
    this.counts = counts;
    const weights = new Float64Array(length);
    weights.set(this.weights);
    this.weights = weights;
    const isGained = new Uint8Array(length);
    isGained.set(this.isGained);
    this.isGained = isGained;
    const heads = new Int32Array(length).fill(NONE);
    heads.set(this.heads);
    this.heads = heads;
  }

  private growEntries(): void {
    const length = this.words.length * 2;
    const words = new Int32Array(length);
    words.set(this.words);
    this.words = words;
    const rests = new Int32Array(length);
    rests.set(this.rests);
    this.rests = rests;
  }
}
