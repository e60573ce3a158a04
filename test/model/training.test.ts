import { describe, expect, test } from 'vitest';
import type { FleetSpec, RunState, StepLoss } from '../../src/model/engine.ts';
import { createWebGpuEngine } from '../../src/model/fleet/webgpuEngine.ts';
import type { LlamaConfig } from '../../src/model/llama/config.ts';
import { parameterTable } from '../../src/model/llama/parameters.ts';
import { adapterName, useDevice } from '../gpu/adapter.ts';
import { expectClose } from '../reference/compare.ts';
import { readWeight, referenceGradients } from '../reference/llama.ts';
import { referenceState } from '../reference/optimizer.ts';
import { randomArena } from '../reference/random.ts';
import { referenceTrain, windowTokens } from '../reference/train.ts';
import { OPTIMIZER, TINY, TOKENS, tinyFleet, tinyRun } from './tiny.ts';

/** f32 rounding grows over 50 updates; a wrong formula shows at 1e-2 and above. */
const LOSS_TOLERANCE = 1e-3;
/** A gradient is a sum over all tokens and layers in f32. */
const GRADIENT_TOLERANCE = 1e-4;

const gpu = useDevice();

/** Trains a fleet for `steps` steps and returns each run's losses and last state. */
async function train(
  spec: FleetSpec,
  steps: number,
  options: { microBatch?: number } = {},
): Promise<{ losses: readonly StepLoss[]; state: RunState }[]> {
  const fleet = await createWebGpuEngine(gpu()).createFleet(spec, options);
  try {
    await fleet.advance(steps);
    const progress = await fleet.progress();
    const results = [];
    for (const [run, { losses }] of progress.entries()) {
      results.push({ losses, state: await fleet.readState(run) });
    }
    return results;
  } finally {
    fleet.destroy();
  }
}

const cases: readonly (readonly [string, LlamaConfig])[] = [
  ['untied, odd sizes', TINY],
  ['tied', { ...TINY, width: 32, heads: 2, mlp: 64, tied: true }],
];

describe.each(cases)('training, %s', (label, config) => {
  const figures = () => ({ seed: 3, adapter: adapterName(gpu()) });

  test.each([
    ['one batch', 4],
    ['four micro-batches', 1],
  ])('gradients of every tensor agree with the float64 reference, %s', async (split, microBatch) => {
    const table = parameterTable(config);
    // Without clip or decay, AdamW's first moment after one step is (1 − β1) times the gradient.
    const optimizer = { ...OPTIMIZER, clip: 0, weightDecay: 0 };
    const run = tinyRun(5, 1, 4, config, optimizer);
    const parameters = randomArena(table, 6);
    const started = { ...run, state: { ...run.state, parameters } };
    const [trained] = await train(tinyFleet([started], 4, config), 1, { microBatch });
    const { inputs, targets } = windowTokens(TOKENS, run.windows, config.context);
    const expected = referenceGradients(table, parameters, inputs, targets, 4);
    const scale = 1 / Math.fround(1 - Math.fround(OPTIMIZER.beta1));
    const actual = trained!.state.firstMoment.map((value) => value * scale);
    let worst = 0;
    for (const tensor of table.tensors) {
      const name = `gradient of ${tensor.name}, ${label}, ${split}`;
      const figure = expectClose(
        name,
        readWeight(actual, tensor),
        readWeight(expected.gradients, tensor),
        GRADIENT_TOLERANCE,
        { ...figures(), shape: [tensor.rows, tensor.columns] },
      );
      worst = Math.max(worst, figure);
    }
    console.log(`whole-model gradients, ${label}, ${split}: worst tensor ${worst.toExponential(2)}`);
    const squares = expected.gradients.reduce((sum, value) => sum + value * value, 0);
    expectClose(
      'gradient norm',
      [trained!.losses[0]!.gradientNorm],
      [Math.sqrt(squares)],
      GRADIENT_TOLERANCE,
    );
    expectClose('loss', [trained!.losses[0]!.loss], [expected.loss], GRADIENT_TOLERANCE);
  });

  test('50 steps of loss agree with the float64 reference', async () => {
    const steps = 50;
    const run = tinyRun(3, steps, 4, config);
    const [trained] = await train(tinyFleet([run], 4, config), steps);
    const expected = referenceTrain({
      table: parameterTable(config),
      state: referenceState(run.state),
      windows: run.windows,
      tokens: TOKENS,
      learningRates: run.learningRates,
      optimizer: OPTIMIZER,
      batch: 4,
    });
    for (const value of ['loss', 'gradientNorm'] as const) {
      expectClose(
        `50 steps of ${value}, ${label}`,
        trained!.losses.map((step) => step[value]),
        expected.losses.map((step) => step[value]),
        LOSS_TOLERANCE,
        figures(),
      );
    }
    expect(trained!.losses.at(-1)!.loss).toBeLessThan(trained!.losses[0]!.loss - 0.3);
  });
});

describe('the same bits', () => {
  const STEPS = 12;

  test('come out of the same run twice', async () => {
    const spec = tinyFleet([tinyRun(3, STEPS, 4)], 4);
    const [once] = await train(spec, STEPS);
    const [again] = await train(spec, STEPS);
    expect(again).toEqual(once);
    console.log(`repeat: ${STEPS} steps, ${once!.state.parameters.length} weights, 0 bits apart`);
  });

  test('come out of a fleet and of its runs one by one, whatever their lengths and optimisers', async () => {
    const runs = [
      tinyRun(3, STEPS, 4),
      tinyRun(4, STEPS - 5, 4),
      tinyRun(5, STEPS, 4, TINY, { ...OPTIMIZER, clip: 0.1, weightDecay: 0, beta2: 0.99 }),
    ];
    const fleet = await train(tinyFleet(runs, 4), STEPS);
    for (const [index, run] of runs.entries()) {
      const [single] = await train(tinyFleet([run], 4), STEPS);
      expect(fleet[index]).toEqual(single);
    }
    console.log(`fleet of ${runs.length} = ${runs.length} single runs: 0 bits apart`);
  });

  test('come out of a run that was taken up again in the middle', async () => {
    const run = tinyRun(3, STEPS, 4);
    const [whole] = await train(tinyFleet([run], 4), STEPS);
    const [half] = await train(tinyFleet([run], 4), 5);
    expect(half!.state.step).toBe(5);
    const [rest] = await train(tinyFleet([{ ...run, state: half!.state }], 4), STEPS - 5);
    expect(rest!.state).toEqual(whole!.state);
    expect([...half!.losses, ...rest!.losses]).toEqual(whole!.losses);
    console.log('resume at step 5 = uninterrupted: 0 bits apart');
  });
});
