/**
 * The longest stretches of a short text that stand, byte for byte, in a long one.
 *
 * The short text becomes a suffix automaton (Blumer et al. 1985), through which the long one runs once: after each byte its state says the
 * longest stretch of the short text that ends there. That takes time in proportion to both texts, whatever they are, and memory for the
 * short one alone.
 */

/** A stretch [from, to) of the text, in bytes, and where it begins in which document. */
export type Stretch = {
  readonly from: number;
  readonly to: number;
  readonly document: number;
  readonly at: number;
};

const NONE = 0;
const ROOT = 1;

export class CopySearch {
  private readonly length: number;
  /** 0 for a byte that the text does not hold, else its place among those that it does, from 1. */
  private readonly classes = new Uint16Array(256);
  private readonly classCount: number;
  /** By state and class; {@link NONE} where no such stretch is in the text. */
  private readonly next: Int32Array;
  private readonly links: Int32Array;
  /** Length of the longest stretch of a state. */
  private readonly lengths: Int32Array;
  /** The state of the whole text up to each byte. */
  private readonly prefixes: Int32Array;
  private states = ROOT + 1;
  /** Of each state, the longest of its stretches that was read, the document, and where in it the stretch ended. */
  private readonly found: Int32Array;
  private readonly documents: Int32Array;
  private readonly ends: Int32Array;

  /** For each byte of `text` it takes 8 × (its distinct bytes + 1) + 44 bytes of memory: some 500 for a text in Latin letters. */
  constructor(text: Uint8Array) {
    this.length = text.length;
    let count = 1;
    for (const byte of text) if (this.classes[byte] === 0) this.classes[byte] = count++;
    this.classCount = count;
    const most = 2 * text.length + 2;
    this.next = new Int32Array(most * count);
    this.links = new Int32Array(most);
    this.lengths = new Int32Array(most);
    this.prefixes = new Int32Array(text.length + 1);
    this.prefixes[0] = ROOT;
    this.found = new Int32Array(most);
    this.documents = new Int32Array(most);
    this.ends = new Int32Array(most);
    text.forEach((byte, at) => {
      this.prefixes[at + 1] = this.extend(this.prefixes[at] as number, this.classes[byte] as number);
    });
  }

  // The casts below: these loops take every byte of a corpus, and their indices are always there.

  /** Reads a document of the long text; no stretch runs across the ends of documents. */
  read(bytes: Uint8Array, document: number): void {
    const { classes, classCount, next, links, lengths, found, documents, ends } = this;
    let state = ROOT;
    let length = 0;
    for (let at = 0; at < bytes.length; at++) {
      const kind = classes[bytes[at] as number] as number;
      let follower = next[state * classCount + kind] as number;
      while (follower === NONE && state !== ROOT) {
        state = links[state] as number;
        length = lengths[state] as number;
        follower = next[state * classCount + kind] as number;
      }
      if (follower === NONE) continue;
      state = follower;
      length++;
      if (length > (found[state] as number)) {
        found[state] = length;
        documents[state] = document;
        ends[state] = at + 1;
      }
    }
  }

  /** Stretches of at least so many bytes that can be made no longer on either side, in the order of their ends. */
  stretches(least: number): Stretch[] {
    this.settle();
    const longest = this.prefixes.map((state) => this.found[this.readable(state)] as number);
    const stretches: Stretch[] = [];
    for (let to = Math.max(1, least); to <= this.length; to++) {
      const length = longest[to] as number;
      // The stretch that ends one byte further holds this one.
      const isPart = to < this.length && longest[to + 1] === length + 1;
      if (length < least || isPart) continue;
      const state = this.readable(this.prefixes[to] as number);
      const document = this.documents[state] as number;
      stretches.push({ from: to - length, to, document, at: (this.ends[state] as number) - length });
    }
    return stretches;
  }

  /** The nearest state on the way of shorter endings that has a stretch that was read. */
  private readable(state: number): number {
    let at = state;
    while (at !== ROOT && this.found[at] === 0) at = this.links[at] as number;
    return at;
  }

  /** What ends a stretch that was read was read itself. */
  private settle(): void {
    const byLength = Int32Array.from({ length: this.states - ROOT - 1 }, (_, index) => index + ROOT + 1);
    byLength.sort((a, b) => (this.lengths[b] as number) - (this.lengths[a] as number));
    for (const state of byLength) {
      const link = this.links[state] as number;
      const whole = this.lengths[link] as number;
      if (this.found[state] === 0 || (this.found[link] as number) >= whole) continue;
      this.found[link] = whole;
      this.documents[link] = this.documents[state] as number;
      this.ends[link] = this.ends[state] as number;
    }
  }

  /** The state of a text that is longer by a byte of class `kind` than that of state `last`. */
  private extend(last: number, kind: number): number {
    const { classCount, next, links, lengths } = this;
    const state = this.states++;
    lengths[state] = (lengths[last] as number) + 1;
    let at = last;
    while (at !== NONE && next[at * classCount + kind] === NONE) {
      next[at * classCount + kind] = state;
      at = links[at] as number;
    }
    if (at === NONE) {
      links[state] = ROOT;
      return state;
    }
    const follower = next[at * classCount + kind] as number;
    if (lengths[follower] === (lengths[at] as number) + 1) {
      links[state] = follower;
      return state;
    }
    const copy = this.states++;
    lengths[copy] = (lengths[at] as number) + 1;
    next.copyWithin(copy * classCount, follower * classCount, (follower + 1) * classCount);
    links[copy] = links[follower] as number;
    links[follower] = copy;
    links[state] = copy;
    while (at !== NONE && next[at * classCount + kind] === follower) {
      next[at * classCount + kind] = copy;
      at = links[at] as number;
    }
    return state;
  }
}
