import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { learningRates, rewarms, type ScheduleOptions } from '../../src/recipe/schedule.ts';

/** Rates are stored in 32 bits. */
const FLOAT32_DIGITS = 6;

const wsd: ScheduleOptions = {
  schedule: 'wsd',
  learningRate: 1,
  warmup: 0.1,
  decay: 0.3,
  finalLearningRate: 0.05,
};
const cosine: ScheduleOptions = { ...wsd, schedule: 'cosine' };

function expectRates(rates: Float32Array, expected: Readonly<Record<number, number>>): void {
  for (const [step, rate] of Object.entries(expected))
    expect(rates[Number(step)]).toBeCloseTo(rate, FLOAT32_DIGITS);
}

describe('warm-up, stable, decay', () => {
  test('rises to the peak, stays, and falls linearly to its share at the last step', () => {
    const rates = learningRates(wsd, 100);
    expectRates(rates, { 0: 0.1, 4: 0.5, 9: 1, 10: 1, 69: 1, 70: 1 - 0.95 / 30, 84: 1 - 0.95 / 2, 99: 0.05 });
  });

  test('is still at its peak when the last stage begins', () => {
    const rates = learningRates(wsd, 100, [0, 90]);
    expectRates(rates, { 89: 1, 90: 1 - 0.095, 99: 0.05 });
  });

  test('decays over its own share when the last stage is longer', () => {
    expect(learningRates(wsd, 100, [0, 40])).toEqual(learningRates(wsd, 100));
  });

  test('with re-warm, climbs again at a later stage to what it would have been', () => {
    const rates = learningRates({ ...wsd, rewarm: true }, 100, [0, 50]);
    expectRates(rates, { 9: 1, 49: 1, 50: 0.1, 54: 0.5, 59: 1, 69: 1, 99: 0.05 });
  });
});

test.each<[string, Partial<ScheduleOptions>, number[], boolean]>([
  ['one that begins anew at a later stage', { rewarm: true }, [0, 50], true],
  ['one that is not asked to', {}, [0, 50], false],
  ['one of a single stage', { rewarm: true }, [0], false],
  ['one whose second stage begins in the first step', { rewarm: true }, [0, 0], false],
  ['one that has no warm-up to begin anew', { rewarm: true, warmup: 0 }, [0, 50], false],
  [
    'a cosine, which begins anew without a warm-up too',
    { rewarm: true, warmup: 0, schedule: 'cosine' },
    [0, 50],
    true,
  ],
])('a re-warm is found in the rates: %s', (_, change, starts, expected) => {
  expect(rewarms({ ...wsd, ...change }, 100, starts)).toBe(expected);
});

describe('cosine', () => {
  test('falls along half a cosine from the end of the warm-up to the last step', () => {
    const rates = learningRates(cosine, 110);
    expectRates(rates, { 10: 1, 60: expectedCosine(60, 10, 109), 109: 0.05 });
  });

  test('does not know the stages unless it warms up again', () => {
    expect(learningRates(cosine, 100, [0, 50])).toEqual(learningRates(cosine, 100));
  });

  test('with re-warm, is a cycle for each stage', () => {
    const rates = learningRates({ ...cosine, rewarm: true }, 100, [0, 50]);
    expectRates(rates, { 9: 1, 49: 0.05, 50: 0.1, 59: 1, 99: 0.05 });
  });
});

/** 0.05 + 0.95·(1 + cos(π·p))/2 with p = 0 at the peak and 1 at the last step. */
function expectedCosine(step: number, peak: number, last: number): number {
  return 0.05 + (0.95 * (1 + Math.cos((Math.PI * (step - peak)) / (last - peak)))) / 2;
}

test('every rate is above 0 and at most the peak, whatever the numbers', () => {
  const share = fc.double({ min: 0, max: 1, noNaN: true });
  const anySchedule = fc.record({
    schedule: fc.constantFrom('wsd' as const, 'cosine' as const),
    learningRate: fc.constant(4e-3),
    warmup: share,
    decay: share,
    finalLearningRate: fc.double({ min: 0.01, max: 1, noNaN: true }),
    rewarm: fc.boolean(),
  });
  fc.assert(
    fc.property(
      anySchedule,
      fc.integer({ min: 1, max: 300 }),
      fc.array(fc.nat(300), { maxLength: 4 }),
      (options, steps, starts) => {
        const rates = learningRates(options, steps, [0, ...starts.sort((a, b) => a - b)]);
        expect(rates.length).toBe(steps);
        expect(rates.filter((rate) => !(rate > 0 && rate <= Math.fround(4e-3)))).toHaveLength(0);
      },
    ),
  );
});

test('the last step of a run without warm-up at its end is at the final rate', () => {
  for (const options of [wsd, cosine]) {
    for (const steps of [2, 7, 100, 1001]) {
      expect(learningRates(options, steps).at(-1)).toBeCloseTo(0.05, FLOAT32_DIGITS);
    }
  }
});

test.each([
  [{ ...wsd, learningRate: Number.NaN }, 'optimizer.learningRate'],
  [{ ...wsd, warmup: 2 }, 'optimizer.warmup'],
  [{ ...wsd, decay: -0.1 }, 'optimizer.decay'],
  [{ ...wsd, finalLearningRate: Number.NaN }, 'optimizer.finalLearningRate'],
])('a number out of range is named', (options, field) => {
  expect(() => learningRates(options, 10)).toThrow(field);
});
