import { expect, it } from 'vitest';
import type { LlamaConfig } from '../../src/model/llama/config.ts';
import { parameterTable } from '../../src/model/llama/parameters.ts';
import { referenceForward } from './llama.ts';
import { randomArena, randomTokens, randomWindows } from './random.ts';
import { referenceTrain, windowTokens } from './train.ts';

const CONFIG: LlamaConfig = {
  layers: 1,
  width: 16,
  heads: 1,
  mlp: 20,
  context: 16,
  vocabulary: 256,
  tied: true,
};
const [STEPS, BATCH, SEED] = [6, 2, 3];

const table = parameterTable(CONFIG);
const tokens = randomTokens(SEED, 100, CONFIG.vocabulary);
const plan = {
  table,
  tokens,
  batch: BATCH,
  windows: randomWindows(SEED, STEPS * BATCH, tokens.length, CONFIG.context),
  learningRates: Array.from({ length: STEPS }, (_, step) => 1e-3 * (step + 1)),
  optimizer: { beta1: 0.9, beta2: 0.95, epsilon: 1e-8, weightDecay: 0.1, clip: 1 },
};
const start = {
  parameters: randomArena(table, SEED),
  firstMoment: new Float32Array(table.arena),
  secondMoment: new Float32Array(table.arena),
  step: 0,
};

it('reads a window of context tokens and predicts each one’s successor', () => {
  const { inputs, targets } = windowTokens([9, 8, 7, 6, 5], [0, 2], 2);
  expect([...inputs]).toEqual([9, 8, 7, 6]);
  expect([...targets]).toEqual([8, 7, 6, 5]);
});

it('goes on from a step in the middle as if never interrupted', () => {
  const whole = referenceTrain({ ...plan, state: start });
  const half = referenceTrain({ ...plan, state: start, until: 3 });
  const rest = referenceTrain({ ...plan, state: half.state });
  expect([...half.losses, ...rest.losses]).toEqual(whole.losses);
  expect(whole.losses.map((step) => step.step)).toEqual([1, 2, 3, 4, 5, 6]);
  expect(rest.state).toEqual(whole.state);
});

it('reports the loss before the update, and lowers it on a batch it has seen', () => {
  const windows = plan.windows.map((_, i) => plan.windows[i % BATCH]!);
  const { losses, state } = referenceTrain({ ...plan, windows, state: start });
  const { inputs, targets } = windowTokens(tokens, windows.subarray(0, BATCH), CONFIG.context);
  const before = referenceForward(table, start.parameters, inputs, targets, BATCH).loss;
  const after = referenceForward(table, state.parameters, inputs, targets, BATCH).loss;
  expect(losses[0]!.loss).toBe(before);
  expect(after).toBeLessThan(losses.at(-1)!.loss);
  expect(losses.at(-1)!.loss).toBeLessThan(before);
});
