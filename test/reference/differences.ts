/** Derivatives measured instead of derived: what every hand-written backward pass of the oracle is held against. */

import { normals } from './random.ts';

/**
 * The directional derivative of `f` at `x` along `direction` by central differences of fourth order:
 * (8·(f(+h) − f(−h)) − (f(+2h) − f(−2h))) / 12h, whose error is h⁴ and so lets h stay far above rounding.
 */
export function centralDifference(
  f: (x: Float64Array) => number,
  x: Float64Array,
  direction: ArrayLike<number>,
  step: number,
): number {
  const at = (distance: number) => f(x.map((value, i) => value + distance * direction[i]!));
  return (8 * (at(step) - at(-step)) - (at(2 * step) - at(-2 * step))) / (12 * step);
}

/**
 * Derivatives of `f` at `x` along seeded random directions of length 1 that move only the entries in `from … to − 1`:
 * measured by central differences, and as `gradient` would have it.
 */
export function directionalDerivatives(options: {
  readonly f: (x: Float64Array) => number;
  readonly x: Float64Array;
  readonly gradient: ArrayLike<number>;
  readonly seed: number;
  readonly directions: number;
  readonly step: number;
  readonly movable?: (index: number) => boolean;
}): { measured: number[]; derived: number[] } {
  const { f, x, gradient, seed, directions, step } = options;
  const movable = options.movable ?? (() => true);
  const measured: number[] = [];
  const derived: number[] = [];
  for (let n = 0; n < directions; n++) {
    const raw = normals(seed + n, x.length).map((value, i) => (movable(i) ? value : 0));
    const length = Math.sqrt(raw.reduce((total, value) => total + value * value, 0));
    const direction = Float64Array.from(raw, (value) => value / length);
    measured.push(centralDifference(f, x, direction, step));
    derived.push(direction.reduce((total, value, i) => total + value * gradient[i]!, 0));
  }
  return { measured, derived };
}
