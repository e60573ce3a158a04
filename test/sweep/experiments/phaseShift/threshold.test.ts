import { describe, expect, test } from 'vitest';
import { normalStream } from '../../../../src/model/llama/initialise.ts';
import type { Contender } from '../../../../src/sweep/experiments/phaseShift/margins.ts';
import type { Place } from '../../../../src/sweep/experiments/phaseShift/places.ts';
import {
  crossingOf,
  LEAD,
  thresholdOf,
  tokensOf,
} from '../../../../src/sweep/experiments/phaseShift/threshold.ts';
import { MONOLINGUAL, SINGLE_STAGE, TWO_STAGE } from '../../../../src/sweep/experiments/results.ts';

const points = (...leads: number[]) => leads.map((lead, i) => ({ targetTokens: 2 ** (18 - i), lead }));

describe('a crossing', () => {
  test('lies on the line in ln D_T between neighbours', () => {
    const found = crossingOf(points(0, 0.02, 0.08));
    expect(found?.kind).toBe('at');
    expect(tokensOf(found!)).toBeCloseTo(2 ** 16.5, 3);
    expect(tokensOf(crossingOf(points(0.01, LEAD, 0.4))!)).toBeCloseTo(2 ** 17, 3);
    expect(crossingOf([...points(0, 0.02, 0.08)].reverse())).toEqual(found);
  });

  test('is the one at the largest D_T', () => {
    expect(tokensOf(crossingOf(points(0, 0.1, 0, 0.1))!)).toBeCloseTo(2 ** 17.5, 3);
  });

  test('may lie outside what was run', () => {
    expect(crossingOf(points(0, 0.01, 0.049))).toEqual({ kind: 'never' });
    expect(crossingOf(points(0.06, 0.01, 0.2))).toEqual({ kind: 'always' });
    expect(crossingOf(points(0.01))).toBeNull();
  });
});

const contender = (loss: number, seeds: number) => ({ loss, seeds, rivals: 0 }) as Contender;

const placesWith = (leads: readonly number[], deviation: number): Place[] =>
  leads.map((lead, i) => ({
    targetTokens: 2 ** (18 - i),
    deviation,
    best: { [MONOLINGUAL]: contender(2, 3), [SINGLE_STAGE]: null, [TWO_STAGE]: contender(2 - lead, 3) },
  }));

describe('an interval', () => {
  test('covers the threshold in 95 of 100 worlds, about', () => {
    const WORLDS = 100;
    const truth = 2 ** 15.5;
    let covered = 0;
    for (let world = 0; world < WORLDS; world++) {
      const normal = normalStream(world, 7);
      const leads = [-0.2, -0.1, 0, 0.1, 0.2].map((lead) => lead + 0.02 * Math.sqrt(2 / 3) * normal());
      const found = thresholdOf(placesWith(leads, 0.02), world);
      if (found && found.low <= truth && truth <= found.high) covered++;
    }
    // Three deviations of a count with this expectation, and a bit for a percentile interval of a ratio.
    expect(covered / WORLDS).toBeGreaterThan(0.88);
  });

  test('is wider with more noise, and open where the lead is hardly reached', () => {
    const leads = [-0.1, 0, 0.1];
    const [narrow, wide] = [0.005, 0.03].map((deviation) => thresholdOf(placesWith(leads, deviation), 1)!);
    expect(Math.log(wide!.high / wide!.low)).toBeGreaterThan(2 * Math.log(narrow!.high / narrow!.low));
    const unsure = thresholdOf(placesWith([-0.1, 0, 0.051], 0.05), 1)!;
    expect(unsure.low).toBe(0);
    expect(unsure.shares.at).toBeLessThan(0.95);
    expect(thresholdOf(placesWith(leads, 0.02), 5)).toEqual(thresholdOf(placesWith(leads, 0.02), 5));
  });

  test('is not given for less than two D_T', () => {
    expect(thresholdOf(placesWith([0.1], 0.01), 1)).toBeNull();
    expect(thresholdOf([], 1)).toBeNull();
  });
});
