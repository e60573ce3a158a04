import { describe, expect, test } from 'vitest';
import { coordinatesOf, predictLoss } from '../../../src/law/law.ts';
import { lawNamed } from '../../../src/law/laws/catalogue.ts';
import { m3 } from '../../../src/law/laws/m3.ts';
import { m3Overfit } from '../../../src/law/laws/m3Overfit.ts';
import { pointOf } from '../../../src/law/point.ts';
import { drawPoint, uniformFrom } from './draws.ts';

/** Two ways to one number in double precision. */
const SAME_LOSS = 1e-12;
const DRAWS = 200;

const shared = { E: 1.8, A: 480, alpha: 0.35, B: 2100, beta: 0.37 };
const values = { ...shared, Rstar: 15, tau: 0.25, phi: 0.3, omega: 0.7 };

function expectSame(got: number, wanted: number): void {
  expect(Math.abs(got / wanted - 1), `${got} is not ${wanted}`).toBeLessThan(SAME_LOSS);
}

function points(seed: number) {
  const uniform = uniformFrom(seed);
  return Array.from({ length: DRAWS }, (_, index) => drawPoint(index, uniform));
}

function lossOf(name: string, at: Parameters<typeof pointOf>[0], by: Readonly<Record<string, number>>) {
  const law = lawNamed(name);
  return predictLoss(law, pointOf(at), coordinatesOf(law, by));
}

describe('what the lab’s form becomes', () => {
  test('one language, no repetition: Chinchilla', () => {
    for (const { N, D_T } of points(1)) {
      const at = { N, D_T, k: 0.7, r: 1, r_f: 1 };
      expectSame(lossOf('m3', at, values), lossOf('chinchilla', at, shared));
    }
  });

  test('one language, repetition: Muennighoff’s data term', () => {
    for (const { N, D_T, k } of points(2)) {
      const at = { N, D_T, k: 1 + k, r: 1, r_f: 1 };
      const worn = { ...shared, RDstar: values.Rstar, RNstar: Number.POSITIVE_INFINITY };
      expectSame(lossOf('m3', at, values), lossOf('muennighoff', at, worn));
    }
  });

  test('φ = 0: transfer of effective data, in which no ratio matters beside the tokens', () => {
    const plain = { ...values, phi: 0 };
    const effective = { ...shared, Rstar: values.Rstar, kappa: values.tau, a: 1, b: 0 };
    for (const at of points(3)) {
      expectSame(lossOf('m3', at, plain), lossOf('transfer', at, effective));
      expectSame(lossOf('m3', at, plain), lossOf('m3', { ...at, r_f: at.r }, plain));
    }
  });

  test('τ = 0: the source is useless as data, and costs capacity alone', () => {
    const useless = { ...values, tau: 0 };
    for (const at of points(4)) {
      const alone = lossOf('m3', { ...at, r: 1, r_f: 1 }, useless);
      expectSame(lossOf('m3', at, { ...useless, phi: 0 }), alone);
      if (at.r < 1) expect(lossOf('m3', at, useless)).toBeGreaterThan(alone);
    }
  });

  test('τ = 1, φ = 0: languages are interchangeable', () => {
    for (const { N, D_T, r } of points(5)) {
      const at = { N, D_T, k: 1, r, r_f: r };
      const blind = { ...values, tau: 1, phi: 0 };
      expectSame(lossOf('m3', at, blind), lossOf('m3', { ...at, D_T: D_T / r, r: 1, r_f: 1 }, blind));
    }
  });

  test('the loss falls with the final ratio exactly where φ·ω > 0', () => {
    for (const at of points(6)) {
      if (at.r === 1) continue;
      const early = { ...at, r_f: at.r };
      const late = { ...at, r_f: at.r + (1 - at.r) / 2 };
      for (const [phi, omega] of [
        [0.3, 0.7],
        [0.01, 1],
        [2, 0.05],
      ] as const)
        expect(lossOf('m3', late, { ...values, phi, omega })).toBeLessThan(
          lossOf('m3', early, { ...values, phi, omega }),
        );
      for (const [phi, omega] of [
        [0, 0.7],
        [0.3, 0],
        [0, 0],
      ] as const)
        expect(lossOf('m3', late, { ...values, phi, omega })).toBe(
          lossOf('m3', early, { ...values, phi, omega }),
        );
    }
  });
});

describe('the overfitting term', () => {
  const overfit = { ...values, P: 0.02, delta: 0.7, kappa: 0.5 };

  test('is nothing up to one pass, at the ends of δ too', () => {
    for (const at of points(7)) {
      for (const k of [0.4, 1])
        for (const delta of [0, 0.7, 1])
          expect(lossOf('m3-overfit', { ...at, k }, { ...overfit, delta })).toBe(
            lossOf('m3', { ...at, k }, values),
          );
    }
  });

  test('is the difference to M³ beyond one pass', () => {
    for (const { N, D_T, r, r_f } of points(8)) {
      const at = { N, D_T, k: 5, r, r_f };
      const added = 0.02 * 4 ** 0.7 * (N / D_T) ** 0.5;
      expectSame(lossOf('m3-overfit', at, overfit), lossOf('m3', at, values) + added);
    }
  });

  test('keeps to its bounds: δ ≤ 1, 0 ≤ κ ≤ 1.5', () => {
    const bounds = Object.fromEntries(
      m3Overfit.parameters.map(({ name, lower, upper }) => [name, [lower, upper]]),
    );
    expect(bounds).toMatchObject({ delta: [0, 1], kappa: [0, 1.5] });
  });

  test('comes after the parameters of M³', () => {
    expect(m3Overfit.parameters.slice(0, m3.parameters.length)).toEqual(m3.parameters);
  });
});
