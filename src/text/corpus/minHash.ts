/**
 * MinHash of a document's sequences of five bytes: the smallest value under each of many hash functions is shared by
 * two documents with a chance that is their Jaccard similarity. Bands of several such values tell who may be alike.
 */

import { hash64 } from '../../formats/hash.ts';
import { SHINGLE_BYTES } from './shingles.ts';

/**
 * Two documents of similarity s share a band with the chance 1 − (1 − s⁵)²⁰: 0.9996 at 0.8, 0.0064 at 0.2.
 */
export const BANDS = 20;
const BAND_ROWS = 5;
const FUNCTIONS = BANDS * BAND_ROWS;
const SEED = 0x4e44;

/** Sequences that are hashed at a time: few enough to stay in the fastest cache. */
const CHUNK = 2048;

export class MinHash {
  private readonly factors = new Int32Array(FUNCTIONS);
  private readonly offsets = new Int32Array(FUNCTIONS);
  private readonly least = new Int32Array(FUNCTIONS);
  private readonly chunk = new Int32Array(CHUNK);
  private readonly bands = new Uint32Array(BANDS);

  constructor() {
    for (let i = 0; i < FUNCTIONS; i++) {
      const { high, low } = hash64(String(i), SEED);
      this.factors[i] = high | 1;
      this.offsets[i] = low;
    }
  }

  /** A hash for each band; valid until the next call. `bytes` hold at least one sequence. */
  bandsOf(bytes: Uint8Array): Uint32Array {
    const { least, bands } = this;
    least.fill(2 ** 31 - 1);
    const sequences = bytes.length - SHINGLE_BYTES + 1;
    for (let from = 0; from < sequences; from += CHUNK) {
      const count = Math.min(CHUNK, sequences - from);
      for (let i = 0; i < count; i++) this.chunk[i] = mixed(bytes, from + i);
      for (let first = 0; first < FUNCTIONS; first += 4) this.lower(first, count);
    }
    for (let band = 0; band < BANDS; band++) {
      let hash = Math.imul(band + 1, 0x9e3779b1);
      for (let row = 0; row < BAND_ROWS; row++) {
        hash = Math.imul(hash ^ (least[BAND_ROWS * band + row] ?? 0), 0x85ebca6b);
        hash ^= hash >>> 15;
      }
      bands[band] = hash;
    }
    return bands;
  }

  /** Lets the chunk lower the values of four functions: together, so that each sequence is fetched once for the four. */
  private lower(first: number, count: number): void {
    const { factors, offsets, least, chunk } = this;
    // The casts: this is the hottest loop of all preparation, and the indices are always there.
    const [factorA, factorB, factorC, factorD] = four(factors, first);
    const [offsetA, offsetB, offsetC, offsetD] = four(offsets, first);
    let [leastA, leastB, leastC, leastD] = four(least, first);
    for (let i = 0; i < count; i++) {
      const shingle = chunk[i] as number;
      const a = (Math.imul(shingle, factorA) + offsetA) | 0;
      const b = (Math.imul(shingle, factorB) + offsetB) | 0;
      const c = (Math.imul(shingle, factorC) + offsetC) | 0;
      const d = (Math.imul(shingle, factorD) + offsetD) | 0;
      if (a < leastA) leastA = a;
      if (b < leastB) leastB = b;
      if (c < leastC) leastC = c;
      if (d < leastD) leastD = d;
    }
    least[first] = leastA;
    least[first + 1] = leastB;
    least[first + 2] = leastC;
    least[first + 3] = leastD;
  }
}

function four(values: Int32Array, first: number): [number, number, number, number] {
  return [
    values[first] as number,
    values[first + 1] as number,
    values[first + 2] as number,
    values[first + 3] as number,
  ];
}

/** Five bytes as 32 well-mixed bits. */
function mixed(bytes: Uint8Array, at: number): number {
  const low =
    (bytes[at] as number) |
    ((bytes[at + 1] as number) << 8) |
    ((bytes[at + 2] as number) << 16) |
    ((bytes[at + 3] as number) << 24);
  let hash = Math.imul(low ^ Math.imul(bytes[at + 4] as number, 0x9e3779b1), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return hash ^ (hash >>> 16);
}
