import { expect, test } from 'vitest';
import { align, thin } from '../../src/page/chart/series.ts';
import { addPoint, type Point } from '../../src/page/curves.ts';

test('a curve that is told again from a checkpoint does not run backwards', () => {
  const points: Point[] = [];
  for (const tokens of [256, 512, 768, 512, 768, 1024]) addPoint(points, tokens, 8 - tokens / 1024);
  expect(points.map(({ tokens }) => tokens)).toEqual([256, 512, 768, 1024]);
});

test('thinning keeps the last place and the mean', () => {
  const points = Array.from({ length: 1001 }, (_, index) => ({ tokens: index, bits: index % 2 }));
  const thinned = thin(points, 100);
  expect(thinned.length).toBeLessThanOrEqual(100);
  expect(thinned.at(-1)?.tokens).toBe(1000);
  // Groups of eleven alternate between five and six ones.
  for (const { bits } of thinned) expect(bits).toBeCloseTo(0.5, 1);
  expect(thin(points.slice(0, 3), 100)).toEqual(points.slice(0, 3));
});

test('curves of other lengths share one axis, with nothing where a run has no point', () => {
  const { tokens, columns } = align([
    [
      { tokens: 1, bits: 8 },
      { tokens: 3, bits: 6 },
    ],
    [{ tokens: 2, bits: 7 }],
    [],
  ]);
  expect(tokens).toEqual([1, 2, 3]);
  expect(columns).toEqual([
    [8, undefined, 6],
    [undefined, 7, undefined],
    [undefined, undefined, undefined],
  ]);
});
