/** How sure a fit is: the same fit to resampled recipes, many times. */

import type { Fit } from '../fit/outcome.ts';
import { refit } from '../fit/refit.ts';
import { parameterValue } from '../law.ts';
import { Rest } from '../rest.ts';
import type { Run } from '../run.ts';
import { resampleBorrowed } from './borrowed.ts';
import { type Cells, recipeCells } from './cells.ts';
import { frozenValues, matchingRuns } from './given.ts';
import { type Interval, intervalOf } from './intervals.ts';
import { linearise } from './linearised.ts';
import { drawCells, spreadOverRows } from './resampling.ts';

/** `linearised`: each resample moves the fit by one Newton step instead of a refit; see {@link linearise}. */
export type BootstrapWay = 'refitted' | 'linearised';

export type BootstrapOptions = {
  readonly resamples?: number;
  readonly seed?: number;
  /** Refitted up to {@link MOST_ROWS_TO_REFIT} rows, linearised above, unless it is said. */
  readonly way?: BootstrapWay;
  readonly signal?: AbortSignal;
  /** Told the share that is done, 0 … 1. */
  readonly onProgress?: (share: number) => void;
};

export type Bootstrap = {
  readonly way: BootstrapWay;
  readonly seed: number;
  /** As asked for; those that failed are not in `thetas`. */
  readonly resamples: number;
  /** Recipes that were drawn from. */
  readonly cells: number;
  /** With fewer recipes than {@link FEWEST_CELLS} the intervals mean little, and a person has to be told. */
  readonly tooFewCells: boolean;
  /** Coordinates of each resample's fit: give them to `intervalOf` for the interval of any quantity. */
  readonly thetas: readonly Float64Array[];
  /** Refits that gave no finite coordinates. */
  readonly failed: number;
  /** Refits with a parameter on a bound of its own, that ran out of steps, or that left more open than the fit does. */
  readonly atBounds: number;
  readonly stoppedEarly: number;
  readonly underDetermined: number;
  /**
   * By name, of the values; null where a parameter was given, no run tells it, or it lies on one bound in all the middle 95 % of the
   * resamples: an interval without width would be a certainty that nobody has.
   */
  readonly parameters: Readonly<Record<string, Interval | null>>;
  /** Parameters that lie on a bound so: what the runs leave open beyond it, their profile says. */
  readonly held: readonly string[];
  /** Whether the parameters that the fit took from another law's were resampled too; null where there are none. */
  readonly borrowedToo: boolean | null;
};

const RESAMPLES = 1000;
const SEED = 0;

/** Above, a thousand refits take minutes, and the first order is all there is to see. */
export const MOST_ROWS_TO_REFIT = 5000;

/** Resamples of fewer things are too much alike: nine have only some twenty thousand. */
export const FEWEST_CELLS = 10;

/**
 * Nonparametric bootstrap of `fit` by recipe cell (Efron 1979; cells as in the pairs bootstrap of clustered data): each resample draws
 * as many recipes as there are, with replacement, all seeds of a recipe together, and refits from where the fit lies. `runs` are those
 * that the fit was made on; runs that its law does not cover are left out again, but for those to which the other law was fitted that
 * parameters were borrowed from: these are resampled beside, and what is borrowed varies with them. Where they are not among `runs`,
 * or the way is linearised, what is borrowed is held and its uncertainty is not in the intervals.
 *
 * Where a parameter's truth is on a bound, e.g. φ = 0, percentile intervals leave the bound out too often (in 7 of 40 tables of 90 runs
 * with no competition, where 2 would be right) and the share of resamples inside says nothing: whether an effect is there, `testNulls`
 * asks.
 *
 * Throws a `RangeError` where `runs` are not as many as the fit has rows, and the signal's reason when aborted.
 */
export async function bootstrap(
  fit: Fit,
  runs: readonly Run[],
  options: BootstrapOptions = {},
): Promise<Bootstrap> {
  const { resamples = RESAMPLES, seed = SEED } = options;
  const covered = matchingRuns(fit, runs);
  const way = options.way ?? (covered.length > MOST_ROWS_TO_REFIT ? 'linearised' : 'refitted');
  const cells = recipeCells(covered);
  const borrowed = way === 'refitted' ? await resampleBorrowed(fit, runs, seed, options.signal) : null;
  const step = stepOf(way, fit, covered, cells, borrowed);
  const rest = new Rest(options);
  const thetas: Float64Array[] = [];
  const counts = { failed: 0, atBounds: 0, stoppedEarly: 0, underDetermined: 0 };
  for (let index = 0; index < resamples; index++) {
    const refitted = step(drawCells(cells.count, seed, index), index);
    if (refitted.theta.some(Number.isNaN)) counts.failed++;
    else thetas.push(refitted.theta);
    if (refitted.atBounds) counts.atBounds++;
    if (refitted.stoppedEarly) counts.stoppedEarly++;
    if (refitted.underDetermined) counts.underDetermined++;
    await rest.after((index + 1) / resamples);
  }
  return {
    way,
    seed,
    resamples,
    cells: cells.count,
    tooFewCells: cells.count < FEWEST_CELLS,
    thetas,
    ...counts,
    ...parameterIntervals(fit, thetas),
    borrowedToo: fit.borrowed.length === 0 ? null : borrowed !== null,
  };
}

type Resampled = {
  readonly theta: Float64Array;
  readonly atBounds: boolean;
  readonly stoppedEarly: boolean;
  readonly underDetermined: boolean;
};

function stepOf(
  way: BootstrapWay,
  fit: Fit,
  runs: readonly Run[],
  cells: Cells,
  borrowed: ((index: number) => Readonly<Record<string, number>>) | null,
): (counts: Float64Array, index: number) => Resampled {
  const { law, delta } = fit;
  if (way === 'linearised') {
    const nearby = linearise(fit, runs, cells);
    return (counts) => {
      const theta = nearby(counts);
      const atBounds = law.parameters.some(
        ({ name, lower, upper }, index) =>
          !fit.frozen.includes(name) && (theta[index] === lower || theta[index] === upper),
      );
      return { theta, atBounds, stoppedEarly: false, underDetermined: false };
    };
  }
  const given = frozenValues(fit);
  const weights = new Float64Array(runs.length);
  return (counts, index) => {
    spreadOverRows(counts, cells.of, weights);
    const freeze = { ...given, ...borrowed?.(index) };
    const { theta, atBounds, status, unknown } = refit(law, runs, [fit.theta], { delta, freeze, weights });
    return {
      theta,
      atBounds: atBounds.length > 0,
      stoppedEarly: status === 'stopped early',
      underDetermined:
        status === 'under-determined' &&
        (fit.status !== 'under-determined' || unknown.length > fit.unknown.length),
    };
  };
}

function parameterIntervals(
  fit: Fit,
  thetas: readonly Float64Array[],
): Pick<Bootstrap, 'parameters' | 'held'> {
  const held: string[] = [];
  const parameters = Object.fromEntries(
    fit.law.parameters.map((parameter, index) => {
      const { name, lower, upper } = parameter;
      const isGiven = fit.frozen.includes(name) && !fit.borrowed.includes(name);
      if (isGiven || fit.unknown.includes(name)) return [name, null];
      const { interval } = intervalOf(thetas, (theta) => theta[index] ?? Number.NaN);
      if (interval === null) return [name, null];
      if (interval.low === interval.high) {
        if (interval.low === lower || interval.low === upper) held.push(name);
        return [name, null];
      }
      return [
        name,
        { low: parameterValue(parameter, interval.low), high: parameterValue(parameter, interval.high) },
      ];
    }),
  );
  return { parameters, held };
}
