/**
 * Figures of others on their own runs. The tables are not part of the project; `M3LAB_DATA` names the folder that holds them.
 *
 * `datablations`: 182 runs of Muennighoff et al. 2023 (params, tokens, unique_tokens, val_loss), D_T = unique_tokens, k = tokens /
 * unique_tokens. `gadre`: 104 runs of Gadre et al. 2024 on three training sets, loss on held-out C4, no repetition.
 */

import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { csvParse } from 'd3-dsv';
import { describe, expect, it } from 'vitest';
import { crossValidate } from '../../../src/law/comparison/folds.ts';
import { fitLaw } from '../../../src/law/fit/fitLaw.ts';
import type { FitOptions } from '../../../src/law/fit/options.ts';
import type { Fit } from '../../../src/law/fit/outcome.ts';
import { refit } from '../../../src/law/fit/refit.ts';
import { coordinatesOf, valuesOf } from '../../../src/law/law.ts';
import { lawNamed } from '../../../src/law/laws/catalogue.ts';
import { chinchilla } from '../../../src/law/laws/chinchilla.ts';
import { m3 } from '../../../src/law/laws/m3.ts';
import { m3Overfit } from '../../../src/law/laws/m3Overfit.ts';
import { muennighoff } from '../../../src/law/laws/muennighoff.ts';
import type { Run } from '../../../src/law/run.ts';
import { runAt } from '../certainty/synthetic.ts';

const FOLDER = process.env.M3LAB_DATA;
const isHere = FOLDER !== undefined && existsSync(join(FOLDER, 'laws'));
if (!isHere) console.warn('M3LAB_DATA names no folder with laws/: the tests on published runs are skipped');

/** Half of the last digit that is given, for objectives and R². */
const LAST_OF_7 = 0.6e-7;
const LAST_OF_6 = 0.6e-6;
const R2_OF_5 = 0.6e-5;
const R2_OF_3 = 0.6e-3;
/** Parameters in a flat valley: the objective's last digit leaves them open by more than theirs. */
const OPEN_SHARE = 0.005;

const INFINITE = Number.POSITIVE_INFINITY;

/** What Muennighoff et al. hold frozen: Chinchilla's part, α = β. */
const THEIRS = {
  E: Math.exp(0.6254804),
  A: Math.exp(6.255414),
  alpha: 0.3526596,
  B: Math.exp(7.3049974),
  beta: 0.3526596,
};

function table(name: string) {
  return csvParse(readFileSync(join(FOLDER ?? '', 'laws', name), 'utf8'));
}

function run(N: number, D_T: number, tokens: number, loss: number): Run {
  return runAt({ N, D_T, k: tokens / D_T, r: 1, r_f: 1 }, { loss });
}

function expectWithin(value: number, expected: number, within: number, what: string): void {
  expect(Math.abs(value - expected), `${what}: ${value} against ${expected}`).toBeLessThan(within);
}

