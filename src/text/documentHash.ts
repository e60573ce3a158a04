/**
 * What decides about a document, and nothing else does: whether it is held out, and where it stands in its corpus.
 * Both follow from a seeded 64-bit hash of its text, so a document never moves when others come or go, and no
 * run's seed has a say. The high half orders, the low half splits.
 */

import { type Hash64, hash64 } from '../formats/hash.ts';

/** Part of the documents held out for validation. */
export const VALIDATION_SHARE = 0.05;

const DOCUMENT_SEED = 0x4d33;

export function documentHash(text: string): Hash64 {
  return hash64(text, DOCUMENT_SEED);
}

export function isHeldOut({ low }: Hash64): boolean {
  return low < VALIDATION_SHARE * 2 ** 32;
}

const FIRST_SLOTS = 1024;

/** A set of 64-bit hashes at 8 bytes a slot; a Set of keys costs several times that and ends at 16 million. */
export class HashSet {
  private slots = new Uint32Array(2 * FIRST_SLOTS);
  private used = 0;

  /** Adds a hash; false where it was there already. */
  add(hash: Hash64): boolean {
    if (this.used * 2 >= this.slots.length / 2) this.grow();
    const added = this.place(hash.high, hash.low);
    if (added) this.used++;
    return added;
  }

  private place(high: number, given: number): boolean {
    // 0, 0 marks a free slot; the one hash in 2^64 that is zero shares its place with 0, 1.
    const low = high === 0 && given === 0 ? 1 : given;
    const mask = this.slots.length / 2 - 1;
    for (let slot = low & mask; ; slot = (slot + 1) & mask) {
      const thereHigh = this.slots[2 * slot] ?? 0;
      const thereLow = this.slots[2 * slot + 1] ?? 0;
      if (thereHigh === high && thereLow === low) return false;
      if (thereHigh === 0 && thereLow === 0) {
        this.slots[2 * slot] = high;
        this.slots[2 * slot + 1] = low;
        return true;
      }
    }
  }

  private grow(): void {
    const old = this.slots;
    this.slots = new Uint32Array(old.length * 2);
    for (let i = 0; i < old.length; i += 2) {
      const high = old[i] ?? 0;
      const low = old[i + 1] ?? 0;
      if (high !== 0 || low !== 0) this.place(high, low);
    }
  }
}
