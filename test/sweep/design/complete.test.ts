import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { recordConfig, runId } from '../../../src/formats/config.ts';
import type { SweepDesign } from '../../../src/formats/sweepDesignFields.ts';
import { type Realised, realise } from '../../../src/recipe/accounting.ts';
import { type BatchPlan, makePlan } from '../../../src/recipe/plan.ts';
import { learningRates, rewarms } from '../../../src/recipe/schedule.ts';
import { completeRun, draftConfig, type PlannedRun } from '../../../src/sweep/design/complete.ts';
import { expandDesigns } from '../../../src/sweep/design/expand.ts';
import { designOf, MODEL, N, onlyRun, plan, TEXTS } from './fixtures.ts';

/** Room for sums of floats. */
const RELATIVE = 1e-9;

describe('what follows from the rest', () => {
  test('k from C, r and D_T: a quarter of 32,000 tokens is five times 1,600', async () => {
    const compute = [6 * N * 32_000];
    const { nominal, steps, config, flops } = await onlyRun({
      recipe: { targetTokens: 1601, ratio: 0.25, finalRatio: 1, firstRatio: 0.1 },
      compute,
    });
    // Within the twelve digits that a derived number has.
    expect(config.recipe).toMatchObject({ epochs: 5, ratio: 0.25, finalRatio: 1, firstRatio: 0.1 });
    expect(nominal).toMatchObject({
      kind: 'multi-lingual two-stage',
      N,
      D: 32_000,
      D_T: 1600,
      k: 5,
      r: 0.25,
    });
    expect(nominal).toMatchObject({ S: 24_000, r_f: 1, r_1: 0.1, C: compute[0] });
    expect(nominal.s).toBe(0.166666666667);
    expect([steps, flops]).toEqual([500, compute[0]]);
  });

  test('k counts whole windows: of 1,600 tokens the last window has no next token, so 1,584 are read again and again', async () => {
    const { nominal, flops } = await onlyRun({
      recipe: { targetTokens: 1600 },
      compute: [6 * N * 15_840],
    });
    expect(nominal).toMatchObject({ D_T: 1584, k: 10 });
    // To half a batch of four windows.
    expect(Math.abs(flops / (6 * N) - 15_840)).toBeLessThanOrEqual(32);
  });

  test('r from s, r_1 and r_f; r_f is 1 where nothing is said, and s = 1 is one stage', async () => {
    const shared = { recipe: { targetTokens: 1601, firstRatio: 0.1 }, compute: [6 * N * 32_000] };
    const of = (finalShare: number, finalRatio?: number) =>
      onlyRun({
        ...shared,
        recipe: { ...shared.recipe, finalShare, ...(finalRatio !== undefined && { finalRatio }) },
      });
    expect((await of(0.2)).nominal).toMatchObject({ r: 0.28, r_f: 1, r_1: 0.1, k: 5.6, s: 0.2 });
    expect((await of(0.5, 0.7)).nominal).toMatchObject({ r: 0.4, r_f: 0.7, s: 0.5 });
    expect((await of(1, 0.5)).nominal).toMatchObject({ kind: 'multi-lingual single-stage', r: 0.5, s: 1 });
  });

  test('D from C where a recipe is a list of stages', async () => {
    const stages = [
      { share: 0.75, ratio: 1 },
      { share: 0.25, ratio: 1 },
    ];
    const { nominal, config } = await onlyRun({
      recipe: { targetTokens: 1601, stages },
      optimizer: { rewarm: true, warmup: 0.1 },
      compute: [6 * N * 32_000],
    });
    expect(config.recipe).toEqual({ targetTokens: 1601, tokens: 32_000, stages });
    expect(nominal).toMatchObject({ kind: 'monolingual re-warm', D: 32_000, k: 20, s: 0.25 });
  });

  test('the warm-up from its steps: runs of different length rise over the same', async () => {
    for (const epochs of [4, 16, 33]) {
      const { config, steps } = await onlyRun({
        recipe: { targetTokens: 1601, epochs },
        optimizer: { learningRate: 1 },
        warmupSteps: 7,
      });
      const rates = learningRates(config.optimizer, steps);
      expect([...rates.slice(0, 8)]).toEqual(
        [1, 2, 3, 4, 5, 6, 7, 7].map((step) => Math.fround(Math.min(1, step / 7))),
      );
    }
  });

  test('one id for one run, whichever way it is asked for', async () => {
    const compute = [6 * N * 32_000];
    const ids = await Promise.all(
      [
        designOf({
          recipe: { targetTokens: 1601, ratio: 0.28, finalRatio: 1, firstRatio: 0.1, epochs: 5.6 },
        }),
        designOf({ recipe: { targetTokens: 1601, finalShare: 0.2, firstRatio: 0.1 }, compute }),
        designOf({
          name: 'another',
          optimizer: { batch: 4 },
          recipe: { firstRatio: 0.1, finalShare: 0.2, targetTokens: 1601 },
          corpora: { source: 'file:elsewhere/en.txt', target: 'file:elsewhere/sw.txt' },
          compute,
        }),
      ].map(async (design) => (await plan([design])).runs.map(({ id }) => id)),
    );
    expect(new Set(ids.flat()).size).toBe(1);
    const [single, sameSingle] = await Promise.all([
      onlyRun({ recipe: { targetTokens: 1601, ratio: 0.5, epochs: 2 } }),
      onlyRun({ recipe: { targetTokens: 1601, ratio: 0.5, epochs: 2, finalRatio: 0.5, firstRatio: 0.3 } }),
    ]);
    expect(sameSingle.id).toBe(single.id);
    expect(single.id).toBe(runId(recordConfig(single.config, TEXTS.hashes)));
  });
});

