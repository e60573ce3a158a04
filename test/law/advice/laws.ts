/** Laws with parameters for tests of advice: each of the catalogue at values that a fit might come to, and some that misbehave. */

import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import { coordinatesOf, type Law } from '../../../src/law/law.ts';
import { m3 } from '../../../src/law/laws/m3.ts';

/** The parameters of laws.md's example, and of the other laws what is of the same size. */
export const EXAMPLE = {
  E: 1.8,
  A: 480,
  alpha: 0.35,
  B: 2100,
  beta: 0.37,
  Rstar: 15,
  tau: 0.25,
  phi: 0.3,
  omega: 0.7,
} as const;

type Range = readonly [number, number];

/** From where to where each parameter is drawn; those of scale `log` evenly in their logarithm. */
const RANGES: Readonly<Record<string, Range>> = {
  E: [1, 2.5],
  A: [100, 1000],
  alpha: [0.2, 0.5],
  B: [100, 3000],
  beta: [0.2, 0.5],
  Rstar: [3, 30],
  RNstar: [2, 30],
  RDstar: [3, 30],
  tau: [0.02, 0.8],
  tau0: [0.02, 0.4],
  tau1: [0.02, 0.8],
  phi: [0, 1],
  omega: [0, 1],
  P: [0.001, 0.2],
  delta: [0.1, 0.9],
  kappa: [0.1, 0.9],
  gamma: [0.02, 0.15],
  Bprime: [100, 3000],
  betaprime: [0.2, 0.5],
};

/** Uniform draws in [0, 1), the same every time. */
export function draws(seed: number): () => number {
  const generator = xoroshiro128plus(seed);
  return () => uniformFloat64(generator);
}

/** Coordinates of `law` drawn from the ranges; a parameter that has none is drawn among its starts. */
export function drawTheta(law: Law, draw: () => number): Float64Array {
  return Float64Array.from(law.parameters, ({ name, scale, starts }) => {
    const range = RANGES[name];
    if (range === undefined) return starts[Math.floor(draw() * starts.length)]!;
    const [low, high] = range.map((value) => (scale === 'log' ? Math.log(value) : value)) as [number, number];
    return low + (high - low) * draw();
  });
}

export const exampleTheta: Float64Array = coordinatesOf(m3, EXAMPLE);

export function m3Theta(changed: Partial<Record<keyof typeof EXAMPLE, number>>): Float64Array {
  return coordinatesOf(m3, { ...EXAMPLE, ...changed });
}

/** M³ with a kink that draws the final ratio to 0.6, as a law of one's own may have it. */
export const kinked: Law = {
  ...m3,
  name: 'kinked',
  logLoss: (point, theta, gradient) =>
    m3.logLoss(point, theta, gradient) + 0.05 * Math.abs(point.lnR_f - Math.log(0.6)),
};

/** M³ with ripples along the ratio and the scale: many hollows. */
export const rippled: Law = {
  ...m3,
  name: 'rippled',
  logLoss: (point, theta, gradient) =>
    m3.logLoss(point, theta, gradient) +
    0.01 * Math.sin(1.5 * point.lnN) +
    0.01 * Math.cos(2 * (point.lnR - point.lnN)),
};

/** M³ in which every pass over the text after the fourth does harm, whatever the model. */
export const harmful: Law = {
  ...m3,
  name: 'harmful',
  logLoss: (point, theta, gradient) => m3.logLoss(point, theta, gradient) + 0.02 * Math.max(0, point.k - 4),
};
