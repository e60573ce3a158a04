import { describe, expect, it } from 'vitest';
import { ownLaw } from '../../../src/law/own/ownLaw.ts';
import { pointOf } from '../../../src/law/point.ts';
import { BILINGUAL, linear, log, MONOLINGUAL, SOUND } from './definitions.ts';

describe('a law of one’s own', () => {
  it('has no loss where the formula has none, and sends a fit back from there', () => {
    const law = ownLaw({
      name: 'mine',
      formula: 'E - A*log(N) + 1/(1 - r)',
      parameters: [log('E'), log('A')],
    });
    const gradient = Float64Array.of(7, 7);
    expect(law.logLoss(BILINGUAL.point, Float64Array.of(0, 5), gradient)).toBe(Infinity);
    expect([...gradient]).toEqual([0, 0]);
    expect(law.logLoss(MONOLINGUAL.point, Float64Array.of(0, -9), gradient)).toBe(Infinity);
    expect(law.logLoss(BILINGUAL.point, Float64Array.of(0, -9), gradient)).toBeGreaterThan(0);
  });

  it('has a gradient where a power of zero stands', () => {
    const law = ownLaw({
      name: 'mine',
      formula: '2 + c*S^a + (c*S)^a',
      parameters: [linear('c'), linear('a')],
    });
    const gradient = new Float64Array(2);
    expect(law.logLoss(MONOLINGUAL.point, Float64Array.of(0.5, 0.7), gradient)).toBeCloseTo(Math.log(2), 14);
    expect([...gradient]).toEqual([0, 0]);
  });

  it('has the slope of the piece it is on', () => {
    const law = ownLaw({
      name: 'mine',
      formula: '9 + 0*N + min(p, 2) + 3*max(p, q, 1) + abs(q - p)',
      parameters: [linear('p'), linear('q')],
    });
    const slopes = (p: number, q: number): number[] => {
      const gradient = new Float64Array(2);
      const loss = Math.exp(law.logLoss(MONOLINGUAL.point, Float64Array.of(p, q), gradient));
      return [...gradient].map((slope) => Math.round(slope * loss * 1e9) / 1e9);
    };
    expect(slopes(1.5, 3)).toEqual([0, 4]);
    expect(slopes(3, 1.5)).toEqual([4, -1]);
    expect(slopes(0.2, 0.1)).toEqual([2, -1]);
  });

  it('sees what changed since it was last asked', () => {
    const law = ownLaw(SOUND);
    const gradient = new Float64Array(3);
    const at = (N: number, alpha: number) =>
      law.logLoss(pointOf({ N, D_T: 1e6, k: 1, r: 1, r_f: 1 }), Float64Array.of(0.5, 4, alpha), gradient);
    const first = at(1e5, 0.3);
    expect(at(1e5, 0.4)).not.toBe(first);
    expect(at(2e5, 0.3)).not.toBe(first);
    expect(at(1e5, 0.3)).toBe(first);
  });

  it('is not to be followed where it has a loss and no slope', () => {
    const law = ownLaw({
      name: 'mine',
      formula: 'E + A/(k - 1)^alpha',
      parameters: [log('E'), log('A'), linear('alpha')],
    });
    const gradient = Float64Array.of(7, 7, 7);
    const at0 = Float64Array.of(0, 0, 0);
    expect(law.formulaAt(MONOLINGUAL.point, at0)).toBe(2);
    expect(law.slopelessAt(MONOLINGUAL.point, at0)).toEqual(['alpha']);
    expect(law.logLoss(MONOLINGUAL.point, at0, gradient)).toBe(Infinity);
    expect([...gradient]).toEqual([0, 0, 0]);
    expect(law.logLoss(BILINGUAL.point, at0, gradient)).toBeCloseTo(Math.log(2), 14);
  });

  it.each([
    'E + min(A/(k - 1)^p, 5)',
    'E + A*min(1/(p*S), 1)',
    'E + A + max(log(p*S), 0)',
    'E + A*max(-exp((p/S)), 0.5)',
  ])('has a slope where a bend keeps a pole away: %s', (formula) => {
    const law = ownLaw({ name: 'mine', formula, parameters: [log('E'), log('A'), linear('p')] });
    const gradient = new Float64Array(3);
    expect(law.logLoss(MONOLINGUAL.point, Float64Array.of(0.3, 0.2, 0.5), gradient)).toBeGreaterThan(0);
    expect(gradient[0]).toBeGreaterThan(0);
    expect(gradient[2]).toBe(0);
  });

  it('does not change by what is held at infinity', () => {
    const law = ownLaw({
      name: 'mine',
      formula: 'E + A/(D_T*min(k, K))^beta',
      parameters: [log('E'), log('A'), log('K'), linear('beta')],
    });
    const gradient = new Float64Array(4);
    const far = law.logLoss(BILINGUAL.point, Float64Array.of(0.3, 4, 30, 0.4), gradient.slice());
    expect(law.logLoss(BILINGUAL.point, Float64Array.of(0.3, 4, Infinity, 0.4), gradient)).toBe(far);
    expect(gradient.every(Number.isFinite)).toBe(true);
    expect(gradient[2]).toBe(0);
    expect(gradient[3]).not.toBe(0);
  });
});