/** Texts that are short enough to be too short for some of the recipes below. */
const SHORT = {
  ...TEXTS,
  target: { training: 3_000, validation: 500 },
  source: { training: 9_000, validation: 500 },
};

const share = fc.double({ min: 0.02, max: 1, noNaN: true });
const recipes = fc.record(
  {
    targetTokens: fc.integer({ min: 10, max: 3_300 }),
    ratio: share,
    finalRatio: share,
    firstRatio: fc.double({ min: 0, max: 0.5, noNaN: true }),
    finalShare: share,
    epochs: fc.double({ min: 0.01, max: 12, noNaN: true }),
  },
  { requiredKeys: ['targetTokens'] },
);
const designs = fc
  .record({
    recipe: recipes,
    tokens: fc.option(fc.integer({ min: 1, max: 60_000 })),
    batch: fc.integer({ min: 1, max: 8 }),
    rewarm: fc.boolean(),
    warmupSteps: fc.option(fc.integer({ min: 0, max: 60 })),
  })
  .map(({ recipe, tokens, batch, rewarm, warmupSteps }): SweepDesign => {
    const { ratio, ...rest } = recipe;
    return designOf({
      recipe: { ...rest, ...(ratio !== undefined && rest.finalShare === undefined && { ratio }) },
      optimizer: { batch, rewarm },
      ...(tokens !== null && { compute: [6 * N * tokens] }),
      ...(warmupSteps !== null && { warmupSteps }),
    });
  });

function trained({ config }: Pick<PlannedRun, 'config'>): { made: BatchPlan; realised: Realised } {
  const made = makePlan({
    recipe: config.recipe,
    batch: config.optimizer.batch,
    context: MODEL.context,
    targetTokensAvailable: SHORT.target.training,
    sourceTokensAvailable: SHORT.source.training,
    targetOffset: 0,
    sourceOffset: 100_000,
    seed: config.seed,
  });
  const isRewarmed = rewarms(config.optimizer, made.steps, made.stageStartSteps);
  return { made, realised: realise(made, { N, rewarms: isRewarmed }) };
}

describe('any design', () => {
  test('is planned as it is trained: steps, FLOPs and kind exactly, ratios to a window, tokens to half a batch', () => {
    let kept = 0;
    fc.assert(
      fc.property(designs, (design) => {
        const [draft] = expandDesigns([design]);
        if (!draft) throw new Error('no draft');
        let run: PlannedRun;
        try {
          run = completeRun(draft, SHORT);
        } catch (error) {
          expect(error).toMatchObject({ name: expect.stringMatching(/^(RecipeError|ConfigError)$/) });
          return;
        }
        kept++;
        const { made, realised } = trained(run);
        const { nominal } = run;
        expect(run.steps).toBe(realised.steps);
        expect(run.flops).toBe(realised.C);
        expect(nominal.kind).toBe(realised.kind);
        expect([nominal.N, nominal.D_T]).toEqual([N, realised.D_T]);
        expect(run.warnings).toEqual(made.warnings);
        const total = made.windows.length;
        const { batch } = run.config.optimizer;
        expect(Math.abs(nominal.D - realised.D)).toBeLessThanOrEqual(
          (batch / 2) * MODEL.context * (1 + RELATIVE),
        );
        expect(Math.abs(nominal.r - realised.r) * total).toBeLessThanOrEqual(1 + RELATIVE * total);
        if (realised.kind === 'multi-lingual two-stage') {
          expect(Math.abs(nominal.s - realised.s) * total).toBeLessThanOrEqual(1 + RELATIVE * total);
        }
        const { compute } = draft;
        if (compute !== null) expect(nominal.C).toBeLessThanOrEqual(compute * (1 + RELATIVE));
        if (compute !== null && draft.fields.recipe?.epochs === undefined) {
          expect(nominal.C).toBeGreaterThanOrEqual(compute * (1 - RELATIVE));
        }
      }),
      { numRuns: 400, seed: 6 },
    );
    expect(kept).toBeGreaterThan(50);
  });

  test('is left out only where training would refuse it, or the design does', () => {
    fc.assert(
      fc.property(designs, (design) => {
        const [draft] = expandDesigns([design]);
        if (!draft || draft.compute !== null || draft.fields.warmupSteps !== undefined) return;
        const refusal = (make: () => unknown) => {
          try {
            make();
            return null;
          } catch (error) {
            return (error as { field?: string }).field ?? String(error);
          }
        };
        const planned = refusal(() => completeRun(draft, SHORT));
        expect(planned).toBe(refusal(() => trained({ config: draftConfig(draft) })));
      }),
      { numRuns: 300, seed: 7 },
    );
  });
});
