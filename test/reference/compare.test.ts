import { expect, it } from 'vitest';
import { expectClose, MismatchError, relativeL2 } from './compare.ts';

it('measures the distance relative to what is expected', () => {
  // ‖(0, 1)‖ / ‖(3, 4)‖ = 1/5.
  expect(relativeL2([3, 5], [3, 4])).toBe(0.2);
  expect(relativeL2([3, 4], [0, 0])).toBe(5);
});

it('passes what is close enough and returns the figure', () => {
  expect(expectClose('compare, meant to pass', [3, 5], [3, 4], 0.2)).toBe(0.2);
});

it('says where, what, which shape and which seed', () => {
  const compare = () =>
    expectClose('compare, meant to fail', [1, 2, 3, 9, 5, 6], [1, 2, 3, 4, 5, 6], 1e-5, {
      shape: [2, 3],
      seed: 42,
      adapter: 'none',
    });
  expect(compare).toThrow(MismatchError);
  expect(compare).toThrow(/index 3 \[1, 0\] of \[2 × 3\]: got 9, expected 4; seed 42; adapter none/);
});

it.each([
  ['NaN', [1, Number.NaN], [1, 2], /index 1 .* got NaN/],
  ['NaN on both sides', [1, Number.NaN], [1, Number.NaN], /index 1/],
  ['infinity', [Number.POSITIVE_INFINITY, 2], [1, 2], /index 0 .* got Infinity/],
  ['a missing value', [1], [1, 2], /1 values instead of 2/],
  ['a value too many', [1, 2, 3], [1, 2], /3 values instead of 2/],
])('refuses %s at any tolerance', (_, actual, expected, message) => {
  expect(() => expectClose('compare, meant to fail', actual, expected, Number.MAX_VALUE)).toThrow(message);
});
