/** Whether best numbers of passes of several budgets lie on one curve. */

import { meanOf } from '../../../law/mean.ts';
import { halfInterval, type LeastSquares, leastSquares } from '../leastSquares.ts';
import { ascending, type Estimate } from '../spread.ts';

export type CurvePoint = {
  readonly compute: number;
  /** What the curve is over; above 0. */
  readonly at: number;
  readonly epochs: number;
  /** Standard deviation of ln k*. */
  readonly lnError: number;
};

export type OneCurve = {
  readonly points: number;
  /** Root mean square of ln k* about one curve for all budgets; and what the errors of the points alone would make it. */
  readonly spread: number;
  readonly expected: number;
  /** Change of ln k* from the lowest budget to the highest at the same place, and half of its 95 % interval. */
  readonly drift: Estimate;
  /** k* of the one curve. */
  readonly epochsAt: (at: number) => number;
};

/** A parabola from so many points on; a straight line below. */
const ENOUGH_FOR_BEND = 7;
/** Errors of ln k* are never less: whole numbers of passes, and a loss that is no parabola. */
const LEAST_ERROR = 0.05;
/** Fewest points of a budget, and of all. */
const FEWEST_OF_BUDGET = 2;
const FEWEST = 5;

/**
 * ln k* as a polynomial of ln `at`, each point by its error; and once more with a drift that is linear in ln C. Null where there are fewer
 * than two budgets with two points in a common range, or five points.
 */
export function oneCurve(all: readonly CurvePoint[]): OneCurve | null {
  const ofBudget = (compute: number) => all.filter((point) => point.compute === compute);
  const budgets = ascending(all.map(({ compute }) => compute)).filter(
    (compute) => ofBudget(compute).length >= FEWEST_OF_BUDGET,
  );
  const [least = 1, most = 1] = [budgets[0], budgets.at(-1)];
  const points = all.filter(({ compute }) => budgets.includes(compute));
  if (budgets.length < 2 || points.length < FEWEST || !overlap(budgets.map(ofBudget))) return null;

  const middle = meanOf(points.map(({ at }) => Math.log(at)));
  const places = new Set(points.map(({ at }) => at.toPrecision(3))).size;
  const degree = points.length >= ENOUGH_FOR_BEND && places > 3 ? 2 : 1;
  const terms = (at: number) =>
    Array.from({ length: degree + 1 }, (_, power) => (Math.log(at) - middle) ** power);
  const errorOf = ({ lnError }: CurvePoint) => Math.max(LEAST_ERROR, lnError);
  const fitTo = (columns: (point: CurvePoint) => readonly number[]) =>
    leastSquares(
      points.map((point) => columns(point).map((value) => value / errorOf(point))),
      points.map((point) => Math.log(point.epochs) / errorOf(point)),
    );
  const still = fitTo(({ at }) => terms(at));
  const moving = fitTo(({ at, compute }) => [
    ...terms(at),
    Math.log(compute / least) / Math.log(most / least),
  ]);
  if (!still || !moving || moving.degrees <= 0) return null;
  const epochsAt = (at: number) =>
    Math.exp(
      terms(at).reduce((sum, term, power) => sum + term * (still.coefficients[power] ?? Number.NaN), 0),
    );
  return {
    points: points.length,
    spread: rootMeanSquare(points.map(({ at, epochs }) => Math.log(epochs / epochsAt(at)))),
    expected: rootMeanSquare(points.map(errorOf)) * Math.sqrt(still.degrees / points.length),
    drift: {
      value: moving.coefficients[degree + 1] ?? Number.NaN,
      half: halfInterval(moving, degree + 1) * withKnownErrors(moving),
    },
    epochsAt,
  };
}

/** Points that happen to lie closer to the curve than their errors are no surer for it. */
function withKnownErrors({ squares, degrees }: LeastSquares): number {
  return Math.max(1, 1 / Math.sqrt(squares / degrees));
}

function overlap(budgets: readonly (readonly CurvePoint[])[]): boolean {
  const from = Math.max(...budgets.map((points) => Math.min(...points.map(({ at }) => at))));
  const to = Math.min(...budgets.map((points) => Math.max(...points.map(({ at }) => at))));
  return from <= to;
}

function rootMeanSquare(values: readonly number[]): number {
  return Math.sqrt(meanOf(values.map((value) => value ** 2)));
}
