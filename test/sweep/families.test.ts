import { describe, expect, test } from 'vitest';
import type { TrainConfig } from '../../src/formats/config.ts';
import { families, familiesOf } from '../../src/sweep/families.ts';
import { checkForks, type Fork, ForkError, sharedSteps } from '../../src/train/checkpoint/fork.ts';
import { type FleetPlan, type PlannedRun, planFleets } from '../../src/train/fleet/plan.ts';
import { sampleCorpora, smallConfig } from '../train/fixtures.ts';

/** Batch × 16 tokens × steps: 40 steps, the first stage one eighth target text. */
const twoStage = (name: string, finalShare: number, finalRatio: number, changes: object = {}) => {
  const ratio = (1 / 8) * (1 - finalShare) + finalRatio * finalShare;
  return smallConfig({
    name,
    recipe: { targetTokens: 209, epochs: (ratio * 40 * 2) / 13, ratio, finalRatio, firstRatio: 1 / 8 },
    optimizer: { schedule: 'wsd', warmup: 0.1, decay: 0.3 },
    ...changes,
  });
};

async function planned(configs: readonly TrainConfig[]): Promise<FleetPlan> {
  const [plan] = planFleets(configs, await sampleCorpora()) as [FleetPlan];
  expect(plan.runs.map(({ name }) => name)).toEqual(configs.map(({ name }) => name));
  return plan;
}

const stageStart = ({ plan }: PlannedRun) => plan.stageStartSteps[1];

describe('families', () => {
  test('two-stage runs share their first stage, as far as the shorter one goes', async () => {
    const { runs } = await planned([
      twoStage('short', 0.2, 1),
      twoStage('short, mixed', 0.2, 0.75),
      twoStage('long', 0.4, 1),
      twoStage('long, mixed', 0.4, 0.75),
    ]);
    expect(runs.map(({ plan }) => plan.steps)).toEqual([40, 40, 40, 40]);
    expect(runs.map(stageStart)).toEqual([32, 32, 24, 24]);
    const { forks, savedSteps, savedFlops } = families(runs);
    expect(forks).toEqual([
      { from: 'short', step: expect.any(Number), to: 'short, mixed' },
      { from: 'short', step: expect.any(Number), to: 'long' },
      { from: 'long', step: expect.any(Number), to: 'long, mixed' },
    ]);
    // Where a final stage begins with a window that the first one would have read as well, they part a step or two later.
    const [mixed = 0, long = 0, longMixed = 0] = forks.map(({ step }) => step);
    for (const [step, start] of [[mixed, 32] as const, [long, 24] as const, [longMixed, 24] as const]) {
      expect(step).toBeGreaterThanOrEqual(start);
      expect(step).toBeLessThan(start + 3);
    }
    expect(savedSteps).toBe(mixed + long + longMixed);
    expect(savedFlops).toBe(6 * runs[0]!.realised.N * savedSteps * 2 * 16);
    expect(() => checkForks(forks, [{ runs } as unknown as FleetPlan])).not.toThrow();
  });

  test('of several fleets stand together', async () => {
    const wide = { model: { width: 32, heads: 1 } };
    const configs = [
      twoStage('a', 0.2, 1),
      twoStage('wide', 0.2, 1, wide),
      twoStage('b', 0.4, 1),
      twoStage('wide b', 0.4, 1, wide),
    ];
    const corpora = await sampleCorpora();
    const { forks, savedSteps } = familiesOf(configs, corpora);
    expect(forks.map(({ from, to }) => [from, to])).toEqual([
      ['a', 'b'],
      ['wide', 'wide b'],
    ]);
    expect(savedSteps).toBe(forks.reduce((sum, { step }) => sum + step, 0));
    expect(familiesOf(configs, corpora, 30).forks).toEqual([]);
  });

  test('what the first steps depend on is never shared where it differs', async () => {
    const base = twoStage('base', 0.2, 1);
    const others = [
      twoStage('cosine', 0.2, 1, { optimizer: { schedule: 'cosine', warmup: 0.1 } }),
      twoStage('warm-up', 0.2, 1, { optimizer: { schedule: 'wsd', warmup: 0.2, decay: 0.3 } }),
      twoStage('rate', 0.2, 1, {
        optimizer: { schedule: 'wsd', warmup: 0.1, decay: 0.3, learningRate: 0.01 },
      }),
      twoStage('decay of weights', 0.2, 1, { optimizer: { schedule: 'wsd', warmup: 0.1, weightDecay: 0.2 } }),
      twoStage('clip', 0.2, 1, { optimizer: { schedule: 'wsd', warmup: 0.1, clip: 0.5 } }),
      twoStage('seed', 0.2, 1, { seed: 4 }),
      smallConfig({
        name: 'mono',
        corpora: { source: null },
        recipe: { targetTokens: 209, epochs: 6, ratio: 1 },
        optimizer: { schedule: 'wsd', warmup: 0.1 },
      }),
    ];
    const { runs } = await planned([base, ...others]);
    for (const [index, { name }] of others.entries()) {
      // A schedule shares its warm-up with another one, but no fork is worth so few steps.
      expect(families([runs[0]!, runs[index + 1]!]).forks, name).toEqual([]);
    }
  });

  test('a shorter run that is all in a longer one is forked at its end, and the other way round', async () => {
    const run = (name: string, epochs: number, steps: number) =>
      smallConfig({
        name,
        corpora: { source: null },
        recipe: { targetTokens: 209, epochs, ratio: 1 },
        optimizer: { schedule: 'wsd', warmup: 4 / steps, decay: 0 },
      });
    const { runs } = await planned([run('short', 2, 13), run('long', 4, 26)]);
    expect(runs.map(({ plan }) => plan.steps)).toEqual([13, 26]);
    expect(families(runs).forks).toEqual([{ from: 'short', step: 13, to: 'long' }]);
    expect(families([...runs].reverse()).forks).toEqual([{ from: 'long', step: 13, to: 'short' }]);
  });
});

