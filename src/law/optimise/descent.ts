/**
 * Descent to a minimum inside bounds: projected L-BFGS.
 *
 * Written here because no kept library has bounds, a gradient and a stop that is relative to the function's value, and sums of Huber
 * terms are small numbers (1e-3) on which absolute tolerances stop too early. Coordinates on a bound that the gradient pushes outward
 * are held, the quasi-Newton direction is made on the rest, and the line search bends along the bounds (Bertsekas 1982, SIAM J.
 * Control Optim. 20). One object serves many descents and allocates in none of them.
 */

import { type Box, movable, type Objective, type Place, placeOf, project } from './box.ts';
import { Curvature, dot } from './curvature.ts';
import { LineSearch, type Ray } from './lineSearch.ts';

export type DescentOptions = {
  /** Ends when two steps running each gain less than this share of the value, or when no slope is larger. */
  readonly tolerance: number;
  /** Evaluations until it gives up. */
  readonly budget: number;
  /** What counts as a value of 0: gains and slopes are held against no less than this. */
  readonly floor?: number;
  /** First guess of the Hessian, dimension × dimension, symmetric; without it a multiple of 1. */
  readonly metric?: Float64Array;
  /** A step moves no coordinate by more. */
  readonly longestStep?: number;
};

/** `flat`: no slope or no gain is left; `stuck`: no step gains anything, at rounding's end or at a cliff. */
export type DescentState = 'going' | 'flat' | 'stuck' | 'out of budget';

/** Steps remembered: about as many as a law has parameters. */
const MEMORY = 12;

/** Small gains in a row until it ends: one alone is often a poor step. */
const PATIENCE = 2;

/** Of the first step where nothing is known of the scale: the line search lengthens it soon. */
const FIRST_MOVE = 0.1;

export class Descent {
  /** Evaluations since `begin`. */
  evaluations = 0;

  private place: Place;
  private readonly ray: Ray;
  private readonly curvature: Curvature;
  private readonly search: LineSearch;
  private readonly movable: Int32Array;
  private movableCount = 0;
  private idle = 0;
  private objective: Objective = () => Number.NaN;
  private box: Box;
  private tolerance = 0;
  private budget = 0;
  private floor = 0;
  private longestStep = Number.POSITIVE_INFINITY;

  constructor(dimension: number) {
    this.place = placeOf(dimension);
    this.curvature = new Curvature(dimension, MEMORY);
    this.search = new LineSearch(dimension);
    this.movable = new Int32Array(dimension);
    this.ray = {
      from: this.place,
      direction: new Float64Array(dimension),
      free: new Int32Array(dimension),
      count: 0,
      slope: 0,
      first: 1,
      longest: 1,
    };
    this.box = { lower: new Float64Array(dimension), upper: new Float64Array(dimension) };
  }

  /** Where it is now; valid until the next step. */
  get at(): Readonly<Place> {
    return this.place;
  }

  /** Takes `start`, moved into the box, as where to begin. */
  begin(objective: Objective, start: Float64Array, box: Box, options: DescentOptions): void {
    this.objective = objective;
    this.box = box;
    this.tolerance = options.tolerance;
    this.budget = options.budget;
    this.floor = options.floor ?? 0;
    this.longestStep = options.longestStep ?? Number.POSITIVE_INFINITY;
    this.idle = 0;
    this.movableCount = movable(box, this.movable);
    this.curvature.reset(options.metric ?? null);
    this.place.x.set(start);
    project(this.place.x, box);
    this.place.value = objective(this.place.x, this.place.gradient);
    this.evaluations = 1;
  }

  /** One step. After any answer but `going` there is no use in another. */
  step(): DescentState {
    const { place, ray, search, curvature } = this;
    if (!Number.isFinite(place.value)) return 'stuck';
    const scale = Math.max(Math.abs(place.value), this.floor);
    this.chooseFree();
    if (this.steepest(place.gradient) <= this.tolerance * scale) return 'flat';
    if (this.evaluations >= this.budget) return 'out of budget';
    this.aim();
    const reach = this.steepest(ray.direction);
    ray.first = curvature.knowsScale ? 1 : FIRST_MOVE / reach;
    ray.longest = this.longestStep / reach;
    const isFound = search.run(this.objective, this.box, ray, this.budget - this.evaluations);
    this.evaluations += search.evaluations;
    if (!isFound) return curvature.simplify() ? 'going' : 'stuck';
    const found = search.take(place);
    curvature.learn(place.x, found.x, place.gradient, found.gradient);
    this.idle = place.value - found.value <= this.tolerance * scale ? this.idle + 1 : 0;
    this.place = found;
    return this.idle >= PATIENCE ? 'flat' : 'going';
  }

  /** Steps until it ends. */
  run(): DescentState {
    let state: DescentState = 'going';
    while (state === 'going') state = this.step();
    return state;
  }

  /** Points the ray down, along coordinates that can go that way. */
  private aim(): void {
    const { place, ray, curvature } = this;
    ray.from = place;
    for (;;) {
      curvature.direct(place.gradient, ray.free, ray.count, ray.direction);
      ray.slope = dot(place.gradient, ray.direction, ray.free, ray.count);
      // Rounding may have spoilt what was learnt; the steepest way down always leads down.
      const isDown = ray.slope < 0 || !curvature.simplify();
      if (isDown && !this.holdOutward()) return;
    }
  }

  /** All coordinates but those that are frozen, and those on a bound with the slope down outward. */
  private chooseFree(): void {
    const { x, gradient } = this.place;
    const { lower, upper } = this.box;
    this.ray.count = 0;
    for (let i = 0; i < this.movableCount; i++) {
      const at = this.movable[i] ?? 0;
      const slope = gradient[at] ?? 0;
      const isHeld = slope > 0 ? (x[at] ?? 0) <= (lower[at] ?? 0) : (x[at] ?? 0) >= (upper[at] ?? 0);
      if (!isHeld || slope === 0) this.ray.free[this.ray.count++] = at;
    }
  }

  /** Lets go of the coordinates on a bound that the direction would push out of the box; whether there were any. */
  private holdOutward(): boolean {
    const { free, direction } = this.ray;
    const { x } = this.place;
    const { lower, upper } = this.box;
    const before = this.ray.count;
    this.ray.count = 0;
    for (let i = 0; i < before; i++) {
      const at = free[i] ?? 0;
      const way = direction[at] ?? 0;
      const isOutward =
        (way < 0 && (x[at] ?? 0) <= (lower[at] ?? 0)) || (way > 0 && (x[at] ?? 0) >= (upper[at] ?? 0));
      if (!isOutward) free[this.ray.count++] = at;
    }
    return this.ray.count < before;
  }

  private steepest(vector: Float64Array): number {
    let largest = 0;
    for (let i = 0; i < this.ray.count; i++) {
      largest = Math.max(largest, Math.abs(vector[this.ray.free[i] ?? 0] ?? 0));
    }
    return largest;
  }
}
