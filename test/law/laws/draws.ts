/** Seeded draws of parameters and points, of sizes at which every part of a law shows. */

import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import type { Law } from '../../../src/law/law.ts';
import { type Point, pointOf } from '../../../src/law/point.ts';

export type Uniform = (low: number, high: number) => number;

export function uniformFrom(seed: number): Uniform {
  const generator = xoroshiro128plus(seed);
  return (low, high) => low + (high - low) * uniformFloat64(generator);
}

/** In coordinates: inside the bounds by more than a stencil is wide, and such that no term drowns another at the points below. */
const RANGES: Readonly<Record<string, readonly [number, number]>> = {
  E: [-0.5, 0.8],
  A: [2, 6],
  alpha: [0.2, 0.5],
  B: [3, 7],
  beta: [0.2, 0.5],
  Rstar: [Math.log(2), Math.log(60)],
  RDstar: [Math.log(2), Math.log(60)],
  RNstar: [Math.log(0.5), Math.log(60)],
  tau: [0.05, 0.9],
  tau0: [0.05, 0.9],
  tau1: [0.05, 0.9],
  phi: [0.1, 1],
  omega: [0.1, 0.9],
  P: [-5, -2],
  delta: [0.1, 0.9],
  kappa: [-2, 1],
  a: [0.4, 1.1],
  b: [-0.2, 0.3],
  gamma: [0.05, 0.6],
  Bprime: [3, 7],
  betaprime: [0.2, 0.5],
  eta: [-0.5, 0.5],
  Cr: [-3, 0],
  epsilon: [Math.log(0.005), Math.log(0.2)],
};

/** One name, two meanings: a power of N/D_T here. */
const RANGES_OF: Readonly<Record<string, typeof RANGES>> = {
  'm3-overfit': { kappa: [0.1, 0.9] },
};

export function drawTheta(law: Law, uniform: Uniform): Float64Array {
  return Float64Array.from(law.parameters, ({ name }) => {
    const range = RANGES_OF[law.name]?.[name] ?? RANGES[name];
    if (range === undefined) throw new Error(`no range for ${law.name}.${name}`);
    return uniform(range[0], range[1]);
  });
}

/** One of each kind in turn, with less than a pass, one pass and many in turn. */
export function drawPoint(index: number, uniform: Uniform): Point {
  const r = uniform(0.05, 0.9);
  const r_f = uniform(r + 0.05, 1);
  const ratios = [
    { r: 1, r_f: 1 },
    { r, r_f: r },
    { r, r_f },
    { r, r_f: 1 },
  ][index % 4]!;
  const k = [uniform(0.1, 0.9), 1, uniform(1.1, 40), uniform(1.1, 5)][Math.floor(index / 4) % 4]!;
  return pointOf({ N: Math.exp(uniform(9, 20)), D_T: Math.exp(uniform(10, 22)), k, ...ratios });
}
