/** What a search has learnt of a function's curvature from its last steps (limited-memory BFGS; Nocedal & Wright 2006, §7.2). */

import { SubsetCholesky } from './cholesky.ts';

/** A pair whose curvature is smaller than this, against both lengths, says more about rounding than about the function. */
const LEAST_CURVATURE = 1e-10;

/** Of the metric's diagonal: keeps a step finite where the metric is all but singular. */
const METRIC_RIDGE = 1e-8;

export class Curvature {
  private readonly steps: readonly Float64Array[];
  private readonly turns: readonly Float64Array[];
  private readonly alphas: Float64Array;
  private readonly products: Float64Array;
  private readonly scratch: Float64Array;
  private readonly cholesky: SubsetCholesky;
  private metric: Float64Array | null = null;
  private kept = 0;
  private next = 0;
  private readonly dimension: number;
  private readonly memory: number;

  constructor(dimension: number, memory: number) {
    this.dimension = dimension;
    this.memory = memory;
    this.steps = Array.from({ length: memory }, () => new Float64Array(dimension));
    this.turns = Array.from({ length: memory }, () => new Float64Array(dimension));
    this.alphas = new Float64Array(memory);
    this.products = new Float64Array(memory);
    this.scratch = new Float64Array(dimension);
    this.cholesky = new SubsetCholesky(dimension);
  }

  /** Forgets all steps. `metric` is a first guess of the Hessian (dimension × dimension), or null for a multiple of 1. */
  reset(metric: Float64Array | null): void {
    this.metric = metric;
    this.forget();
  }

  /** Gives up what it knows where that led nowhere: the steps first, then the metric. False when nothing was left. */
  simplify(): boolean {
    if (this.kept > 0) this.forget();
    else if (this.metric !== null) this.metric = null;
    else return false;
    return true;
  }

  private forget(): void {
    this.kept = 0;
    this.next = 0;
  }

  /** Whether the length of a direction means anything yet. */
  get knowsScale(): boolean {
    return this.metric !== null || this.kept > 0;
  }

  /** Takes in the step from `x` to `toX`, and how the gradient turned on the way. */
  learn(x: Float64Array, toX: Float64Array, gradient: Float64Array, toGradient: Float64Array): void {
    let curvature = 0;
    let stepSquare = 0;
    let turnSquare = 0;
    for (let i = 0; i < this.dimension; i++) {
      // A frozen coordinate may be infinite, and Infinity − Infinity is no step.
      if (x[i] === toX[i]) continue;
      const step = (toX[i] ?? 0) - (x[i] ?? 0);
      const turn = (toGradient[i] ?? 0) - (gradient[i] ?? 0);
      curvature += step * turn;
      stepSquare += step * step;
      turnSquare += turn * turn;
    }
    if (!(curvature > LEAST_CURVATURE * Math.sqrt(stepSquare * turnSquare))) return;
    const steps = this.steps[this.next];
    const turns = this.turns[this.next];
    if (steps === undefined || turns === undefined) return;
    for (let i = 0; i < this.dimension; i++) {
      const moved = x[i] !== toX[i];
      steps[i] = moved ? (toX[i] ?? 0) - (x[i] ?? 0) : 0;
      turns[i] = (toGradient[i] ?? 0) - (gradient[i] ?? 0);
    }
    this.next = (this.next + 1) % this.memory;
    this.kept = Math.min(this.kept + 1, this.memory);
  }

  /** Writes −H⁻¹·gradient to the coordinates `free[0 … count−1]` of `direction`, H the Hessian as far as it is known on them. */
  direct(gradient: Float64Array, free: Int32Array, count: number, direction: Float64Array): void {
    const { alphas, products } = this;
    for (let i = 0; i < count; i++) {
      const at = free[i] ?? 0;
      direction[at] = -(gradient[at] ?? 0);
    }
    let newest = -1;
    for (let age = 0; age < this.kept; age++) {
      const pair = this.pair(age);
      const step = this.steps[pair] ?? direction;
      const turn = this.turns[pair] ?? direction;
      const product = dot(step, turn, free, count);
      // On the free coordinates alone a pair may have lost its curvature.
      const useful =
        product > LEAST_CURVATURE * Math.sqrt(dot(step, step, free, count) * dot(turn, turn, free, count));
      products[pair] = useful ? product : 0;
      if (!useful) continue;
      if (newest < 0) newest = pair;
      const alpha = dot(step, direction, free, count) / product;
      alphas[pair] = alpha;
      add(direction, -alpha, turn, free, count);
    }
    this.applyFirstGuess(newest, free, count, direction);
    for (let age = this.kept - 1; age >= 0; age--) {
      const pair = this.pair(age);
      const product = products[pair] ?? 0;
      if (product === 0) continue;
      const step = this.steps[pair] ?? direction;
      const turn = this.turns[pair] ?? direction;
      add(direction, (alphas[pair] ?? 0) - dot(turn, direction, free, count) / product, step, free, count);
    }
  }

  /** direction ← γ·M⁻¹·direction, γ such that the newest pair's curvature is met. */
  private applyFirstGuess(newest: number, free: Int32Array, count: number, direction: Float64Array): void {
    const { metric, cholesky, scratch } = this;
    const turn = newest < 0 ? null : (this.turns[newest] ?? null);
    if (metric !== null) {
      cholesky.prepare(metric, free, count, METRIC_RIDGE);
      cholesky.solve(direction);
    }
    if (turn === null) return;
    scratch.set(turn);
    if (metric !== null) cholesky.solve(scratch);
    const gamma = (this.products[newest] ?? 0) / dot(turn, scratch, free, count);
    for (let i = 0; i < count; i++) {
      const at = free[i] ?? 0;
      direction[at] = gamma * (direction[at] ?? 0);
    }
  }

  /** Where the pair lies that was learnt `age` pairs ago. */
  private pair(age: number): number {
    return (this.next - 1 - age + 2 * this.memory) % this.memory;
  }
}

export function dot(a: Float64Array, b: Float64Array, indices: Int32Array, count: number): number {
  let sum = 0;
  for (let i = 0; i < count; i++) {
    const at = indices[i] ?? 0;
    sum += (a[at] ?? 0) * (b[at] ?? 0);
  }
  return sum;
}

function add(to: Float64Array, factor: number, from: Float64Array, indices: Int32Array, count: number): void {
  for (let i = 0; i < count; i++) {
    const at = indices[i] ?? 0;
    to[at] = (to[at] ?? 0) + factor * (from[at] ?? 0);
  }
}
