/** How far along a direction: far enough to gain, and until the slope has eased; bending along the bounds. */

import { type Box, clamp, type Objective, type Place, placeOf } from './box.ts';

/** Where to search from, and which way; one object is filled again and again. */
export type Ray = {
  from: Place;
  readonly direction: Float64Array;
  /** Coordinates that move, in its first `count` items. */
  readonly free: Int32Array;
  count: number;
  /** Of the value per unit of the direction; below 0. */
  slope: number;
  /** Multiple of the direction that is tried first, and the largest. */
  first: number;
  longest: number;
};

/** Least gain, as a share of what the slope promises (Armijo), and how much of the slope may be left (Wolfe). */
const LEAST_GAIN = 1e-4;
const SLOPE_LEFT = 0.9;

/** Of the value: two values that differ by less are the same but for the order of a sum. */
const ROUNDING = 1e-15;

/** Steps shrink by these factors at most and at least; where the function is not a number, always by the first. */
const SHRINK = 0.1;
const SHRINK_LITTLE = 0.5;
const GROW_LITTLE = 2;
const GROW = 10;

/** By then a step has shrunk under any digit that a coordinate has. */
const MOST_TRIALS = 40;

export class LineSearch {
  /** Of the last search. */
  evaluations = 0;
  private trial: Place;
  private best: Place;

  constructor(dimension: number) {
    this.trial = placeOf(dimension);
    this.best = placeOf(dimension);
  }

  /** Whether a better place was found within `budget` evaluations (one at least); {@link take} hands it over. */
  run(objective: Objective, box: Box, ray: Ray, budget: number): boolean {
    const { from, slope } = ray;
    const rounding = ROUNDING * Math.abs(from.value);
    let step = Math.min(ray.first, ray.longest);
    let isFound = false;
    let shrunk = false;
    this.evaluations = 0;
    while (this.evaluations < MOST_TRIALS && (this.evaluations === 0 || this.evaluations < budget)) {
      const promised = this.walk(ray, box, step);
      const { trial } = this;
      trial.value = objective(trial.x, trial.gradient);
      this.evaluations++;
      const rise = trial.value - from.value;
      const isGain = rise <= LEAST_GAIN * promised + rounding && hasGradient(trial, ray);
      if (isFound && !(isGain && trial.value < this.best.value)) break;
      if (!isGain) {
        shrunk = true;
        const parabola = (-slope * step) / (2 * (rise / step - slope));
        step = Number.isFinite(rise) ? clamp(parabola, SHRINK * step, SHRINK_LITTLE * step) : SHRINK * step;
        continue;
      }
      this.trial = this.best;
      this.best = trial;
      isFound = true;
      const left = slopeAt(trial, ray, box);
      if (shrunk || left >= SLOPE_LEFT * slope || step >= ray.longest) break;
      // Where a straight line through both slopes meets 0.
      const secant = (step * slope) / (slope - left);
      step = Math.min(clamp(secant > 0 ? secant : GROW * step, GROW_LITTLE * step, GROW * step), ray.longest);
    }
    return isFound;
  }

  /** The place that was found, against one that is no longer needed. */
  take(unneeded: Place): Place {
    const found = this.best;
    this.best = unneeded;
    return found;
  }

  /** Moves the trial; returns the gain that the slope at the start promises for the way that was left inside the box. */
  private walk({ from, direction, free, count }: Ray, { lower, upper }: Box, step: number): number {
    const { x } = this.trial;
    x.set(from.x);
    let promised = 0;
    for (let i = 0; i < count; i++) {
      const at = free[i] ?? 0;
      const old = from.x[at] ?? 0;
      const moved = clamp(old + step * (direction[at] ?? 0), lower[at] ?? 0, upper[at] ?? 0);
      x[at] = moved;
      promised += (from.gradient[at] ?? 0) * (moved - old);
    }
    return promised;
  }
}

/** Slope along the direction, of the coordinates that a bound does not hold. */
function slopeAt({ x, gradient }: Place, { direction, free, count }: Ray, { lower, upper }: Box): number {
  let slope = 0;
  for (let i = 0; i < count; i++) {
    const at = free[i] ?? 0;
    const way = direction[at] ?? 0;
    const isHeld = way < 0 ? (x[at] ?? 0) <= (lower[at] ?? 0) : (x[at] ?? 0) >= (upper[at] ?? 0);
    if (!isHeld) slope += way * (gradient[at] ?? 0);
  }
  return slope;
}

/** Whether the gradient is a number: a value may be one where it is not. */
function hasGradient({ gradient }: Place, { free, count }: Ray): boolean {
  for (let i = 0; i < count; i++) {
    if (!Number.isFinite(gradient[free[i] ?? 0])) return false;
  }
  return true;
}
