import { describe, expect, it } from 'vitest';
import { bestOfEach, bestOfKind, FINE, lowest, QUICK } from '../../../src/law/advice/best.ts';
import type { Recipe } from '../../../src/law/advice/space.ts';
import { type Limits, type Task, TaskError } from '../../../src/law/advice/task.ts';
import { type Law, predictLoss } from '../../../src/law/law.ts';
import { LAWS, lawNamed } from '../../../src/law/laws/catalogue.ts';
import { m3 } from '../../../src/law/laws/m3.ts';
import { pointOf, RECIPE_KINDS, recipeKind } from '../../../src/law/point.ts';
import { bruteForce } from './bruteForce.ts';
import { draws, drawTheta, exampleTheta, harmful, kinked, m3Theta, rippled } from './laws.ts';

/** The search ends where differences of the loss are rounding; a net that comes lower by more has seen what it did not. */
const NO_WORSE = 1e-9;

/** Coordinates are exponentiated and multiplied a few times on their way into a recipe. */
const ROUNDING = 1e-12;

/** At a kink the quick search is off by as much as its step, 1e−5, times the slope. */
const QUICK_OFF = 3e-6;

const TWO_STAGE = 'multi-lingual two-stage';
const SINGLE_STAGE = 'multi-lingual single-stage';
const MONOLINGUAL = 'monolingual single-stage';

function randomTask(draw: () => number, isLimited: boolean): Task {
  const compute = 10 ** (14 + 6 * draw());
  const middle = Math.sqrt(compute / 6);
  const limits: Limits = {
    modelScaleAtMost: middle * 10 ** (-1 + 2 * draw()),
    epochsAtMost: 1 + 10 * draw(),
    sourceTokensAtMost: middle * 10 ** (-2 + 3 * draw()),
    ratioAtLeast: 0.03,
  };
  return {
    compute,
    targetTokens: middle * 10 ** (-3 + 4 * draw()),
    ...(isLimited && { limits }),
  };
}

function expectLegal(recipe: Recipe, { compute, targetTokens, limits = {} }: Task): void {
  const point = pointOf(recipe);
  const roomy = 1 + ROUNDING;
  expect(recipe.D_T).toBe(targetTokens);
  expect(recipeKind(recipe)).toBe(recipe.kind);
  expect(point.C).toBeLessThanOrEqual(compute * roomy);
  expect(recipe.spends).toBeCloseTo(point.C / compute, 10);
  expect(recipe.N).toBeLessThanOrEqual((limits.modelScaleAtMost ?? Infinity) * roomy);
  expect(recipe.k).toBeLessThanOrEqual((limits.epochsAtMost ?? Infinity) * roomy);
  // S passes through 1 − r, which loses digits where r is near 1.
  expect(point.S).toBeLessThanOrEqual((limits.sourceTokensAtMost ?? Infinity) * (1 + 1e-9));
  if (recipe.kind !== MONOLINGUAL)
    expect(recipe.r).toBeGreaterThanOrEqual((limits.ratioAtLeast ?? 1e-5) / roomy);
  expect(recipe.r_f).toBeLessThanOrEqual(1);
}

