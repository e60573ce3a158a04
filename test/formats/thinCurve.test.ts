import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { CurvePoint } from '../../src/formats/record.ts';
import { thinCurve } from '../../src/formats/thinCurve.ts';

/** A point every 4 steps, every `every`th of them a validation, and the last one. */
const curveOf = (length: number, every: number): CurvePoint[] =>
  Array.from({ length }, (_, index) => ({
    step: 4 * (index + 1),
    tokens: 256 * (index + 1),
    loss: 5 - index / length,
    ...(((index + 1) % every === 0 || index === length - 1) && { targetLoss: 5 - index / length }),
  }));

test('a thinned curve is a part of the whole with its ends, and as many points as are asked for', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 300 }),
      fc.integer({ min: 1, max: 40 }),
      fc.integer({ min: 2, max: 320 }),
      (length, every, most) => {
        const curve = curveOf(length, every);
        const thin = thinCurve(curve, most);
        expect(thin).toHaveLength(Math.min(length, most));
        const places = thin.map((point) => curve.indexOf(point));
        expect(places.every((place, index) => place > (places[index - 1] ?? -1))).toBe(true);
        expect([thin[0], thin.at(-1)]).toEqual([curve[0], curve.at(-1)]);
        // No training loss inside stays where a validation had to go.
        const dropped = curve.some((point) => point.targetLoss !== undefined && !thin.includes(point));
        const inner = thin.slice(1, -1);
        if (dropped) expect(inner.every(({ targetLoss }) => targetLoss !== undefined)).toBe(true);
      },
    ),
    { seed: 5, numRuns: 200 },
  );
});

test('what stays is spread over the run', () => {
  const thin = thinCurve(curveOf(1000, 1000), 12);
  const steps = thin.map(({ step }) => step);
  const gaps = steps.slice(1).map((step, index) => step - (steps[index] ?? 0));
  // Ten points inside, a tenth of 4,000 steps apart.
  for (const gap of gaps.slice(1, -1)) expect(Math.abs(gap - 400)).toBeLessThanOrEqual(8);
  expect(() => thinCurve(curveOf(5, 2), 1)).toThrow('a curve of 1 points');
});
