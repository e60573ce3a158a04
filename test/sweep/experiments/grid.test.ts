import { describe, expect, test } from 'vitest';
import { parseCorpusSpec, WORLD_BYTES } from '../../../src/formats/corpusSpec.ts';
import type { ResultRun } from '../../../src/sweep/experiments/experiment.ts';
import {
  cellDesign,
  cellOfRun,
  epochsOf,
  monolingual,
  optimum,
  shares,
  singleStage,
  sizesAt,
  sizesRound,
  targetTokensBelow,
  twoStage,
} from '../../../src/sweep/experiments/grid.ts';
import { parametersOf, tokensFor } from '../../../src/sweep/experiments/models.ts';
import { BUDGETS, settingOf } from '../../../src/sweep/experiments/settings.ts';
import { optimumWords } from '../../../src/sweep/experiments/sizes.ts';
import { madeUp, planned } from './madeUp.ts';

const setting = settingOf('small');
const [compute = 0] = setting.computes;
const model = setting.models[1]!;
const D = tokensFor(compute, model);
const asked = { experiment: 'a', round: 'one', model, compute, targetTokens: 8192 };
const TWO = { firstRatio: 0.11, finalShare: 0.22, finalRatio: 1 };

describe('a cell', () => {
  test('has D_T in whole windows and spends C, but for k that was given', async () => {
    const [full, short, single, two] = await planned([
      monolingual([], setting, { ...asked, epochs: null }),
      monolingual([], setting, { ...asked, epochs: 4 }),
      singleStage([], setting, { ...asked, ratio: 0.5 }),
      twoStage([], setting, { ...asked, ...TWO }),
    ]).then((runs) =>
      ['mono seed', 'mono k 4', 'single', 'two'].map((words) =>
        runs.find(({ config }) => config.name.includes(words)),
      ),
    );
    for (const run of [full, short, single, two]) expect(run?.nominal.D_T).toBe(8192);
    for (const run of [full, single, two]) expect(run?.nominal.C).toBeCloseTo(compute, -3);
    expect(full?.nominal.k).toBeCloseTo(D / 8192, 9);
    expect(short?.nominal).toMatchObject({ k: 4, r: 1 });
    expect(single?.nominal).toMatchObject({ r: 0.5, r_f: 0.5 });
    expect(two?.nominal).toMatchObject({ r_1: 0.11, s: 0.22, r_f: 1, r: 0.11 * 0.78 + 0.22 });
    expect(two?.tags).toMatchObject({ asked: 'a/one', budget: compute });
  });

  test('is one run, whoever asks', async () => {
    const runs = await planned([
      twoStage([], setting, { ...asked, ...TWO }),
      twoStage([], setting, { ...asked, ...TWO, experiment: 'b', round: 'two' }),
    ]);
    expect(runs).toHaveLength(1);
    expect(runs[0]?.tags.asked).toEqual(['a/one', 'b/two']);
  });

  test('is asked for again from its run, to the id, and with another seed or setting by another', async () => {
    const designs = [
      monolingual([], setting, { ...asked, epochs: null }),
      monolingual([], setting, { ...asked, epochs: 16 }),
      singleStage([], setting, { ...asked, ratio: 0.22 }),
      twoStage([], setting, { ...asked, ...TWO, finalRatio: 0.75 }),
    ];
    const results = await madeUp(designs, () => 2);
    const again = (run: ResultRun, more = {}) =>
      cellDesign([], setting, { ...asked, ...more }, cellOfRun(run)!);
    for (const run of results) {
      expect((await planned([again(run)]))[0]?.id, run.config.name).toBe(run.id);
      const [seeded] = await planned([again(run, { seed: 2 })]);
      expect(seeded?.config.seed).toBe(2);
      expect(seeded?.config.recipe).toEqual(run.config.recipe);
    }
    const names = [
      again(results[0]!),
      again(results[0]!, { seed: 2 }),
      again(results[0]!, { rateFactor: 2 }),
      again(results[0]!, { optimizer: { weightDecay: 0.4 } }),
      again(results[0]!, { texts: { source: 'world:ja' } }),
    ].map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
  });
});

