/** Quantiles of a sorted list. */

/** The value below which `share` of `sorted` lies, linear between neighbours (Hyndman and Fan's type 7). NaN where there is none. */
export function quantile(sorted: ArrayLike<number>, share: number): number {
  const place = share * (sorted.length - 1);
  const below = sorted[Math.floor(place)] ?? Number.NaN;
  const above = sorted[Math.ceil(place)] ?? Number.NaN;
  // Infinite neighbours have no difference.
  return below === above ? below : below + (place - Math.floor(place)) * (above - below);
}
