import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { alike, evenDomain, evenTicks, logDomain, logTicks, shortNumber } from '../../src/figures/ticks.ts';

/** Of the axis: a tick that lies on its end is shown, whatever the last digit says. */
const SLACK = 1e-8;

describe('shortNumber', () => {
  it.each([
    [0, '0'],
    [0.25, '0.25'],
    [-0.02, '−0.02'],
    [1234.56, '1235'],
    [1e18, '10¹⁸'],
    [3.2e7, '3.2·10⁷'],
    [-1e-9, '−10⁻⁹'],
    [2.5e-11, '2.5·10⁻¹¹'],
    [99_999, '10⁵'],
    [Number.POSITIVE_INFINITY, '∞'],
    [Number.NaN, '–'],
  ])('writes %s as %s', (value, words) => {
    expect(shortNumber(value)).toBe(words);
  });
});

describe('numbers beside each other', () => {
  it.each([
    [
      [0.29, 0.289, 0.292],
      ['0.2900', '0.2890', '0.2920'],
    ],
    [
      [480, 210, 1100],
      ['480', '210', '1100'],
    ],
    [
      [1.8, 1.7, 1.9],
      ['1.80', '1.70', '1.90'],
    ],
    [
      [0.02, 0, 0.3],
      ['0.020', '0.000', '0.300'],
    ],
    [
      [-0.5, -1.25, 0],
      ['−0.50', '−1.25', '0.00'],
    ],
    [
      [3.2e7, 1e7, 9e7],
      ['3.2·10⁷', '10⁷', '9·10⁷'],
    ],
    [
      [15, 9, Number.POSITIVE_INFINITY],
      ['15.0', '9.0', '∞'],
    ],
    [[0], ['0']],
    [[0.123456], ['0.123']],
  ])('%j are written %j', (values, words) => {
    expect(alike(values)).toEqual(words);
  });
});

describe('ticks', () => {
  it.each([
    [
      [1e12, 1e20],
      [1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20],
    ],
    [
      [0.9, 120],
      [1, 2, 5, 10, 20, 50, 100],
    ],
    // Losses: neither end is without a number.
    [
      [2.9, 13.5],
      [3, 4, 5, 6, 8, 10, 12],
    ],
    [
      [2, 19.9],
      [2, 3, 4, 5, 6, 8, 10, 15],
    ],
    [
      [2.1, 3.4],
      [2.2, 2.4, 2.6, 2.8, 3, 3.2, 3.4],
    ],
    [
      [2, 11],
      [2, 3, 4, 5, 6, 7, 8, 9, 10],
    ],
  ] as const)('of a log axis over %s', ([low, high], ticks) => {
    expect(logTicks([low, high])).toEqual(ticks);
  });

  it('are a few, in order and inside, whatever the axis', () => {
    fc.assert(
      fc.property(
        fc.double({ min: -12, max: 25, noNaN: true }),
        fc.double({ min: 0.05, max: 30, noNaN: true }),
        (from, decades) => {
          const domain = [10 ** from, 10 ** (from + decades)] as const;
          for (const ticks of [logTicks(domain), evenTicks(domain)]) {
            expect(ticks.length).toBeGreaterThanOrEqual(2);
            expect(ticks.length).toBeLessThanOrEqual(10);
            ticks.forEach((tick, index) => {
              expect(tick).toBeGreaterThanOrEqual(domain[0] - SLACK * domain[1]);
              expect(tick).toBeLessThanOrEqual(domain[1] * (1 + SLACK));
              if (index > 0) expect(tick).toBeGreaterThan(ticks[index - 1]!);
            });
          }
        },
      ),
      { seed: 3, numRuns: 300 },
    );
  });
});

describe('domains', () => {
  it('have room, and width even of one value', () => {
    for (const [low, high] of [logDomain([3]), evenDomain([3]), evenDomain([0])])
      expect(low).toBeLessThan(high);
    const [low, high] = logDomain([1, 100, -5, Number.NaN, Number.POSITIVE_INFINITY]);
    expect(low).toBeLessThan(1);
    expect(high).toBeGreaterThan(100);
    expect(low * high).toBeCloseTo(100, 6);
  });
});