describe('the grid', () => {
  test('has D_T as powers of two, from D* down, of 64 windows at least', () => {
    expect(targetTokensBelow(300_000)).toEqual([262_144, 65_536, 32_768, 16_384, 8192, 4096]);
    // A 256th part would be fewer than 64 windows of 64 tokens.
    expect(targetTokensBelow(600_000)).toEqual([524_288, 131_072, 65_536, 32_768, 16_384, 8192, 4096]);
    expect(targetTokensBelow(1_200_000)).toEqual([1_048_576, 262_144, 131_072, 65_536, 32_768, 16_384, 4096]);
  });

  test('has k up to the ceiling, and none that is nearly the ceiling', () => {
    expect(epochsOf(compute, model, 262_144)).toEqual([null]);
    expect(epochsOf(compute, model, 65_536)).toEqual([null]);
    expect(epochsOf(compute, model, 16_384)).toEqual([4, 8, null]);
    expect(epochsOf(compute, model, 4096)).toEqual([4, 8, 16, 32, null]);
    expect(epochsOf(10 * compute, model, 4096)).toEqual([4, 8, 16, 32, 64, null]);
  });

  test('has ratios as multiples of D_T/D under a cap, each once', () => {
    expect(shares([8, 16, 32], compute, model, 4096, 0.75)).toEqual([0.18, 0.36, 0.71]);
    expect(shares([8, 16, 32], compute, model, 8192, 0.5)).toEqual([0.36, 0.5]);
    expect(shares([4, 2, 8], compute, model, 262_144, 0.5)).toEqual([0.5]);
  });
});

describe('N* and D*', () => {
  test('are those of the model with the lowest loss at that C', async () => {
    const designs = sizesRound.designs([], setting);
    const best = setting.models.map(parametersOf);
    const results = await madeUp(designs, ({ nominal, tags }) =>
      Math.abs(nominal.N - (tags.budget === compute ? best[0]! : best[2]!)),
    );
    for (const [index, C] of setting.computes.entries()) {
      const found = optimum(results, setting, C);
      expect(found).toMatchObject({
        ...{ N: best[[0, 2][index]!], compared: 3, tied: [] },
        edge: (['smallest', 'largest'] as const)[index],
      });
      expect(found.D).toBeCloseTo(C / (6 * found.N), 6);
    }
    // One epoch: no window is read twice.
    expect(results.every(({ nominal }) => nominal.k <= 1)).toBe(true);
  });

  test.each([
    [[2.3, 2.1, 2.4], null, [], ''],
    [[2.11, 2.1, 2.4], null, [0], 'N* = 33,472 is tied with N = 10,464'],
    [[2.3, 2.2, 2.1], 'largest', [], 'N* = 69,024 is the largest model tried, so a larger one may be better'],
    [
      [2.1, 2.105, 2.11],
      'smallest',
      [1, 2],
      'N* = 10,464 is the smallest model tried, so a smaller one may be better, and it is tied with N = 33,472 and 69,024',
    ],
  ] as const)('are told with what is not known of them: losses %j', async (losses, edge, tied, words) => {
    const of = setting.models.map(parametersOf);
    // Seeds differ by ±0.01 about each mean: a standard error of a difference of 0.014.
    const results = await madeUp(
      sizesRound.designs([], setting),
      ({ nominal, config }) => losses[of.indexOf(nominal.N)]! + (config.seed === 1 ? 0.01 : -0.01),
    );
    const found = optimum(results, setting, compute);
    expect(found).toMatchObject({ edge, tied: tied.map((index) => of[index]!) });
    expect(optimumWords(found)).toBe(words);
  });

  test('are the mean over two seeds at every C, of models that are all of one depth at small', () => {
    const asked = sizesRound.designs([], setting);
    for (const C of setting.computes) {
      const seeds = asked.filter((one) => one.compute?.[0] === C).map(({ seeds: [seed] = [] }) => seed);
      expect(seeds.filter((seed) => seed === 1)).toHaveLength(3);
      expect(seeds.filter((seed) => seed === 2)).toHaveLength(3);
    }
    expect(new Set(setting.models.map(({ layers }) => layers))).toEqual(new Set([2]));
  });

  test.each(BUDGETS)('are looked for among three sizes or more at each C: %s', (budget) => {
    const of = settingOf(budget);
    // What a text of the setting holds for training, less than a twentieth held out.
    const { bytes = WORLD_BYTES } = parseCorpusSpec(of.texts.target) as { bytes?: number };
    for (const C of of.computes) {
      const sizes = sizesAt(of, C);
      expect(sizes.length, `C = ${C}`).toBeGreaterThanOrEqual(3);
      for (const size of sizes) expect(tokensFor(C, size)).toBeLessThan(0.94 * bytes);
    }
    const asked = sizesRound.designs([], of).map(({ compute: [C] = [] }) => C);
    expect(new Set(asked)).toEqual(new Set(of.computes));
  });

  test('are looked for among all models where none has a sensible number of tokens', () => {
    expect(sizesAt(setting, 1)).toEqual(setting.models);
  });

  test('are of the middle model as long as nothing is known', () => {
    expect(optimum([], setting, compute)).toMatchObject({ N: best(1), compared: 0 });
  });
});

const best = (index: number) => parametersOf(setting.models[index]!);
