import { describe, expect, test } from 'vitest';
import { coordinatesOf, type Law, predictLoss } from '../../../src/law/law.ts';
import { lawNamed } from '../../../src/law/laws/catalogue.ts';
import { type Coordinates, pointOf } from '../../../src/law/point.ts';

/** Two ways to one number in double precision. */
const SAME_LOSS = 1e-12;

function lossOf(name: string, at: Coordinates, values: Readonly<Record<string, number>>): number {
  const law = lawNamed(name);
  return predictLoss(law, pointOf(at), coordinatesOf(law, values));
}

function gradientOf(law: Law, at: Coordinates, values: Readonly<Record<string, number>>): number[] {
  const gradient = new Float64Array(law.parameters.length);
  law.logLoss(pointOf(at), coordinatesOf(law, values), gradient);
  return [...gradient];
}

const mono = { N: 1e6, D_T: 1e6, k: 4, r: 1, r_f: 1 };
const shared = { E: 1.8, A: 480, alpha: 0.35, B: 2100, beta: 0.37 };

describe('muennighoff', () => {
  // The scale that is compute-optimal for a million tokens is 27,704: above it parameters wear.
  const values = { ...shared, RDstar: 15, RNstar: 5 };
  const law = lawNamed('muennighoff');
  const G = ((0.35 * 480) / (0.37 * 2100)) ** (1 / 0.72);
  const U_N = G * (G * 1e6) ** (0.37 / 0.35);

  test('where U_N = N it is plain: RNstar does not matter, and no coefficient acts through U_N', () => {
    for (const N of [U_N * 0.01, U_N * 0.9]) {
      const at = { ...mono, N };
      const plain = { ...values, RNstar: Number.POSITIVE_INFINITY };
      expect(lossOf('muennighoff', at, values)).toBe(lossOf('muennighoff', at, plain));
      expect(gradientOf(law, at, values)).toEqual(gradientOf(law, at, plain));
      expect(gradientOf(law, at, values)[6]).toBe(0);
    }
  });

  test('has neither a jump nor a bend where U_N comes to N', () => {
    /** The two sides are 2e−7 apart in ln N. */
    const close = 1e-5;
    const below = { ...mono, N: U_N * (1 - 1e-7) };
    const above = { ...mono, N: U_N * (1 + 1e-7) };
    const [left, right] = [gradientOf(law, below, values), gradientOf(law, above, values)];
    expect(
      Math.abs(lossOf('muennighoff', below, values) - lossOf('muennighoff', above, values)),
    ).toBeLessThan(close);
    left.forEach((value, index) => {
      expect(Math.abs(value - right[index]!), law.parameters[index]!.name).toBeLessThan(close);
    });
  });

  test('a model without end is worth U_N·(1 + R_N*)', () => {
    const scale = U_N * (1 + 5);
    const data = 1e6 * (1 + 15 * (1 - Math.exp(-3 / 15)));
    const loss = 1.8 + 480 / scale ** 0.35 + 2100 / data ** 0.37;
    expect(Math.abs(lossOf('muennighoff', { ...mono, N: 1e30 }, values) / loss - 1)).toBeLessThan(SAME_LOSS);
  });

  test('the source counts for nothing', () => {
    expect(lossOf('muennighoff', { ...mono, r: 0.1, r_f: 0.5 }, values)).toBe(
      lossOf('muennighoff', mono, values),
    );
  });
});

describe('cpt', () => {
  const law = lawNamed('cpt');

  test('speaks of two-stage runs, and borrows from monolingual ones without repetition', () => {
    const covers = (at: Partial<Coordinates>) => law.covers?.(pointOf({ ...mono, ...at }));
    expect(covers({})).toBe(false);
    expect(covers({ r: 0.2, r_f: 0.2 })).toBe(false);
    expect(covers({ r: 0.2, r_f: 0.9 })).toBe(true);
    const lends = (at: Partial<Coordinates>) => law.borrows?.runs(pointOf({ ...mono, ...at }));
    expect(lends({ k: 1 })).toBe(true);
    // Realised passes of a nominal one.
    expect(lends({ k: 1.004 })).toBe(true);
    expect(lends({ k: 1.1 })).toBe(false);
    expect(lends({ k: 1, r: 0.5, r_f: 0.5 })).toBe(false);
    expect(law.borrows).toMatchObject({ law: 'chinchilla', parameters: ['E', 'A', 'alpha'] });
  });

  test('with γ = 0 it is Chinchilla’s law on the target tokens', () => {
    const { B, beta, ...scratch } = shared;
    const at = { ...mono, r: 0.2, r_f: 1 };
    const loss = lossOf('cpt', at, { ...scratch, Bprime: B, betaprime: beta, gamma: 0 });
    expect(Math.abs(loss / lossOf('chinchilla-target', at, shared) - 1)).toBeLessThan(SAME_LOSS);
  });
});

describe('effective-tokens', () => {
  const values = { ...shared, Rstar: 15, tau0: 0.1, tau1: 0.6 };
  const asM3 = (tau: number) => ({ ...shared, Rstar: 15, tau, phi: 0, omega: 0 });

  test('spread evenly a source token is worth τ₀, with the target alone at the end τ₁', () => {
    const even = { ...mono, r: 0.2, r_f: 0.2 };
    const late = { ...mono, r: 0.2, r_f: 1 };
    expect(
      Math.abs(lossOf('effective-tokens', even, values) / lossOf('m3', even, asM3(0.1)) - 1),
    ).toBeLessThan(SAME_LOSS);
    expect(
      Math.abs(lossOf('effective-tokens', late, values) / lossOf('m3', late, asM3(0.6)) - 1),
    ).toBeLessThan(SAME_LOSS);
  });
});

describe('ratio-power', () => {
  test('in single-stage training the loss on equal tokens is a power law in the ratio', () => {
    const values = { ...shared, Rstar: 15, gamma: 0.2, omega: 0.6 };
    for (const r of [0.1, 0.5]) {
      // The same tokens in all, less of them in the target.
      const at = { ...mono, k: 1, D_T: 1e6 * r, r, r_f: r };
      const ratio = lossOf('ratio-power', at, values) / lossOf('ratio-power', { ...mono, k: 1 }, values);
      expect(Math.abs(ratio / r ** -0.2 - 1)).toBeLessThan(SAME_LOSS);
    }
  });

  test('of the reducible part leaves the floor alone', () => {
    const values = { ...shared, A: 0, B: 0, Rstar: 15, gamma: 0.2, omega: 0.6 };
    const at = { ...mono, r: 0.1, r_f: 0.3 };
    expect(lossOf('ratio-power-reducible', at, values)).toBeCloseTo(1.8, 12);
    expect(lossOf('ratio-power', at, values)).toBeGreaterThan(2);
  });
});

describe('transfer', () => {
  test('nothing is transferred without source tokens, whatever a is', () => {
    const untouched = { ...shared, Rstar: 15, tau: 0, phi: 0, omega: 0 };
    for (const a of [0, 1]) {
      const values = { ...shared, Rstar: 15, kappa: 1e6, a, b: 0 };
      const loss = lossOf('transfer', mono, values);
      expect(Math.abs(loss / lossOf('m3', mono, untouched) - 1)).toBeLessThan(SAME_LOSS);
    }
  });
});
