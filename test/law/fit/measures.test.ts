import { describe, expect, it } from 'vitest';
import { covariance } from '../../../src/law/fit/covariance.ts';
import { conditionOf, informationOf, inverseOf } from '../../../src/law/fit/information.ts';
import { measure } from '../../../src/law/fit/measures.ts';
import { refit } from '../../../src/law/fit/refit.ts';
import { rowsOf } from '../../../src/law/fit/rows.ts';
import { coordinatesOf, predictLoss } from '../../../src/law/law.ts';
import { chinchilla } from '../../../src/law/laws/chinchilla.ts';
import { pointOf } from '../../../src/law/point.ts';
import { CHINCHILLA, makeRuns, monolingual, runAt } from '../certainty/synthetic.ts';

/** Sums of a few numbers in another order. */
const ROUNDING = 1e-12;

const theta = coordinatesOf(chinchilla, CHINCHILLA);
const RECIPES = monolingual([1e5, 1e6, 1e7], [1e6, 1e7, 1e8]);

describe('the measures of a fit', () => {
  it('are those of the definition', () => {
    // Residuals of log loss known by construction.
    const residuals = [0.01, -0.02, 0.005, 0.03, -0.01, 0, 0.015, -0.005, 0.002];
    const losses = RECIPES.map(
      (at, i) => predictLoss(chinchilla, pointOf(at), theta) * Math.exp(-residuals[i]!),
    );
    const rows = rowsOf(
      chinchilla,
      RECIPES.map((at, i) => runAt(at, { loss: losses[i]! })),
    );
    const n = 9;
    const rss = residuals.reduce((sum, residual) => sum + residual ** 2, 0);
    const mean = losses.reduce((sum, loss) => sum + loss, 0) / n;
    const sst = losses.reduce((sum, loss) => sum + (loss - mean) ** 2, 0);
    const sse = losses.reduce((sum, loss, i) => sum + (loss * Math.expm1(residuals[i]!)) ** 2, 0);
    const { rSquared, rmseLog, aicc } = measure(chinchilla, rows, theta, 5);
    expect(Math.abs(rmseLog - Math.sqrt(rss / n))).toBeLessThan(ROUNDING);
    expect(Math.abs(rSquared - (1 - sse / sst))).toBeLessThan(ROUNDING);
    expect(Math.abs(aicc! - (n * Math.log(rss / n) + 12 + (2 * 6 * 7) / (n - 7)))).toBeLessThan(1e-9);
    // Nine runs are enough for six parameters and the noise, and not for seven.
    expect(measure(chinchilla, rows, theta, 6).aicc).not.toBeNull();
    expect(measure(chinchilla, rows, theta, 7).aicc).toBeNull();
  });

  it('have no R² where all losses are one', () => {
    const rows = rowsOf(
      chinchilla,
      RECIPES.map((at) => runAt(at, { loss: 2 })),
    );
    expect(measure(chinchilla, rows, theta, 2).rSquared).toBeNaN();
  });
});

describe('what runs tell of coordinates', () => {
  const runs = makeRuns(chinchilla, CHINCHILLA, RECIPES, { noise: 0.001, seed: 1, copies: 4 });

  it('is the same whether a run stands there twice or counts twice', () => {
    const all = [0, 1, 2, 3, 4];
    const twice = informationOf(chinchilla, rowsOf(chinchilla, [...runs, ...runs]), theta, all);
    const double = informationOf(
      chinchilla,
      rowsOf(chinchilla, runs, new Float64Array(runs.length).fill(2)),
      theta,
      all,
    );
    twice.to1DArray().forEach((entry, index) => {
      expect(Math.abs(entry / double.to1DArray()[index]! - 1)).toBeLessThan(ROUNDING);
    });
  });

  it('has an inverse, and a condition', () => {
    const information = informationOf(chinchilla, rowsOf(chinchilla, runs), theta, [0, 1, 2, 3, 4]);
    const { matrix, open } = inverseOf(information);
    expect(open).toBe(0);
    const identity = information.to2DArray().map((row) => {
      return row.map((_, column) => row.reduce((sum, entry, i) => sum + entry * matrix[i * 5 + column]!, 0));
    });
    // The inverse of a condition of 1e6 loses as many digits.
    identity.forEach((row, a) => {
      row.forEach((entry, b) => {
        expect(Math.abs(entry - (a === b ? 1 : 0))).toBeLessThan(1e-6);
      });
    });
    const condition = conditionOf(information);
    expect(condition).toBeGreaterThan(1e3);
    expect(condition).toBeLessThan(1e9);
  });

  it('is open in two directions at one model scale', () => {
    const alike = rowsOf(
      chinchilla,
      runs.filter(({ point }) => point.N === 1e6),
    );
    const information = informationOf(chinchilla, alike, theta, [0, 1, 2, 3, 4]);
    expect(inverseOf(information).open).toBe(2);
    expect(conditionOf(information)).toBe(Number.POSITIVE_INFINITY);
  });

  it('gives standard errors as large as estimates scatter', () => {
    const freeze = { E: 1.8, A: 480, alpha: 0.35 };
    // With most residuals inside δ, and with most of them outside.
    for (const noise of [0.0003, 0.01]) {
      const estimates: number[] = [];
      const errors: number[] = [];
      for (let seed = 1; seed <= 200; seed++) {
        const drawn = makeRuns(chinchilla, CHINCHILLA, RECIPES, { noise, seed, copies: 6 });
        const fit = refit(chinchilla, drawn, [theta], { freeze });
        const { free, matrix } = covariance(fit, drawn);
        expect(free).toEqual([3, 4]);
        estimates.push(fit.theta[4]!);
        errors.push(Math.sqrt(matrix[3]!));
      }
      const mean = estimates.reduce((sum, value) => sum + value, 0) / estimates.length;
      const scatter = Math.sqrt(
        estimates.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (estimates.length - 1),
      );
      const stated = errors.reduce((sum, value) => sum + value, 0) / errors.length;
      // The scatter of 200 is known to 5 %; the density of residuals at 0, on which a narrow δ hangs, to some 10 %.
      expect(stated / scatter, `noise ${noise}`).toBeGreaterThan(0.8);
      expect(stated / scatter, `noise ${noise}`).toBeLessThan(1.25);
    }
  });
});