/** Runs of up to eight steps of two windows, of few kinds, so that every way of sharing comes up. */
function randomRuns(random: () => number): PlannedRun[] {
  const digit = (kinds: number) => Math.floor(random() * kinds);
  return Array.from({ length: 2 + digit(7) }, (_, i) => {
    const steps = 1 + digit(8);
    // Mostly the same, so that prefixes are long.
    const rare = () => (digit(8) === 0 ? 1 : 0);
    return {
      name: `run ${i}`,
      config: { seed: rare() },
      plan: {
        windows: Uint32Array.from({ length: 2 * steps }, rare),
        steps,
        batch: 2,
        context: 4,
      },
      learningRates: Float32Array.from({ length: steps }, rare),
      optimizer: { beta1: 0.9, beta2: 0.98, epsilon: 1e-8, weightDecay: rare(), clip: 1 },
      hasSource: true,
      realised: { N: 10 },
    } as unknown as PlannedRun;
  });
}

/** All that decides the bits of a run's first `steps` steps. */
function prefix(run: PlannedRun, steps: number): string {
  const { config, optimizer, plan, learningRates } = run;
  return JSON.stringify([
    config.seed,
    optimizer,
    [...plan.windows.subarray(0, steps * plan.batch)],
    [...learningRates.subarray(0, steps)],
  ]);
}

function lcg(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

describe('any list of runs', () => {
  const lists = Array.from({ length: 300 }, (_, seed) => randomRuns(lcg(seed)));

  test('shares what a comparison of every prefix finds', () => {
    let shared = 0;
    for (const [a, b] of lists.map((runs) => runs as [PlannedRun, PlannedRun, ...PlannedRun[]])) {
      let expected = 0;
      while (
        expected < Math.min(a.plan.steps, b.plan.steps) &&
        prefix(a, expected + 1) === prefix(b, expected + 1)
      ) {
        expected++;
      }
      expect(sharedSteps(a, b)).toBe(expected);
      expect(sharedSteps(b, a)).toBe(expected);
      for (let known = 0; known <= expected; known++) expect(sharedSteps(a, b, known)).toBe(expected);
      shared += expected;
    }
    expect(shared).toBeGreaterThan(100);
  });

  test('is trained without taking any step twice, and every fork is one that can be', () => {
    for (const runs of lists) {
      const { forks, savedSteps } = families(runs, 1);
      const steps = runs.reduce((sum, { plan }) => sum + plan.steps, 0);
      const different = new Set(
        runs.flatMap((run) => Array.from({ length: run.plan.steps }, (_, i) => prefix(run, i + 1))),
      );
      expect(steps - savedSteps).toBe(different.size);
      checkForks(forks, [{ runs } as unknown as FleetPlan]);
      expect(families(runs, 4).forks.every(({ step }) => step >= 4)).toBe(true);
    }
  });
});

describe('a fork that cannot be', () => {
  test('is refused with what is wrong', async () => {
    const other = twoStage('other', 0.2, 1, { model: { width: 32, heads: 1 } });
    const configs = [twoStage('a', 0.2, 1), twoStage('b', 0.4, 1), twoStage('c', 0.4, 0.75), other];
    const plans = planFleets(configs, await sampleCorpora());
    const refused = (...forks: Fork[]) => {
      try {
        checkForks(forks, plans);
      } catch (error) {
        expect(error).toBeInstanceOf(ForkError);
        expect(forks).toContain((error as ForkError).fork);
        return (error as ForkError).message;
      }
      return 'nothing';
    };
    const fits = { from: 'a', step: 24, to: 'b' };
    expect(refused(fits)).toBe('nothing');
    expect(refused({ ...fits, step: 39 })).toMatch(
      /^b cannot go on from a at step 39: they agree in their first 2\d steps only$/,
    );
    expect(refused({ ...fits, step: 0 })).toMatch(/0 is no step/);
    expect(refused({ ...fits, step: 2.5 })).toMatch(/2\.5 is no step/);
    expect(refused({ ...fits, to: 'a' })).toMatch(/the same run/);
    expect(refused({ ...fits, to: 'd' })).toMatch(/there is no run d/);
    expect(refused({ ...fits, from: 'other' })).toMatch(/no run other has its model/);
    expect(refused(fits, { ...fits, step: 3 })).toMatch(/goes on from a already/);
    expect(refused(fits, { from: 'b', step: 24, to: 'c' })).toMatch(
      /b itself begins at step 24, from a; fork from that one/,
    );
    expect(refused({ from: 'b', step: 9, to: 'a' }, { from: 'a', step: 9, to: 'b' })).toMatch(
      /itself begins/,
    );
  });
});
