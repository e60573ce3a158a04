/** The profile of one parameter: how the best possible fit worsens as it is held at other values. */

import { covariance } from '../fit/covariance.ts';
import type { Fit } from '../fit/outcome.ts';
import { refit } from '../fit/refit.ts';
import { parameterValue } from '../law.ts';
import { Rest } from '../rest.ts';
import type { Run } from '../run.ts';
import { fishersF95 } from './fishersF.ts';
import { frozenValues, matchingRuns } from './given.ts';
import { likelihoodScale } from './likelihood.ts';

export type ProfilePoint = {
  /** Of the parameter, not its coordinate. */
  readonly value: number;
  /** The least objective with it. */
  readonly objective: number;
  /** How implausible it is; beyond `critical` it is outside the interval. */
  readonly statistic: number;
};

/** An end of the interval; open where the runs do not rule out the value even at the parameter's bound, or as far as was tried. */
export type ProfileEnd = { readonly value: number; readonly open: boolean };

export type Profile = {
  readonly parameter: string;
  /** In the order of their values. */
  readonly points: readonly ProfilePoint[];
  readonly low: ProfileEnd;
  readonly high: ProfileEnd;
  readonly critical: number;
  /** Coordinates of a better fit that was met on the way; null where the fit is the best of all. */
  readonly better: Float64Array | null;
};

export type ProfileOptions = {
  readonly signal?: AbortSignal;
  /** Told the share that is done, 0 … 1; how far the profile has to go is guessed. */
  readonly onProgress?: (share: number) => void;
};

/** Steps to where a parabola would leave the interval: enough to see that it is none. */
const STEPS_TO_CRITICAL = 4;

/** Of each side. As steps double after some, the last is hundreds of standard errors away. */
const MOST_STEPS = 16;

/** Halvings of the step in which the interval ends, after interpolation: the end is good to about 1 % of it. */
const REFINEMENTS = 4;

/** Refits end somewhat short of the minimum: an objective that is lower by less, relatively, is the same. */
const SAME_OBJECTIVE = 1e-6;

/** A refit with the parameter held at `coordinate`. */
type Held = {
  readonly coordinate: number;
  readonly theta: Float64Array;
  readonly objective: number;
};

/**
 * The profile of `name`, from the fit outwards to both sides until the value is implausible, each refit warm from its inner neighbour
 * and then once more from its outer one, the better of both being kept.
 *
 * The statistic is that of {@link likelihoodScale}, held against the 95 % point of F(1, n − p). It takes runs as independent; the
 * bootstrap does not.
 *
 * Throws a `RangeError` for a parameter that the law does not have or that was frozen, and the signal's reason when aborted.
 */
