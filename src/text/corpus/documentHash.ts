/**
 * What decides about a document, and nothing else does: where it stands in its corpus, and whether it is held out.
 * Both follow from seeded 64-bit hashes, so a document never moves when others come or go, and no run's seed has a
 * say. The high half of the text's hash orders; the low half of the key's hash splits. The key is what a document
 * shares with its translations, and where it has none, the text itself.
 */

import { type Hash64, hash64 } from '../../formats/hash.ts';

/** Part of the documents held out for validation. */
export const VALIDATION_SHARE = 0.05;

// Apart from each other, so that the meaning "7" is neither the seventh document nor the text "7".
const DOCUMENT_SEED = 0x4d33;
const MEANING_SEED = 0x4d34;
const NUMBER_SEED = 0x4d35;

/** Of a text; also its key where it has no other. */
export function documentHash(text: string): Hash64 {
  return hash64(text, DOCUMENT_SEED);
}

/** The key of documents that say the same in different languages. */
export function meaningKey(meaning: string): Hash64 {
  return hash64(meaning, MEANING_SEED);
}

/** The key of the documents at this place of parallel files, from 0. */
export function numberKey(number: number): Hash64 {
  return hash64(String(number), NUMBER_SEED);
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
    const slot = this.slotOf(hash);
    if (!this.isFree(slot)) return false;
    this.put(slot, hash);
    this.used++;
    return true;
  }

  has(hash: Hash64): boolean {
    return !this.isFree(this.slotOf(hash));
  }

  addAll(other: HashSet): void {
    for (const hash of hashesIn(other.slots)) this.add(hash);
  }

  /** Where a hash stands, or would stand. */
  private slotOf({ high, low: given }: Hash64): number {
    const low = lowOf(high, given);
    const mask = this.slots.length / 2 - 1;
    let slot = low & mask;
    while (!this.isFree(slot) && (this.slots[2 * slot] !== high || this.slots[2 * slot + 1] !== low)) {
      slot = (slot + 1) & mask;
    }
    return slot;
  }

  private isFree(slot: number): boolean {
    return this.slots[2 * slot] === 0 && this.slots[2 * slot + 1] === 0;
  }

  private put(slot: number, { high, low }: Hash64): void {
    this.slots[2 * slot] = high;
    this.slots[2 * slot + 1] = lowOf(high, low);
  }

  private grow(): void {
    const old = this.slots;
    this.slots = new Uint32Array(2 * old.length);
    for (const hash of hashesIn(old)) this.put(this.slotOf(hash), hash);
  }
}

function* hashesIn(slots: Uint32Array): Generator<Hash64> {
  for (let i = 0; i < slots.length; i += 2) {
    const hash = { high: slots[i] ?? 0, low: slots[i + 1] ?? 0 };
    if (hash.high !== 0 || hash.low !== 0) yield hash;
  }
}

/** 0, 0 marks a free slot; the one hash in 2^64 that is zero shares its place with 0, 1. */
function lowOf(high: number, low: number): number {
  return high === 0 && low === 0 ? 1 : low;
}
