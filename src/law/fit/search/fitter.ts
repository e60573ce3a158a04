/**
 * One descent of a law's Huber sum: projected L-BFGS whose first guess of the Hessian is the Gauss–Newton one, taken anew every few
 * evaluations. Coordinates of laws differ in scale by thousands and are tied in pairs (A with α, B with β); with the metric a descent
 * from the grid takes some 90 evaluations instead of 270, ends in the best valley more often, and a warm one takes some 15.
 */

import type { Law } from '../../law.ts';
import type { Box, Objective } from '../../optimise/box.ts';
import { Descent, type DescentState } from '../../optimise/descent.ts';
import { huberMetric, huberSum } from '../huber.ts';
import type { Rows } from '../rows.ts';

export type Effort = {
  /** Ends when a round gains less than this share of the value. */
  readonly tolerance: number;
  /** Evaluations, about; a metric counts as one. */
  readonly budget: number;
};

/** For one of many starts: enough to tell valleys apart. */
export const LOOSE: Effort = { tolerance: 1e-4, budget: 250 };

/** For a result. */
export const TIGHT: Effort = { tolerance: 1e-11, budget: 3000 };

/** Evaluations on one metric: with fewer a descent forgets what it learns, with more the metric speaks of a place far behind. */
const ROUND = 20;

/** A coordinate of 10 is a factor of e^10: no step is longer, since the metric of one place says nothing of another that far. */
const LONGEST_STEP = 10;

/** Residuals below are rounding; a fit that has come to them is done. */
const NO_RESIDUAL = 1e-10;

export class Fitter {
  /** Since `begin`. */
  evaluations = 0;

  private readonly law: Law;
  private readonly rows: Rows;
  private readonly delta: number;
  private readonly objective: Objective;
  private readonly descent: Descent;
  private readonly metric: Float64Array;
  private readonly start: Float64Array;
  private readonly floor: number;
  private readonly box: Box;
  private effort: Effort = TIGHT;
  private before = Number.POSITIVE_INFINITY;
  private spent = 0;

  constructor(law: Law, rows: Rows, delta: number, box: Box) {
    const width = law.parameters.length;
    this.law = law;
    this.rows = rows;
    this.delta = delta;
    this.box = box;
    this.objective = huberSum(law, rows, delta);
    this.descent = new Descent(width);
    this.metric = new Float64Array(width * width);
    this.start = new Float64Array(width);
    this.floor = 0.5 * rows.total * NO_RESIDUAL ** 2;
  }

  /** Where it is; copied, for keeping. */
  get theta(): Float64Array {
    return this.descent.at.x.slice();
  }

  /** Gradient of the sum; valid until the next step. */
  get slope(): Float64Array {
    return this.descent.at.gradient;
  }

  get value(): number {
    return this.descent.at.value;
  }

  begin(start: Float64Array, effort: Effort): void {
    this.effort = effort;
    this.before = Number.POSITIVE_INFINITY;
    this.spent = 0;
    this.beginRound(start);
  }

  /** One step; a few evaluations. */
  step(): DescentState {
    const { descent, effort } = this;
    const state = descent.step();
    this.evaluations = this.spent + descent.evaluations;
    if (state === 'going') return state;
    const { value } = descent.at;
    const gain = this.before - value;
    if (!Number.isFinite(value) || gain <= effort.tolerance * Math.max(value, this.floor)) {
      return Number.isFinite(value) ? 'flat' : 'stuck';
    }
    if (this.evaluations >= effort.budget) return 'out of budget';
    this.before = value;
    this.spent = this.evaluations;
    this.beginRound(descent.at.x);
    return 'going';
  }

  /** Steps until it ends. */
  run(start: Float64Array, effort: Effort): DescentState {
    this.begin(start, effort);
    let state: DescentState = 'going';
    while (state === 'going') state = this.step();
    return state;
  }

  private beginRound(from: Float64Array): void {
    const { law, rows, delta, metric, start, descent } = this;
    start.set(from);
    huberMetric(law, rows, delta, start, metric);
    descent.begin(this.objective, start, this.box, {
      tolerance: this.effort.tolerance,
      budget: ROUND,
      floor: this.floor,
      metric,
      longestStep: LONGEST_STEP,
    });
    this.spent++;
    this.evaluations = this.spent + descent.evaluations;
  }
}
