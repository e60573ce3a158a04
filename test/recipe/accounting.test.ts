import { describe, expect, test } from 'vitest';
import { kindOf, realise } from '../../src/recipe/accounting.ts';
import { makePlan, TARGET } from '../../src/recipe/plan.ts';
import type { Recipe } from '../../src/recipe/recipe.ts';
import { nominal } from '../../src/recipe/stages.ts';

const N = 98_000;

function planOf(recipe: Recipe) {
  return makePlan({
    recipe,
    batch: 8,
    context: 64,
    targetTokensAvailable: 1_000_000,
    sourceTokensAvailable: 2_000_000,
    targetOffset: 0,
    sourceOffset: 1_000_000,
    seed: 3,
  });
}

function realisedOf(recipe: Recipe, rewarms = false) {
  return realise(planOf(recipe), { N, rewarms });
}

describe('realised values', () => {
  test('of one epoch in one language are exact where windows and batches divide', () => {
    expect(realisedOf({ targetTokens: 65_537, epochs: 1, ratio: 1, finalRatio: 1 })).toEqual({
      kind: 'monolingual single-stage',
      N,
      D: 65_536,
      D_T: 65_536,
      S: 0,
      k: 1,
      r: 1,
      r_f: 1,
      r_1: 1,
      s: 1,
      C: 6 * N * 65_536,
      steps: 128,
      sourceRepeated: false,
    });
  });

  test('of two stages follow D = k·D_T/r and s = (r − r_1)/(r_f − r_1)', () => {
    const realised = realisedOf({
      targetTokens: 65_537,
      epochs: 4,
      ratio: 0.25,
      finalRatio: 1,
      firstRatio: 0.0625,
    });
    expect(realised).toMatchObject({
      kind: 'multi-lingual two-stage',
      D: 1_048_576,
      S: 786_432,
      k: 4,
      r: 0.25,
      r_f: 1,
      steps: 2048,
    });
    const windows = 16_384;
    // The stage ends on a whole window, and its ratio is a count over a count.
    expect(Math.abs(realised.s - 0.2) * windows).toBeLessThan(1);
    expect(Math.abs(realised.r_1 - 0.0625) * windows * 0.8).toBeLessThanOrEqual(1);
  });

  test('are counted, not copied: a run rounded to whole steps says so', () => {
    const realised = realisedOf({ targetTokens: 65_536, epochs: 1, ratio: 1, finalRatio: 1 });
    expect(realised.D_T).toBe(1023 * 64);
    expect(realised.k).toBe(1024 / 1023);
  });

  test('of less than one epoch', () => {
    expect(realisedOf({ targetTokens: 65_537, epochs: 0.5, ratio: 1, finalRatio: 1 })).toMatchObject({
      D: 32_768,
      D_T: 65_536,
      k: 0.5,
    });
  });
});

describe('realised values of the first steps of a plan', () => {
  /** 2,048 steps; the second stage begins at step 1,638, after 13,107 windows. */
  const plan = planOf({ targetTokens: 65_537, epochs: 4, ratio: 0.25, finalRatio: 1, firstRatio: 0.0625 });

  test('are counted from the windows that these steps have read', () => {
    for (const steps of [1, 700, 1638, 1639, 2000]) {
      const read = plan.languages.subarray(0, steps * 8);
      const target = read.filter((language) => language === TARGET).length;
      expect(realise(plan, { N, rewarms: false, steps })).toMatchObject({
        D: steps * 512,
        D_T: 65_536,
        S: (read.length - target) * 64,
        k: target / 1024,
        r: target / read.length,
        C: 6 * N * steps * 512,
        steps,
      });
    }
  });

  test('know no stage that was not reached', () => {
    const first = realise(plan, { N, rewarms: false, steps: 1638 });
    expect(first).toMatchObject({ kind: 'multi-lingual single-stage', s: 1 });
    expect([first.r_f, first.r_1]).toEqual([first.r, first.r]);
    const start = plan.stageStartWindows[1] ?? 0;
    expect(realise(plan, { N, rewarms: false, steps: 1639 })).toMatchObject({
      kind: 'multi-lingual two-stage',
      r_f: 1,
      s: (1639 * 8 - start) / (1639 * 8),
    });
  });

  test('of all steps are those of the plan', () => {
    expect(realise(plan, { N, rewarms: false, steps: plan.steps })).toEqual(
      realise(plan, { N, rewarms: false }),
    );
  });

  test('of no step are numbers all the same', () => {
    const none = realise(plan, { N, rewarms: false, steps: 0 });
    expect(none).toMatchObject({ D: 0, S: 0, k: 0, C: 0, steps: 0, s: 1, sourceRepeated: false });
    expect(none.r).toBeCloseTo(0.0625, 3);
    expect([none.r_f, none.r_1]).toEqual([none.r, none.r]);
  });

  test('repeat the source only once all of it was read', () => {
    const repeating = makePlan({
      recipe: { targetTokens: 65_537, epochs: 1, ratio: 0.5, finalRatio: 0.5 },
      batch: 8,
      context: 64,
      targetTokensAvailable: 65_537,
      sourceTokensAvailable: 32_769,
      targetOffset: 0,
      sourceOffset: 65_537,
      seed: 3,
    });
    const repeated = (steps: number) => realise(repeating, { N, rewarms: false, steps }).sourceRepeated;
    // 512 source windows, 4 a step.
    expect([repeated(128), repeated(129), repeated(repeating.steps)]).toEqual([false, true, true]);
  });
});

test.each([
  [[1], 'monolingual single-stage'],
  [[0.5], 'multi-lingual single-stage'],
  [[0.1, 1], 'multi-lingual two-stage'],
  [[0, 0.9], 'multi-lingual two-stage'],
  [[1, 1], 'monolingual re-warm'],
  [[0.9, 0.1], 'multi-stage'],
  [[0, 0.5, 1], 'multi-stage'],
])('stages at %j are %s', (ratios, kind) => {
  expect(kindOf(ratios, true)).toBe(kind);
});

test('several stages at r = 1 are a re-warm where the learning rate begins anew, and else one stage', () => {
  const stages = [
    { share: 0.75, ratio: 1 },
    { share: 0.25, ratio: 1 },
  ];
  const recipe = { targetTokens: 65_537, tokens: 131_072, stages };
  expect(realisedOf(recipe, true)).toMatchObject({ kind: 'monolingual re-warm', k: 2, s: 0.25, S: 0 });
  expect(realisedOf(recipe, false)).toMatchObject({ kind: 'monolingual single-stage', k: 2, s: 1, S: 0 });
});

test('nominal values of both forms of a recipe agree', () => {
  const byRatios = nominal({ targetTokens: 1000, epochs: 2, ratio: 0.25, finalRatio: 1, firstRatio: 0.0625 });
  const byStages = nominal({
    targetTokens: 1000,
    tokens: 8000,
    stages: [
      { share: 0.8, ratio: 0.0625 },
      { share: 0.2, ratio: 1 },
    ],
  });
  for (const field of [
    'tokens',
    'sourceTokens',
    'epochs',
    'ratio',
    'finalShare',
    'firstRatio',
    'finalRatio',
  ] as const) {
    expect(byStages[field]).toBeCloseTo(byRatios[field], 9);
  }
});
