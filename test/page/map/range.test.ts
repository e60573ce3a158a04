import { describe, expect, it } from 'vitest';
import {
  axesOf,
  isWithinRange,
  MAP_CELLS,
  rangeAround,
  soundRange,
  spanOf,
  zoomed,
} from '../../../src/page/map/range.ts';

const SPAN = { compute: [1e12, 1e14], targetTokens: [1e5, 1e7] } as const;

describe('what the map shows', () => {
  it('lies around the runs, and as far as a case that is not too far', () => {
    const plain = rangeAround(SPAN, { compute: null, targetTokens: null });
    expect(plain.compute[0]).toBeLessThan(1e12);
    expect(plain.compute[1]).toBe(1e15);
    const wider = rangeAround(SPAN, { compute: 1e17, targetTokens: 1e3 });
    expect(wider.compute[1]).toBeGreaterThan(1e17);
    expect(wider.targetTokens[0]).toBeLessThan(1e3);
    expect(rangeAround(SPAN, { compute: 1e30, targetTokens: null })).toEqual(plain);
    expect(isWithinRange(wider, { compute: 1e17, targetTokens: 1e3 })).toBe(true);
    expect(isWithinRange(plain, { compute: 1e17, targetTokens: null })).toBe(false);
  });

  it('has a width, whatever is asked', () => {
    expect(soundRange(100, 1)).toEqual([1, 100]);
    const [low, high] = soundRange(10, 10);
    expect(Math.sqrt(low * high)).toBeCloseTo(10, 9);
    expect(high / low).toBeGreaterThan(2);
    const closer = zoomed({ compute: [1, 100], targetTokens: [1, 1e4] }, 0.5);
    expect(closer.compute[0]).toBeCloseTo(Math.sqrt(10), 9);
    expect(closer.targetTokens[1]).toBeCloseTo(1000, 6);
  });

  it('is cut into cells even in the logarithm', () => {
    const { computes, corpora } = axesOf({ compute: [1, 100], targetTokens: [1, 1e4] });
    expect([computes.length, corpora.length]).toEqual([MAP_CELLS, MAP_CELLS]);
    expect(computes.at(-1)).toBe(100);
    expect(computes[12]).toBeCloseTo(10, 9);
    // One more than a multiple of the first stride, so that each level halves the last.
    expect((MAP_CELLS - 1) % 8).toBe(0);
  });

  it('of runs that say nothing is a point', () => {
    expect(spanOf({ extent: {} })).toEqual({ compute: [1, 1], targetTokens: [1, 1] });
  });
});
