/** A document as the set of its sequences of five bytes, and how alike two such sets are. */

export const SHINGLE_BYTES = 5;

/** Counts are whole; a product of doubles may miss one by this little. */
const ROUNDING = 1e-6;

/** A shorter document is compared as a whole. */
export const MIN_BYTES = 40;

/** The different sequences, ascending. Forty bits each: a double holds them exactly. */
export function shinglesOf(bytes: Uint8Array): Float64Array {
  const all = new Float64Array(Math.max(0, bytes.length - SHINGLE_BYTES + 1));
  for (let at = 0; at < all.length; at++) {
    let value = 0;
    for (let i = 0; i < SHINGLE_BYTES; i++) value = value * 256 + (bytes[at + i] ?? 0);
    all[at] = value;
  }
  all.sort();
  let count = 0;
  for (const value of all) if (count === 0 || value !== all[count - 1]) all[count++] = value;
  return all.slice(0, count);
}

/** Jaccard similarity of two ascending sets: shared over all; null, and often soon, where it is less than `least`. */
export function similarity(a: Float64Array, b: Float64Array, least: number): number | null {
  const total = a.length + b.length;
  // J ≥ t ⇔ |A ∩ B| ≥ t (|A| + |B|) / (1 + t). So many of either side may be without a partner:
  const needed = (least * total) / (1 + least) - ROUNDING;
  let shared = 0;
  let i = 0;
  let j = 0;
  while (i < a.length && j < b.length) {
    const [x, y] = [a[i] ?? 0, b[j] ?? 0];
    if (x <= y) i++;
    if (y <= x) j++;
    if (x === y) shared++;
    else if (shared + Math.min(a.length - i, b.length - j) < needed) return null;
  }
  const share = shared / (total - shared);
  return share >= least ? share : null;
}
