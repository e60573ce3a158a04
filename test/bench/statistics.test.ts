import { describe, expect, it } from 'vitest';
import { largestDifference, median, rotate } from '../../bench/statistics.mjs';

describe('median', () => {
  it('is the middle value, whatever the order', () => {
    expect(median([9, 1, 5])).toBe(5);
    expect(median([10, 9, 100])).toBe(10);
  });
  it('is the mean of the middle two of an even number', () => {
    expect(median([4, 1, 3, 100])).toBe(3.5);
  });
  it('refuses nothing', () => {
    expect(() => median([])).toThrow(RangeError);
  });
});

describe('rotate', () => {
  it('starts each round one further, and keeps everyone', () => {
    const names = ['a', 'b', 'c'];
    expect([0, 1, 2, 3].map((round) => rotate(names, round).join(''))).toEqual(['abc', 'bca', 'cab', 'abc']);
  });
});

describe('largestDifference', () => {
  it('is the widest gap at any one step', () => {
    const rows = [
      [5, 4, 3],
      [5, 4.25, 3],
      [5.125, 4, 3],
    ];
    expect(largestDifference(rows)).toBe(0.25);
  });
  it('is infinite for a NaN or a missing step, so that neither passes as agreement', () => {
    expect(largestDifference([[1], [Number.NaN]])).toBe(Number.POSITIVE_INFINITY);
    expect(largestDifference([[1, 2], [1]])).toBe(Number.POSITIVE_INFINITY);
  });
  it('is 0 for one row', () => {
    expect(largestDifference([[1, 2]])).toBe(0);
  });
});
