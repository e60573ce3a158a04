/** Predictions that say when they rest on what no run told. */

import { priorDeviation } from '../certainty/information.ts';
import { informationOf, weakDirections } from '../fit/information.ts';
import type { Fit } from '../fit/outcome.ts';
import { rowsOf } from '../fit/rows.ts';
import type { LawParameter } from '../law.ts';
import type { Point } from '../point.ts';
import type { Run } from '../run.ts';

export type Prediction = {
  readonly logLoss: number;
  /** Parameters that the prediction depends on and that the runs leave open: where there are any it is made up. */
  readonly needs: readonly string[];
};

/** Of log loss: a tenth of the best seed noise. A prediction that moves by less is told. */
const MATTERS = 1e-4;

/** Of log loss: values that move every run by less cannot be told apart by them. */
const UNSEEN = 1e-6;

/** Of the largest step of a coordinate along a direction: those that take less are not what it is about. */
const PART = 0.1;

/** Coordinates that the runs do not tell from the fit's, as a parameter of them is unknown. */
type Alternative = { readonly name: string; readonly theta: Float64Array };

/** A way to move that no run feels. */
type Open = { readonly names: readonly string[]; readonly moves: Float64Array };

/**
 * What `fit` says of points, `runs` being those that it was made on (those that its law does not cover are left out again). A parameter
 * that is unknown is needed at a point only where some plausible value of it (a start, a bound) that leaves the predictions of all
 * runs as they are changes the prediction there: where there is no competition, its division decides nothing anywhere. Directions
 * that the runs leave open, where two parameters do one thing, are needed where they do different things.
 */
export function predictorOf(fit: Fit, runs: readonly Run[]): (point: Point) => Prediction {
  const { law, theta } = fit;
  const gradient = new Float64Array(law.parameters.length);
  const predict = (point: Point, at: Float64Array) => law.logLoss(point, at, gradient);
  const alternatives = unknownValues(fit, runs, predict);
  const open = openMoves(fit, runs);
  return (point) => {
    const logLoss = predict(point, theta);
    const needs = new Set<string>();
    for (const { names, moves } of open) {
      const change = gradient.reduce((sum, slope, index) => sum + slope * (moves[index] ?? 0), 0);
      if (!(Math.abs(change) <= MATTERS)) for (const name of names) needs.add(name);
    }
    for (const { name, theta: other } of alternatives) {
      // Where it is no number there it is not told either.
      if (!needs.has(name) && !(Math.abs(predict(point, other) - logLoss) <= MATTERS)) needs.add(name);
    }
    return { logLoss, needs: [...needs] };
  };
}

function unknownValues(
  { law, theta, unknown }: Fit,
  runs: readonly Run[],
  predict: (point: Point, theta: Float64Array) => number,
): Alternative[] {
  const covered = runs.filter(({ point, weight }) => weight > 0 && (law.covers?.(point) ?? true));
  const own = covered.map(({ point }) => predict(point, theta));
  return law.parameters.flatMap((parameter, index) => {
    if (!unknown.includes(parameter.name)) return [];
    return plausible(parameter)
      .map((value) => theta.with(index, value))
      .filter((other) =>
        covered.every(({ point }, row) => Math.abs(predict(point, other) - (own[row] ?? 0)) <= UNSEEN),
      )
      .map((other) => ({ name: parameter.name, theta: other }));
  });
}

function plausible({ starts, lower, upper }: LawParameter): number[] {
  return [...new Set([...starts, lower, upper])].filter(Number.isFinite);
}

/** Ways to move by a plausible step that no run feels, among the coordinates that the fit calls known. */
function openMoves({ law, theta, frozen, unknown, atBounds }: Fit, runs: readonly Run[]): Open[] {
  const held = new Set([...frozen, ...unknown, ...atBounds]);
  const free = law.parameters.flatMap(({ name }, index) => (held.has(name) ? [] : [index]));
  const steps = free.map((index) => {
    const parameter = law.parameters[index];
    return parameter === undefined ? 0 : priorDeviation(parameter);
  });
  const rows = rowsOf(law, runs);
  const felt = rows.total * UNSEEN ** 2;
  return weakDirections(informationOf(law, rows, theta, free), steps, felt).map((direction) => {
    const largest = direction.reduce((most, share) => Math.max(most, Math.abs(share)), 0);
    const moves = new Float64Array(law.parameters.length);
    const names: string[] = [];
    free.forEach((index, place) => {
      const share = direction[place] ?? 0;
      moves[index] = share * (steps[place] ?? 0);
      if (Math.abs(share) >= PART * largest) names.push(law.parameters[index]?.name ?? '');
    });
    return { names, moves };
  });
}
