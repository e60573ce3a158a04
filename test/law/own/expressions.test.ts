import fc from 'fast-check';
import { all, create } from 'mathjs/number';
import { describe, expect, it } from 'vitest';
import { ownLaw } from '../../../src/law/own/ownLaw.ts';
import { type Point, pointOf, QUANTITIES } from '../../../src/law/point.ts';

// The whole language, to hold ours against; ours loads no more than the parser.
const { parse, derivative } = create(all ?? {});

/** A random expression is a few dozen operations deep at most; mathjs raises powers and takes logarithms in another order. */
const SAME = 1e-9;
/** Steps of the differences, and what is left of their error after one extrapolation. */
const STEP = 1e-4;
const BY_DIFFERENCES = 1e-6;
const NAMES = ['p', 'q', 'N', 'k', 'r', 'S'];
const POINT = pointOf({ N: 3.5, D_T: 2, k: 1.7, r: 0.4, r_f: 0.7 });

const { expression } = fc.letrec<{ expression: string; branch: string; leaf: string }>((tie) => ({
  leaf: fc.oneof(
    fc.constantFrom(...NAMES),
    fc.double({ min: 0.1, max: 9, noNaN: true }).map((value) => `${Number(value.toPrecision(3))}`),
  ),
  branch: fc.oneof(
    fc
      .tuple(tie('expression'), fc.constantFrom('+', '-', '*', '/'), tie('expression'))
      .map(([a, sign, b]) => `(${a} ${sign} ${b})`),
    fc.tuple(tie('expression'), tie('expression')).map(([a, b]) => `abs(${a})^(${b})`),
    fc.tuple(tie('expression'), fc.constantFrom('-1', '0.5', '2', '3')).map(([a, b]) => `(${a})^${b}`),
    fc.tuple(fc.constantFrom('exp', 'abs', 'expm1'), tie('expression')).map(([name, a]) => `${name}(${a})`),
    fc
      .tuple(fc.constantFrom('log', 'log2', 'log10', 'log1p', 'sqrt'), tie('expression'))
      .map(([name, a]) => `${name}(abs(${a}))`),
    fc
      .tuple(fc.constantFrom('min', 'max', 'log'), tie('expression'), tie('expression'))
      .map(([name, a, b]) => (name === 'log' ? `log(1 + abs(${a}), 2 + abs(${b}))` : `${name}(${a}, ${b})`)),
    tie('expression').map((a) => `-${a}`),
  ),
  expression: fc.oneof({ depthSize: 'small', withCrossShrink: true }, tie('leaf'), tie('branch')),
}));

function scopeOf(point: Point, p: number, q: number): Record<string, number> {
  return { p, q, ...Object.fromEntries(QUANTITIES.map((quantity) => [quantity, point[quantity]])) };
}

/** Both parameters are used, and a quantity is read, whatever the random part says. */
const around = (random: string): string => `(${random}) + 0*N + p*q`;

const lawOf = (formula: string) =>
  ownLaw({
    name: 'random',
    formula,
    parameters: [
      { name: 'p', scale: 'linear' },
      { name: 'q', scale: 'linear' },
    ],
  });

const value = fc.double({ min: 0.2, max: 3, noNaN: true });

describe('random expressions', () => {
  it('have the values that mathjs gives them', () => {
    fc.assert(
      fc.property(expression, value, value, (random, p, q) => {
        const formula = around(random);
        const expected: unknown = parse(formula).evaluate(scopeOf(POINT, p, q));
        const found = lawOf(formula).formulaAt(POINT, Float64Array.of(p, q));
        // What overflows on the way may come to NaN in one order of working and to a number in another.
        if (typeof expected !== 'number' || !Number.isFinite(expected)) return;
        expect(Math.abs(found - expected), formula).toBeLessThanOrEqual(
          SAME * conditioned(formula, expected, p, q),
        );
      }),
      { numRuns: 400, seed: 7 },
    );
  });

  it('have the derivatives that mathjs gives them, where it knows any', () => {
    let compared = 0;
    fc.assert(
      fc.property(expression, value, value, (random, p, q) => {
        // Its rules know no more functions than these.
        if (/min|max|expm1|log1p|log2/.test(random)) return;
        const formula = around(random);
        const scope = scopeOf(POINT, p, q);
        const loss: unknown = parse(formula).evaluate(scope);
        if (typeof loss !== 'number' || !(loss > 1e-3 && loss < 1e6)) return;
        const gradient = new Float64Array(2);
        lawOf(formula).logLoss(POINT, Float64Array.of(p, q), gradient);
        for (const [index, name] of ['p', 'q'].entries()) {
          const slope: unknown = derivative(parse(formula), name, { simplify: false }).evaluate(scope);
          if (typeof slope !== 'number' || !Number.isFinite(slope) || Math.abs(slope) > 1e6) continue;
          compared++;
          expect(Math.abs(gradient[index]! * loss - slope), `∂(${formula})/∂${name}`).toBeLessThan(
            SAME * (Math.abs(slope) + conditioned(formula, loss, p, q)),
          );
        }
      }),
      { numRuns: 400, seed: 11 },
    );
    expect(compared).toBeGreaterThan(100);
  });

  it('have the slopes that their values have, away from bends', () => {
    let compared = 0;
    fc.assert(
      fc.property(expression, value, value, (random, p, q) => {
        const formula = around(random);
        const law = lawOf(formula);
        const gradient = new Float64Array(2);
        const loss = Math.exp(law.logLoss(POINT, Float64Array.of(p, q), gradient));
        const at = (index: number, shift: number): number => {
          return law.formulaAt(
            POINT,
            Float64Array.of(p + (index === 0 ? shift : 0), q + (index === 1 ? shift : 0)),
          );
        };
        if (!(loss > 1e-2 && loss < 1e4)) return;
        for (const index of [0, 1]) {
          const [coarse, fine] = [STEP, STEP / 2].map(
            (step) => (at(index, step) - at(index, -step)) / (2 * step),
          );
          const slope = (4 * fine! - coarse!) / 3;
          // Where the two steps disagree there is a bend or a pole between, or the function is too steep for differences.
          if (!(Math.abs(coarse! - fine!) < 1e-4 * Math.max(1, Math.abs(slope)))) continue;
          const [left, right] = [-STEP, STEP].map((step) => (at(index, step) - at(index, 0)) / step);
          if (!(Math.abs(left! - right!) < 0.01 * Math.max(1, Math.abs(slope)))) continue;
          compared++;
          expect(Math.abs(gradient[index]! * loss - slope), `∂(${formula})/∂${index}`).toBeLessThan(
            BY_DIFFERENCES * Math.max(1, Math.abs(slope), loss),
          );
        }
      }),
      { numRuns: 400, seed: 13 },
    );
    expect(compared).toBeGreaterThan(200);
  });
});

/** The size of the expression's value, or of what its value moves by when the parameters' last digits do. */
function conditioned(formula: string, value: number, p: number, q: number): number {
  const near: unknown = parse(formula).evaluate(scopeOf(POINT, p * (1 + 1e-7), q * (1 - 1e-7)));
  return Math.max(1, Math.abs(value), typeof near === 'number' ? Math.abs(near - value) / 1e-7 : 0);
}
