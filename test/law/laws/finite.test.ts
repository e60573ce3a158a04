import { describe, expect, test } from 'vitest';
import { coordinatesOf, type Law } from '../../../src/law/law.ts';
import { LAWS } from '../../../src/law/laws/catalogue.ts';
import { type Point, pointOf } from '../../../src/law/point.ts';

/** From far below any model that was ever trained to far above. */
const SCALES = [1e3, 1e6, 1e9, 1e13];
const CORPORA = [1, 1e4, 1e8, 1e14];
const PASSES = [1e-4, 0.5, 1, 1 + 1e-12, 1.5, 30, 1e5];
const RATIOS: readonly (readonly [number, number])[] = [
  [1, 1],
  [0.5, 0.5],
  [0.5, 0.9],
  [0.2, 1],
  [1e-5, 1e-5],
  [1e-5, 1],
  [1 - 1e-12, 1],
  [1 - 1e-12, 1 - 1e-12],
];
const POINTS: readonly Point[] = SCALES.flatMap((N) =>
  CORPORA.flatMap((D_T) => PASSES.flatMap((k) => RATIOS.map(([r, r_f]) => pointOf({ N, D_T, k, r, r_f })))),
);

function expectFinite(law: Law, theta: Float64Array, words: string): void {
  const gradient = new Float64Array(theta.length);
  for (const point of POINTS) {
    gradient.fill(Number.NaN);
    const lnL = law.logLoss(point, theta, gradient);
    if (Number.isFinite(lnL) && gradient.every(Number.isFinite)) continue;
    expect.fail(
      `${law.name}, ${words}: ${lnL}, gradient ${gradient.join(', ')} at theta ${theta.join(', ')}, ${JSON.stringify(point)}`,
    );
  }
}

function middle(law: Law): Float64Array {
  return Float64Array.from(law.parameters, ({ starts }) => starts[Math.floor(starts.length / 2)]!);
}

describe.each(LAWS)('$name is finite with its gradient', (law) => {
  test('at its starts', () => {
    expectFinite(
      law,
      Float64Array.from(law.parameters, ({ starts }) => starts[0]!),
      'first starts',
    );
    expectFinite(
      law,
      Float64Array.from(law.parameters, ({ starts }) => starts.at(-1)!),
      'last starts',
    );
  });

  test('at every bound, one at a time and all together', () => {
    for (const end of ['lower', 'upper'] as const) {
      law.parameters.forEach((parameter, index) => {
        const theta = middle(law);
        theta[index] = parameter[end];
        expectFinite(law, theta, `${parameter.name} at its ${end} bound`);
      });
      expectFinite(
        law,
        Float64Array.from(law.parameters, (parameter) => parameter[end]),
        `all ${end}`,
      );
    }
  });

  test('with each parameter of scale log frozen at 0, and scales of wear at Infinity', () => {
    law.parameters.forEach(({ name, scale }, index) => {
      if (scale !== 'log') return;
      const theta = middle(law);
      theta[index] = Number.NEGATIVE_INFINITY;
      expectFinite(law, theta, `${name} = 0`);
      if (!name.endsWith('star')) return;
      theta[index] = Number.POSITIVE_INFINITY;
      expectFinite(law, theta, `${name} = Infinity`);
    });
  });

  test('where terms are too large for exp', () => {
    for (const name of ['A', 'B']) {
      const index = law.parameters.findIndex((parameter) => parameter.name === name);
      if (index < 0) continue;
      const theta = middle(law);
      theta[index] = 5000;
      expectFinite(law, theta, `ln ${name} = 5000`);
    }
  });
});

describe('a sum that comes to nothing', () => {
  const sedova = LAWS.find(({ name }) => name === 'sedova')!;
  const values = { E: 1, A: 0, alpha: 0.3, B: 0, beta: 0.3, Rstar: 10, delta: 0 };
  const point = pointOf({ N: 1e6, D_T: 1e6, k: 1, r: 1, r_f: 1 });

  test('falls on with γ, and its gradient says so', () => {
    const gradient = new Float64Array(8);
    let last = Number.POSITIVE_INFINITY;
    for (const gamma of [-0.9, -0.998, -0.999, -0.9995, -1, -2]) {
      const lnL = sedova.logLoss(point, coordinatesOf(sedova, { ...values, gamma }), gradient);
      expect(lnL).toBeLessThan(last);
      expect(gradient[7]).toBeGreaterThan(0);
      last = lnL;
    }
  });

  test('is the sum while that is above a thousandth of a nat', () => {
    const lnL = sedova.logLoss(
      point,
      coordinatesOf(sedova, { ...values, gamma: -0.995 }),
      new Float64Array(8),
    );
    expect(lnL).toBeCloseTo(Math.log(0.005), 12);
  });
});
