import { describe, expect, test } from 'vitest';
import { chinchillaForm } from '../../../src/law/terms/chinchillaForm.ts';
import { logSumExp2, logSumExp3, logSumExp4 } from '../../../src/law/terms/logSumExp.ts';

const NOTHING = Number.NEGATIVE_INFINITY;
/** Digits of a sum of a few exponentials. */
const DIGITS = 13;

describe('sums by their logarithms', () => {
  test('are the sums', () => {
    expect(logSumExp2(Math.log(2), Math.log(3))).toBeCloseTo(Math.log(5), DIGITS);
    expect(logSumExp3(Math.log(2), Math.log(3), Math.log(4))).toBeCloseTo(Math.log(9), DIGITS);
    expect(logSumExp4(Math.log(2), Math.log(3), Math.log(4), 0)).toBeCloseTo(Math.log(10), DIGITS);
  });

  test('overflow nowhere', () => {
    for (const far of [1e4, 1e300, -1e4, -1e300]) {
      expect(logSumExp2(far, far)).toBeCloseTo(far + Math.LN2, DIGITS);
      expect(logSumExp3(far, far, far - 1e5)).toBeCloseTo(far + Math.LN2, DIGITS);
      expect(logSumExp4(far, far, far, far)).toBeCloseTo(far + Math.log(4), DIGITS);
    }
    expect(logSumExp3(-1e4, 1e4, 0)).toBe(1e4);
  });

  test('take −Infinity for nothing', () => {
    expect(logSumExp2(1, NOTHING)).toBe(1);
    expect(logSumExp2(NOTHING, NOTHING)).toBe(NOTHING);
    expect(logSumExp3(NOTHING, 2, NOTHING)).toBe(2);
    expect(logSumExp3(NOTHING, NOTHING, NOTHING)).toBe(NOTHING);
    expect(logSumExp4(NOTHING, NOTHING, 3, NOTHING)).toBe(3);
    expect(logSumExp4(NOTHING, NOTHING, NOTHING, NOTHING)).toBe(NOTHING);
  });
});

describe('the form of Chinchilla', () => {
  test('has shares that sum to one, and leaves the rest of the gradient alone', () => {
    const gradient = new Float64Array(7).fill(Number.NaN);
    const lnL = chinchillaForm(14, 16, Float64Array.of(0.5, 6, 0.35, 7, 0.37), gradient);
    expect(lnL).toBeCloseTo(
      Math.log(Math.exp(0.5) + Math.exp(6 - 0.35 * 14) + Math.exp(7 - 0.37 * 16)),
      DIGITS,
    );
    expect(gradient[0]! + gradient[1]! + gradient[3]!).toBeCloseTo(1, DIGITS);
    expect(gradient[2]).toBeCloseTo(-14 * gradient[1]!, DIGITS);
    expect(gradient[4]).toBeCloseTo(-16 * gradient[3]!, DIGITS);
    expect(Number.isNaN(gradient[5]) && Number.isNaN(gradient[6])).toBe(true);
  });

  test('stands terms that are nothing and terms beyond exp', () => {
    const gradient = new Float64Array(5);
    expect(chinchillaForm(14, 16, Float64Array.of(NOTHING, NOTHING, 0.35, 7, 0.5), gradient)).toBe(-1);
    expect([...gradient]).toEqual([0, 0, -0, 1, -16]);
    expect(chinchillaForm(14, 16, Float64Array.of(0, 1e6, 0, 0, 0), gradient)).toBe(1e6);
    expect([...gradient]).toEqual([0, 1, -14, 0, -0]);
  });
});
