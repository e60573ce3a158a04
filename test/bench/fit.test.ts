import { describe, expect, it } from 'vitest';
import { type FitResult, fitsTable } from '../../bench/fit.mjs';

const result: FitResult = { name: 'a fit', limitMs: 100, times: [20, 30, 40], reached: '0.5', agreed: true };

describe('the table of fits', () => {
  it('has median, range, limit and what was reached', () => {
    expect(fitsTable([result]).rows).toEqual([['a fit', '30.0', '20.0–40.0', '100', '0.5']]);
    expect(fitsTable([{ ...result, times: [7] }]).rows).toEqual([['a fit', '7.00', '', '100', '0.5']]);
  });

  it('says what was too slow, and what ended elsewhere', () => {
    const [row] = fitsTable([{ ...result, times: [900], agreed: false }]).rows;
    expect(row?.[0]).toBe('a fit: NOT the bottom');
    expect(row?.[3]).toBe('100: TOO SLOW');
  });
});
