/**
 * What a scaling law is to the fitter: a loss surface over points, with parameters, bounds, starts and a gradient.
 *
 * A law is not fitted to anything and holds no state. It speaks in *coordinates*: a parameter of scale `log` is given as its natural
 * logarithm, one of scale `linear` as it is. Bounds and starts are in coordinates too. A coordinate of ±Infinity is legal where it is
 * frozen there (ln R* = Infinity: repetition never wears off), and every law gives its limit, not NaN.
 */

import type { Point, Quantity } from './point.ts';

/** The runs that can tell a parameter: without any of them it cannot be known. */
export type Teller = 'any' | 'repeated' | 'bilingual' | 'two-stage';

export type LawParameter = {
  /** ASCII, as in files: `E`, `alpha`, `Rstar`. */
  readonly name: string;
  /** As in print, in TeX. */
  readonly tex: string;
  /** Of the value, e.g. `nats per token`, `parameters^α`; '1' for a pure number. */
  readonly unit: string;
  /** One line for a person. */
  readonly meaning: string;
  readonly scale: 'log' | 'linear';
  /** Bounds, in coordinates; ±Infinity where there is none. A value at a finite bound is reachable. */
  readonly lower: number;
  readonly upper: number;
  /** Where descents begin, in coordinates; the grid is the product over parameters. */
  readonly starts: readonly number[];
  readonly toldBy: Teller;
};

/** A choice of parameters at which a law is another law; tests hold both against each other. */
export type Limit = {
  /** Name of the law that it becomes, whose other parameters have the same names. */
  readonly becomes: string;
  /** Values, not coordinates; may be Infinity. */
  readonly at: Readonly<Record<string, number>>;
  /** Points where it holds, if not everywhere. */
  readonly where?: (point: Point) => boolean;
  /** For a person, e.g. "the source is useless as data". */
  readonly words: string;
};

/** A choice of parameters at which the law has one effect less; whether the runs ask for the effect is a test. */
export type Null = {
  /** As in print: `φ = 0`. */
  readonly name: string;
  /** Values, not coordinates; each of them lies on a bound of its parameter. */
  readonly at: Readonly<Record<string, number>>;
  /** Parameters that decide nothing any more there. */
  readonly idle: readonly string[];
  /** What it says, for a person: "the languages do not compete for the model". */
  readonly words: string;
};

export type Law = {
  /** As after `--law`. */
  readonly name: string;
  readonly title: string;
  readonly formula: {
    /** TeX, from which MathML is made. */
    readonly tex: string;
    /** One line of plain text, for terminals. */
    readonly text: string;
  };
  /** Who wrote it, where. */
  readonly source: string;
  /** What a reader must know before trusting it; '' where there is nothing. */
  readonly note: string;
  readonly parameters: readonly LawParameter[];
  /** Quantities that it reads. */
  readonly reads: readonly Quantity[];
  readonly limits: readonly Limit[];
  /** Effects that one may ask whether the runs show. */
  readonly nulls?: readonly Null[];
  /** Runs that it speaks of at all, where these are not all. */
  readonly covers?: (point: Point) => boolean;
  /** Parameters that are not fitted to these runs but taken from a fit of another law to other runs, and frozen. */
  readonly borrows?: {
    readonly law: string;
    readonly parameters: readonly string[];
    readonly runs: (point: Point) => boolean;
  };
  /**
   * Natural logarithm of the predicted loss at `point`; its derivative by each coordinate goes to `gradient`, all of which is
   * written. Allocates nothing: it runs some ten million times in a fit.
   */
  readonly logLoss: (point: Point, theta: Float64Array, gradient: Float64Array) => number;
};

export function coordinateOf({ scale }: LawParameter, value: number): number {
  return scale === 'log' ? Math.log(value) : value;
}

export function parameterValue({ scale }: LawParameter, coordinate: number): number {
  return scale === 'log' ? Math.exp(coordinate) : coordinate;
}

/** Coordinates from values by name. Throws a `RangeError` that names a parameter without a value. */
export function coordinatesOf(law: Law, values: Readonly<Record<string, number>>): Float64Array {
  return Float64Array.from(law.parameters, (parameter) => {
    const value = values[parameter.name];
    if (value === undefined) throw new RangeError(`${law.name}: ${parameter.name} has no value`);
    return coordinateOf(parameter, value);
  });
}

export function valuesOf(law: Law, theta: Float64Array): Record<string, number> {
  return Object.fromEntries(
    law.parameters.map((parameter, index) => [
      parameter.name,
      parameterValue(parameter, theta[index] ?? Number.NaN),
    ]),
  );
}

/** Predicted loss in nats per token. */
export function predictLoss(law: Law, point: Point, theta: Float64Array): number {
  return Math.exp(law.logLoss(point, theta, new Float64Array(law.parameters.length)));
}
