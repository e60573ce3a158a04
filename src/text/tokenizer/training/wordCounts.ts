/**
 * The pieces of all texts, each once, with what it weighs. Weights are whole numbers, so that sums of them are exact in any order and
 * ties are true ties.
 */

import { preTokens } from '../preTokens.ts';

/**
 * All texts together weigh about this much: far below 2^53, where whole numbers end to be exact, and far above the bytes of
 * any text, so that rounding moves no share.
 */
const TOTAL_WEIGHT = 2 ** 50;
const FIRST_WORDS = 2 ** 14;
const FIRST_BYTES = 2 ** 17;
/** Engines copy strings up to this length out of longer ones, and point into them beyond it. */
const COPIED_UNITS = 12;

const encoder = new TextEncoder();
const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

export class WordCounts {
  /** Words so far. */
  size = 0;
  /** Bytes of all words end to end, as tokens: word w is at `starts[w]` … `starts[w] + lengths[w] − 1`. */
  tokens = new Uint16Array(FIRST_BYTES);
  starts = new Uint32Array(FIRST_WORDS);
  lengths = new Uint32Array(FIRST_WORDS);
  /** How often each word occurs in all texts, and what its occurrences weigh. */
  counts = new Float64Array(FIRST_WORDS);
  weights = new Float64Array(FIRST_WORDS);
  private readonly numbers = new Map<string, number>();
  private used = 0;
  /** Of the text at hand. */
  private here = new Float64Array(FIRST_WORDS);
  private bytesHere = 0;

  /** Counts a document of the text at hand; gives its bytes. */
  add(document: string): number {
    const before = this.bytesHere;
    for (const word of preTokens(document, 'lab')) {
      const number = this.numbers.get(word) ?? this.addWord(word);
      this.here[number] = (this.here[number] as number) + 1;
      this.bytesHere += this.lengths[number] as number;
    }
    return this.bytesHere - before;
  }

  /** Ends a text: all that was added since the last end weighs `share` of the total, 0 to 1, however long it is. */
  endText(share: number): void {
    const factor = Math.max(1, Math.round((share * TOTAL_WEIGHT) / Math.max(1, this.bytesHere)));
    for (let number = 0; number < this.size; number++) {
      const count = this.here[number] as number;
      if (count === 0) continue;
      this.counts[number] = (this.counts[number] as number) + count;
      this.weights[number] = (this.weights[number] as number) + count * factor;
    }
    this.here.fill(0);
    this.bytesHere = 0;
  }

  private addWord(word: string): number {
    const bytes = encoder.encode(word);
    const number = this.size++;
    if (number === this.starts.length) this.growWords();
    if (this.used + bytes.length > this.tokens.length) this.growTokens();
    this.starts[number] = this.used;
    this.lengths[number] = bytes.length;
    this.tokens.set(bytes, this.used);
    this.used += bytes.length;
    // A copy, lest the key keep its whole document.
    this.numbers.set(word.length > COPIED_UNITS ? decoder.decode(bytes) : word, number);
    return number;
  }

  private growWords(): void {
    const length = this.starts.length * 2;
    const starts = new Uint32Array(length);
    starts.set(this.starts);
    this.starts = starts;
    const lengths = new Uint32Array(length);
    lengths.set(this.lengths);
    this.lengths = lengths;
    this.counts = longer(this.counts, length);
    this.weights = longer(this.weights, length);
    this.here = longer(this.here, length);
  }

  private growTokens(): void {
    const tokens = new Uint16Array(this.tokens.length * 2);
    tokens.set(this.tokens);
    this.tokens = tokens;
  }
}

function longer(numbers: Float64Array, length: number): Float64Array<ArrayBuffer> {
  const more = new Float64Array(length);
  more.set(numbers);
  return more;
}
