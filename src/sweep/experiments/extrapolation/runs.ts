/** The runs that laws are held against: which enter, and which the highest budget asked for alone. */

import { tagValues } from '../../../formats/manifest.ts';
import { RunsError } from '../../../formats/runs/error.ts';
import { readRunRecords } from '../../../formats/runs/records.ts';
import type { Run } from '../../../law/run.ts';
import { runOf } from '../../../law/runs.ts';
import { EXPERIMENT as EPOCH_COLLAPSE } from '../epochCollapse/design.ts';
import type { ResultRun } from '../experiment.ts';
import { SIZES } from '../grid.ts';
import { BASE, GRID_ROUNDS, PHASE_SHIFT, VARIANT } from '../phaseShift/places.ts';
import { PAIR, EXPERIMENT as RATIO_POWER_LAW } from '../ratioPowerLaw/design.ts';
import { hasTag, isAskedBy, ofRound } from '../results.ts';
import { EXPERIMENT as SCALE_STABILITY } from '../scaleStability/design.ts';

/** Experiments that have such runs, beside the grid of phase shifts. */
export const OTHER_EXPERIMENTS: readonly string[] = [
  PHASE_SHIFT,
  EPOCH_COLLAPSE,
  SCALE_STABILITY,
  RATIO_POWER_LAW,
];

/** Runs parted by the budget that asked for them. */
export type Parted = {
  /** C of the budget that is foreseen, in FLOPs. */
  readonly highest: number;
  /** Budgets below it, from the lowest. */
  readonly lower: readonly number[];
  readonly held: readonly Run[];
  readonly rest: readonly Run[];
  /** Of `held`, those that spend more than any run of `rest`: a recipe of the highest budget may spend less than it. */
  readonly beyond: number;
};

/**
 * Runs of one pair of texts, each at its tuned learning rate under the common schedule: what a law may take for functions of the recipe.
 * Runs that no fit may read (diverged, of no kind that laws know) are left out.
 */
export function comparableRuns(results: readonly ResultRun[]): ResultRun[] {
  return results.filter((run) => isComparable(run) && lawRun(run) !== null);
}

function isComparable(run: ResultRun): boolean {
  const isOf = (experiment: string) => isAskedBy(run, experiment);
  return (
    isOf(SIZES) ||
    isOf(EPOCH_COLLAPSE) ||
    isOf(SCALE_STABILITY) ||
    (hasTag(run, VARIANT, BASE) &&
      GRID_ROUNDS.some((round) => ofRound([run], PHASE_SHIFT, round).length > 0)) ||
    // At r = 1 those have the learning rate of another kind.
    (isOf(RATIO_POWER_LAW) && hasTag(run, PAIR, 'source') && run.nominal.r < 1)
  );
}

/** A run as the fitter sees it, by its realised counts; null where it may not enter a fit. */
function lawRun({ record, id }: ResultRun): Run | null {
  try {
    const [row] = readRunRecords([{ record, place: id }], id).rows;
    return row ? runOf(row) : null;
  } catch (error) {
    if (error instanceof RunsError) return null;
    throw error;
  }
}

/** Null where runs of two budgets are not there. `computes` are those of the setting; runs of other experiments may lie between them. */
export function partedRuns(results: readonly ResultRun[], computes: readonly number[]): Parted | null {
  const comparable = comparableRuns(results);
  const present = computes.filter((compute) => comparable.some((run) => hasTag(run, 'budget', compute)));
  const highest = present.at(-1);
  if (highest === undefined || present.length < 2) return null;
  // A run that a lower budget asked for too was known before.
  const isHeld = (run: ResultRun) =>
    tagValues(run.tags, 'budget').every((budget) => Number(budget) >= highest);
  const runsOf = (some: readonly ResultRun[]) => some.flatMap((run) => lawRun(run) ?? []);
  const held = runsOf(comparable.filter(isHeld));
  const rest = runsOf(comparable.filter((run) => !isHeld(run)));
  const most = Math.max(...rest.map(({ point }) => point.C));
  return {
    highest,
    lower: present.slice(0, -1),
    held,
    rest,
    beyond: held.filter(({ point }) => point.C > ROOM * most).length,
  };
}

/** Runs are rounded to whole steps: a budget is exceeded by more than that. */
const ROOM = 1.05;
