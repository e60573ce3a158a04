import { describe, expect, test } from 'vitest';
import { expectedBest } from '../../../../src/law/certainty/expectedBest.ts';
import { normalStream } from '../../../../src/model/llama/initialise.ts';
import type { Place } from '../../../../src/sweep/experiments/phaseShift/places.ts';
import {
  crossingOf,
  LEAD,
  thresholdOf,
  tokensOf,
} from '../../../../src/sweep/experiments/phaseShift/threshold.ts';
import { MONOLINGUAL, SINGLE_STAGE, TWO_STAGE } from '../../../../src/sweep/experiments/results.ts';
import { contender, noiseOf } from './contenders.ts';

const points = (...leads: number[]) => leads.map((lead, i) => ({ targetTokens: 2 ** (18 - i), lead }));

describe('a crossing', () => {
  test('lies on the line in ln D_T between neighbours', () => {
    const found = crossingOf(points(0, 0.02, 0.08));
    expect(found?.kind).toBe('at');
    expect(tokensOf(found!)).toBeCloseTo(2 ** 16.5, 3);
    expect(tokensOf(crossingOf(points(0.01, LEAD, 0.4))!)).toBeCloseTo(2 ** 17, 3);
    expect(crossingOf([...points(0, 0.02, 0.08)].reverse())).toEqual(found);
  });

  test('is sought from the scarcest D_T: a lead far above it is none of its business', () => {
    expect(tokensOf(crossingOf(points(0, 0.1, 0, 0.1))!)).toBeCloseTo(2 ** 15.5, 3);
  });

  test('may lie outside what was run', () => {
    expect(crossingOf(points(0, 0.01, 0.049))).toEqual({ kind: 'never' });
    expect(crossingOf(points(0.06, 0.2, 0.01))).toEqual({ kind: 'never' });
    expect(crossingOf(points(0.06, 0.1, 0.2))).toEqual({ kind: 'always' });
    expect(crossingOf(points(0.01))).toBeNull();
  });
});

const placesWith = (leads: readonly number[], deviation: number, degrees = 0, rivals = 0): Place[] =>
  leads.map((lead, i) => {
    const noise = noiseOf(deviation, degrees);
    const of = (loss: number, more = {}) => contender(loss, noise, { seeds: 3, ...more });
    return {
      targetTokens: 2 ** (18 - i),
      best: { [MONOLINGUAL]: of(2), [SINGLE_STAGE]: null, [TWO_STAGE]: of(2 - lead, { rivals }) },
      noise: { [MONOLINGUAL]: noise, [SINGLE_STAGE]: noise, [TWO_STAGE]: noise },
    };
  });

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

  test('is wider where few repetitions tell the noise', () => {
    const [sure, unsure] = [200, 3].map(
      (degrees) => thresholdOf(placesWith([-0.2, 0, 0.2], 0.03, degrees), 1)!,
    );
    expect(Math.log(unsure!.high / unsure!.low)).toBeGreaterThan(1.2 * Math.log(sure!.high / sure!.low));
  });

  test('takes off the luck of a seed that both chose and is reported', () => {
    const [independent, lucky] = [0, 20].map(
      (rivals) => thresholdOf(placesWith([-0.1, 0, 0.2], 0.04, 10, rivals), 1)!,
    );
    expect(tokensOf(lucky!.crossing)).toBeLessThan(tokensOf(independent!.crossing));
    const luck = (0.04 / Math.sqrt(3)) * expectedBest(20);
    const before = thresholdOf(placesWith([-0.1 - luck, -luck, 0.2 - luck], 0.04, 10), 1)!;
    expect(tokensOf(lucky!.crossing)).toBeCloseTo(tokensOf(before.crossing), 3);
  });

  test('is not given for less than two D_T', () => {
    expect(thresholdOf(placesWith([0.1], 0.01), 1)).toBeNull();
    expect(thresholdOf([], 1)).toBeNull();
  });
});
