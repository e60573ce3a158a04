import { describe, expect, it } from 'vitest';
import { mapAddressOf, mapQueryOf, roundedCase } from '../../../src/page/map/mapAddress.ts';

describe('the address of the map', () => {
  it('says the case and what is turned, and is read back', () => {
    const said = { compute: 1.5e15, targetTokens: 3e6, turned: { tau: 0.4, Rstar: 12 } };
    const query = mapQueryOf(said);
    expect(query.toString()).toBe('C=1.5e15&D_T=3000000&at.tau=0.4&at.Rstar=12');
    expect(mapAddressOf(query)).toEqual({ ...said, problems: [] });
  });

  it('keeps the digits that were typed, and of a place on the map those that are meant', () => {
    const exact = { compute: 1.23456e11, targetTokens: 131_072 };
    expect(mapQueryOf({ ...exact, turned: {} }).toString()).toBe('C=1.23456e11&D_T=131072');
    expect(roundedCase({ compute: 138_812_345_678, targetTokens: 90_310.7 })).toEqual({
      compute: 1.388e11,
      targetTokens: 90_310,
    });
    expect(roundedCase({ compute: null, targetTokens: null })).toEqual({ compute: null, targetTokens: null });
  });

  it('of nothing is empty', () => {
    expect(mapQueryOf({ compute: null, targetTokens: null, turned: {} }).toString()).toBe('');
    expect(mapAddressOf(new URLSearchParams())).toEqual({
      compute: null,
      targetTokens: null,
      turned: {},
      problems: [],
    });
  });

  it('that was edited by hand is refused field by field, and the rest taken', () => {
    const read = mapAddressOf(new URLSearchParams('C=lots&D_T=5M&at.tau=&at.phi=0.5&other=1'));
    expect(read).toMatchObject({ compute: null, targetTokens: 5e6, turned: { phi: 0.5 } });
    expect(read.problems).toEqual([
      'C in the address: “lots” is not a number; write it like 1e15.',
      'at.tau in the address: “” is not a number.',
    ]);
  });
});
