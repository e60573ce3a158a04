import { describe, expect, test } from 'vitest';
import { predictLoss, valuesOf } from '../../../src/law/law.ts';
import { LAWS } from '../../../src/law/laws/catalogue.ts';
import type { Point } from '../../../src/law/point.ts';
import { drawPoint, drawTheta, uniformFrom } from './draws.ts';

/** Both sides are a few dozen operations on numbers of some ten digits before and after the point. */
const SAME_LOSS = 1e-11;
const DRAWS = 200;

type Values = Readonly<Record<string, number>>;

function g(k: number, R: number): number {
  return k <= 1 ? k : 1 + R * (1 - Math.exp(-(k - 1) / R));
}

function share(r: number, r_f: number, omega: number): number {
  return r ** (1 - omega) * r_f ** omega;
}

function m3Loss({ N, D_T, k, r, r_f, S }: Point, v: Values): number {
  return (
    v.E! +
    v.A! * (N * share(r, r_f, v.omega!) ** v.phi!) ** -v.alpha! +
    v.B! * (D_T * g(k, v.Rstar!) + v.tau! * S) ** -v.beta!
  );
}

/** The laws once more, as they stand in print: no logarithms, no gradient. */
const PRINTED: Readonly<Record<string, (point: Point, v: Values) => number>> = {
  m3: m3Loss,
  'm3-overfit': (point, v) => {
    const { N, D_T, k } = point;
    const added = k > 1 ? v.P! * (k - 1) ** v.delta! * (N / D_T) ** v.kappa! : 0;
    return m3Loss(point, v) + added;
  },
  chinchilla: ({ N, D }, v) => v.E! + v.A! / N ** v.alpha! + v.B! / D ** v.beta!,
  'chinchilla-target': ({ N, D_T, k }, v) => v.E! + v.A! / N ** v.alpha! + v.B! / (D_T * k) ** v.beta!,
  'chinchilla-unique': ({ N, D_T, k }, v) =>
    v.E! + v.A! / N ** v.alpha! + v.B! / (k < 1 ? k * D_T : D_T) ** v.beta!,
  muennighoff: ({ N, D_T, k }, v) => {
    const [A, alpha, B, beta] = [v.A!, v.alpha!, v.B!, v.beta!];
    const D = k * D_T;
    const U_D = Math.min(D_T, D);
    const R_D = D / U_D - 1;
    const G = ((alpha * A) / (beta * B)) ** (1 / (alpha + beta));
    const U_N = Math.min(N, G * (G * U_D) ** (beta / alpha));
    const R_N = N / U_N - 1;
    const scale = U_N + U_N * v.RNstar! * (1 - Math.exp(-R_N / v.RNstar!));
    const data = U_D + U_D * v.RDstar! * (1 - Math.exp(-R_D / v.RDstar!));
    return v.E! + A / scale ** alpha + B / data ** beta;
  },
  'ratio-power': ({ N, D_T, k, r, r_f }, v) =>
    (v.E! + v.A! / N ** v.alpha! + v.B! / ((D_T * g(k, v.Rstar!)) / r) ** v.beta!) *
    r ** (-v.gamma! * (1 - v.omega!)) *
    r_f ** (-v.gamma! * v.omega!),
  'ratio-power-reducible': ({ N, D_T, k, r, r_f }, v) =>
    v.E! +
    (v.A! / N ** v.alpha! + v.B! / ((D_T * g(k, v.Rstar!)) / r) ** v.beta!) *
      r ** (-v.gamma! * (1 - v.omega!)) *
      r_f ** (-v.gamma! * v.omega!),
  'effective-tokens': ({ N, D_T, k, r, r_f, S }, v) => {
    const q = r === 1 ? 0 : (r_f - r) / (1 - r);
    const worth = v.tau0! + (v.tau1! - v.tau0!) * q;
    return v.E! + v.A! / N ** v.alpha! + v.B! * (D_T * g(k, v.Rstar!) + worth * S) ** -v.beta!;
  },
  cpt: ({ N, D_T, k }, v) =>
    v.E! + v.A! / N ** v.alpha! + v.Bprime! / ((k * D_T) ** v.betaprime! * N ** v.gamma!),
  transfer: ({ N, D_T, k, S }, v) =>
    v.E! +
    v.A! / N ** v.alpha! +
    v.B! * (D_T * g(k, v.Rstar!) + v.kappa! * S ** v.a! * N ** v.b!) ** -v.beta!,
  'd-cpt': ({ N, D, r }, v) =>
    v.E! + v.A! / N ** v.alpha! + (v.B! * r ** v.eta!) / D ** v.beta! + v.Cr! / (r + v.epsilon!) ** v.gamma!,
  bimix: ({ D, r }, v) => r ** -v.alpha! * (v.B! * D ** -v.beta! + v.E!),
  sedova: ({ N, D_T, k, r }, v) =>
    v.E! + v.A! / N ** v.alpha! + (v.B! * N ** v.delta!) / (D_T * g(k, v.Rstar!)) ** v.beta! + v.gamma! * r,
};

describe('every law is its printed form', () => {
  test.each(LAWS)('$name', (law) => {
    const printed = PRINTED[law.name];
    if (printed === undefined) throw new Error(`${law.name} has no printed form here`);
    const uniform = uniformFrom(7);
    for (let draw = 0; draw < DRAWS; draw++) {
      const theta = drawTheta(law, uniform);
      const point = drawPoint(draw, uniform);
      const values = valuesOf(law, theta);
      const wanted = printed(point, values);
      const got = predictLoss(law, point, theta);
      expect(Math.abs(got / wanted - 1), JSON.stringify({ point, values, wanted, got })).toBeLessThan(
        SAME_LOSS,
      );
    }
  });
});
