import { expect, test } from 'vitest';
import {
  brief,
  bytes,
  count,
  decimals,
  duration,
  flops,
  tick,
  whole,
  withPrefix,
} from '../../src/page/parts/format.ts';

/** The narrow no-break space between a number and its unit, made visible. */
const shown = (text: string) => text.replaceAll('\u202f', '_');

test.each([
  [0, '', '0'],
  [950, '', '950'],
  [999.6, '', '1.00_k'],
  [1_048_576, '', '1.05_M'],
  [12_345, '', '12.3_k'],
  [123_456, '', '123_k'],
  [2.1e9, 'FLOP/s', '2.10_GFLOP/s'],
  [512, 'FLOP/s', '512_FLOP/s'],
  [-2500, '', '−2.50_k'],
  [Number.NaN, 'B', '–'],
  [Number.POSITIVE_INFINITY, '', '–'],
])('withPrefix(%d, "%s") is %s', (value, unit, text) => {
  expect(shown(withPrefix(value, unit))).toBe(text);
});

test.each([
  [2000, '2_k'],
  [10_000, '10_k'],
  [2500, '2.5_k'],
  [500, '500'],
  [0, '0'],
  [1e6, '1_M'],
])('tick(%d) is %s', (value, text) => {
  expect(shown(tick(value))).toBe(text);
});

test('counts are shown in full as long as they are easy to read', () => {
  expect(count(65_536)).toBe('65,536');
  expect(shown(count(1_048_576))).toBe('1.05_M');
  expect(whole(-1234)).toBe('−1,234');
});

test('sizes and arithmetic carry their unit', () => {
  expect(shown(bytes(999))).toBe('999_B');
  expect(shown(bytes(120_034))).toBe('120_kB');
  expect(shown(flops(3.44e12))).toBe('3.44_TFLOP');
});

test('a loss that is not there yet is a dash', () => {
  expect(decimals(4.3981, 3)).toBe('4.398');
  expect(decimals(-0.5, 1)).toBe('−0.5');
  expect(decimals(null, 3)).toBe('–');
  expect(decimals(undefined, 3)).toBe('–');
  expect(decimals(Number.NaN, 3)).toBe('–');
});

test.each([
  [16, '16'],
  [0.25, '0.25'],
  [1 / 3, '0.333'],
  [8.0629, '8.06'],
  [0.00012, '1.2e−4'],
  [0, '0'],
  [12_345.6, '12,346'],
])('brief(%d) is %s', (value, text) => {
  expect(brief(value)).toBe(text);
});

test.each([
  [0.4, '0_s'],
  [59.6, '1_min'],
  [125, '2_min 5_s'],
  [3599.7, '1_h'],
  [4000, '1_h 7_min'],
  [7199, '2_h'],
  [Number.NaN, '–'],
])('duration(%d) is %s', (seconds, text) => {
  expect(shown(duration(seconds))).toBe(text);
});
