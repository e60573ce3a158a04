/**
 * Seeded random data for tests.
 *
 * Every value is a float32, so the GPU and the float64 oracle start from the very same numbers and what a
 * comparison measures is the arithmetic alone.
 */

import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64';
import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import type { RandomGenerator } from 'pure-rand/types/RandomGenerator';
import { skipN } from 'pure-rand/utils/skipN';
import type { ParameterTable } from '../../src/model/llama/parameters.ts';

// The generator's first state is the seed among constant bits: neighbouring seeds begin alike.
const WARM_UP_DRAWS = 64;

/** A generator of its own for each seed; drawing from one never moves another. */
export function generator(seed: number): RandomGenerator {
  const random = xoroshiro128plus(seed);
  skipN(random, WARM_UP_DRAWS);
  return random;
}

function drawNormal(random: RandomGenerator): number {
  // Box–Muller; 1 − u lies in (0, 1], so the logarithm is finite.
  const radius = Math.sqrt(-2 * Math.log(1 - uniformFloat64(random)));
  return radius * Math.cos(2 * Math.PI * uniformFloat64(random));
}

/** `count` draws from the normal distribution of mean 0 and standard deviation `scale`. */
export function normals(seed: number, count: number, scale = 1): Float32Array<ArrayBuffer> {
  const random = generator(seed);
  const values = new Float32Array(count);
  for (let i = 0; i < count; i++) values[i] = scale * drawNormal(random);
  return values;
}

/** `count` draws, uniform in [low, high). */
export function uniforms(seed: number, count: number, low: number, high: number): Float32Array<ArrayBuffer> {
  const random = generator(seed);
  const values = new Float32Array(count);
  for (let i = 0; i < count; i++) values[i] = low + (high - low) * uniformFloat64(random);
  return values;
}

/** `count` token ids, uniform over 0 … vocabulary − 1. */
export function randomTokens(seed: number, count: number, vocabulary: number): Uint16Array<ArrayBuffer> {
  const random = generator(seed);
  const values = new Uint16Array(count);
  for (let i = 0; i < count; i++) values[i] = uniformInt(random, 0, vocabulary - 1);
  return values;
}

/** `count` window starts such that each window of `context` tokens and the token after it lie in `tokenCount`. */
export function randomWindows(
  seed: number,
  count: number,
  tokenCount: number,
  context: number,
): Uint32Array<ArrayBuffer> {
  const random = generator(seed);
  const values = new Uint32Array(count);
  for (let i = 0; i < count; i++) values[i] = uniformInt(random, 0, tokenCount - context - 1);
  return values;
}

/**
 * An arena of `table.arena` floats for gradient checks: matrices normal(0, scale), gains 1 + normal(0, 0.1), padding 0.
 *
 * The default scale is larger than a training run's 0.02, so that attention is far from uniform and no gradient
 * drowns in another's rounding; gains differ from 1, so a gain that is forgotten shows.
 */
export function randomArena(table: ParameterTable, seed: number, scale = 0.15): Float32Array<ArrayBuffer> {
  const random = generator(seed);
  const arena = new Float32Array(table.arena);
  for (const tensor of table.tensors) {
    for (let row = 0; row < tensor.rows; row++) {
      for (let column = 0; column < tensor.columns; column++) {
        const draw = drawNormal(random);
        const value = tensor.init === 'ones' ? 1 + 0.1 * draw : scale * draw;
        arena[tensor.offset + row * tensor.paddedColumns + column] = value;
      }
    }
  }
  return arena;
}
