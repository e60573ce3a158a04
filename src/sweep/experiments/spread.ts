/** How far losses of experiments lie apart by chance, and what that makes of means and of differences between them. */

import { fishersF95 } from '../../law/certainty/fishersF.ts';
import type { ResultRun } from './experiment.ts';
import { cells, seedDeviation } from './results.ts';

/** The chance part of one run's target loss. */
export type Noise = {
  /** Standard deviation over seeds, in bits per byte. */
  readonly deviation: number;
  /** Repetitions that it was measured on; 0 where it was not. */
  readonly degrees: number;
};

/** Few repetitions may agree by chance: noise is never taken to be less, in bits per byte. */
export const LEAST_DEVIATION = 0.01;
/** Where nothing was repeated: what models of ten thousand parameters have shown, in bits per byte. */
export const UNKNOWN_DEVIATION = 0.03;

/** As many degrees as make Student's t the normal distribution's. */
const MANY = 1e6;

/** The noise of these runs, pooled over all recipes that were repeated. */
export function noiseOf(runs: readonly ResultRun[]): Noise {
  const measured = seedDeviation(runs);
  if (measured === null) return { deviation: UNKNOWN_DEVIATION, degrees: 0 };
  const repeated = cells(runs).filter((cell) => cell.runs.length > 1 && Number.isFinite(cell.reported));
  return {
    deviation: Math.max(LEAST_DEVIATION, measured),
    degrees: repeated.reduce((sum, cell) => sum + cell.runs.length - 1, 0),
  };
}

/** Standard error of a sum or difference of means over so many runs each. */
export function errorOf({ deviation }: Noise, counts: readonly number[]): number {
  return deviation * Math.sqrt(counts.reduce((sum, count) => sum + 1 / count, 0));
}

/** Half of the two-sided 95 % interval is so many standard errors. */
export function studentsFactor(degrees: number): number {
  return Math.sqrt(fishersF95(degrees === 0 ? MANY : degrees));
}

/** A number and half of its 95 % interval. */
export type Estimate = { readonly value: number; readonly half: number };

/** The numbers without those that stand there twice, from the lowest. */
export function ascending(values: Iterable<number>): number[] {
  return [...new Set(values)].sort((a, b) => a - b);
}

export function estimateWords({ value, half }: Estimate, digits = 3): string {
  return `${decimals(value, digits)} ± ${decimals(half, digits)}`;
}

/** With a minus sign, and none before zero. */
export function decimals(value: number, digits = 3): string {
  const text = value.toFixed(digits);
  return Number(text) === 0 ? text.replace('-', '') : text.replace('-', '−');
}

export function noiseWords({ deviation, degrees }: Noise): string {
  return degrees === 0
    ? `no recipe was repeated, so a seed noise of ${deviation} bits per byte is assumed`
    : `seed noise ${deviation.toFixed(3)} bits per byte, from ${degrees} ${degrees === 1 ? 'repetition' : 'repetitions'}`;
}

export function tokenWords(tokens: number): string {
  return Math.round(tokens).toLocaleString('en');
}
