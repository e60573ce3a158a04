import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { crossValidate, dealFolds } from '../../../src/law/comparison/folds.ts';
import { fitLaw } from '../../../src/law/fit/fitLaw.ts';
import { refit } from '../../../src/law/fit/refit.ts';
import { coordinatesOf } from '../../../src/law/law.ts';
import { lawNamed } from '../../../src/law/laws/catalogue.ts';
import { chinchilla } from '../../../src/law/laws/chinchilla.ts';
import { m3 } from '../../../src/law/laws/m3.ts';
import { m3Overfit } from '../../../src/law/laws/m3Overfit.ts';
import { CHINCHILLA, M3, makeRuns, monolingual, recipes } from '../certainty/synthetic.ts';
import { netRuns } from '../fit/net.ts';

describe('folds', () => {
  it('never split a group, use every fold, and are about even', () => {
    fc.assert(
      fc.property(
        fc.array(fc.nat({ max: 12 }), { minLength: 1, maxLength: 80 }),
        fc.integer({ min: 2, max: 10 }),
        fc.integer(),
        (words, folds, seed) => {
          const names = [...new Set(words)];
          const of = Int32Array.from(words, (word) => names.indexOf(word));
          const foldOf = dealFolds({ of, count: names.length }, folds, seed);
          const ofGroup = new Map<number, number>();
          of.forEach((group, row) => {
            expect(ofGroup.get(group) ?? foldOf[row]).toBe(foldOf[row]);
            ofGroup.set(group, foldOf[row]!);
          });
          const sizes = new Map<number, number>();
          for (const fold of foldOf) sizes.set(fold, (sizes.get(fold) ?? 0) + 1);
          expect(sizes.size).toBe(Math.min(folds, names.length));
          const largest = Math.max(...names.map((_, group) => of.filter((other) => other === group).length));
          expect(Math.max(...sizes.values()) - Math.min(...sizes.values())).toBeLessThanOrEqual(largest);
        },
      ),
      { numRuns: 100, seed: 1 },
    );
  });

  it('are the same for a seed, and others for another', () => {
    const groups = { of: Int32Array.from({ length: 40 }, (_, row) => row), count: 40 };
    expect(dealFolds(groups, 5, 1)).toEqual(dealFolds(groups, 5, 1));
    expect(dealFolds(groups, 5, 1)).not.toEqual(dealFolds(groups, 5, 2));
  });
});

describe('cross-validation', () => {
  const NOISE = 0.01;
  const scales = [1e5, 4e5, 1.6e6, 6.4e6];
  const corpora = [3e5, 1e6, 3e6, 1e7];
  const runs = makeRuns(chinchilla, CHINCHILLA, monolingual(scales, corpora), {
    noise: NOISE,
    seed: 1,
    copies: 2,
  });
  const fit = refit(chinchilla, runs, [coordinatesOf(chinchilla, CHINCHILLA)]);

  it('comes to the noise of the runs, and a little more than the residuals in sample', async () => {
    const { score, groups, folds, residuals, untold } = await crossValidate(fit, runs);
    expect({ groups, folds }).toEqual({ groups: 16, folds: 10 });
    expect(score!.rows).toBe(32);
    expect(score!.rmseLog).toBeGreaterThan(fit.rmseLog);
    // 32 runs know their deviation to 13 %, and prediction adds the error of five parameters.
    expect(score!.rmseLog).toBeLessThan(1.8 * NOISE);
    expect(residuals.some(Number.isNaN)).toBe(false);
    expect(untold).toEqual({ rows: 0, parameters: [] });
  });

  it('predicts each row by a fit that has not seen its group', async () => {
    const { residuals } = await crossValidate(fit, runs, { folds: 100 });
    const others = runs.slice(2);
    const without = refit(chinchilla, others, [fit.theta]);
    const gradient = new Float64Array(5);
    const expected = Math.log(runs[1]!.loss) - chinchilla.logLoss(runs[1]!.point, without.theta, gradient);
    expect(residuals[1]).toBe(expected);
  });

  it('groups by a column', async () => {
    const { groups, folds } = await crossValidate(fit, runs, { groupBy: 'seed' });
    expect({ groups, folds }).toEqual({ groups: 2, folds: 2 });
    const none = await crossValidate(fit, runs, { groupBy: 'colour' });
    expect(none).toMatchObject({ groups: 1, folds: 0, score: null });
  });

  it('does not predict what only the fold that is out tells', async () => {
    const mixed = recipes([1e5, 1e6, 4e6], [3e5, 1e6, 3e6], [1, 4, 16], [[1, 1]]);
    const alone = { N: 1e6, D_T: 1e6, k: 4, r: 0.25, r_f: 0.5 };
    const some = makeRuns(m3, M3, [...mixed, alone], { noise: 0.003, seed: 2 });
    const whole = refit(m3, some, [coordinatesOf(m3, M3)]);
    const { residuals, untold, score } = await crossValidate(whole, some);
    expect(residuals.at(-1)).toBeNaN();
    expect(untold.rows).toBe(1);
    expect(untold.parameters).toContain('tau');
    expect(score!.rows).toBe(some.length - 1);
  });

  it('predicts every run by a law one term of which the runs do without', async () => {
    for (const seed of [1, 2, 3]) {
      const made = netRuns(seed);
      const whole = await fitLaw(m3Overfit, made, { descents: 10 });
      const { score, untold } = await crossValidate(whole, made);
      expect(untold).toEqual({ rows: 0, parameters: [] });
      expect(score!.rows).toBe(made.length);
    }
  });

  it('gives one law on these runs one figure', async () => {
    const dCpt = lawNamed('d-cpt');
    const rich = await crossValidate(await fitLaw(dCpt, runs, { descents: 20 }), runs);
    const plain = await crossValidate(fit, runs);
    expect(rich.score!.rows).toBe(runs.length);
    // Two descents to one bottom.
    expect(Math.abs(rich.score!.rmseLog / plain.score!.rmseLog - 1)).toBeLessThan(1e-4);
  });

  it('has nothing to say of runs that are fewer than the parameters', async () => {
    const two = runs.filter((_, row) => row === 0 || row === 9);
    const { score, untold } = await crossValidate(await fitLaw(chinchilla, two, { descents: 5 }), two);
    expect(score).toBeNull();
    expect(untold.rows).toBe(2);
  });

  it('can be stopped', async () => {
    const signal = AbortSignal.abort(new Error('enough'));
    await expect(crossValidate(fit, runs, { signal })).rejects.toThrow('enough');
  });
});
