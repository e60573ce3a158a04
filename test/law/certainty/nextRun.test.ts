import { inverse, Matrix } from 'ml-matrix';
import { describe, expect, it } from 'vitest';
import { proposeRuns } from '../../../src/law/certainty/candidates.ts';
import { priorDeviation } from '../../../src/law/certainty/information.ts';
import { helpfulRuns } from '../../../src/law/certainty/nextRun.ts';
import { gradientsAt, sensitivities } from '../../../src/law/certainty/sensitivities.ts';
import { huberScale } from '../../../src/law/fit/huberScale.ts';
import { refit } from '../../../src/law/fit/refit.ts';
import { coordinatesOf } from '../../../src/law/law.ts';
import { chinchilla } from '../../../src/law/laws/chinchilla.ts';
import { m3 } from '../../../src/law/laws/m3.ts';
import { pointOf, recipeKind } from '../../../src/law/point.ts';
import { CHINCHILLA, fitAt, M3, makeRuns, monolingual, recipes, runAt } from './synthetic.ts';

const SCALES = [1e5, 4e5, 1.6e6];
const CORPORA = [3e5, 1e6, 3e6];

describe('the run that helps most', () => {
  const runs = makeRuns(chinchilla, CHINCHILLA, monolingual(SCALES, CORPORA), {
    noise: 0.003,
    seed: 3,
    copies: 2,
  });
  const theta = coordinatesOf(chinchilla, CHINCHILLA);
  const fit = fitAt(chinchilla, runs, theta, { delta: 1 });
  const candidates = monolingual([5e4, 6.4e6], [1e5, 1e7]).map(pointOf);

  it('takes the variance that the update of a normal belief takes', () => {
    const { residuals, jacobian } = sensitivities(chinchilla, runs, theta);
    const { variance } = huberScale(residuals, new Float64Array(runs.length).fill(1), 1, 5);
    const J = new Matrix(runs.length, 5);
    jacobian.forEach((value, index) => {
      J.set(Math.floor(index / 5), index % 5, value);
    });
    const prior = Matrix.diag(chinchilla.parameters.map((each) => priorDeviation(each) ** -2));
    const precision = J.transpose().mmul(J).div(variance).add(prior);
    const gradients = gradientsAt(chinchilla, candidates, theta).map((each) => Matrix.rowVector([...each]));
    const spread = (matrix: Matrix) => {
      const covariance = inverse(matrix);
      return gradients.reduce((sum, q) => sum + q.mmul(covariance).mmul(q.transpose()).get(0, 0), 0);
    };
    const before = spread(precision.clone());
    const expected = candidates.map((_, index) => {
      const g = gradients[index]!;
      const after = spread(precision.clone().add(g.transpose().mmul(g).div(variance)));
      return 1 - after / before;
    });

    const found = helpfulRuns(fit, runs, candidates);
    // The matrices have a condition of some 1e8, in double precision.
    const RELATIVE = 1e-6;
    for (const { point, reduction } of found)
      expect(Math.abs(reduction / expected[candidates.indexOf(point)]! - 1)).toBeLessThan(RELATIVE);
    expect(found.map(({ reduction }) => reduction)).toEqual(
      found.map(({ reduction }) => reduction).sort((a, b) => b - a),
    );
  });

  it('takes the variance that refits with the run and without it lose', () => {
    const recipe = monolingual(SCALES, CORPORA);
    const helpful = { N: 6.4e6, D_T: 1e7, k: 1, r: 1, r_f: 1 };
    const target = pointOf({ N: 3.2e6, D_T: 5e6, k: 1, r: 1, r_f: 1 });
    const gradient = new Float64Array(5);
    const options = { delta: 1 };
    const DATA_SETS = 300;
    const found = { before: 0, after: 0, expected: 0 };
    for (let seed = 1; seed <= DATA_SETS; seed++) {
      const all = makeRuns(chinchilla, CHINCHILLA, [...recipe, helpful], { noise: 0.003, seed, copies: 2 });
      const some = all.slice(0, -2);
      const without = refit(chinchilla, some, [theta], options);
      const withIt = refit(chinchilla, all.slice(0, -1), [without.theta], options);
      const truth = chinchilla.logLoss(target, theta, gradient);
      found.before += (chinchilla.logLoss(target, without.theta, gradient) - truth) ** 2;
      found.after += (chinchilla.logLoss(target, withIt.theta, gradient) - truth) ** 2;
      const interest = { points: [target] };
      const [first] = helpfulRuns(without, some, [pointOf(helpful)], { interest });
      found.expected += first!.reduction / DATA_SETS;
    }
    // Shares of variance, each variance known to (2/300)^½ = 8 %, and the law is not quite linear.
    const TOLERANCE = 0.1;
    expect(found.expected).toBeGreaterThan(0.3);
    expect(Math.abs(1 - found.after / found.before - found.expected)).toBeLessThan(TOLERANCE);
  });

  it('answers for a quantity by its gradient', () => {
    const ofBeta = { gradient: () => Float64Array.of(0, 0, 0, 0, 1) };
    const [best] = helpfulRuns(fit, runs, candidates, { interest: ofBeta });
    // How more text helps is seen where the model is large and the text is at an end.
    expect(best!.point.N).toBe(6.4e6);
    expect(best!.reduction).toBeGreaterThan(0);
    expect(best!.reduction).toBeLessThan(1);
  });

  it('asks for a bilingual run where there is none', () => {
    const recipe = recipes(SCALES, CORPORA, [1, 4, 16], [[1, 1]]);
    const without = makeRuns(m3, M3, recipe, { noise: 0.003, seed: 4 });
    const unknown = { tau: 0, phi: 0, omega: 0 };
    const blind = fitAt(m3, without, coordinatesOf(m3, { ...M3, ...unknown }), {
      unknown: Object.keys(unknown),
    });
    const ranked = helpfulRuns(blind, without, proposeRuns(without));
    expect(recipeKind(ranked[0]!.point)).not.toBe('monolingual single-stage');
    const bestMonolingual = ranked.find(({ point }) => point.r === 1)!;
    expect(ranked[0]!.reduction).toBeGreaterThan(10 * bestMonolingual.reduction);
  });

  it('leaves out candidates that the law does not speak of, and refuses other runs', () => {
    const picky = { ...chinchilla, covers: ({ N }: { N: number }) => N < 5e6 };
    const found = helpfulRuns({ ...fit, law: picky }, runs, candidates);
    expect(found.map(({ point }) => point.N)).toEqual([5e4, 5e4]);
    expect(() => helpfulRuns(fit, runs.slice(1), candidates)).toThrow(/18 runs.*17/);
  });
});

