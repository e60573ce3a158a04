/** What of a law is fitted: which coordinates may move, and where the others are held. */

import { coordinateOf, type Law, type LawParameter, parameterValue } from '../law.ts';
import type { Box } from '../optimise/box.ts';
import { FreezeError } from './errors.ts';
import type { Rows } from './rows.ts';
import { Grid } from './search/grid.ts';

export type Space = {
  /** Frozen coordinates have equal bounds. */
  readonly box: Box;
  /** By coordinate: whether a value was given. */
  readonly frozen: readonly boolean[];
};

/** Throws {@link FreezeError} where a name is unknown, or its value is not one that the parameter can take. */
export function spaceOf(law: Law, freeze: Readonly<Record<string, number>> = {}): Space {
  const names = law.parameters.map(({ name }) => name);
  for (const name of Object.keys(freeze)) {
    if (!names.includes(name))
      throw new FreezeError(
        name,
        `${law.name} has no parameter ${name} to freeze; it has ${names.join(', ')}.`,
      );
  }
  const held = law.parameters.map((parameter) => {
    const value = freeze[parameter.name];
    return value === undefined ? null : frozenCoordinate(law, parameter, value);
  });
  return {
    box: {
      lower: Float64Array.from(law.parameters, ({ lower }, index) => held[index] ?? lower),
      upper: Float64Array.from(law.parameters, ({ upper }, index) => held[index] ?? upper),
    },
    frozen: held.map((coordinate) => coordinate !== null),
  };
}

/** A limit (0 or Infinity) may be frozen though a search would not reach it; else the bounds hold. */
function frozenCoordinate(law: Law, parameter: LawParameter, value: number): number {
  const coordinate = coordinateOf(parameter, value);
  const isLimit = value === Number.POSITIVE_INFINITY || (parameter.scale === 'log' && value === 0);
  if (!isLimit && !(coordinate >= parameter.lower && coordinate <= parameter.upper)) {
    const [least, most] = [parameter.lower, parameter.upper].map((bound) => parameterValue(parameter, bound));
    throw new FreezeError(
      parameter.name,
      `${law.name}: ${parameter.name} cannot be frozen at ${value}; it lies between ${least} and ${most}.`,
    );
  }
  return coordinate;
}

/** The same box with more coordinates held, where `theta` has them. */
export function hold({ lower, upper }: Box, isHeld: (index: number) => boolean, theta: Float64Array): Box {
  return {
    lower: lower.map((bound, index) => (isHeld(index) ? (theta[index] ?? bound) : bound)),
    upper: upper.map((bound, index) => (isHeld(index) ? (theta[index] ?? bound) : bound)),
  };
}

/**
 * Where a parameter is left that no run tells: 0 where it is a pure strength that can be 0 (no transfer, no competition), else the
 * middle of the values that fits start from. A statement of not knowing, the same for any data and seed.
 */
export function neutralCoordinate({ scale, lower, upper, starts }: LawParameter): number {
  if (scale === 'linear' && lower <= 0 && upper >= 0) return 0;
  const sorted = [...starts].sort((a, b) => a - b);
  return sorted[Math.floor((sorted.length - 1) / 2)] ?? 0;
}

/** By coordinate, the most that some row's log prediction changes for each unit of it, at `theta`. */
export function effects(law: Law, { points, weight }: Rows, theta: Float64Array): Float64Array {
  const gradient = new Float64Array(law.parameters.length);
  const largest = new Float64Array(gradient.length);
  points.forEach((point, row) => {
    if (weight[row] === 0) return;
    if (!Number.isFinite(law.logLoss(point, theta, gradient))) return;
    for (let j = 0; j < gradient.length; j++)
      largest[j] = Math.max(largest[j] ?? 0, Math.abs(gradient[j] ?? 0));
  });
  return largest;
}

/** An effect that is rounding: the coordinate does not come into the predictions at all. */
const NO_EFFECT = 1e-12;

/** Shares of the lists of starts at which a law is looked at: at its ends and between, since a factor may vanish at any of them. */
const LOOKS = [0, 0.25, 0.5, 0.75, 1];

/** Where some of these are at no loss; of a grid of thousands enough to meet what losses there are. */
const MORE_LOOKS = 97;

/**
 * Whether some row's prediction depends on a coordinate, by coordinate: at one of `also`, or anywhere among the law's starts. Where not,
 * as for what two-stage runs tell where there are none, no fit can say anything of it.
 *
 * A place where the law has no loss shows no effect of anything: where there are such among the looks (E − A·N^α, with E and A alike),
 * more of its starts are looked at, and where no start has losses nothing is held against any coordinate.
 */
export function toldAnywhere(law: Law, rows: Rows, also: readonly Float64Array[] = []): boolean[] {
  const looks = LOOKS.map((share) =>
    Float64Array.from(law.parameters, ({ starts }) => starts[Math.round(share * (starts.length - 1))] ?? 0),
  );
  const isTold = law.parameters.map(() => false);
  /** Looks until all is told; returns how many were at losses. */
  const look = (thetas: Iterable<Float64Array>): number => {
    let seen = 0;
    for (const theta of thetas) {
      if (isTold.every(Boolean)) break;
      effects(law, rows, theta).forEach((effect, index) => {
        if (effect > NO_EFFECT) isTold[index] = true;
      });
      if (hasLosses(law, rows, theta)) seen++;
    }
    return seen;
  };
  const seen = look([...also, ...looks]);
  if (seen === also.length + looks.length || isTold.every(Boolean)) return isTold;
  const more = look(evenly(law, MORE_LOOKS));
  return seen + more === 0 ? isTold.map(() => true) : isTold;
}

/**
 * Coordinates at which what no run tells is left: each at its {@link neutralCoordinate}, or, where the law then has losses at none of
 * its starts (0 as an exponent of 0 is a pole of the slope), at a start that has.
 */
export function neutralPlace(law: Law, rows: Rows, untold: readonly boolean[]): Float64Array {
  const neutral = Float64Array.from(law.parameters, neutralCoordinate);
  if (!untold.includes(true)) return neutral;
  let start: Float64Array | null = null;
  for (const theta of evenly(law, MORE_LOOKS)) {
    const held = theta.map((coordinate, index) => (untold[index] ? (neutral[index] ?? 0) : coordinate));
    if (hasLosses(law, rows, held)) return neutral;
    if (start === null && hasLosses(law, rows, theta)) start = theta;
  }
  return start ?? neutral;
}

/** So many of a law's starts, at even distances in their grid. */
function* evenly({ parameters }: Law, most: number): Generator<Float64Array> {
  const grid = new Grid(parameters.map(({ starts }) => starts));
  const count = Math.min(most, grid.size);
  for (let index = 0; index < count; index++) yield grid.at(Math.floor(((index + 0.5) * grid.size) / count));
}

function hasLosses(law: Law, { points, weight }: Rows, theta: Float64Array): boolean {
  const gradient = new Float64Array(law.parameters.length);
  return points.every(
    (point, row) => weight[row] === 0 || Number.isFinite(law.logLoss(point, theta, gradient)),
  );
}
