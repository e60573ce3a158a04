import { expect, test } from 'vitest';
import { Curves } from '../../../src/page/sweep/curves.ts';
import { cellsOf, cellTitle } from '../../../src/page/sweep/multiples/cells.ts';
import { boxOf } from '../../../src/page/sweep/multiples/drawing.ts';
import {
  bandOf,
  domainOf,
  floorY,
  placeX,
  placeY,
  pointsOf,
} from '../../../src/page/sweep/multiples/scale.ts';
import { areSeeds, spreadOf } from '../../../src/page/sweep/multiples/spread.ts';
import { captionWords, lossWords } from '../../../src/page/sweep/multiples/words.ts';
import type { SweepRun } from '../../../src/worker/api/sweep.ts';

function run(change: Partial<SweepRun>): SweepRun {
  return {
    id: JSON.stringify(change),
    name: 'run',
    kind: 'multi-lingual single-stage',
    N: 10_000,
    D: 60_000,
    D_T: 4096,
    S: 30_000,
    k: 4,
    r: 0.5,
    r_f: 0.5,
    r_1: 0.5,
    s: 1,
    C: 4e9,
    layers: 2,
    width: 16,
    seed: 1,
    steps: 100,
    flops: 4e9,
    status: 'open',
    round: null,
    ...change,
  };
}

test('seeds of one recipe share a chart, which is named by what differs', () => {
  const cells = cellsOf([
    run({ seed: 1 }),
    run({ seed: 2 }),
    run({ D_T: 16_384, k: 1 }),
    run({ D_T: 16_384, k: 0.5, r: 0.25, r_f: 0.25, r_1: 0.25, C: 4e9 * (1 + 1e-12) }),
  ]);
  expect(cells.map(({ runs }) => runs.length)).toEqual([2, 1, 1]);
  // k and r_f follow from D_T and r here, and C is one but for its last digits.
  expect(cells.map(cellTitle)).toEqual([
    'one stage, D_T 4,096 · r 0.5',
    'one stage, D_T 16,384 · r 0.5',
    'one stage, D_T 16,384 · r 0.25',
  ]);
  expect(cellsOf([run({})]).map(cellTitle)).toEqual(['one stage']);
  // What one kind always has and the other never tells nothing beside the kind.
  const alone = run({ kind: 'monolingual single-stage', r: 1, r_f: 1, r_1: 1 });
  expect(cellsOf([run({}), alone, run({ D_T: 8192, k: 2 })]).map(cellTitle)).toEqual([
    'one stage, D_T 4,096',
    'monolingual, D_T 4,096',
    'one stage, D_T 8,192',
  ]);
});

test('all curves lie on the same logarithmic axes, between their corners', () => {
  const curves = [
    { tokens: [100, 1000, 10_000], bits: [8, 4, 2], floorBits: 1.5 },
    { tokens: [100, 1000], bits: [8, Number.NaN], floorBits: null },
  ];
  const domain = domainOf(curves);
  if (!domain) throw new Error('no domain');
  const box = boxOf(200, 100);
  expect(placeX(100, domain, box)).toBeCloseTo(box.left);
  expect(placeX(1000, domain, box)).toBeCloseTo((box.left + box.width - box.right) / 2);
  expect(placeX(10_000, domain, box)).toBeCloseTo(box.width - box.right);
  expect(placeY(8, domain, box)).toBeGreaterThan(box.top);
  expect(placeY(1.5, domain, box)).toBeLessThan(box.height - box.bottom);
  expect(floorY(curves, domain, box)).toBe(placeY(1.5, domain, box));
  // A floor far below the curves would press them together: it is not on the axis.
  const far = [{ tokens: [100, 1000], bits: [8, 4], floorBits: 0.5 }];
  const above = domainOf(far);
  expect(above?.bits[0]).toBeGreaterThan(3);
  expect(above && floorY(far, above, box)).toBeNull();
  expect(curves[1] && pointsOf(curves[1], domain, box)).toHaveLength(1);
  expect(domainOf([])).toBeNull();
  expect(domainOf([{ tokens: [5], bits: [3], floorBits: null }])).not.toBeNull();
});

