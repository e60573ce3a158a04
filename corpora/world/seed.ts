/** Random streams by purpose: each a seed of its own, which follows from the world's seed and the purpose in words. */

/** 32 bits. FNV-1a over UTF-16 units, mixed once more at the end so that neighbours among seeds share nothing. */
export function seedFor(seed: number, purpose: string): number {
  let hash = 0x811c9dc5 ^ seed;
  for (let i = 0; i < purpose.length; i++) {
    hash ^= purpose.charCodeAt(i);
    hash = Math.imul(hash, 0x01000193);
  }
  hash ^= hash >>> 15;
  hash = Math.imul(hash, 0x2c1b3c6d);
  hash ^= hash >>> 12;
  hash = Math.imul(hash, 0x297a2d39);
  return (hash ^ (hash >>> 15)) >>> 0;
}

/** A number from 0 to below 1 that follows from seed and purpose. */
export function shareFor(seed: number, purpose: string): number {
  return seedFor(seed, purpose) / 2 ** 32;
}
