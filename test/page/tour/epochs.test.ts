import { expect, test } from 'vitest';
import { type Noise, recipesOf, SINGLE_STAGE } from '../../../src/page/tour/measured/recipes.ts';
import { bestOfEpochs, byEpochs } from '../../../src/page/tour/steps/epochs.ts';
import { summary } from '../runs/summaries.ts';

const NOISE: Noise = { deviation: 0.05, repetitions: 10 };

/** Bits of one run with as many epochs; `seed` and `rate` where there are several. */
function run(k: number, targetBitsPerByte: number, { seed = 1, rate = 0.01 } = {}) {
  return summary({ name: `${k} ${seed} ${rate}`, k, targetBitsPerByte, seed, learningRate: rate });
}

const told = (runs: readonly ReturnType<typeof run>[]) => bestOfEpochs(byEpochs(recipesOf(runs), NOISE));

test('one recipe stands for each number of epochs: of several rates one that other seeds judge, where there is one', () => {
  const runs = [
    run(16, 2.5),
    run(4, 3.1, { rate: 0.01 }),
    run(4, 3.0, { rate: 0.02 }),
    run(4, 3.2, { rate: 0.02, seed: 2 }),
  ];
  const mixed = summary({ name: 'mixed', kind: SINGLE_STAGE, k: 8, r: 0.5 });
  const contenders = byEpochs(recipesOf([...runs, mixed]), NOISE);
  expect(contenders.map(({ recipe, bits, tried }) => [recipe.first.k, bits, tried])).toEqual([
    [4, 3.2, 2],
    [16, 2.5, 1],
  ]);
});

test('more epochs are worse where the lead is beyond what the luckiest of all gains by chance', () => {
  // 0.15 bits are two standard errors of the difference; the luckiest of five gains more than half of them.
  const five = [run(4, 2.9), run(8, 2.7), run(16, 2.6), run(32, 2.62), run(64, 2.75)];
  const close = told(five);
  expect([close?.best.recipe.first.k, close?.most.recipe.first.k]).toEqual([16, 64]);
  expect(close?.lead.value).toBeCloseTo(0.15, 12);
  expect(close?.lead.luck).toBeGreaterThan(0.05);
  expect(close?.lead.sign).toBe(0);
  expect(told([run(16, 2.6), run(64, 2.75)])?.lead.sign).toBe(1);
  expect(told([...five.slice(0, 4), run(64, 3)])?.lead.sign).toBe(1);
});

test('rates that were tried at one number of epochs count as well, if its own seed chose it', () => {
  const rates = [0.01, 0.02, 0.03, 0.04, 0.05].map((rate) => run(16, 2.6 + rate, { rate }));
  const lucky = told([...rates, run(64, 2.76)]);
  const judged = told([run(16, 2.6), run(16, 2.61, { seed: 2 }), run(16, 2.61, { seed: 3 }), run(64, 2.76)]);
  expect(lucky?.lead.luck).toBeGreaterThan(judged?.lead.luck ?? Number.NaN);
  expect(bestOfEpochs([])).toBeNull();
});
