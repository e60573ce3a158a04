/** Seeds of one recipe together: their mean as it falls, and how far apart they are. */

import type { SweepRun } from '../../../worker/api/sweep.ts';
import type { Curve } from '../curves.ts';

/** Over the measurements that all its curves have; so far it goes on as they do. */
export type Spread = {
  /** With the mean of their losses. */
  readonly mean: Curve;
  /** The lowest and the highest of them, at the same tokens. */
  readonly low: readonly number[];
  readonly high: readonly number[];
};

/** Whether runs differ in their seed, and not in what a chart's name does not say (a learning rate, say). */
export function areSeeds(runs: readonly Pick<SweepRun, 'seed'>[]): boolean {
  return runs.length > 1 && new Set(runs.map(({ seed }) => seed)).size === runs.length;
}

/** Of a chart's runs; null where they are no seeds of one recipe. */
export function spreadOf(runs: readonly Pick<SweepRun, 'seed'>[], curves: readonly Curve[]): Spread | null {
  return areSeeds(runs) ? spreadOver(curves) : null;
}

/** Null for fewer than two curves that have begun, and where they were nowhere measured at the same tokens. */
function spreadOver(curves: readonly Curve[]): Spread | null {
  const [first, ...others] = curves.filter(({ tokens }) => tokens.length > 0);
  if (!first || others.length === 0) return null;
  const byTokens = others.map(({ tokens, bits }) => new Map(tokens.map((at, index) => [at, bits[index]])));
  const mean: Curve = { tokens: [], bits: [], floorBits: first.floorBits };
  const [low, high]: [number[], number[]] = [[], []];
  for (const [index, at] of first.tokens.entries()) {
    const values = [first.bits[index], ...byTokens.map((of) => of.get(at))].filter(isLoss);
    if (values.length <= others.length) continue;
    mean.tokens.push(at);
    mean.bits.push(values.reduce((sum, value) => sum + value, 0) / values.length);
    low.push(Math.min(...values));
    high.push(Math.max(...values));
  }
  return mean.tokens.length > 0 ? { mean, low, high } : null;
}

function isLoss(value: number | undefined): value is number {
  return value !== undefined && value > 0;
}
