import { expect, test } from 'vitest';
import { seedNoise } from '../../../src/law/comparison/seedNoise.ts';
import { pointOf } from '../../../src/law/point.ts';
import type { Run } from '../../../src/law/run.ts';

function run(N: number, loss: number, seed: string, pair = ''): Run {
  const point = pointOf({ N, D_T: 1e6, k: 1, r: 1, r_f: 1 });
  return { point, loss, weight: 1, r_1: null, s: null, groups: { seed, pair }, place: '' };
}

/** Sums of a few numbers near 1. */
const ROUNDING = 12;

test('pools what the seeds of each recipe differ by, and leaves single runs out', () => {
  const runs = [
    run(1e5, Math.exp(1.01), '0'),
    run(1e5, Math.exp(0.99), '1'),
    run(1e6, Math.exp(0.52), '0'),
    run(1e6, Math.exp(0.5), '1'),
    run(1e6, Math.exp(0.48), '2'),
    run(1e7, 3, '0'),
  ];
  const noise = seedNoise(runs);
  // Squares 2·0.01² and 2·0.02² over 1 + 2 degrees of freedom.
  expect(noise?.deviation).toBeCloseTo(Math.sqrt((2e-4 + 8e-4) / 3), ROUNDING);
  expect(noise).toMatchObject({ recipes: 2, runs: 5 });
});

test('takes runs of two language pairs for two recipes', () => {
  expect(seedNoise([run(1e5, 2, '0', 'a'), run(1e5, 3, '0', 'b')])).toBeNull();
});
