/** How far searches look along the logarithm of the model scale, and in which steps. */

/** N and D are looked for within this factor of √(C/6), where they are equal. */
const LN_REACH = Math.log(1e5);

/** Longest step of a net: basins of power laws with exponents below 1 are wider. */
export const STEP = 1;

/** A wall is touched within this, in coordinates. */
export const TOUCH = 1e-5;

/** Bounds of ln N; no fewer than one parameter, and room for one token at least. */
export function reachOfScales(compute: number): { readonly low: number; readonly high: number } {
  const middle = Math.log(compute / 6) / 2;
  return {
    low: Math.max(middle - LN_REACH, 0),
    high: Math.max(Math.min(middle + LN_REACH, 2 * middle), STEP),
  };
}

/** From `low` to `high` in even steps no longer than {@link STEP}. */
export function evenly(low: number, high: number): number[] {
  const steps = Math.max(1, Math.ceil((high - low) / STEP));
  return Array.from({ length: steps + 1 }, (_, index) => low + ((high - low) * index) / steps);
}

/** `count` numbers from `from` to `to`, each the same factor above the one before: the axis of a map. */
export function logSpaced(from: number, to: number, count: number): number[] {
  const step = count > 1 ? Math.log(to / from) / (count - 1) : 0;
  return Array.from({ length: count }, (_, index) =>
    index > 0 && index === count - 1 ? to : from * Math.exp(step * index),
  );
}
