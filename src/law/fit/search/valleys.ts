/** From a law's lists of starts to the bottoms of its valleys on some rows. */

import type { Law } from '../../law.ts';
import type { Box } from '../../optimise/box.ts';
import { isOnePass, recipeKind } from '../../point.ts';
import type { Rest } from '../../rest.ts';
import { huberValue } from '../huber.ts';
import { pickRows, type Rows, rowsWhere } from '../rows.ts';
import { neutralCoordinate } from '../space.ts';
import { type Effort, Fitter, LOOSE, TIGHT } from './fitter.ts';
import { bestStarts, distinct, gridOf, type Start } from './grid.ts';

export type Search = {
  readonly law: Law;
  readonly rows: Rows;
  readonly box: Box;
  readonly delta: number;
  /** Starts to descend from. */
  readonly descents: number;
  readonly seed: number;
};

export type Found = {
  /** The distinct bottoms that were found, best first. */
  readonly bottoms: readonly Start[];
  readonly descents: number;
  readonly evaluations: number;
};

/** Points of the joint grid that are evaluated, for each that is descended from: 20,000 for 500, so that Hoffmann's 4,500 all are. */
const EVALUATED_PER_DESCENT = 40;

/** Points of the other parameters' grid that are laid over each base; m3 has 24. */
const MOST_OTHERS = 1000;

/**
 * Of the first stage: points descended from, of which the distinct bottoms become bases. With 500 instead of these, m3, m3-overfit,
 * transfer, effective-tokens, ratio-power and sedova on ten tables of 432 runs (five truths, noise of 0.3 to 3 %) all ended at the same
 * objective to ten digits.
 */
const FIRST_DESCENTS = 40;
const MOST_BOTTOM_BASES = 10;

/** Distinct bottoms that are descended to the end; the others have lost by then. */
const FINISHED = 20;

/**
 * All starts loosely, then the distinct best tightly. Where a law has parameters that only some kinds of runs tell, and there are enough
 * monolingual runs of at most one epoch, the others are looked for on those runs first: the best bottoms there, and beside them the
 * best points of their plain grid, are the bases over which the rest of the grid is laid.
 *
 * Reports the share done to `rest`, from 0 to `share`.
 */
export async function searchValleys(search: Search, rest: Rest, share: number): Promise<Found> {
  const { law, rows, box, delta, descents } = search;
  const bases = await basesOf(search, rest, share * 0.15);
  const starts = await evaluate(law, rows, delta, jointStarts(search, bases), rest, share * 0.3);
  const loose = await descend(search, bestStarts(starts, descents), LOOSE, rest, [share * 0.3, share * 0.8]);
  const tight = await descend(search, distinct(loose.ends, FINISHED), TIGHT, rest, [share * 0.8, share]);
  return {
    bottoms: distinct(tight.ends, FINISHED),
    descents: loose.ends.length,
    evaluations: loose.evaluations + tight.evaluations,
  };

  function jointStarts({ seed }: Search, over: readonly Float64Array[]): Float64Array[] {
    const most = EVALUATED_PER_DESCENT * descents;
    if (over.length === 0) return gridOf(law, box).points(most, seed);
    return over
      .flatMap((base) =>
        gridOf(law, box, (index) => (isBase(law, index) ? (base[index] ?? 0) : null)).points(
          MOST_OTHERS,
          seed,
        ),
      )
      .slice(0, Math.max(most, 1));
  }
}

/** Parameters that any run tells, and that the first stage looks for. */
function isBase({ parameters }: Law, index: number): boolean {
  return parameters[index]?.toldBy === 'any';
}

/** Coordinates of the first stage's best places; none where there is no first stage. */
async function basesOf(search: Search, rest: Rest, share: number): Promise<Float64Array[]> {
  const { law, box, delta, descents, seed } = search;
  const isOpen = (index: number) => (box.lower[index] ?? 0) < (box.upper[index] ?? 0);
  const indices = law.parameters.map((_, index) => index).filter(isOpen);
  const own = indices.filter((index) => isBase(law, index));
  if (own.length === indices.length || own.length === 0) return [];
  const plain = rowsWhere(
    search.rows,
    (point) => isOnePass(point) && recipeKind(point) === 'monolingual single-stage',
  );
  if (plain.length <= own.length) return [];
  const rows = pickRows(search.rows, plain, new Float64Array(plain.length).fill(1));
  const held = law.parameters.map((parameter, index) =>
    isBase(law, index) || !isOpen(index) ? null : neutralCoordinate(parameter),
  );
  const grid = gridOf(law, box, (index) => held[index] ?? null);
  const points = grid.points(EVALUATED_PER_DESCENT * descents, seed);
  const ranked = bestStarts(await evaluate(law, rows, delta, points, rest, share * 0.5), points.length);
  const first: Search = {
    ...search,
    rows,
    box: {
      lower: box.lower.map((bound, index) => held[index] ?? bound),
      upper: box.upper.map((bound, index) => held[index] ?? bound),
    },
  };
  const some = ranked.slice(0, Math.min(FIRST_DESCENTS, descents));
  const { ends } = await descend(first, some, LOOSE, rest, [share * 0.5, share]);
  const others = gridOf(law, box, (index) => (isBase(law, index) ? 0 : null)).size;
  const needed = Math.ceil((2 * descents) / Math.min(others, MOST_OTHERS));
  const bottoms = distinct(ends, MOST_BOTTOM_BASES);
  return [...bottoms, ...ranked.slice(0, Math.max(needed - bottoms.length, 0))].map(({ theta }) => theta);
}

async function evaluate(
  law: Law,
  rows: Rows,
  delta: number,
  points: readonly Float64Array[],
  rest: Rest,
  share: number,
): Promise<Start[]> {
  const value = huberValue(law, rows, delta);
  const starts: Start[] = [];
  for (const theta of points) {
    starts.push({ theta, value: value(theta) });
    await rest.after(share);
  }
  return starts;
}

async function descend(
  { law, rows, box, delta }: Search,
  starts: readonly Start[],
  effort: Effort,
  rest: Rest,
  [from, to]: readonly [number, number],
): Promise<{ ends: Start[]; evaluations: number }> {
  const fitter = new Fitter(law, rows, delta, box);
  const ends: Start[] = [];
  let evaluations = 0;
  for (const { theta } of starts) {
    fitter.begin(theta, effort);
    while (fitter.step() === 'going') await rest.after(from + ((to - from) * ends.length) / starts.length);
    ends.push({ theta: fitter.theta, value: fitter.value });
    evaluations += fitter.evaluations;
  }
  return { ends, evaluations };
}
