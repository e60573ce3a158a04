import { expect, it } from 'vitest';
import { figure, printed, scale, short } from '../../../src/page/map/numbers.ts';

it('numbers are of one kind: k for a thousand, powers of ten as in print', () => {
  expect([34_600, 8190, 2.81e9, 1e16].map(scale)).toEqual([
    '34.6\u202fk',
    '8.19\u202fk',
    '2.81\u202fB',
    '10¹⁶',
  ]);
  expect([2.06e-9, 1e12, 52_340, 0.3, 0, -0.00052].map((value) => figure(value, 3))).toEqual([
    '2.06·10⁻⁹',
    '10¹²',
    '5.23·10⁴',
    '0.300',
    '0',
    '−5.2·10⁻⁴',
  ]);
  expect([1e7, 0.05, 9000].map(short)).toEqual(['10⁷', '0.05', '9,000']);
  expect(printed('Below 24.1 k tokens, k = 2 at 1e15; 3 models')).toBe(
    'Below 24.1\u202fk tokens, k = 2 at 10¹⁵; 3 models',
  );
});
