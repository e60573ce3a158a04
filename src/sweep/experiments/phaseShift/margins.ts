/**
 * The recipe that stands for its kind at one D_T, and by how much one leads another.
 *
 * Choosing on one half of the held-out text and reporting on the other is not enough: the luck of a seed is in both halves, so of two
 * equal kinds the one with more recipes wins. Hence the first seed chooses, and the others, where there are any, are reported alone.
 * With one seed the luck is taken off instead: a margin counts as far as it is more than what the luckiest of so many equal recipes
 * gains on average.
 */

import { expectedBest } from '../../../law/certainty/expectedBest.ts';
import { fishersFTail } from '../../../law/certainty/fishersF.ts';
import { meanOf } from '../../../law/mean.ts';
import type { ResultRun } from '../experiment.ts';
import { type Cell, cells, chosenLoss, reportedLoss } from '../results.ts';
import type { Noise } from '../spread.ts';

export type Contender = {
  /** With all its seeds. */
  readonly cell: Cell;
  /** Loss of the first seed on the half of the held-out text that chooses. */
  readonly chosen: number;
  /** The same on the half that is reported. */
  readonly first: number;
  /** What it is judged by: mean reported loss of the other seeds; {@link first} where there are none. */
  readonly loss: number;
  /** Seeds in {@link loss}. */
  readonly seeds: number;
  /** Recipes that it was chosen among. */
  readonly tried: number;
  /** Of these, such as the reported seed's own luck could choose: all, or none where other seeds are reported. */
  readonly rivals: number;
  /** Of one run's reported loss, from seed to seed. */
  readonly noise: Noise;
};

/** The best cells by the choosing half of their first seed, best first. */
export function rankedCells(runs: readonly ResultRun[]): Cell[] {
  return cells(runs)
    .filter(({ chosen }) => Number.isFinite(chosen))
    .sort((a, b) => firstChosen(a) - firstChosen(b) || (a.key < b.key ? -1 : 1));
}

function firstChosen({ runs: [first] }: Cell): number {
  return first ? chosenLoss(first) : Number.POSITIVE_INFINITY;
}

/** Recipes that some seed diverged under and another did not: they stand for no kind, however good the other seed was. */
export function fragileCells(runs: readonly ResultRun[]): Cell[] {
  return cells(runs).filter((cell) => {
    const finite = cell.runs.filter((run) => Number.isFinite(chosenLoss(run)));
    return finite.length > 0 && finite.length < cell.runs.length;
  });
}

/** The best recipe of these runs; where some have more seeds it is one of these. Null where none ended with a loss. */
export function contenderOf(runs: readonly ResultRun[], noise: Noise): Contender | null {
  const ranked = rankedCells(runs);
  const cell = ranked.find((one) => one.runs.length > 1) ?? ranked[0];
  if (!cell) return null;
  const [first = Number.NaN, ...others] = cell.runs.map(reportedLoss);
  const isRepeated = others.length > 0;
  return {
    cell,
    chosen: firstChosen(cell),
    first,
    loss: isRepeated ? meanOf(others) : first,
    seeds: isRepeated ? others.length : 1,
    tried: ranked.length,
    rivals: isRepeated ? 0 : ranked.length,
    noise,
  };
}

/** A recipe that other runs chose, judged by all its seeds; null where there is none, or where one of them diverged. */
export function givenContender(runs: readonly ResultRun[], noise: Noise): Contender | null {
  const [cell] = rankedCells(runs);
  if (!cell) return null;
  const [first = Number.NaN] = cell.runs.map(reportedLoss);
  const seeds = cell.runs.length;
  return { cell, chosen: firstChosen(cell), first, loss: cell.reported, seeds, tried: 1, rivals: 0, noise };
}

/** The best of several by the half that chooses, each the best of its own. */
export function bestOf(contenders: readonly Contender[]): Contender | null {
  const [first, ...others] = contenders;
  if (!first) return null;
  const best = others.reduce((lowest, one) => (one.chosen < lowest.chosen ? one : lowest), first);
  const rivals = contenders.reduce((sum, one) => sum + Math.max(1, one.rivals), 0);
  return best.rivals === 0 ? best : { ...best, rivals };
}

/** A difference of reported losses, bits per byte. */
export type Margin = {
  readonly value: number;
  /** Standard error by seed noise. */
  readonly error: number;
  /** What the luck of the one in front may be worth on average, because its own seed chose it; 0 where others did. */
  readonly luck: number;
  /** The same of the one behind. */
  readonly rivalLuck: number;
  /** Repetitions that the error was measured on, 0 where it is assumed. */
  readonly degrees: number;
};

/** By how much `b` is better than `a`. Null where either is missing. */
export function marginOf(a: Contender | null, b: Contender | null): Margin | null {
  if (!a || !b) return null;
  const value = a.loss - b.loss;
  if (!Number.isFinite(value)) return null;
  const [front, behind] = value > 0 ? [b, a] : [a, b];
  return {
    value,
    error: Math.hypot(...[a, b].map(({ noise, seeds }) => noise.deviation / Math.sqrt(seeds))),
    luck: luckOf(front),
    rivalLuck: luckOf(behind),
    degrees: Math.min(a.noise.degrees, b.noise.degrees),
  };
}

function luckOf({ noise, seeds, rivals }: Contender): number {
  return (noise.deviation / Math.sqrt(seeds)) * expectedBest(rivals);
}

/** The margin without the luck that is expected on either side. */
export function fairValue({ value, luck, rivalLuck }: Margin): number {
  return value - (value > 0 ? 1 : -1) * (luck - rivalLuck);
}

/** Below so many standard errors a difference is a tie. */
export const TIE_ERRORS = 1.5;

/** 1 where the margin is certainly above 0, −1 where it is certainly below, 0 for a tie; luck is taken off first. */
export function signOf({ value, error, luck }: Margin, errors: number = TIE_ERRORS): -1 | 0 | 1 {
  if (value === 0 || Math.abs(value) - luck < errors * error) return 0;
  return value > 0 ? 1 : -1;
}

/** Chance of a mistake that is taken, one-sided. */
const CHANCE = 0.05;

/**
 * As {@link signOf} where the chance that noise alone made the margin is a twentieth at most, over all of so many that were looked at
 * (Bonferroni's bound), by Student's t for the repetitions that the noise was measured on.
 */
export function certainSign({ value, error, luck, degrees }: Margin, among = 1): -1 | 0 | 1 {
  const beyond = Math.abs(value) - luck;
  if (degrees === 0 || beyond <= 0) return 0;
  if (error > 0 && fishersFTail((beyond / error) ** 2, 1, degrees) / 2 > CHANCE / among) return 0;
  return value > 0 ? 1 : -1;
}

/** Whether the margin certainly lies below a bound, whatever the luck of the one it is held against. */
export function isCertainlyBelow(margin: Margin, bound: number): boolean {
  const { value, error, luck, rivalLuck, degrees } = margin;
  const beyond = bound - (value + (value > 0 ? rivalLuck : luck));
  if (degrees === 0 || beyond <= 0) return false;
  return error === 0 || fishersFTail((beyond / error) ** 2, 1, degrees) / 2 <= CHANCE;
}