describe('proposed runs', () => {
  const runs = [
    runAt({ N: 1e5, D_T: 1e6, k: 1, r: 1, r_f: 1 }),
    runAt({ N: 1e6, D_T: 1e6, k: 4, r: 1, r_f: 1 }),
  ];

  it('go beyond the data on every side, with every kind of recipe', () => {
    const points = proposeRuns(runs);
    expect(new Set(points.map(({ N }) => N))).toEqual(new Set([5e4, 1e5, 1e6, 2e6]));
    expect(new Set(points.map(({ D_T }) => D_T))).toEqual(new Set([5e5, 1e6, 2e6]));
    expect(Math.max(...points.map(({ k }) => k))).toBeGreaterThan(4);
    expect(new Set(points.map(recipeKind)).size).toBe(3);
  });

  it('keep to limits, and to four times the dearest run', () => {
    const dearest = 6 * 1e6 * 4e6;
    for (const { C } of proposeRuns(runs)) expect(C).toBeLessThanOrEqual(4 * dearest);
    for (const { N, D_T } of proposeRuns(runs, { maxN: 1e5, maxTargetTokens: 1e6 })) {
      expect(N).toBeLessThanOrEqual(1e5);
      expect(D_T).toBeLessThanOrEqual(1e6);
    }
    expect(proposeRuns(runs, { maxCompute: 1 })).toEqual([]);
    expect(() => proposeRuns([])).toThrow(RangeError);
  });
});