test('what is told goes on behind what was saved, and is not told twice', () => {
  const curves = new Curves();
  const told = (tokens: number[], bits: number[]) =>
    curves.takeTold({
      run: 'a',
      losses: { steps: new Uint32Array(), tokens: new Float64Array(), nats: new Float32Array() },
      evaluations: {
        steps: new Uint32Array(tokens.length),
        tokens: Float64Array.from(tokens),
        targetBits: Float32Array.from(bits),
        sourceBits: new Float32Array(tokens.length),
      },
    });
  expect(told([], [])).toBe(false);
  expect(told([20, 30], [4, 3])).toBe(true);
  curves.takeSaved({
    run: 'a',
    tokens: Float64Array.of(10, 20),
    targetBits: Float32Array.of(5, 4),
    floorBits: 1,
  });
  expect(curves.get('a')).toEqual({ tokens: [10, 20, 30], bits: [5, 4, 3], floorBits: 1 });
  expect(told([30, 40], [3, 2])).toBe(true);
  expect(told([40], [2])).toBe(false);
  expect(curves.get('a')?.bits).toEqual([5, 4, 3, 2]);
});

const curve = (tokens: number[], bits: number[]) => ({ tokens, bits, floorBits: null });

test('seeds of one recipe have a mean, and a band from the lowest to the highest, as far as all of them are', () => {
  const seeds = [run({ seed: 1 }), run({ seed: 2 }), run({ seed: 3 })];
  const curves = [curve([10, 20, 30], [8, 4, 2]), curve([10, 20], [6, 4.5]), curve([], [])];
  const spread = spreadOf(seeds, curves);
  expect(spread).toEqual({
    mean: { tokens: [10, 20], bits: [7, 4.25], floorBits: null },
    low: [6, 4],
    high: [8, 4.5],
  });
  const domain = domainOf(curves);
  const box = boxOf(200, 100);
  if (!domain || !spread) throw new Error('no band');
  const outline = [
    ...pointsOf(curve([10, 20], [8, 4.5]), domain, box),
    ...pointsOf(curve([20, 10], [4, 6]), domain, box),
  ];
  expect(bandOf(spread.mean, spread, domain, box)).toEqual(outline);
});

test('one run has no band, nor have runs that differ in more than the seed', () => {
  const curves = [curve([10, 20], [8, 4]), curve([10, 20], [6, 4])];
  expect(spreadOf([run({ seed: 1 }), run({ seed: 2 })], curves.slice(0, 1))).toBeNull();
  expect(spreadOf([run({ seed: 1 }), run({ seed: 2 })], [curve([10], [8]), curve([11], [8])])).toBeNull();
  // Two learning rates, say.
  const rates = [run({ seed: 1, id: 'a' }), run({ seed: 1, id: 'b' })];
  expect(areSeeds(rates)).toBe(false);
  expect(spreadOf(rates, curves)).toBeNull();
});

test('a chart says how well its runs do', () => {
  const seeds = [run({ seed: 1 }), run({ seed: 2 })];
  const curves = [curve([10, 20], [8, 4]), curve([10, 20], [6, 4.5])];
  expect(lossWords(seeds, [])).toBe('nothing measured yet');
  expect(lossWords(seeds.slice(0, 1), curves.slice(0, 1))).toBe('4.000 bits');
  expect(lossWords(seeds, curves)).toBe('4.250 bits, the mean of 2 seeds (4.000 to 4.500)');
  expect(lossWords(seeds, curves.slice(0, 1))).toBe('4.000 bits, the best of 1 run');
  const rates = [run({ id: 'a' }), run({ id: 'b' })];
  expect(lossWords(rates, curves)).toBe('4.000 bits, the best of 2 runs');
  expect(captionWords(curves, domainOf(curves), true)).toContain('the line is their mean');
  expect(captionWords(curves, domainOf(curves), false)).not.toContain('mean');
});
