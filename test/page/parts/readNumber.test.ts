import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readNumber } from '../../../src/page/parts/field/readNumber.ts';
import { whole } from '../../../src/page/parts/format.ts';

const COUNT = { whole: true, min: 1 };
const SHARE = { whole: false, min: 0, max: 1 };
const POSITIVE = { whole: false, min: 0, above: true };

test.each([
  ['65,536', COUNT, 65_536],
  ['65 536', COUNT, 65_536],
  ['1_000_000', COUNT, 1_000_000],
  [' 8 ', COUNT, 8],
  ['1e6', COUNT, 1_000_000],
  ['.5', SHARE, 0.5],
  ['4e-3', POSITIVE, 0.004],
])('%s is read', (text, rule, value) => {
  expect(readNumber(text, rule)).toEqual({ ok: true, value });
});

test.each([
  ['', COUNT, /needed/],
  ['NaN', POSITIVE, /not a number/],
  ['Infinity', COUNT, /not a number/],
  ['0x10', COUNT, /not a number/],
  ['ten', COUNT, /“ten” is not a number/],
  ['1e999', COUNT, /too large/],
  ['2.5', COUNT, /not a whole number/],
  ['0', COUNT, /1 or more/],
  ['0', POSITIVE, /above 0/],
  ['1.5', SHARE, /1 or less/],
  ['−1', SHARE, /0 or more/],
  ['0,5', SHARE, /Use a point/],
  ['6,55,36', COUNT, /not a number/],
])('%s is refused', (text, rule, reason) => {
  const typed = readNumber(text, rule);
  expect(typed).toMatchObject({ ok: false, problem: expect.stringMatching(reason) });
});

test('every whole number is read back as the page writes it', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: Number.MAX_SAFE_INTEGER }), (value) => {
      expect(readNumber(whole(value), COUNT)).toEqual({ ok: true, value });
    }),
  );
});
