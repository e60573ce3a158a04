import { describe, expect, it } from 'vitest';
import type { Law } from '../../../src/law/law.ts';
import { LAWS } from '../../../src/law/laws/catalogue.ts';
import { ownLaw } from '../../../src/law/own/ownLaw.ts';
import { type Point, pointOf } from '../../../src/law/point.ts';
import { FORMULAS } from './formulas.ts';

/** Both work in float64 with some fifty roundings each, on terms that cancel by a digit or two. */
const SAME = 1e-10;

/** Of every kind, repeated and not; fixed, so that a failure can be found again. */
const POINTS: readonly Point[] = [
  [1, 1],
  [0.35, 0.35],
  [0.12, 0.5],
].flatMap(([r = 1, r_f = 1]) =>
  [0.4, 1, 2.5, 40].flatMap((k) =>
    [1.3e5, 2e6, 7e8].map((N, index) => pointOf({ N, D_T: [4e5, 3e7, 1.1e9][index]!, k, r, r_f })),
  ),
);

/** In the middle of what a fit passes, and with two draws apart from it. */
function thetas({ parameters }: Law): Float64Array[] {
  return [0.3, 0.52, 0.81].map((share) =>
    Float64Array.from(parameters, ({ name, starts, lower }, index) => {
      // A grid's corners have losses of e^25 nats, which tell nothing about the formula.
      if (name === 'E') return share;
      if (/^(?:alpha|beta|betaprime)$/.test(name)) return 0.25 + share / 4;
      if (/^(?:A|B|Bprime)$/.test(name)) return 5 + 3 * share;
      const least = Math.max(lower, Math.min(...starts));
      return least + ((share + index / 7) % 1) * (Math.max(...starts) - least);
    }),
  );
}

describe('a law written as a formula', () => {
  it('is tried for every law of the lab', () => {
    expect(Object.keys(FORMULAS).sort()).toEqual(LAWS.map(({ name }) => name).sort());
  });

  it.each(LAWS.map((law) => [law.name, law] as const))(
    '%s has the values and the gradient of the law itself',
    (name, law) => {
      const own = ownLaw({
        name: `own ${name}`,
        formula: FORMULAS[name]!,
        parameters: law.parameters.map(({ name, scale }) => ({ name, scale })),
      });
      const expected = new Float64Array(law.parameters.length);
      const found = new Float64Array(law.parameters.length);
      let compared = 0;
      for (const theta of thetas(law)) {
        for (const point of POINTS) {
          const logLoss = law.logLoss(point, theta, expected);
          // The lab's own goes on where a sum of losses falls below 0; a formula has no loss there.
          if (logLoss < -2) continue;
          compared++;
          const context = `${name} at ${JSON.stringify(point)}, θ = ${theta}`;
          expect(Math.abs(own.logLoss(point, theta, found) - logLoss), context).toBeLessThan(SAME);
          for (const [index, slope] of expected.entries()) {
            const difference = Math.abs(found[index]! - slope);
            expect(difference, `${context}, ∂${law.parameters[index]?.name}`).toBeLessThan(
              SAME * Math.max(1, Math.abs(slope)),
            );
          }
        }
      }
      expect(compared).toBeGreaterThan(POINTS.length);
      expect([...own.reads].sort()).toEqual([...law.reads].sort());
    },
  );

  it('finds out which runs tell a parameter', () => {
    const m3 = LAWS.find(({ name }) => name === 'm3')!;
    const own = ownLaw({
      name: 'mine',
      formula: FORMULAS.m3!,
      parameters: m3.parameters.map(({ name, scale }) => ({ name, scale })),
    });
    expect(own.parameters.map(({ toldBy }) => toldBy)).toEqual(m3.parameters.map(({ toldBy }) => toldBy));
  });

  it('takes the word of the definition for it', () => {
    const own = ownLaw({
      name: 'mine',
      formula: 'E + A*k',
      parameters: [
        { name: 'E', scale: 'log' },
        { name: 'A', scale: 'log', toldBy: 'repeated' },
      ],
    });
    expect(own.parameters.map(({ toldBy }) => toldBy)).toEqual(['any', 'repeated']);
  });
});
