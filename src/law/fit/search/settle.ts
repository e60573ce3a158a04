/** Where a fit leaves what its best place does not depend on: not where a descent happened to begin. */

import type { Law } from '../../law.ts';
import type { Box } from '../../optimise/box.ts';
import type { Rows } from '../rows.ts';
import { effects, neutralCoordinate } from '../space.ts';

/** Of the objective: settling what has next to no effect may cost so much. */
const COST = 1e-8;

/** Whether a descent from settled coordinates came to a place as good. */
export function isSettled(value: number, before: number): boolean {
  return value <= before * (1 + COST);
}

/** Of log loss per unit of a coordinate: a thousandth of the best seed noise, and less than losses are stored with. */
const WEAK = 1e-6;

/**
 * Whether a coordinate has next to no effect on any prediction at `theta`, by coordinate: the exponents of a term that has vanished, the
 * share of a competition that is 0. A logarithm on its bound is not weak but 0 or endless, and its bound says so.
 */
export function weak(law: Law, rows: Rows, theta: Float64Array): boolean[] {
  const effect = effects(law, rows, theta);
  return law.parameters.map(({ scale, lower, upper }, index) => {
    const isAnswer = scale === 'log' && (theta[index] === lower || theta[index] === upper);
    return (effect[index] ?? 0) < WEAK && !isAnswer;
  });
}

/**
 * `theta` with its weak coordinates settled: a logarithm on the bound that the slope leads to, where it would come to in endless steps;
 * any other at its {@link neutralCoordinate}. Null where there is none. The objective is all but the same; a descent from here says
 * whether it is no worse.
 */
export function settled(
  law: Law,
  rows: Rows,
  { lower, upper }: Box,
  theta: Float64Array,
  slope: Float64Array,
): Float64Array | null {
  const to = theta.slice();
  const settle = (scale: 'log' | 'linear') => {
    weak(law, rows, to).forEach((isWeak, index) => {
      const parameter = law.parameters[index];
      if (parameter?.scale !== scale || !isWeak || lower[index] === upper[index]) return;
      const bound = ((slope[index] ?? 0) > 0 ? lower[index] : upper[index]) ?? 0;
      to[index] =
        scale === 'log' && slope[index] !== 0 && Number.isFinite(bound)
          ? bound
          : neutralCoordinate(parameter);
    });
  };
  // A term that vanishes takes the effect of its exponents with it.
  settle('log');
  settle('linear');
  return to.every((value, index) => value === theta[index]) ? null : to;
}
