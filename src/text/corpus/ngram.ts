/**
 * A byte n-gram with interpolated Witten–Bell smoothing (Witten and Bell 1991; Chen and Goodman 1999, section 2.4):
 *
 *   p(w | h) = (c(hw) + T(h) · p(w | h′)) / (c(h) + T(h))
 *
 * where c counts, T(h) is the number of different symbols seen after h, h′ is h without its oldest symbol, and below the empty
 * context all 257 symbols are alike. Symbols are the bytes and the end of a document. Documents are read as the lab's
 * models read them, one after the other with an end before the first and after each, and contexts run across the ends.
 *
 * Every context and every continuation is a node of a trie, in flat arrays, found by a hash of its parent and its symbol.
 */

export const END_SYMBOL = 256;
export const SYMBOLS = 257;
/** Bytes of the longest context. */
export const MAX_ORDER = 5;

/** Bounds the memory: at 16 bytes a node and 8 for the slots, to about 200 MB. */
export const MAX_NODES = 2 ** 23;

const ROOT = 0;
const NONE = -1;

/** The nodes of what was read last, by length. */
export type Contexts = Int32Array;

export class NgramModel {
  private readonly maxNodes: number;
  private counts = new Uint32Array(1024);
  /** As a context: occurrences that were followed by a symbol, c(h), and different followers, T(h). */
  private followed = new Uint32Array(1024);
  private types = new Uint16Array(1024);
  private parents = new Uint32Array(1024);
  private symbols = new Uint16Array(1024);
  /** Nodes by hash; 0, which is the root, marks a free slot. */
  private slots = new Uint32Array(4096);
  private nodes = 1;
  private readonly learnt: Contexts;
  /** Bytes it was trained on, the ends of documents included. */
  trainedBytes = 0;

  constructor(maxNodes: number = MAX_NODES) {
    this.maxNodes = maxNodes;
    this.childOf(ROOT, END_SYMBOL, true);
    this.learnt = this.begin();
  }

  /** Whether it learns no more, for the sake of memory. */
  get isFull(): boolean {
    // A symbol makes a node after each context at most.
    return this.nodes + MAX_ORDER >= this.maxNodes;
  }

  /** Learns the next document, or as much of it as there is room for; one that is cut short has no end. */
  add(bytes: Uint8Array, hasEnd = true): void {
    for (let at = 0; at < bytes.length + (hasEnd ? 1 : 0) && !this.isFull; at++) {
      this.learn(bytes[at] ?? END_SYMBOL);
      this.trainedBytes++;
    }
  }

  /** The contexts before the first document of a text. */
  begin(): Contexts {
    const contexts = new Int32Array(MAX_ORDER + 2).fill(NONE);
    contexts[0] = ROOT;
    contexts[1] = this.childOf(ROOT, END_SYMBOL, false);
    return contexts;
  }

  /**
   * Adds the information of the next document of a text, or of as much of it as there is, to `bits`: at index n, in bits, under
   * contexts of up to n bytes. Moves `contexts` on.
   */
  addInformation(bytes: Uint8Array, contexts: Contexts, bits: Float64Array, hasEnd = true): void {
    const probabilities = new Float64Array(MAX_ORDER + 1);
    for (let at = 0; at < bytes.length + (hasEnd ? 1 : 0); at++) {
      this.step(bytes[at] ?? END_SYMBOL, contexts, probabilities);
      for (let order = 0; order <= MAX_ORDER; order++) {
        bits[order] = (bits[order] as number) - Math.log2(probabilities[order] as number);
      }
    }
  }

  /** p(symbol | the first document so far), under contexts of up to `order` bytes. */
  probability(before: Iterable<number>, symbol: number, order: number = MAX_ORDER): number {
    const contexts = this.begin();
    const probabilities = new Float64Array(MAX_ORDER + 1);
    for (const known of before) this.step(known, contexts, probabilities);
    this.step(symbol, contexts, probabilities);
    return probabilities[order] ?? Number.NaN;
  }

  // The casts below: these loops take every byte of a corpus six times, and their indices are always there.

  private learn(symbol: number): void {
    const contexts = this.learnt;
    // From the longest on, so that each context is read before the continuation of a shorter one takes its place.
    for (let length = MAX_ORDER; length >= 0; length--) {
      const context = contexts[length] as number;
      if (context === NONE) continue;
      const node = this.childOf(context, symbol, true);
      const count = this.counts[node] as number;
      if (count === 0) this.types[context] = (this.types[context] as number) + 1;
      this.counts[node] = count + 1;
      this.followed[context] = (this.followed[context] as number) + 1;
      contexts[length + 1] = node;
    }
  }

  /** Probabilities of a symbol by longest context, and one step on. A context never seen says what the shorter one says. */
  private step(symbol: number, contexts: Contexts, probabilities: Float64Array): void {
    let probability = 1 / SYMBOLS;
    let shorter = ROOT;
    for (let length = 0; length <= MAX_ORDER; length++) {
      const context = contexts[length] as number;
      // The shorter context's continuation takes this one's place, which has just been read.
      contexts[length] = shorter;
      shorter = NONE;
      const types = context === NONE ? 0 : (this.types[context] as number);
      if (types > 0) {
        shorter = this.childOf(context, symbol, false);
        const count = shorter === NONE ? 0 : (this.counts[shorter] as number);
        probability = (count + types * probability) / ((this.followed[context] as number) + types);
      }
      probabilities[length] = probability;
    }
  }

  /** The node of a context and the symbol after it; where there is none yet it is made, or is NONE. */
  private childOf(parent: number, symbol: number, isMade: boolean): number {
    const mask = this.slots.length - 1;
    let slot = hashOf(parent, symbol) & mask;
    for (;;) {
      const node = this.slots[slot] as number;
      if (node === 0) break;
      if (this.parents[node] === parent && this.symbols[node] === symbol) return node;
      slot = (slot + 1) & mask;
    }
    if (!isMade) return NONE;
    const node = this.nodes++;
    if (node >= this.counts.length) this.growNodes();
    this.parents[node] = parent;
    this.symbols[node] = symbol;
    this.slots[slot] = node;
    if (this.nodes * 2 > this.slots.length) this.growSlots();
    return node;
  }

  private growNodes(): void {
    this.counts = doubled(this.counts, Uint32Array);
    this.followed = doubled(this.followed, Uint32Array);
    this.types = doubled(this.types, Uint16Array);
    this.parents = doubled(this.parents, Uint32Array);
    this.symbols = doubled(this.symbols, Uint16Array);
  }

  private growSlots(): void {
    this.slots = new Uint32Array(2 * this.slots.length);
    const mask = this.slots.length - 1;
    for (let node = 1; node < this.nodes; node++) {
      let slot = hashOf(this.parents[node] as number, this.symbols[node] as number) & mask;
      while (this.slots[slot] !== 0) slot = (slot + 1) & mask;
      this.slots[slot] = node;
    }
  }
}

function hashOf(parent: number, symbol: number): number {
  const hash = Math.imul(parent ^ Math.imul(symbol + 1, 0x9e3779b1), 0x85ebca6b);
  return hash ^ (hash >>> 15);
}

function doubled<T extends Uint32Array | Uint16Array>(old: T, Kind: new (length: number) => T): T {
  const larger = new Kind(2 * old.length);
  larger.set(old);
  return larger;
}