export async function profile(
  fit: Fit,
  runs: readonly Run[],
  name: string,
  options: ProfileOptions = {},
): Promise<Profile> {
  const { law, theta, delta } = fit;
  const index = law.parameters.findIndex((parameter) => parameter.name === name);
  const parameter = law.parameters[index];
  if (parameter === undefined)
    throw new RangeError(
      `${law.name} has no parameter ${name}; it has ${law.parameters.map((each) => each.name).join(', ')}`,
    );
  if (fit.frozen.includes(name))
    throw new RangeError(
      `${name} was frozen in this fit of ${law.name}, so it has no profile; fit it freely`,
    );

  const covered = matchingRuns(fit, runs);
  const { perObjective, degrees } = likelihoodScale(fit, covered);
  const critical = fishersF95(degrees);
  const frozen = frozenValues(fit);
  const rest = new Rest(options);

  const hold = (coordinate: number, starts: readonly Float64Array[]): Held => {
    const begin = starts.map((start) => start.with(index, coordinate));
    const freeze = { ...frozen, [name]: parameterValue(parameter, coordinate) };
    const held = refit(law, covered, begin, { delta, freeze });
    return { coordinate, theta: held.theta, objective: held.objective };
  };

  const centre: Held = { coordinate: theta[index] ?? Number.NaN, theta, objective: fit.objective };
  const step = firstStep(fit, covered, index, critical);
  let best = centre;
  const statistic = (held: Held) => perObjective * Math.max(0, held.objective - best.objective);

  const walk = async (bound: number, shareBefore: number): Promise<Held[]> => {
    const way = bound < centre.coordinate ? -1 : 1;
    const side: Held[] = [];
    let last = centre;
    for (let count = 1; count <= MOST_STEPS && last.coordinate !== bound; count++) {
      // As far as a parabola reaches in equal steps, then ever faster.
      const reach = step * (count <= 2 * STEPS_TO_CRITICAL ? 1 : 2 ** (count - 2 * STEPS_TO_CRITICAL));
      const next = last.coordinate + way * reach;
      last = hold(way * next > way * bound ? bound : next, [last.theta]);
      side.push(last);
      await rest.after(shareBefore + (0.25 * count) / MOST_STEPS);
      if (statistic(last) > 2 * critical) break;
    }
    // Back again: a valley that turns is found from its far end.
    for (let place = side.length - 2; place >= 0; place--) {
      const here = side[place];
      const outer = side[place + 1];
      if (here === undefined || outer === undefined) continue;
      const again = hold(here.coordinate, [outer.theta]);
      if (again.objective < here.objective) side[place] = again;
      await rest.after(shareBefore + 0.25 + (0.15 * (side.length - place)) / side.length);
    }
    for (const held of side) if (held.objective < best.objective * (1 - SAME_OBJECTIVE)) best = held;
    return side;
  };

  const lower = await walk(parameter.lower, 0);
  const upper = await walk(parameter.upper, 0.5);

  const endOf = async (side: readonly Held[]): Promise<ProfileEnd & { readonly tried: Held[] }> => {
    const tried: Held[] = [];
    const outside = side.findIndex((held) => statistic(held) > critical);
    const furthest = side.at(-1) ?? centre;
    if (outside < 0) return { value: parameterValue(parameter, furthest.coordinate), open: true, tried };
    let far = side[outside] ?? furthest;
    let near = side[outside - 1] ?? centre;
    for (let count = 0; count < REFINEMENTS; count++) {
      const middle = hold(crossing(near, far, statistic, critical), [near.theta, far.theta]);
      tried.push(middle);
      if (statistic(middle) > critical) far = middle;
      else near = middle;
      await rest.after(0.95);
    }
    const end = crossing(near, far, statistic, critical);
    return { value: parameterValue(parameter, end), open: false, tried };
  };

  const low = await endOf(lower);
  const high = await endOf(upper);
  const points = [...lower, ...low.tried, centre, ...high.tried, ...upper]
    .sort((a, b) => a.coordinate - b.coordinate)
    .map((held) => ({
      value: parameterValue(parameter, held.coordinate),
      objective: held.objective,
      statistic: statistic(held),
    }));
  await rest.after(1);
  return {
    parameter: name,
    points,
    low: { value: low.value, open: low.open },
    high: { value: high.value, open: high.open },
    critical,
    better: best === centre ? null : best.theta,
  };
}

/** Where the statistic passes `critical` between two held fits, were its root linear between them. */
function crossing(near: Held, far: Held, statistic: (held: Held) => number, critical: number): number {
  const inside = Math.sqrt(statistic(near));
  const outside = Math.sqrt(statistic(far));
  const share = (Math.sqrt(critical) - inside) / (outside - inside);
  return near.coordinate + Math.min(Math.max(share, 0), 1) * (far.coordinate - near.coordinate);
}

/** A quarter of the way to where a parabola leaves the interval, by the standard error; by the bounds where there is none. */
function firstStep(fit: Fit, runs: readonly Run[], index: number, critical: number): number {
  const { lower = Number.NEGATIVE_INFINITY, upper = Number.POSITIVE_INFINITY } =
    fit.law.parameters[index] ?? {};
  const range = upper - lower;
  const longest = Number.isFinite(range) ? range / STEPS_TO_CRITICAL / 2 : 1;
  const { free, matrix } = covariance(fit, runs);
  const place = free.indexOf(index);
  if (place < 0) return longest;
  const standardError = Math.sqrt(matrix[place * free.length + place] ?? 0);
  const step = (standardError * Math.sqrt(critical)) / STEPS_TO_CRITICAL;
  return step > 0 ? Math.min(step, longest) : longest;
}
