/** What a search searches: a function, the bounds of its coordinates, and a place in it. */

/** A smooth function: returns its value at `x` and writes all of its gradient. NaN and Infinity say "not here". */
export type Objective = (x: Float64Array, gradient: Float64Array) => number;

/** A coordinate whose bounds are equal is frozen there; it may be infinite. */
export type Box = { readonly lower: Float64Array; readonly upper: Float64Array };

export type Place = { readonly x: Float64Array; readonly gradient: Float64Array; value: number };

export function placeOf(dimension: number): Place {
  return { x: new Float64Array(dimension), gradient: new Float64Array(dimension), value: Number.NaN };
}

export function clamp(value: number, lower: number, upper: number): number {
  return value < lower ? lower : value > upper ? upper : value;
}

/** Moves `x` into the box. */
export function project(x: Float64Array, { lower, upper }: Box): void {
  for (let i = 0; i < x.length; i++) x[i] = clamp(x[i] ?? 0, lower[i] ?? 0, upper[i] ?? 0);
}

/** Writes the coordinates that are not frozen to `indices`; returns how many there are. */
export function movable({ lower, upper }: Box, indices: Int32Array): number {
  let count = 0;
  for (let i = 0; i < lower.length; i++) {
    if ((lower[i] ?? 0) < (upper[i] ?? 0)) indices[count++] = i;
  }
  return count;
}
