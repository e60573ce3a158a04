/**
 * What fitting is timed at: synthetic runs from the lab's own form with 0.3 % noise, so that it is known where a fit has to end. Each case
 * says what it reached, and whether that is the bottom.
 */

import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import { bootstrap } from '../../src/law/certainty/bootstrap.ts';
import { fitLaw } from '../../src/law/fit/fitLaw.ts';
import type { Fit } from '../../src/law/fit/outcome.ts';
import { refit } from '../../src/law/fit/refit.ts';
import { coordinatesOf } from '../../src/law/law.ts';
import { m3 } from '../../src/law/laws/m3.ts';
import { pointOf } from '../../src/law/point.ts';
import type { Run } from '../../src/law/run.ts';

const TRUTH = {
  E: 1.8,
  A: 480,
  alpha: 0.35,
  B: 2100,
  beta: 0.37,
  Rstar: 15,
  tau: 0.25,
  phi: 0.3,
  omega: 0.7,
};
const NOISE = 0.003;

const SCALES = [1e5, 3e5, 1e6, 3e6];
const CORPORA = [3e5, 1e6, 3e6];
const EPOCHS = [1, 3, 10, 30];
const RATIOS = [
  [1, 1],
  [0.5, 0.5],
  [0.2, 0.2],
  [0.5, 0.9],
  [0.2, 0.5],
  [0.2, 1],
] as const;

/** Of the objective: two descents to one bottom differ by less. */
const SAME_BOTTOM = 1e-6;

export type Timed = {
  readonly ms: number;
  /** For the table: what came of it. */
  readonly reached: string;
  /** Whether it ended where it had to. */
  readonly agreed: boolean;
};

export type Case = {
  readonly name: string;
  readonly limitMs: number;
  /** Times that it is repeated at most; the long ones say enough once. */
  readonly mostRounds: number;
  readonly time: () => Promise<Timed>;
};

/** `count` runs: the recipes in turn, as often as it takes. */
function makeRuns(count: number, seed: number): Run[] {
  const generator = xoroshiro128plus(seed);
  const uniform = () => 1 - uniformFloat64(generator);
  const normal = () => Math.sqrt(-2 * Math.log(uniform())) * Math.cos(2 * Math.PI * uniform());
  const theta = coordinatesOf(m3, TRUTH);
  const gradient = new Float64Array(theta.length);
  const recipes = SCALES.flatMap((N) =>
    CORPORA.flatMap((D_T) => EPOCHS.flatMap((k) => RATIOS.map(([r, r_f]) => ({ N, D_T, k, r, r_f })))),
  );
  return Array.from({ length: count }, (_, index) => {
    const at = recipes[index % recipes.length];
    if (at === undefined) throw new RangeError('there are recipes');
    const point = pointOf(at);
    const loss = Math.exp(m3.logLoss(point, theta, gradient) + NOISE * normal());
    return { point, loss, weight: 1, r_1: null, s: null, groups: {}, place: `made:${index}` };
  });
}

async function timed<T>(work: () => T | Promise<T>): Promise<{ ms: number; result: T }> {
  const began = performance.now();
  const result = await work();
  return { ms: performance.now() - began, result };
}

/** Against a descent from the truth, which lies in the right valley. */
function fitReached(fit: Fit, runs: readonly Run[]): Omit<Timed, 'ms'> {
  const known = refit(m3, runs, [coordinatesOf(m3, TRUTH)]);
  return {
    reached: `${fit.objective.toPrecision(7)} in ${fit.evaluations} evaluations, ${fit.status}`,
    agreed: fit.objective <= known.objective * (1 + SAME_BOTTOM),
  };
}

export function fitCases(): Case[] {
  const runs = makeRuns(300, 1);
  const one = async (): Promise<Fit> => refit(m3, runs, [coordinatesOf(m3, TRUTH)]);
  return [
    {
      name: 'M³, 300 runs, 500 starts',
      limitMs: 10_000,
      mostRounds: 5,
      time: async () => {
        const { ms, result } = await timed(() => fitLaw(m3, runs));
        return { ms, ...fitReached(result, runs) };
      },
    },
    {
      name: 'refit as the 301st run arrives',
      limitMs: 100,
      mostRounds: 100,
      time: async () => {
        const more = makeRuns(301, 1);
        const { theta } = await one();
        const { ms, result } = await timed(() => refit(m3, more, [theta]));
        return { ms, ...fitReached(result, more) };
      },
    },
    {
      name: '1,000 resamples of 300 runs',
      limitMs: 20_000,
      mostRounds: 3,
      time: async () => {
        const fit = await one();
        const { ms, result } = await timed(() => bootstrap(fit, runs, { resamples: 1000, seed: 1 }));
        const { tau } = result.parameters;
        const interval = tau ? `${tau.low.toFixed(4)} … ${tau.high.toFixed(4)}` : 'not known';
        return {
          ms,
          reached: `${result.failed} failed, ${result.stoppedEarly} stopped early, τ ${interval}`,
          agreed: result.failed === 0 && result.thetas.length === 1000,
        };
      },
    },
    {
      name: 'M³, 100,000 runs',
      limitMs: 60_000,
      mostRounds: 1,
      time: async () => {
        const many = makeRuns(100_000, 1);
        const { ms, result } = await timed(() => fitLaw(m3, many));
        return { ms, ...fitReached(result, many) };
      },
    },
  ];
}
