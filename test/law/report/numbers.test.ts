import { expect, test } from 'vitest';
import {
  figure,
  interval,
  logError,
  percent,
  rSquaredWords,
  scale,
  short,
} from '../../../src/law/report/numbers.ts';

test('values keep four digits that matter, at every size', () => {
  expect(
    [0, 1.8312, 0.35, 22_719.6, 4.2e12, -0.0713, 2.06e-9, Number.POSITIVE_INFINITY, Number.NaN].map((value) =>
      figure(value),
    ),
  ).toEqual(['0', '1.831', '0.3500', '22,720', '4.2e12', '−0.07130', '2.06e-9', '∞', '–']);
});

test('scales have letters, and are rounded before they get one', () => {
  expect([55_000, 2.81e9, 999_999_999, 12, 1.5e16, 0].map(scale)).toEqual([
    '55 k',
    '2.81 B',
    '1 B',
    '12',
    '1.5e16',
    '0',
  ]);
  expect([1, 0.05, 9000, 1234.5, 1e7].map(short)).toEqual(['1', '0.05', '9,000', '1,230', '1e7']);
});

test('intervals and errors that there are not are dashes', () => {
  expect([interval(null), interval({ low: 1, high: 2 }), interval({ low: 1, high: 1 })]).toEqual([
    '–',
    '1.000 … 2.000',
    '1.000',
  ]);
  expect([logError(null), logError(0.00331), logError(Number.NaN)]).toEqual(['–', '0.00331', '–']);
  expect([rSquaredWords(null), rSquaredWords(0.9612), rSquaredWords(-2.881), rSquaredWords(-1e6)]).toEqual([
    '–',
    '0.961',
    '−2.881',
    '< −99',
  ]);
});

test('shares are not rounded to all or nothing', () => {
  expect([0, 1, 0.0031, 0.97, 0.996, 0.00004].map(percent)).toEqual([
    '0 %',
    '100 %',
    '0.31 %',
    '97 %',
    '99.6 %',
    '0.004 %',
  ]);
});
