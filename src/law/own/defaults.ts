/** Bounds and starts in coordinates, from what a definition says and what it leaves open. */

import type { LawParameter } from '../law.ts';
import { phi } from '../laws/m3.ts';
import { A, alpha, B, beta, E, omega, Rstar, tau } from '../laws/parameters.ts';
import type { OwnParameter } from './definition.ts';
import { OwnLawError } from './errors.ts';
import { nameTex } from './tex.ts';

/** A parameter that carries a usual name means the usual thing, unless the definition says otherwise. */
const USUAL: Readonly<Record<string, LawParameter>> = { E, A, alpha, B, beta, Rstar, tau, phi, omega };

type Scaled = OwnParameter & { readonly scale: 'log' | 'linear' };

/** What every start of a descent costs in evaluations is known for grids of this size; larger ones are thinned, or refused. */
export const GRID_POINTS = 5_000;
export const MOST_GRID_POINTS = 100_000;

/** e^−20 of a loss is nothing, and e^60 is past every coefficient; without bounds a fit that has no use for a term never ends. */
const LOG_LOWER = -20;
const LOG_UPPER = 60;
const LOG_STARTS = [0, 5, 10, 15, 20];
const LINEAR_STARTS = [0.1, 0.5, 1, 2];
/** Shares of the way from the lower to the upper bound. */
const INNER = [1 / 6, 1 / 2, 5 / 6];

type Draft = {
  readonly parameter: LawParameter;
  readonly starts: readonly number[];
  readonly given: boolean;
};

/** Everything but {@link LawParameter.toldBy}, which is found out later. Throws an {@link OwnLawError}. */
export function withDefaults(parameters: readonly OwnParameter[]): LawParameter[] {
  const drafts = parameters.map((parameter, index) => {
    const usual = Object.hasOwn(USUAL, parameter.name) ? USUAL[parameter.name] : undefined;
    const scale = parameter.scale ?? usual?.scale ?? 'linear';
    return draft({ ...parameter, scale }, usual, `parameters[${index}]`);
  });
  const given = drafts.reduce((points, { starts, given }) => points * (given ? starts.length : 1), 1);
  if (given > MOST_GRID_POINTS) {
    throw new OwnLawError(
      'parameters',
      `the starts make a grid of ${given} points, at most ${MOST_GRID_POINTS} are tried; give fewer starts to some parameters`,
    );
  }
  return thinned(drafts).map(({ parameter, starts }) => ({ ...parameter, starts }));
}

function draft(own: Scaled, usual: LawParameter | undefined, field: string): Draft {
  // Bounds and starts of a logarithm say nothing of a value that may be below 0: who asks for another scale gets that scale's own.
  const shared = usual?.scale === own.scale ? usual : undefined;
  const isLog = own.scale === 'log';
  const coordinate = (value: number): number => (isLog ? Math.log(value) : value);
  const given = (own.starts ?? []).map((value, index) => {
    refuseValue(own, value, `${field}.starts[${index}]`, isLog);
    return coordinate(value);
  });
  if (own.lower !== undefined) refuseBound(own, own.lower, `${field}.lower`, isLog);
  if (own.upper !== undefined) refuseBound(own, own.upper, `${field}.upper`, isLog);
  const lower =
    own.lower !== undefined && !(isLog && own.lower === 0)
      ? coordinate(own.lower)
      : (shared?.lower ??
        (isLog ? Math.min(LOG_LOWER, ...given.map((start) => start + LOG_LOWER)) : -Infinity));
  const upper =
    own.upper !== undefined && own.upper !== Infinity
      ? coordinate(own.upper)
      : (shared?.upper ??
        (isLog ? Math.max(LOG_UPPER, ...given.map((start) => start - LOG_LOWER)) : Infinity));
  if (!(lower < upper)) {
    throw new OwnLawError(
      `${field}.lower`,
      `${own.name} has the lower bound ${shown(lower, isLog)} and the upper bound ${shown(upper, isLog)}; the lower must be below the upper`,
    );
  }
  const outside = given.findIndex((start) => start < lower || start > upper);
  if (outside >= 0) {
    throw new OwnLawError(
      `${field}.starts[${outside}]`,
      `${own.name} cannot start at ${own.starts?.[outside]}, outside its bounds ${shown(lower, isLog)} to ${shown(upper, isLog)}`,
    );
  }
  const starts = given.length > 0 ? [...new Set(given)] : usualStarts(own, shared, lower, upper);
  return {
    parameter: {
      name: own.name,
      tex: usual?.tex ?? nameTex(own.name),
      unit: own.unit ?? usual?.unit ?? '1',
      meaning: own.meaning ?? usual?.meaning ?? '',
      scale: own.scale,
      lower,
      upper,
      starts,
      toldBy: own.toldBy ?? 'any',
    },
    starts,
    given: given.length > 0,
  };
}

function usualStarts(own: Scaled, shared: LawParameter | undefined, lower: number, upper: number): number[] {
  const isLog = own.scale === 'log';
  const within = (shared?.starts ?? (isLog ? LOG_STARTS : LINEAR_STARTS)).filter(
    (start) => start >= lower && start <= upper,
  );
  // Bounds that a person chose say more about where the value lies than starts that know no bounds.
  const chosen = own.lower !== undefined && own.upper !== undefined && Number.isFinite(upper - lower);
  if (chosen && shared === undefined) return INNER.map((share) => lower + share * (upper - lower));
  if (within.length > 0) return within;
  if (Number.isFinite(upper - lower)) return INNER.map((share) => lower + share * (upper - lower));
  return Number.isFinite(lower) ? [lower + 1] : [upper - 1];
}

/** Takes starts that nobody asked for away, from where there are most, until the grid is of the usual size. */
function thinned(drafts: readonly Draft[]): Draft[] {
  const left = [...drafts];
  const points = (): number => left.reduce((product, { starts }) => product * starts.length, 1);
  while (points() > GRID_POINTS) {
    const most = Math.max(...left.map(({ starts, given }) => (given ? 1 : starts.length)));
    const index = left.findIndex(({ starts, given }) => !given && starts.length === most);
    const found = left[index];
    if (found === undefined || most < 2) break;
    left[index] = { ...found, starts: evenly(found.starts, most - 1) };
  }
  return left;
}

/** So many of them, at even distances; of one the middle. */
function evenly(starts: readonly number[], count: number): number[] {
  return Array.from({ length: count }, (_, index) => {
    const at = count === 1 ? (starts.length - 1) / 2 : (index * (starts.length - 1)) / (count - 1);
    return starts[Math.round(at)] ?? 0;
  });
}

function refuseBound(own: OwnParameter, value: number, field: string, isLog: boolean): void {
  if (Number.isNaN(value)) throw new OwnLawError(field, `${own.name} is bounded by no number`);
  if (isLog && value < 0) {
    throw new OwnLawError(
      field,
      `${own.name} is bounded by ${value}, but on a log scale it is above 0; make it "scale": "linear"`,
    );
  }
}

function refuseValue(own: OwnParameter, value: number, field: string, isLog: boolean): void {
  if (!Number.isFinite(value)) throw new OwnLawError(field, `${own.name} cannot start at ${value}`);
  if (isLog && value <= 0) {
    throw new OwnLawError(
      field,
      `${own.name} cannot start at ${value}, but on a log scale it is above 0; make it "scale": "linear"`,
    );
  }
}

function shown(coordinate: number, isLog: boolean): string {
  return `${Number((isLog ? Math.exp(coordinate) : coordinate).toPrecision(6))}`;
}
