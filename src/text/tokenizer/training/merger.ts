/** Words as tokens, which become fewer with every pair that is learnt. */

import type { Breather } from '../../breather.ts';
import { spell } from '../byteCharacters.ts';
import type { Merge } from '../mergeTable.ts';
import { PairCounts } from './pairCounts.ts';
import { PairQueue } from './pairQueue.ts';
import type { WordCounts } from './wordCounts.ts';

export class Merger {
  readonly merges: Merge[] = [];
  /** Bytes of each token: the 256 bytes, null for the end of a document, and what is learnt. */
  readonly pieces: (Uint8Array | null)[] = Array.from({ length: 256 }, (_, byte) => Uint8Array.of(byte));
  /** Tokens learnt. */
  learnt = 0;
  private readonly words: WordCounts;
  private readonly pairs = new PairCounts();
  private readonly queue = new PairQueue(this.pairs);
  /** Spelled piece → token. */
  private readonly tokens = new Map<string, number>();

  constructor(words: WordCounts) {
    this.words = words;
    this.pieces.push(null);
    for (const [token, piece] of this.pieces.entries()) if (piece) this.tokens.set(spell(piece), token);
  }

  /** Counts the pairs of all words. */
  async count(breather: Breather): Promise<void> {
    const { size, tokens, starts, lengths, counts, weights } = this.words;
    for (let word = 0; word < size; word++) {
      const start = starts[word] as number;
      const end = start + (lengths[word] as number) - 1;
      for (let i = start; i < end; i++) {
        this.pairs.add(
          tokens[i] as number,
          tokens[i + 1] as number,
          word,
          counts[word] as number,
          weights[word] as number,
        );
      }
      if (breather.isDue()) await breather.rest();
    }
    for (const pair of this.pairs.takeGained()) this.queue.push(pair);
  }

  /** Learns the heaviest pair; false where no pair occurs twice. */
  async merge(breather: Breather): Promise<boolean> {
    const { pairs, queue } = this;
    const pair = queue.pop();
    if (pair === null) return false;
    const left = pairs.table.left(pair);
    const right = pairs.table.right(pair);
    const merged = this.tokenOf(left, right);
    this.merges.push({ left, right, merged });
    for (const word of pairs.takeWords(pair)) {
      this.mergeWord(word, left, right, merged);
      if (breather.isDue()) await breather.rest();
    }
    for (const gained of pairs.takeGained()) queue.push(gained);
    return true;
  }

  /** The token of two joined: a new one, but where other two have given the same bytes. */
  private tokenOf(left: number, right: number): number {
    const [first, second] = [this.pieces[left] ?? [], this.pieces[right] ?? []];
    const piece = Uint8Array.of(...first, ...second);
    const name = spell(piece);
    const known = this.tokens.get(name);
    if (known !== undefined) return known;
    const token = this.pieces.push(piece) - 1;
    this.tokens.set(name, token);
    this.learnt++;
    return token;
  }

  private mergeWord(word: number, left: number, right: number, merged: number): void {
    const { pairs } = this;
    const { tokens, starts, lengths } = this.words;
    const count = this.words.counts[word] as number;
    const weight = this.words.weights[word] as number;
    const start = starts[word] as number;
    const end = start + (lengths[word] as number);
    let to = start;
    for (let from = start; from < end; from++) {
      const token = tokens[from] as number;
      if (token !== left || from + 1 >= end || tokens[from + 1] !== right) {
        tokens[to++] = token;
        continue;
      }
      pairs.remove(left, right, count, weight);
      if (to > start) {
        const before = tokens[to - 1] as number;
        pairs.remove(before, left, count, weight);
        pairs.add(before, merged, word, count, weight);
      }
      from++;
      if (from + 1 < end) {
        const after = tokens[from + 1] as number;
        pairs.remove(right, after, count, weight);
        pairs.add(merged, after, word, count, weight);
      }
      tokens[to++] = merged;
    }
    lengths[word] = to - start;
  }
}
