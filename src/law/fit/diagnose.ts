/** From coordinates that a descent came to, to all that says how far to trust them. */

import type { Matrix } from 'ml-matrix';
import type { Law } from '../law.ts';
import type { DescentState } from '../optimise/descent.ts';
import { conditionOf, informationOf, inverseOf } from './information.ts';
import { measure } from './measures.ts';
import type { Fit, FitStatus, TradeOff } from './outcome.ts';
import type { Rows } from './rows.ts';
import { weak } from './search/settle.ts';

export type Descended = {
  readonly law: Law;
  readonly rows: Rows;
  readonly delta: number;
  readonly theta: Float64Array;
  readonly value: number;
  readonly state: DescentState;
  /** By coordinate: given, and not fitted. */
  readonly frozen: readonly boolean[];
  /** By coordinate: frozen as another law's fit has it. */
  readonly borrowed: readonly boolean[];
  /** By coordinate: found before the descent to change no prediction, and held. */
  readonly untold: readonly boolean[];
  readonly descents: number;
  readonly evaluations: number;
};

/** Estimates whose correlation is larger than this are told together better than each. */
const TRADES_OFF = 0.95;

export function diagnose(descended: Descended): Fit {
  const { law, rows, theta, value, delta, frozen, state, descents, evaluations } = descended;
  const names = law.parameters.map(({ name }) => name);
  const named = (has: (index: number) => boolean) => names.filter((_, index) => has(index));
  const isOpen = names.map((_, index) => frozen[index] !== true && descended.untold[index] !== true);
  const isEdge = law.parameters.map(
    ({ lower, upper }, index) => theta[index] === lower || theta[index] === upper,
  );
  const isWeak = weak(law, rows, theta);
  const isAtBound = names.map(
    (_, index) => isOpen[index] === true && isEdge[index] === true && isWeak[index] !== true,
  );
  const isUnknown = names.map(
    (_, index) => descended.untold[index] === true || (isOpen[index] === true && isWeak[index] === true),
  );
  const fitted = names.flatMap((_, index) => (frozen[index] === true ? [] : [index]));
  const inside = fitted.filter((index) => isAtBound[index] !== true && isUnknown[index] !== true);
  const information = informationOf(law, rows, theta, inside);
  const { matrix, open } = inverseOf(information);
  const unknown = named((index) => isUnknown[index] === true);
  const atBounds = named((index) => isAtBound[index] === true);
  return {
    law,
    theta,
    frozen: named((index) => frozen[index] === true),
    borrowed: named((index) => descended.borrowed[index] === true),
    rows: rows.points.length,
    delta,
    objective: value,
    // What no run tells was not fitted; what turned out to have no effect was.
    ...measure(law, rows, theta, isOpen.filter(Boolean).length),
    status: statusOf(state, unknown.length + open > 0, atBounds.length > 0),
    atBounds,
    unknown,
    tradeOffs: tradeOffs(
      inside.map((index) => names[index] ?? ''),
      information,
      matrix,
    ),
    condition: conditionOf(informationOf(law, rows, theta, fitted)),
    descents,
    evaluations,
  };
}

/** What matters most to a reader first. */
function statusOf(state: DescentState, isOpen: boolean, isAtBound: boolean): FitStatus {
  if (isOpen) return 'under-determined';
  if (state === 'out of budget') return 'stopped early';
  return isAtBound ? 'at a bound' : 'converged';
}

/** Of 1: predictions that depend on two coordinates as good as in proportion. */
const PARALLEL = 1e-9;

/**
 * Pairs by the size of their correlation, the largest first. Where predictions depend on two coordinates in proportion, either can do
 * what the other does and they are a pair whatever a third one, open as well, does to their covariance.
 */
function tradeOffs(names: readonly string[], information: Matrix, covariance: Float64Array): TradeOff[] {
  const size = names.length;
  const at = (a: number, b: number) => covariance[a * size + b] ?? 0;
  const pairs: TradeOff[] = [];
  for (let a = 0; a < size; a++) {
    for (let b = a + 1; b < size; b++) {
      const cosine = information.get(a, b) / Math.sqrt(information.get(a, a) * information.get(b, b));
      const isParallel = 1 - Math.abs(cosine) < PARALLEL;
      const correlation = isParallel ? -Math.sign(cosine) : at(a, b) / Math.sqrt(at(a, a) * at(b, b));
      if (Math.abs(correlation) > TRADES_OFF)
        pairs.push({ parameters: [names[a] ?? '', names[b] ?? ''], correlation });
    }
  }
  return pairs.sort((a, b) => Math.abs(b.correlation) - Math.abs(a.correlation));
}
