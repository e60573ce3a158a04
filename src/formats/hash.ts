/**
 * A seeded 64-bit hash of a string, for names that must never change: which documents are held out, the order of a
 * corpus, the id of a run, the split of a seed by purpose. Not cryptographic.
 *
 * Two 32-bit lanes take every UTF-16 unit by exclusive-or and an odd multiplier each, and are crossed and
 * finished at the end with the multipliers of MurmurHash3 (the construction of `cyrb53` by bryc, public domain,
 * here with all 64 bits kept). Its values are frozen by a test.
 */

/** 64 bits as two unsigned 32-bit numbers. */
export type Hash64 = { readonly high: number; readonly low: number };

export function hash64(text: string, seed = 0): Hash64 {
  let a = 0xdeadbeef ^ seed;
  let b = 0x41c6ce57 ^ seed;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    a = Math.imul(a ^ unit, 2654435761);
    b = Math.imul(b ^ unit, 1597334677);
  }
  a = Math.imul(a ^ (a >>> 16), 2246822507) ^ Math.imul(b ^ (b >>> 13), 3266489909);
  b = Math.imul(b ^ (b >>> 16), 2246822507) ^ Math.imul(a ^ (a >>> 13), 3266489909);
  return { high: b >>> 0, low: a >>> 0 };
}

/** The 64 bits as 16 hexadecimal digits. */
export function hexOf({ high, low }: Hash64): string {
  return high.toString(16).padStart(8, '0') + low.toString(16).padStart(8, '0');
}