describe.skipIf(!isHere)('182 runs of Muennighoff et al.', () => {
  const runs = isHere
    ? table('datablations_fit182.csv').map((row) =>
        run(Number(row.params), Number(row.unique_tokens), Number(row.tokens), Number(row.val_loss)),
      )
    : [];
  const at = (values: Record<string, number>): Fit =>
    refit(muennighoff, runs, [coordinatesOf(muennighoff, values)], { freeze: values });

  it('are 182', () => expect(runs).toHaveLength(182));

  it('at the published parameters', () => {
    const fit = at({ ...THEIRS, RDstar: 15.387756, RNstar: 5.309743 });
    expectWithin(fit.objective, 0.0158259, LAST_OF_7, 'objective');
    expectWithin(fit.rSquared, 0.7722, R2_OF_5, 'R²');
    expect(fit.evaluations).toBeLessThan(10);
  });

  it('with no decay, with decay of data alone, with decay of parameters alone, where they stood', () => {
    expectWithin(at({ ...THEIRS, RDstar: INFINITE, RNstar: INFINITE }).rSquared, 0.44517, R2_OF_5, 'none');
    expectWithin(at({ ...THEIRS, RDstar: 2.9157, RNstar: INFINITE }).rSquared, 0.73545, 1e-4, 'data');
    // Given with four digits, and steep: a valley of its own that a start on its side does not leave.
    expectWithin(at({ ...THEIRS, RDstar: INFINITE, RNstar: 713 }).rSquared, 0.44878, R2_OF_5, 'parameters');
  });

  it('decay of data alone, fitted', async () => {
    const fit = await fitLaw(muennighoff, runs, { freeze: { ...THEIRS, RNstar: INFINITE }, descents: 20 });
    expectWithin(valuesOf(muennighoff, fit.theta).RDstar!, 2.9157, OPEN_SHARE * 2.9157, 'RDstar');
    expectWithin(fit.rSquared, 0.73545, R2_OF_5, 'R²');
  });

  it('decay of parameters alone, fitted, is far better than where they stood', async () => {
    const fit = await fitLaw(muennighoff, runs, { freeze: { ...THEIRS, RDstar: INFINITE }, descents: 20 });
    const stood = at({ ...THEIRS, RDstar: INFINITE, RNstar: 713 });
    expect(valuesOf(muennighoff, fit.theta).RNstar).toBeLessThan(1);
    expect(fit.objective).toBeLessThan(0.55 * stood.objective);
    expect(fit.rSquared).toBeGreaterThan(0.79);
  });

  it('both decays, fitted: a flat valley whose bottom is far from the published place, and hardly lower', async () => {
    const fit = await fitLaw(muennighoff, runs, { freeze: THEIRS, descents: 50 });
    const { RDstar, RNstar } = valuesOf(muennighoff, fit.theta);
    expectWithin(fit.objective, 0.0158047, LAST_OF_7, 'objective');
    expectWithin(RDstar!, 95.4, OPEN_SHARE * 95.4, 'RDstar');
    expectWithin(RNstar!, 1.71, OPEN_SHARE * 1.71, 'RNstar');
    expect(fit.frozen).toEqual(['E', 'A', 'alpha', 'B', 'beta']);
  });

  it('Chinchilla on all tokens, all of it fitted', async () => {
    const fit = await fitLaw(chinchilla, runs, { descents: 50 });
    expectWithin(fit.objective, 0.008953, LAST_OF_6, 'objective');
    expectWithin(fit.rSquared, 0.903, R2_OF_3, 'R²');
    expect(fit.status).toBe('converged');
  });

  it('decay of data alone, all of it fitted, by Muennighoff’s law and by M³', async () => {
    const theirs = await fitLaw(muennighoff, runs, { freeze: { RNstar: INFINITE }, descents: 50 });
    expectWithin(theirs.objective, 0.006566, LAST_OF_6, 'objective');
    expectWithin(theirs.rSquared, 0.934, R2_OF_3, 'R²');
    expectWithin(valuesOf(muennighoff, theirs.theta).RDstar!, 25.2, OPEN_SHARE * 25.2, 'RDstar');
    const ours = await fitLaw(m3, runs, { descents: 50 });
    expectWithin(ours.objective, theirs.objective, LAST_OF_7, 'M³');
    expect(ours.unknown).toEqual(['tau', 'phi', 'omega']);
    expect(ours.status).toBe('under-determined');
  });

  it('the overfitting term in place of the decay', async () => {
    const fit = await fitLaw(m3Overfit, runs, { freeze: { Rstar: INFINITE }, descents: 100 });
    expectWithin(fit.objective, 0.005128, LAST_OF_6, 'objective');
    expectWithin(fit.rSquared, 0.961, R2_OF_3, 'R²');
    // Nobody has to know that the decay is to be left out: a free fit comes to R* = ∞, its bound.
    const free = await fitLaw(m3Overfit, runs, { descents: 100 });
    expectWithin(free.objective, 0.005128, LAST_OF_6, 'objective, free');
    expectWithin(free.objective / fit.objective, 1, 1e-6, 'free against frozen');
    expect(free.atBounds).toContain('Rstar');
  });

  it('laws that are one law here are predicted alike out of fold, at every run', async () => {
    const rmse: number[] = [];
    for (const law of [chinchilla, lawNamed('d-cpt')]) {
      const { score } = await crossValidate(await fitLaw(law, runs, { descents: 50 }), runs);
      expect(score!.rows, law.name).toBe(182);
      rmse.push(score!.rmseLog);
    }
    expectWithin(rmse[1]! / rmse[0]!, 1, 1e-4, 'd-cpt against chinchilla');
  });
});

describe.skipIf(!isHere)('104 runs of Gadre et al.', () => {
  // [e, a, α, b, β] with e, a, b the logarithms of E, A, B.
  it.each([
    ['c4_original', 34, [0.4825, 4.8086, 0.2526, 5.4915, 0.2622], 0.00053],
    ['rpj', 35, [0.5425, 4.6644, 0.2431, 5.697, 0.273], 0.000427],
    ['rw_original', 35, [0.5314, 4.341, 0.2226, 5.9511, 0.2898], 0.000476],
  ])('Chinchilla on %s', async (set, count, expected, objective) => {
    const runs = table('gadre_runs.csv')
      .filter(({ dataset }) => dataset === set)
      .map((row) => run(Number(row.params), Number(row.tokens), Number(row.tokens), Number(row.loss_c4_val)));
    expect(runs).toHaveLength(count);
    const options: FitOptions = { descents: 50 };
    const fit = await fitLaw(chinchilla, runs, options);
    expectWithin(fit.objective, objective, LAST_OF_6, 'objective');
    expected.forEach((value, index) => {
      expectWithin(
        fit.theta[index]!,
        value,
        0.6e-4 + 1e-4 * Math.abs(value),
        chinchilla.parameters[index]!.name,
      );
    });
  });
});
