import { expect, it } from 'vitest';
import type { LlamaConfig } from '../../src/model/llama/config.ts';
import { parameterTable } from '../../src/model/llama/parameters.ts';
import { normals, randomArena, randomTokens, randomWindows, uniforms } from './random.ts';

const COUNT = 20_000;
// Five standard errors of a mean of COUNT draws of deviation 1.
const MEAN_TOLERANCE = 5 / Math.sqrt(COUNT);

const mean = (values: ArrayLike<number>) => Array.from(values).reduce((a, b) => a + b, 0) / values.length;

it('draws the same from the same seed, and unrelated numbers from the next', () => {
  const [first, next] = [normals(1, COUNT), normals(2, COUNT)];
  expect(normals(1, COUNT)).toEqual(first);
  expect(Math.abs(mean(first.map((value, i) => value * next[i]!)))).toBeLessThan(MEAN_TOLERANCE);
});

it('draws normal numbers of the asked deviation', () => {
  const values = normals(3, COUNT, 2);
  expect(Math.abs(mean(values) / 2)).toBeLessThan(MEAN_TOLERANCE);
  // The square of a standard normal has mean 1 and deviation √2.
  expect(Math.abs(mean(values.map((value) => value * value)) / 4 - 1)).toBeLessThan(
    MEAN_TOLERANCE * Math.SQRT2,
  );
});

it('stays inside the bounds it was given', () => {
  expect(uniforms(4, COUNT, -2, 3).every((value) => value >= -2 && value <= 3)).toBe(true);
  const tokens = randomTokens(5, COUNT, 257);
  expect(Math.max(...tokens)).toBe(256);
  expect(Math.min(...tokens)).toBe(0);
  // 20 tokens hold windows of 16 and the token after at 0, 1, 2 and 3.
  expect(new Set(randomWindows(6, COUNT, 20, 16))).toEqual(new Set([0, 1, 2, 3]));
});

it('fills every parameter of an arena and leaves the padding 0', () => {
  const config: LlamaConfig = {
    layers: 1,
    width: 32,
    heads: 1,
    mlp: 24,
    context: 16,
    vocabulary: 257,
    tied: false,
  };
  const table = parameterTable(config);
  const arena = randomArena(table, 7);
  expect(arena.filter((value) => value !== 0).length).toBe(table.counts.total);
});
