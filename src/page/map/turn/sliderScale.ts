/** How far a parameter's slider reaches, and where on it a value stands. */

import { coordinateOf, type LawParameter, parameterValue } from '../../../law/law.ts';

/** Steps of a slider: fine enough that none is seen, coarse enough for arrow keys. */
export const STEPS = 200;

/** To each side of the fit's value, where the scale is logarithmic. */
const LN_REACH = Math.log(10);
/** Passes until text is worn out: from hardly any to more than anybody reads. */
const LN_EPOCHS: readonly [number, number] = [Math.log(0.1), Math.log(1000)];
/** Times the fit's value, where the scale is linear. */
const REACH = 2.5;
const LEAST_REACH = 1;

/** In coordinates, from the left to the right end; `value` is the fit's. */
export function sliderDomain(parameter: LawParameter, value: number): readonly [number, number] {
  const { scale, lower, upper, unit } = parameter;
  const at = coordinateOf(parameter, value);
  if (scale === 'log') {
    const [low, high] =
      unit === 'epochs'
        ? LN_EPOCHS
        : isInside(parameter, at)
          ? [at - LN_REACH, at + LN_REACH]
          : around(parameter);
    return [Math.max(low, lower), Math.min(high, upper)];
  }
  const reach = Math.max(Math.abs(value) * REACH, LEAST_REACH);
  return [Math.max(lower, value < 0 ? -reach : Math.min(0, value)), Math.min(upper, reach)];
}

/** Far from both bounds: at one of them the parameter is no more than a limit, and there is nothing to see around it. */
function isInside({ lower, upper }: LawParameter, at: number): boolean {
  return at - lower > LN_REACH && upper - at > LN_REACH;
}

/** Where fits start from. */
function around({ starts }: LawParameter): readonly [number, number] {
  return [Math.min(...starts) - LN_REACH, Math.max(...starts) + LN_REACH];
}

/** 0 … STEPS; values beyond an end stand at it. */
export function placeOf(parameter: LawParameter, domain: readonly [number, number], value: number): number {
  const [low, high] = domain;
  const share = (coordinateOf(parameter, value) - low) / (high - low);
  return Math.min(Math.max(share, 0), 1) * STEPS;
}

export function valueAt(
  parameter: LawParameter,
  [low, high]: readonly [number, number],
  place: number,
): number {
  return parameterValue(parameter, low + ((high - low) * place) / STEPS);
}
