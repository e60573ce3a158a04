/** Runs that a law made, with noise, and fits whose coordinates are known. */

import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import type { Fit } from '../../../src/law/fit/outcome.ts';
import { coordinatesOf, type Law, predictLoss } from '../../../src/law/law.ts';
import { type Coordinates, pointOf } from '../../../src/law/point.ts';
import type { Run } from '../../../src/law/run.ts';

export const CHINCHILLA = { E: 1.8, A: 480, alpha: 0.35, B: 2100, beta: 0.37 };
export const M3 = { ...CHINCHILLA, Rstar: 15, tau: 0.25, phi: 0.3, omega: 0.7 };

/** A stream of normal numbers. */
export function normals(seed: number): () => number {
  const generator = xoroshiro128plus(seed);
  const uniform = () => 1 - uniformFloat64(generator);
  return () => Math.sqrt(-2 * Math.log(uniform())) * Math.cos(2 * Math.PI * uniform());
}

export type Making = {
  /** Standard deviation of ln loss. */
  readonly noise: number;
  readonly seed: number;
  /** Runs of each recipe. */
  readonly copies?: number;
};

export function makeRuns(
  law: Law,
  values: Readonly<Record<string, number>>,
  recipes: readonly Coordinates[],
  { noise, seed, copies = 1 }: Making,
): Run[] {
  const theta = coordinatesOf(law, values);
  const normal = normals(seed);
  return recipes.flatMap((at, recipe) =>
    Array.from({ length: copies }, (_, copy) => {
      const point = pointOf(at);
      const loss = predictLoss(law, point, theta) * Math.exp(noise * normal());
      return runAt(at, {
        loss,
        groups: { seed: `${copy}` },
        place: `made.csv:${recipe * copies + copy + 2}`,
      });
    }),
  );
}

export function runAt(at: Coordinates, more: Partial<Run> = {}): Run {
  return {
    point: pointOf(at),
    loss: 3,
    weight: 1,
    r_1: null,
    s: null,
    groups: {},
    place: 'made.csv:2',
    ...more,
  };
}

/** Monolingual runs without repetition: every model scale with every corpus. */
export function monolingual(scales: readonly number[], corpora: readonly number[]): Coordinates[] {
  return scales.flatMap((N) => corpora.map((D_T) => ({ N, D_T, k: 1, r: 1, r_f: 1 })));
}

/** Every combination, the ratios in pairs. */
export function recipes(
  scales: readonly number[],
  corpora: readonly number[],
  epochs: readonly number[],
  ratios: readonly (readonly [number, number])[],
): Coordinates[] {
  return scales.flatMap((N) =>
    corpora.flatMap((D_T) => epochs.flatMap((k) => ratios.map(([r, r_f]) => ({ N, D_T, k, r, r_f })))),
  );
}

/** A fit that says no more than where it lies. */
export function fitAt(law: Law, runs: readonly Run[], theta: Float64Array, more: Partial<Fit> = {}): Fit {
  return {
    law,
    theta,
    frozen: [],
    borrowed: [],
    rows: runs.length,
    delta: 1e-3,
    objective: Number.NaN,
    rSquared: Number.NaN,
    rmseLog: Number.NaN,
    aicc: null,
    status: 'converged',
    atBounds: [],
    unknown: [],
    tradeOffs: [],
    condition: 1,
    descents: 0,
    evaluations: 0,
    ...more,
  };
}

/** Recipes of all three kinds, single- and multi-epoch, at several N and D_T. */
export const EVERY_KIND = recipes(
  [1e5, 6e5, 3e6],
  [3e5, 3e6],
  [1, 4, 16],
  [
    [1, 1],
    [0.5, 0.5],
    [0.2, 0.2],
    [0.2, 1],
    [0.5, 1],
  ],
);
