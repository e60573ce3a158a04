import { describe, expect, it } from 'vitest';
import { amountText, readAmount } from '../../../src/page/map/amounts.ts';

const RULE = { least: 1, most: 1e20, example: '3M' };

describe('amounts', () => {
  it.each([
    ['1e15', 1e15],
    ['3M', 3e6],
    ['3 m', 3e6],
    ['1.5T', 1.5e12],
    ['250,000', 250_000],
    ['1 234 567', 1_234_567],
    ['2.5e3k', 2.5e6],
    ['12', 12],
    ['2E', 2e18],
  ])('reads %s', (text, value) => {
    expect(readAmount(text, RULE)).toEqual({ ok: true, value });
  });

  it.each([
    ['', 'A number is needed here, e.g. 3M.'],
    ['much', '“much” is not a number; write it like 3M.'],
    ['1,5', '“1,5” is not a number; write it like 3M.'],
    ['0.5', 'Must be 1 or more.'],
    ['1e21', 'Must be 1e20 or less.'],
    ['3MM', '“3MM” is not a number; write it like 3M.'],
  ])('refuses %j in words', (text, problem) => {
    expect(readAmount(text, RULE)).toEqual({ ok: false, problem });
  });

  it.each([1, 0.4, 12_345, 999_999, 1e7, 3.456e15, 2e-5])(
    'writes %d so that it can be read again',
    (value) => {
      const text = amountText(value);
      expect(readAmount(text, { ...RULE, least: 0 })).toEqual({
        ok: true,
        value: Number(value.toPrecision(4)),
      });
    },
  );
});
