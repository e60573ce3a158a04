/** What holds of the fixed kernels holds of every other choice: right gradients, right losses, and bits that fleets and pauses leave alone. */

import { describe, expect, test } from 'vitest';
import { Tuner } from '../../src/gpu/tuning/tuner.ts';
import type { FleetSpec, RunState, StepLoss, Tuning } from '../../src/model/engine.ts';
import { createWebGpuEngine } from '../../src/model/fleet/webgpuEngine.ts';
import { parameterTable } from '../../src/model/llama/parameters.ts';
import { chooseTuning, kernelChoices } from '../../src/model/program/chooseTuning.ts';
import { stepShape } from '../../src/model/program/sizes.ts';
import { adapterName, useDevice } from '../gpu/adapter.ts';
import { expectClose } from '../reference/compare.ts';
import { readWeight, referenceGradients } from '../reference/llama.ts';
import { referenceState } from '../reference/optimizer.ts';
import { randomArena } from '../reference/random.ts';
import { referenceTrain, windowTokens } from '../reference/train.ts';
import { OPTIMIZER, TINY, TOKENS, tinyFleet, tinyRun } from './tiny.ts';

/** A gradient is a sum over all tokens and layers in f32. */
const GRADIENT_TOLERANCE = 1e-4;
/** f32 rounding grows with the updates; a wrong formula shows at 1e-2 and above. */
const LOSS_TOLERANCE = 1e-3;
const BATCH = 4;
const STEPS = 8;

const gpu = useDevice();
const table = parameterTable(TINY);
const shape = stepShape(table, 1, BATCH);

/** For each kernel the first of `wanted` that fits it on any adapter, else the fixed variant. */
function tuningOf(gradientSlices: number, ...wanted: readonly string[]): Tuning {
  const adapters = [true, false].flatMap((software) =>
    [true, false].map((subgroups) => ({ software, vendor: 'any', subgroups })),
  );
  const variants = kernelChoices(shape, gradientSlices).map((choice) => {
    const fitting = new Set(adapters.flatMap((adapter) => choice.candidates(adapter)));
    return [choice.name, wanted.find((one) => fitting.has(one)) ?? choice.fixed(adapters[0]!)] as const;
  });
  return { gradientSlices, variants: Object.fromEntries(variants) };
}

const TUNINGS: readonly (readonly [string, Tuning])[] = [
  ['slabs, rows shared by 16', tuningOf(8, 'slabs 32×64', 'strips of 1', '16 a row')],
  ['large slabs, rows shared by 64', tuningOf(4, 'slabs 64×64', 'strips of 2', '64 a row')],
  ['quads', tuningOf(2, 'quads 8×16', 'quads 4×16', 'strips of 4', '1 a row')],
  ['large registers', tuningOf(1, 'registers 8×16', 'strips of 4', '1 a row')],
];

async function train(
  spec: FleetSpec,
  steps: number,
  tuning: Tuning,
): Promise<{ losses: readonly StepLoss[]; state: RunState }[]> {
  const fleet = await createWebGpuEngine(gpu()).createFleet(spec, { tuning });
  try {
    expect(fleet.facts.tuning).toEqual(tuning);
    await fleet.advance(steps);
    const progress = await fleet.progress();
    const results = [];
    for (const [run, { losses }] of progress.entries())
      results.push({ losses, state: await fleet.readState(run) });
    return results;
  } finally {
    fleet.destroy();
  }
}

test('the four choices differ in every kernel that has a choice', () => {
  for (const { name } of kernelChoices(shape, 1)) {
    const slot = name.replace(/slices \d+/, 'slices');
    const chosen = TUNINGS.map(
      ([, { variants }]) =>
        Object.entries(variants).find(([kernel]) => kernel.replace(/slices \d+/, 'slices') === slot)?.[1],
    );
    expect(new Set(chosen).size, name).toBeGreaterThan(2);
  }
});

describe.each(TUNINGS)('%s', (label, tuning) => {
  const figures = (extent: readonly number[]) => ({
    shape: [...extent],
    seed: 5,
    adapter: adapterName(gpu()),
  });

  test('gradients of every tensor agree with the float64 reference', async () => {
    // Without clip or decay, AdamW's first moment after one step is (1 − β1) times the gradient.
    const run = tinyRun(5, 1, BATCH, TINY, { ...OPTIMIZER, clip: 0, weightDecay: 0 });
    const parameters = randomArena(table, 6);
    const started = { ...run, state: { ...run.state, parameters } };
    const [trained] = await train(tinyFleet([started], BATCH), 1, tuning);
    const { inputs, targets } = windowTokens(TOKENS, run.windows, TINY.context);
    const expected = referenceGradients(table, parameters, inputs, targets, BATCH);
    const scale = 1 / Math.fround(1 - Math.fround(OPTIMIZER.beta1));
    const actual = trained!.state.firstMoment.map((value) => value * scale);
    for (const tensor of table.tensors) {
      expectClose(
        `gradient of ${tensor.name}, ${label}`,
        readWeight(actual, tensor),
        readWeight(expected.gradients, tensor),
        GRADIENT_TOLERANCE,
        figures([tensor.rows, tensor.columns]),
      );
    }
  });

  test('losses agree with the float64 reference; fleet, single runs and a resume give the same bits', async () => {
    const runs = [tinyRun(3, STEPS, BATCH), tinyRun(4, STEPS - 3, BATCH)];
    const fleet = await train(tinyFleet(runs, BATCH), STEPS, tuning);
    const [first] = runs;
    const expected = referenceTrain({
      table,
      state: referenceState(first!.state),
      windows: first!.windows,
      tokens: TOKENS,
      learningRates: first!.learningRates,
      optimizer: OPTIMIZER,
      batch: BATCH,
    });
    expectClose(
      `${STEPS} steps of loss, ${label}`,
      fleet[0]!.losses.map(({ loss }) => loss),
      expected.losses.map(({ loss }) => loss),
      LOSS_TOLERANCE,
      figures([STEPS]),
    );
    for (const [index, run] of runs.entries()) {
      const [single] = await train(tinyFleet([run], BATCH), STEPS, tuning);
      expect(fleet[index]).toEqual(single);
    }
    const [half] = await train(tinyFleet([first!], BATCH), 3, tuning);
    const [rest] = await train(tinyFleet([{ ...first!, state: half!.state }], BATCH), STEPS - 3, tuning);
    expect(rest!.state).toEqual(fleet[0]!.state);
  });
});

test('what a tuner measured is what the fleet uses, complete, and again where it is given back', async () => {
  // A step of few rows: the largest tiles do not fit them, and need not be compiled.
  const few = BATCH / 2;
  const small = stepShape(table, 1, few);
  const tuner = new Tuner(gpu());
  const tuned = await chooseTuning(small, gpu(), { tuner });
  expect(Object.keys(tuned.variants)).toEqual(
    kernelChoices(small, tuned.gradientSlices).map(({ name }) => name),
  );
  for (const [name, { variant }] of Object.entries(tuner.table)) expect(tuned.variants[name]).toBe(variant);

  const run = tinyRun(3, 2, few);
  const engine = createWebGpuEngine(gpu(), { tuner });
  const fleet = await engine.createFleet(tinyFleet([run], few));
  expect(fleet.facts.tuning).toEqual(tuned);
  fleet.destroy();
  const [once] = await train(tinyFleet([run], few), 2, tuned);
  const [again] = await train(tinyFleet([run], few), 2, tuned);
  expect(again).toEqual(once);
});