describe('the best recipe of a kind', () => {
  const subjects: readonly Law[] = [...LAWS, kinked, rippled, harmful];
  for (const law of subjects) {
    it(`is not bettered by a net over all recipes: ${law.name}`, () => {
      const draw = draws(31);
      for (const isLimited of [false, true]) {
        const theta = drawTheta(law, draw);
        const task = randomTask(draw, isLimited);
        for (const kind of RECIPE_KINDS) {
          const found = bestOfKind(law, theta, kind, task);
          const rival = bruteForce(law, theta, kind, task);
          const told = JSON.stringify({ law: law.name, kind, task, theta: [...theta], found, rival });
          if (found === null) {
            expect(rival, told).toBe(Infinity);
            continue;
          }
          expectLegal(found, task);
          // It is a recipe, and the law says that loss of it.
          expect(Math.abs(predictLoss(law, pointOf(found), theta) / found.loss - 1), told).toBeLessThan(
            1e-10,
          );
          expect(found.loss, told).toBeLessThanOrEqual(rival * (1 + NO_WORSE));
          const quick = bestOfKind(law, theta, kind, task, QUICK);
          expect(quick?.loss, told).toBeLessThanOrEqual(found.loss * (1 + QUICK_OFF));
        }
      }
    });
  }

  it('spends more compute and reads more text for the better under M³, never for the worse', () => {
    const draw = draws(5);
    for (let set = 0; set < 4; set++) {
      const theta = drawTheta(m3, draw);
      const compute = 10 ** (14 + 5 * draw());
      const targetTokens = Math.sqrt(compute) * 10 ** (-2 + 2 * draw());
      const loss = (more: number, text: number) =>
        lowest(bestOfEach(m3, theta, { compute: compute * more, targetTokens: targetTokens * text }))!.loss;
      const losses = (by: (factor: number) => number) => [1, 1.3, 2, 5, 20].map(by);
      for (const row of [losses((factor) => loss(factor, 1)), losses((factor) => loss(1, factor))]) {
        for (let index = 1; index < row.length; index++) {
          expect(row[index]).toBeLessThanOrEqual(row[index - 1]! * (1 + NO_WORSE));
        }
      }
    }
  });

  it('stays under the ceiling of compute where repetition does harm', () => {
    const task = { compute: 1e18, targetTokens: 1e5, limits: { modelScaleAtMost: 1e7 } };
    const spent = bestOfKind(harmful, exampleTheta, MONOLINGUAL, task)!;
    expect(spent.spends).toBeLessThan(0.1);
    expect(bestOfKind(m3, exampleTheta, MONOLINGUAL, task)!.spends).toBeCloseTo(1, 9);
  });

  it('reads a part of a corpus that is too large for the budget', () => {
    const recipe = bestOfKind(m3, exampleTheta, MONOLINGUAL, { compute: 1e15, targetTokens: 1e14 })!;
    expect(recipe.k).toBeLessThan(1e-3);
    expect(recipe.atEdges).toEqual([]);
    expect(bestOfKind(m3, exampleTheta, TWO_STAGE, { compute: 1e15, targetTokens: 1e14 })!.k).toBeLessThan(
      1e-3,
    );
  });

  it('finds a final ratio between r and 1, on a kink', () => {
    const recipe = bestOfKind(kinked, exampleTheta, TWO_STAGE, { compute: 1e17, targetTokens: 3e6 })!;
    expect(recipe.r_f).toBeCloseTo(0.6, 6);
    expect(recipe.r).toBeLessThan(0.5);
  });

  it('says where it stands at a wall', () => {
    const plenty = { compute: 1e15, targetTokens: 1e10 };
    const scarce = { compute: 1e18, targetTokens: 1e6 };
    const edges = (law: Law, theta: Float64Array, kind: (typeof RECIPE_KINDS)[number], task: Task) =>
      bestOfKind(law, theta, kind, task)!.atEdges;
    expect(edges(m3, exampleTheta, SINGLE_STAGE, plenty)).toEqual(['nearly monolingual']);
    expect(edges(m3, exampleTheta, TWO_STAGE, scarce)).toEqual([]);
    expect(edges(m3, exampleTheta, TWO_STAGE, { ...scarce, limits: { modelScaleAtMost: 1e6 } })).toEqual([
      'model scale',
    ]);
    expect(edges(m3, exampleTheta, MONOLINGUAL, { ...scarce, limits: { epochsAtMost: 4 } })).toEqual([
      'epochs',
    ]);
    expect(edges(m3, exampleTheta, TWO_STAGE, { ...scarce, limits: { sourceTokensAtMost: 1e6 } })).toContain(
      'source tokens',
    );
    expect(edges(m3, exampleTheta, TWO_STAGE, { ...scarce, limits: { ratioAtLeast: 0.5 } })).toContain(
      'lowest ratio',
    );
    const bimix = lawNamed('bimix');
    expect(edges(bimix, drawTheta(bimix, draws(1)), MONOLINGUAL, scarce)).toEqual(['searched model scales']);
    const averse: Law = {
      ...m3,
      name: 'averse',
      logLoss: (point, theta, gradient) =>
        m3.logLoss(point, theta, gradient) + 0.3 * (point.lnR_f - point.lnR),
    };
    expect(edges(averse, exampleTheta, TWO_STAGE, scarce)).toEqual(['nearly single-stage']);
  });

  it('leaves a kind out that cannot be, or that the law does not speak of', () => {
    const task = { compute: 1e16, targetTokens: 1e6 };
    const kinds = (law: Law, limited: Task) =>
      bestOfEach(law, drawTheta(law, draws(2)), limited).map(({ kind }) => kind);
    expect(kinds(m3, task)).toEqual([...RECIPE_KINDS]);
    expect(kinds(m3, { ...task, limits: { sourceTokensAtMost: 0 } })).toEqual([MONOLINGUAL]);
    expect(kinds(m3, { ...task, limits: { ratioAtLeast: 0.995 } })).toEqual([MONOLINGUAL]);
    expect(kinds(lawNamed('cpt'), task)).toEqual([TWO_STAGE]);
    // What it cannot tell apart is asked once.
    expect(kinds(lawNamed('chinchilla'), task)).toEqual([MONOLINGUAL]);
    expect(kinds(lawNamed('d-cpt'), task)).toEqual([MONOLINGUAL, 'multi-lingual single-stage']);
    expect(kinds(m3, { ...task, limits: { kinds: [TWO_STAGE] } })).toEqual([TWO_STAGE]);
  });

  it('gives kinds that a law cannot tell apart one loss, and prefers the simplest', () => {
    const task = { compute: 1e17, targetTokens: 1e6 };
    for (const [law, theta, ties] of [
      [lawNamed('chinchilla'), drawTheta(lawNamed('chinchilla'), draws(3)), 3],
      [m3, m3Theta({ phi: 0 }), 2],
      [m3, m3Theta({ omega: 0 }), 2],
      [m3, m3Theta({}), 1],
    ] as const) {
      for (const effort of [FINE, QUICK]) {
        const recipes = RECIPE_KINDS.map((kind) => bestOfKind(law, theta, kind, task, effort)!);
        const best = lowest(recipes)!;
        const same = recipes.filter(({ loss }) => Math.abs(loss / best.loss - 1) < 1e-9);
        expect(same.length).toBe(ties);
        expect(best).toBe(same[0]);
      }
    }
  });

  it('works at frozen limits of the parameters', () => {
    const task = { compute: 1e17, targetTokens: 1e6 };
    for (const theta of [
      m3Theta({ Rstar: Infinity }),
      m3Theta({ tau: 0 }),
      m3Theta({ E: 0 }),
      m3Theta({ Rstar: 0 }),
    ]) {
      for (const recipe of bestOfEach(m3, theta, task)) expect(recipe.loss).toBeGreaterThan(0);
    }
    // Text that does not wear off is read as often as its budget would read new text.
    const endless = bestOfKind(m3, m3Theta({ Rstar: Infinity }), MONOLINGUAL, task)!;
    const fresh = bestOfKind(m3, m3Theta({}), MONOLINGUAL, { compute: 1e17, targetTokens: 1e14 })!;
    expect(endless.N).toBeCloseTo(fresh.N, -1);
    // Text that is worn out at once is read once.
    expect(bestOfKind(m3, m3Theta({ Rstar: 0 }), MONOLINGUAL, task)!.k).toBeCloseTo(1, 6);
  });

  it.each<[string, Partial<Task>]>([
    ['compute', { compute: 0 }],
    ['compute', { compute: Number.NaN }],
    ['target tokens', { targetTokens: -1 }],
    ['target tokens', { targetTokens: Infinity }],
    ['limit of the model scale', { limits: { modelScaleAtMost: 0 } }],
    ['limit of the epochs', { limits: { epochsAtMost: Number.NaN } }],
    ['limit of the source tokens', { limits: { sourceTokensAtMost: -1 } }],
    ['lowest target ratio', { limits: { ratioAtLeast: 1 } }],
  ])('refuses a task by the field that cannot be: %s', (field, changed) => {
    const task = { compute: 1e16, targetTokens: 1e6, ...changed };
    expect(() => bestOfKind(m3, exampleTheta, MONOLINGUAL, task)).toThrow(TaskError);
    expect(() => bestOfKind(m3, exampleTheta, MONOLINGUAL, task)).toThrow(field);
  });
});
