import { expect, test } from 'vitest';
import { logTicks, withRoom } from '../../../src/page/train/chart/axes.ts';
import {
  extentOf,
  inSight,
  type Line,
  linesOf,
  means,
  valueAt,
} from '../../../src/page/train/chart/lines.ts';
import { smoothed } from '../../../src/page/train/chart/smoothing.ts';
import { addPoint, type Curve, emptyCurve, type Point } from '../../../src/page/train/curves.ts';

const pointAt = (step: number, bits = 8 - step / 1024): Point => ({ step, tokens: step * 512, bits });

test('a curve that is told again from a checkpoint does not run backwards', () => {
  const points: Point[] = [];
  for (const step of [1, 2, 3, 2, 3, 4]) addPoint(points, pointAt(step));
  expect(points.map(({ step }) => step)).toEqual([1, 2, 3, 4]);
});

test('the debiased mean begins at the first value and forgets by distance, not by count', () => {
  const constant = Array.from({ length: 50 }, (_, index) => ({ step: index + 1, bits: 3 }));
  for (const value of smoothed(constant, 10)) expect(value).toBeCloseTo(3, 12);
  const jump = [
    { step: 0, bits: 0 },
    { step: 10, bits: 1 },
  ];
  // Half of the weight is left after a half-life: (0·½ + 1) / (½ + 1).
  expect(smoothed(jump, 10)[1]).toBeCloseTo(2 / 3, 12);
  expect(smoothed(jump, 0)).toEqual([0, 1]);
  // Points that lie many half-lives apart stay what they are.
  expect(smoothed(jump, 0.5)[1]).toBeCloseTo(1, 5);
});

function line(steps: number): Line {
  const points = Array.from({ length: steps }, (_, index) => pointAt(index + 1, index % 2));
  return {
    run: 'a',
    slot: 1,
    points,
    x: points.map(({ step }) => step),
    raw: points.map(({ bits }) => bits),
    smooth: points.map(({ bits }) => bits),
  };
}

test('what is shown is thinned by means, and what is zoomed into is not', () => {
  const long = line(4000);
  const all = inSight(long, null, false);
  expect(all.x.length).toBeLessThanOrEqual(400);
  expect(all.x.at(-1)).toBe(4000);
  for (const value of all.raw) expect(value).toBeCloseTo(0.5, 1);
  const part = inSight(long, { min: 100, max: 200 }, false);
  // And a neighbour to either side, so that lines reach the edges.
  expect(part.x[0]).toBe(99);
  expect(part.x.at(-1)).toBe(201);
  expect(part.x).toHaveLength(103);
  expect(inSight(long, { min: 9000, max: 9999 }, false).x).toEqual([]);
  expect(means([1, 3, 5], 2)).toEqual([2, 5]);
});

test('the value under the pointer is the one measured last before it', () => {
  const { x, smooth } = { x: [10, 20, 30], smooth: [3, 2, 1] };
  expect(valueAt({ x, smooth }, 25)).toBe(2);
  expect(valueAt({ x, smooth }, 20)).toBe(2);
  expect(valueAt({ x, smooth }, 5)).toBeNull();
  expect(valueAt({ x, smooth }, null)).toBe(1);
  expect(valueAt({ x: [], smooth: [] }, null)).toBeNull();
});

test('each axis places the same points, and hidden runs are left out', () => {
  const curve: Curve = {
    ...emptyCurve(),
    training: [pointAt(2), pointAt(4)],
    times: [{ step: 4, seconds: 10 }],
  };
  const row = {
    run: 'a',
    slot: 1,
    id: null,
    status: 'training',
    step: 4,
    steps: 8,
    scale: 1000,
    ratio: 1,
    trainingBits: null,
    targetBits: null,
    targetBitsError: null,
    sourceBits: null,
    warnings: [],
  } as const;
  const source = { rows: [row], curves: new Map([['a', curve]]), configs: [] };
  const usual = { quantity: 'training', halfLife: 0, hidden: new Set<string>() } as const;
  const xs = (axis: 'step' | 'tokens' | 'flops' | 'time') => linesOf(source, { ...usual, axis })[0]?.x;
  expect(xs('step')).toEqual([2, 4]);
  expect(xs('tokens')).toEqual([1024, 2048]);
  expect(xs('flops')).toEqual([6 * 1000 * 1024, 6 * 1000 * 2048]);
  expect(xs('time')).toEqual([5, 10]);
  expect(linesOf(source, { ...usual, axis: 'step', hidden: new Set(['a']) })).toEqual([]);
  expect(extentOf(linesOf(source, { ...usual, axis: 'step' }), false)).toEqual({ min: 2, max: 4 });
  expect(extentOf([], false)).toBeNull();
});

test('ticks of a log axis are round, inside, and neither one nor too many', () => {
  for (const [min, max] of [
    [1, 1e6],
    [2.5, 8],
    [3.1, 3.3],
    [0.0004, 0.004],
    [512, 65_536],
    [90, 110],
  ] as const) {
    const ticks = logTicks(min, max);
    expect(ticks.length, `${min} to ${max}`).toBeGreaterThanOrEqual(2);
    expect(ticks.length, `${min} to ${max}`).toBeLessThanOrEqual(14);
    for (const tick of ticks) expect(tick >= min && tick <= max).toBe(true);
  }
  expect(logTicks(0, 1)).toEqual([]);
});

test('room around the values is the same to either side, on a log axis by ratio', () => {
  const [low, high] = withRoom({ min: 1, max: 100 }, true);
  expect(1 / low).toBeCloseTo(high / 100);
  expect(low).toBeGreaterThan(0);
  expect(withRoom({ min: 3, max: 3 }, false)[1]).toBeGreaterThan(3);
});
