import { describe, expect, test } from 'vitest';
import { planSweep } from '../../../src/sweep/design/planSweep.ts';
import { savingsOf } from '../../../src/sweep/design/savings.ts';
import { textFacts } from '../../../src/sweep/design/texts.ts';
import { familiesOf } from '../../../src/sweep/families.ts';
import { sampleCorpora } from '../../train/fixtures.ts';
import { designOf } from './fixtures.ts';

const corpora = await sampleCorpora();
const facts = textFacts(corpora);

/** Two-stage runs of 60 steps that part where their last stages begin, at two first ratios. */
async function planned() {
  const design = designOf({
    recipe: { targetTokens: 1601, finalRatio: 1 },
    grid: { 'recipe.finalShare': [0.2, 0.4], 'recipe.firstRatio': [0.1, 0.25], 'recipe.epochs': [1] },
    optimizer: { batch: 4, schedule: 'wsd', decay: 0.2 },
    warmupSteps: 4,
    seeds: [0, 1],
  });
  const { runs, dropped } = await planSweep([design], {
    readTexts: async (configs) => configs.map(() => facts),
  });
  expect(dropped).toEqual([]);
  return runs;
}

const options = { corporaOf: () => corpora };

describe('what forks save', () => {
  test('is what training would not do twice, in the FLOPs of the runs', async () => {
    const runs = (await planned()).map((run) => ({ ...run, flops: 7 * run.steps }));
    const { forks, steps, flops, stepsOf } = savingsOf(runs, options);
    // One of each pair that begins alike: two first ratios, two seeds.
    expect([forks, stepsOf.size]).toEqual([4, 4]);
    const { savedSteps } = familiesOf(
      runs.map(({ id, config }) => ({ ...config, name: id })),
      corpora,
    );
    expect(steps).toBe(savedSteps);
    expect(steps).toBe([...stepsOf.values()].reduce((sum, saved) => sum + saved, 0));
    expect(flops).toBeCloseTo(7 * steps, 6);
    for (const [id, saved] of stepsOf) {
      const run = runs.find((one) => one.id === id);
      expect(saved).toBeGreaterThan(8);
      expect(saved).toBeLessThan(run?.steps ?? 0);
    }
  });

  test('is less where tasks are so small that they part a pair, and nothing among runs that share nothing', async () => {
    const runs = await planned();
    expect(savingsOf(runs, { ...options, taskRuns: 1 })).toMatchObject({ forks: 0, steps: 0, flops: 0 });
    const progress: number[] = [];
    savingsOf(runs, { ...options, taskRuns: 4, onProgress: (done) => progress.push(done) });
    expect(progress).toEqual([0, 1, 2]);
    const signal = AbortSignal.abort(new Error('enough'));
    expect(() => savingsOf(runs, { ...options, signal })).toThrow('enough');
  });
});
