/**
 * How the target's loss falls with the target's ratio: exponents of L = L_1·r^−γ by model, length and source, whether they are the same,
 * and whether a power is what it is at all.
 *
 * All is fitted to ln L at once. Runs of one N and D have L_1 in common whatever their source, since at r = 1 there is none. A common
 * curvature in ln r stands beside the exponents, so that what is no power law does not pass for exponents that differ; γ is the slope
 * in the middle of the measured range of ln r.
 */

import { chanceOfGain, halfInterval, leastSquares } from '../leastSquares.ts';
import { ascending, type Estimate } from '../spread.ts';

/** A run as this analysis sees it. */
export type RatioRun = {
  readonly N: number;
  readonly D: number;
  readonly r: number;
  /** Null where r = 1: such a run belongs to every source. */
  readonly source: string | null;
  /** Bits per byte. */
  readonly loss: number;
};

export type Group = Pick<RatioRun, 'N' | 'D'> & { readonly source: string };

export type GroupExponent = Group & {
  readonly exponent: Estimate;
  /** L_1 of the straight line, bits per byte. */
  readonly atOne: number;
  /** Largest distance of a measured loss from the straight line, bits per byte. */
  readonly misfit: number;
};

export type Exponents = {
  readonly runs: number;
  readonly groups: readonly GroupExponent[];
  /** The exponent where all groups have one. */
  readonly common: Estimate;
  /**
   * Change of the local exponent −∂ ln L/∂ ln r from the smallest ratio to the largest, of all groups together, and the chance to see one
   * as large where there is none.
   */
  readonly bend: Estimate & { readonly chance: number };
  /** The chance of exponents that differ as much where they are in truth the same; null where there is one group. */
  readonly chanceOfSame: number | null;
  /** By how much the exponent is larger on the larger models, in the longer runs, with other sources than the first. */
  readonly effects: Readonly<Record<'N' | 'D' | 'source', Estimate | null>>;
  /** Measured loss less straight line, in bits per byte, by run. */
  readonly residuals: readonly (Pick<RatioRun, 'N' | 'D' | 'r' | 'source'> & { readonly bits: number })[];
};

/** Ratios of one group below which no curvature is seen. */
const FEWEST_RATIOS = 4;

/** Null where no group has four ratios, or the runs are too few to say how sure anything is. The first of `sources` is the reference. */
export function exponentsOf(all: readonly RatioRun[], sources: readonly string[]): Exponents | null {
  const groups = groupsOf(all, sources);
  const runs = all.filter((run) => groups.some((group) => belongs(run, group)));
  if (runs.length === 0) return null;
  const places = groups.filter(
    (group, index) => index === groups.findIndex(({ N, D }) => N === group.N && D === group.D),
  );
  const lnRatios = runs.map(({ r }) => Math.log(r));
  const [least, most] = [Math.min(...lnRatios), Math.max(...lnRatios)];
  // Slope 0 in the middle of the range and value 0 at r = 1: a slope beside it is that of the middle.
  const curve = ({ r }: RatioRun) => Math.log(r) * (Math.log(r) - least - most);
  const levels = (run: RatioRun) => places.map(({ N, D }) => (run.N === N && run.D === D ? 1 : 0));
  // ln r is 0 where a run belongs to several groups.
  const slopes = (run: RatioRun) => groups.map((group) => (belongs(run, group) ? Math.log(run.r) : 0));
  const values = runs.map(({ loss }) => Math.log(loss));
  const fitTo = (columns: (run: RatioRun) => readonly number[]) => leastSquares(runs.map(columns), values);

  const straight = fitTo((run) => [...levels(run), ...slopes(run)]);
  const bent = fitTo((run) => [...levels(run), ...slopes(run), curve(run)]);
  const common = fitTo((run) => [...levels(run), Math.log(run.r), curve(run)]);
  if (!straight || !bent || !common || bent.degrees <= 0) return null;

  const contrasts = contrastsOf(groups, sources);
  const additive = fitTo((run) => [
    ...levels(run),
    Math.log(run.r),
    ...contrasts.map(({ is }) => (is(run) ? Math.log(run.r) : 0)),
    curve(run),
  ]);
  const effectOf = (name: string): Estimate | null => {
    const place = contrasts.findIndex((contrast) => contrast.name === name);
    return additive && place >= 0 ? fallOf(additive, places.length + 1 + place) : null;
  };
  const residuals = runs.map(({ N, D, r, source, loss }, row) => {
    return { N, D, r, source, bits: loss - loss / Math.exp(straight.residuals[row] ?? Number.NaN) };
  });
  const bend = fallOf(bent, places.length + groups.length);
  const range = 2 * (most - least);
  return {
    runs: runs.length,
    groups: groups.map((group, index) => ({
      ...group,
      exponent: fallOf(bent, places.length + index),
      atOne: Math.exp(
        straight.coefficients[places.findIndex(({ N, D }) => N === group.N && D === group.D)] ?? Number.NaN,
      ),
      misfit: Math.max(...residuals.filter((run) => belongs(run, group)).map(({ bits }) => Math.abs(bits))),
    })),
    common: fallOf(common, places.length),
    bend: { value: bend.value * range, half: bend.half * range, chance: chanceOfGain(straight, bent) },
    chanceOfSame: groups.length > 1 ? chanceOfGain(common, bent) : null,
    effects: { N: effectOf('N'), D: effectOf('D'), source: effectOf('source') },
    residuals,
  };
}

function groupsOf(runs: readonly RatioRun[], sources: readonly string[]): Group[] {
  return ascending(runs.map(({ N }) => N)).flatMap((N) =>
    ascending(runs.map(({ D }) => D)).flatMap((D) =>
      sources.flatMap((source) => {
        const ratios = new Set(runs.filter((run) => belongs(run, { N, D, source })).map(({ r }) => r));
        return ratios.size >= FEWEST_RATIOS ? [{ N, D, source }] : [];
      }),
    ),
  );
}

function belongs(run: Pick<RatioRun, 'N' | 'D' | 'source'>, { N, D, source }: Group): boolean {
  return run.N === N && run.D === D && (run.source === null || run.source === source);
}

/** What groups differ in, each with those runs that are not of its first value. */
function contrastsOf(
  groups: readonly Group[],
  sources: readonly string[],
): { readonly name: string; readonly is: (run: RatioRun) => boolean }[] {
  const leastN = Math.min(...groups.map(({ N }) => N));
  const leastD = Math.min(...groups.map(({ D }) => D));
  const first = sources.find((source) => groups.some((group) => group.source === source));
  const contrasts = [
    { name: 'N', is: ({ N }: Pick<Group, 'N'>) => N > leastN },
    { name: 'D', is: ({ D }: Pick<Group, 'D'>) => D > leastD },
    { name: 'source', is: ({ source }: Pick<RatioRun, 'source'>) => source !== null && source !== first },
  ];
  return contrasts.filter(({ is }) => groups.some(is));
}

/** A slope of ln L as an exponent, which is positive where the loss falls. */
function fallOf(fit: Parameters<typeof halfInterval>[0], column: number): Estimate {
  return { value: -(fit.coefficients[column] ?? Number.NaN), half: halfInterval(fit, column) };
}
