import { describe, expect, it } from 'vitest';
import { allocate, cptAllocation } from '../../../src/law/advice/cptAllocation.ts';
import { coordinatesOf, predictLoss } from '../../../src/law/law.ts';
import { cpt } from '../../../src/law/laws/cpt.ts';
import { pointOf } from '../../../src/law/point.ts';
import { powerLawOptimum } from './closedForms.ts';

/** Zheng et al. 2024, as laws.md quotes them. */
const PUBLISHED = { E: 1.55, A: 420, alpha: 0.4, Bprime: 433.3, betaprime: 0.2, gamma: 0.08 };

/** Half a hundredth to either side: the loss rises by more than rounding, 1e−16, as its curvature is of the order of 1e−2. */
const ASIDE = 0.005;

describe('the allocation of continual pre-training', () => {
  it('has the published exponents', () => {
    const found = cptAllocation(PUBLISHED)!;
    expect(found.exponentN).toBeCloseTo(0.2 / 0.52, 12);
    expect(found.exponentD).toBeCloseTo(0.32 / 0.52, 12);
    expect(found.exponentN + found.exponentD).toBeCloseTo(1, 12);
  });

  it('is where the law is lowest along equal compute', () => {
    const theta = coordinatesOf(cpt, PUBLISHED);
    for (const compute of [1e16, 1e20, 1e24]) {
      const { N, D } = allocate(cptAllocation(PUBLISHED)!, compute);
      expect((6 * N * D) / compute).toBeCloseTo(1, 12);
      const loss = (lnAside: number) => {
        const scale = N * Math.exp(lnAside);
        return predictLoss(cpt, pointOf({ N: scale, D_T: compute / (6 * scale), k: 1, r: 1, r_f: 1 }), theta);
      };
      const [left, here, right] = [loss(-ASIDE), loss(0), loss(ASIDE)] as const;
      expect(left).toBeGreaterThan(here);
      expect(right).toBeGreaterThan(here);
      // The vertex of the parabola through the three: within a thousandth of their distance, as the third derivative allows.
      const vertex = (0.5 * (left - right)) / (left - 2 * here + right);
      expect(Math.abs(vertex)).toBeLessThan(2e-3);
    }
  });

  it('is Hoffmann’s without the larger model’s advantage', () => {
    const { A, alpha, Bprime, betaprime } = PUBLISHED;
    const plain = allocate(cptAllocation({ ...PUBLISHED, gamma: 0 })!, 1e20);
    const expected = powerLawOptimum({ A, alpha, B: Bprime, beta: betaprime }, 1e20);
    expect(plain.N / expected.N).toBeCloseTo(1, 12);
    expect(plain.D / expected.D).toBeCloseTo(1, 12);
  });

  it('does not end where a larger model makes up for all tokens', () => {
    expect(cptAllocation({ ...PUBLISHED, gamma: 0.2 })).toBeNull();
    expect(cptAllocation({ ...PUBLISHED, gamma: 0.3 })).toBeNull();
  });
});
