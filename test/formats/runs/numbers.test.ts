import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readNumber } from '../../../src/formats/runs/numbers.ts';

const AMOUNT = { isAmount: true, isShare: false };
const SHARE = { isAmount: false, isShare: true };
const OTHER = { isAmount: false, isShare: false };

describe('a number', () => {
  test.each<[string, '.' | ',' | undefined, typeof AMOUNT, number]>([
    ['2.5e9', undefined, AMOUNT, 2.5e9],
    ['1 000 000', undefined, AMOUNT, 1e6],
    ['1\u202f000\u202f000', undefined, AMOUNT, 1e6],
    ['1\u00a0234,5', ',', AMOUNT, 1234.5],
    ["1'000'000.5", undefined, AMOUNT, 1_000_000.5],
    ['1_000', undefined, AMOUNT, 1000],
    ['1,000,000', undefined, AMOUNT, 1e6],
    ['350,000', '.', AMOUNT, 350_000],
    ['1.234.567,5', ',', AMOUNT, 1_234_567.5],
    ['1.000', ',', AMOUNT, 1000],
    ['13,1292', ',', OTHER, 13.1292],
    ['1,5e6', ',', AMOUNT, 1.5e6],
    ['−0,5', ',', OTHER, -0.5],
    ['100,0 %', ',', SHARE, 1],
    ['25%', undefined, SHARE, 0.25],
  ])('%j with decimals behind %s', (cell, decimal, sort, value) => {
    expect(readNumber(cell, decimal, sort)).toEqual({ value });
  });

  test.each<[string, '.' | ',' | undefined, typeof AMOUNT, RegExp]>([
    [
      '3,512',
      undefined,
      OTHER,
      /^"3,512" .*if the comma parts decimals, say --decimal , and if it parts thous/,
    ],
    ['350,000', undefined, AMOUNT, /--decimal , and if it parts thousands, --decimal \.$/],
    ['3,5', '.', OTHER, /--decimal \. says that decimals stand behind a point, and here is a comma$/],
    ['13.1292', ',', OTHER, /--decimal , says that decimals stand behind a comma, and here is a point$/],
    // A loss has no thousands: here the point is a decimal point after all.
    ['3.512', ',', OTHER, /\. parts thousands here, and this quantity has none$/],
    ['0.125', ',', AMOUNT, /here is a point$/],
    ['1.234.567', undefined, AMOUNT, /if points part thousands, say --decimal ,$/],
    ['12 34', undefined, AMOUNT, /not a finite number$/],
    ['1 000 00', undefined, AMOUNT, /not a finite number$/],
    ['25 %', undefined, AMOUNT, /in percent, and this quantity is no share$/],
    ['%', undefined, SHARE, /not a finite number/],
    ['2.8B', undefined, AMOUNT, /write it out, e\.g\. 2\.8e9$/],
    ['low', undefined, OTHER, /^"low" is not a finite number$/],
  ])('%j with decimals behind %s is refused', (cell, decimal, sort, words) => {
    const read = readNumber(cell, decimal, sort);
    expect('problem' in read ? read.problem : read).toMatch(words);
  });

  test('comes back from every country’s way of writing it', () => {
    const ways = [
      ['en-US', '.'],
      ['fr-FR', ','],
      ['de-DE', ','],
      ['de-CH', '.'],
    ] as const;
    fc.assert(
      fc.property(
        fc.integer({ min: -1e12, max: 1e12 }),
        fc.constantFrom(...ways),
        (number, [locale, sign]) => {
          const value = number / 100;
          const cell = value.toLocaleString(locale, { maximumFractionDigits: 2 });
          expect(readNumber(cell, sign, AMOUNT), cell).toEqual({ value: value === 0 ? 0 : value });
        },
      ),
      { seed: 3, numRuns: 300 },
    );
  });
});
