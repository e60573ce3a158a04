/**
 * Pairs of tokens, numbered in the order in which they were added. Open addressing over typed arrays: a Map would need
 * a number object for every pair above 2^31, in the innermost loops of training and encoding.
 */

const FIRST_SLOTS = 1024;
const FREE = -1;

export class PairTable {
  /** Pairs so far. */
  size = 0;
  private slots = new Int32Array(FIRST_SLOTS).fill(FREE);
  private keys = new Int32Array(FIRST_SLOTS);
  private shift = 32 - Math.log2(FIRST_SLOTS);

  /** The number of a pair; −1 where it was never added. Tokens are below 65,536. */
  find(left: number, right: number): number {
    const key = (left << 16) | right;
    const { slots, keys } = this;
    const mask = slots.length - 1;
    for (let slot = hash(key) >>> this.shift; ; slot = (slot + 1) & mask) {
      const number = slots[slot] as number;
      if (number === FREE || keys[number] === key) return number;
    }
  }

  /** The number of a pair, new or not. */
  add(left: number, right: number): number {
    const known = this.find(left, right);
    if (known !== FREE) return known;
    if (this.size * 2 >= this.slots.length) this.grow();
    const number = this.size++;
    const key = (left << 16) | right;
    this.keys[number] = key;
    this.place(key, number);
    return number;
  }

  left(number: number): number {
    return (this.keys[number] as number) >>> 16;
  }

  right(number: number): number {
    return (this.keys[number] as number) & 0xffff;
  }

  /** Below 0 where the first pair has the lower left token, or the same and the lower right. */
  compare(first: number, second: number): number {
    return ((this.keys[first] as number) >>> 0) - ((this.keys[second] as number) >>> 0);
  }

  private place(key: number, number: number): void {
    const mask = this.slots.length - 1;
    let slot = hash(key) >>> this.shift;
    while (this.slots[slot] !== FREE) slot = (slot + 1) & mask;
    this.slots[slot] = number;
  }

  private grow(): void {
    const keys = new Int32Array(this.keys.length * 2);
    keys.set(this.keys);
    this.keys = keys;
    this.slots = new Int32Array(this.slots.length * 2).fill(FREE);
    this.shift--;
    for (let number = 0; number < this.size; number++) this.place(keys[number] as number, number);
  }
}

/** Spreads a key over 32 bits; the high ones are used (multiplier of Fibonacci hashing, 2^32 / golden ratio). */
function hash(key: number): number {
  return Math.imul(key ^ (key >>> 15), 0x9e3779b1);
}
