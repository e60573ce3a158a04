import { describe, expect, it } from 'vitest';
import { proposeRuns } from '../../../src/law/certainty/candidates.ts';
import { helpfulRuns } from '../../../src/law/certainty/nextRun.ts';
import { chooseRuns } from '../../../src/law/certainty/nextRuns.ts';
import { coordinatesOf } from '../../../src/law/law.ts';
import { chinchilla } from '../../../src/law/laws/chinchilla.ts';
import { m3 } from '../../../src/law/laws/m3.ts';
import { pointOf } from '../../../src/law/point.ts';
import { CHINCHILLA, fitAt, M3, makeRuns, monolingual, recipes } from './synthetic.ts';

const SCALES = [1e5, 4e5, 1.6e6];
const CORPORA = [3e5, 1e6, 3e6];

const runs = makeRuns(chinchilla, CHINCHILLA, monolingual(SCALES, CORPORA), {
  noise: 0.003,
  seed: 3,
  copies: 2,
});
const fit = fitAt(chinchilla, runs, coordinatesOf(chinchilla, CHINCHILLA), { delta: 1 });
const candidates = monolingual([5e4, 2e5, 6.4e6], [1e5, 1e6, 1e7]).map(pointOf);
const ofBeta = { gradient: () => Float64Array.of(0, 0, 0, 0, 1) };

/** Sums in another order. */
const CLOSE = 9;

describe('several next runs', () => {
  it('begin with the run that helps most', () => {
    const [first] = helpfulRuns(fit, runs, candidates, { interest: ofBeta });
    const { chosen, before, after } = chooseRuns(fit, runs, candidates, { interest: ofBeta, count: 1 });
    expect(chosen).toHaveLength(1);
    expect(candidates[chosen[0]!.index]).toBe(first!.point);
    expect(chosen[0]!.reduction).toBeCloseTo(first!.reduction, CLOSE);
    expect(after / before).toBeCloseTo(1 - first!.reduction, CLOSE);
  });

  it('take from the variance what they say, one after the other, and each candidate once', () => {
    const interest = { points: [pointOf({ N: 3e6, D_T: 5e6, k: 1, r: 1, r_f: 1 })] };
    const { chosen, before, after } = chooseRuns(fit, runs, candidates, { interest, count: 20 });
    expect(new Set(chosen.map(({ index }) => index)).size).toBe(chosen.length);
    expect(chosen.length).toBeLessThanOrEqual(candidates.length);
    const left = chosen.reduce((share, { reduction }) => share * (1 - reduction), 1);
    expect(after / before).toBeCloseTo(left, CLOSE);
  });

  it('know of those under way: the second choice is the first after the first', () => {
    const options = { interest: ofBeta, count: 2 };
    const [first, second] = chooseRuns(fit, runs, candidates, options).chosen;
    const underWay = [candidates[first!.index]!];
    const rest = candidates.filter((_, index) => index !== first!.index);
    const { chosen } = chooseRuns(fit, runs, rest, { ...options, underWay });
    expect(rest[chosen[0]!.index]).toBe(candidates[second!.index]);
    expect(chosen[0]!.reduction).toBeCloseTo(second!.reduction, CLOSE);
  });

  it('do not all tell the same: with what no run tells, each unknown gets its runs', () => {
    const blindRuns = makeRuns(m3, M3, recipes(SCALES, CORPORA, [1, 4, 16], [[1, 1]]), {
      noise: 0.003,
      seed: 4,
    });
    const unknown = { tau: 0, phi: 0, omega: 0 };
    const blind = fitAt(m3, blindRuns, coordinatesOf(m3, { ...M3, ...unknown }), {
      unknown: Object.keys(unknown),
    });
    const points = proposeRuns(blindRuns);
    const { chosen } = chooseRuns(blind, blindRuns, points, { interest: { points }, count: 6 });
    const bilingual = chosen.map(({ index }) => points[index]!).filter(({ r }) => r < 1);
    expect(bilingual.length).toBeGreaterThanOrEqual(3);
    expect(new Set(bilingual.map(({ r_f, r }) => r_f > r)).size).toBe(2);
  });

  it('are none where nothing is open or no candidate is left', () => {
    const nothing = { gradient: () => new Float64Array(5) };
    expect(chooseRuns(fit, runs, candidates, { interest: nothing, count: 3 })).toEqual({
      chosen: [],
      before: 0,
      after: 0,
    });
    expect(chooseRuns(fit, runs, [], { interest: ofBeta, count: 3 }).chosen).toEqual([]);
    expect(() => chooseRuns(fit, runs.slice(1), candidates, { interest: ofBeta, count: 1 })).toThrow(
      /18 runs.*17/,
    );
  });
});
