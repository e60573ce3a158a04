/** Places at which laws are asked. */

/** `count` values from `low` to `high`, even in the logarithm. */
export function evenly(low: number, high: number, count: number): number[] {
  return Array.from({ length: count }, (_, index) => low * (high / low) ** (index / Math.max(1, count - 1)));
}

/** At most `count` of the items, evenly over all of them. */
export function spread<T>(items: readonly T[], count: number): T[] {
  if (items.length <= count) return [...items];
  return Array.from(
    { length: count },
    (_, index) => items[Math.floor((index * items.length) / count)],
  ).filter((item) => item !== undefined);
}
