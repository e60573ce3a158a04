import { describe, expect, test } from 'vitest';
import {
  effectiveEpochs,
  effectiveEpochsByEpochs,
  effectiveEpochsByLogRstar,
  saturated,
  saturatedByLogScale,
} from '../../../src/law/terms/repetition.ts';

/** Eleven digits of twelve that the differences below have. */
const DIGITS = 1e-9;
const STEP = 1e-3;
const SCALES = [0.01, 0.5, 3, 15, 1e3, 1e6];

/** Fourth-order central difference. */
function slope(f: (x: number) => number, x: number, step: number): number {
  return (8 * (f(x + step) - f(x - step)) - (f(x + 2 * step) - f(x - 2 * step))) / (12 * step);
}

describe('effective epochs', () => {
  test('are the epochs up to one, whatever R* is', () => {
    for (const k of [0.01, 0.5, 1])
      for (const R of [0, ...SCALES, Number.POSITIVE_INFINITY]) expect(effectiveEpochs(k, R)).toBe(k);
  });

  test('saturate at 1 + R*', () => {
    for (const R of SCALES) expect(effectiveEpochs(1 + 100 * R, R)).toBeCloseTo(1 + R, 9);
  });

  test('of worthless repetitions are 1, of perfect ones all', () => {
    for (const k of [1.5, 30]) {
      expect(effectiveEpochs(k, 0)).toBe(1);
      expect(effectiveEpochs(k, Number.POSITIVE_INFINITY)).toBe(k);
      expect(effectiveEpochsByLogRstar(k, 0)).toBe(0);
      expect(effectiveEpochsByLogRstar(k, Number.POSITIVE_INFINITY)).toBe(0);
      expect(effectiveEpochsByEpochs(k, Number.POSITIVE_INFINITY)).toBe(1);
    }
  });

  test('have the derivatives that they say', () => {
    for (const R of SCALES) {
      for (const k of [1.2, 2, 8, 40]) {
        const byLog = slope((ln) => effectiveEpochs(k, Math.exp(ln)), Math.log(R), STEP);
        const byK = slope((x) => effectiveEpochs(x, R), k, STEP * Math.min(1, R));
        const scale = effectiveEpochs(k, R);
        expect(Math.abs(byLog - effectiveEpochsByLogRstar(k, R)) / scale, `k ${k}, R* ${R}`).toBeLessThan(
          DIGITS,
        );
        expect(Math.abs(byK - effectiveEpochsByEpochs(k, R)), `k ${k}, R* ${R}`).toBeLessThan(DIGITS);
      }
      expect(effectiveEpochsByEpochs(0.5, R)).toBe(1);
      expect(effectiveEpochsByLogRstar(0.5, R)).toBe(0);
    }
  });
});

describe('saturation', () => {
  test('is the scale itself at infinity, with its derivative', () => {
    expect(saturated(Number.POSITIVE_INFINITY, 5)).toBe(5);
    expect(saturatedByLogScale(Number.POSITIVE_INFINITY, 5)).toBe(5);
  });

  test('joins its pieces without a step', () => {
    // Where the code goes over from one expression to another: ratios 1e−12, 1e−4 and 50.
    for (const ratio of [1e-12, 1e-4, 50]) {
      const [below, above] = [ratio * (1 - 1e-9), ratio * (1 + 1e-9)];
      expect(saturated(above, 1) / saturated(below, 1) - 1).toBeLessThan(1e-8);
      const [low, high] = [saturatedByLogScale(below, 1), saturatedByLogScale(above, 1)];
      // Below 1e−12 the derivative, of the order of its square, is taken for 0.
      expect(Math.abs(high - low)).toBeLessThan(ratio === 1e-12 ? 1e-23 : 1e-8 * high);
    }
  });
});
