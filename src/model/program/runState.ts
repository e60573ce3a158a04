/** The words that the device keeps of one run; `struct RunState` of shaders/prelude/run_state.wgsl, field by field. */

import type { AdamWOptions, RunStatus } from '../engine.ts';

export const RUN_STATE_WORDS = 16;
export const RUN_STATE_BYTES = RUN_STATE_WORDS * 4;

const STATUSES: readonly RunStatus[] = ['running', 'done', 'diverged'];

const NEXT_STEP = 0;
const STATUS = 1;
const STEPS = 2;
const BETA1 = 8;
const PLAN_STEPS = 13;

/** State of a run that has `step` of its `steps` behind it; plans lie `planSteps` steps apart. */
export function writeRunState(
  words: ArrayBuffer,
  run: number,
  {
    step,
    steps,
    planSteps,
    optimizer,
  }: { step: number; steps: number; planSteps: number; optimizer: AdamWOptions },
): void {
  const integers = new Uint32Array(words, run * RUN_STATE_BYTES, RUN_STATE_WORDS);
  const floats = new Float32Array(words, run * RUN_STATE_BYTES, RUN_STATE_WORDS);
  integers[NEXT_STEP] = step;
  integers[STATUS] = STATUSES.indexOf(step >= steps ? 'done' : 'running');
  integers[STEPS] = steps;
  const { beta1, beta2, epsilon, weightDecay, clip } = optimizer;
  integers[PLAN_STEPS] = planSteps;
  floats.set([beta1, beta2, epsilon, weightDecay, clip], BETA1);
}

export function readRunState(words: Uint32Array, run: number): { step: number; status: RunStatus } {
  const at = run * RUN_STATE_WORDS;
  const status = STATUSES[words[at + STATUS] ?? 0];
  if (!status) throw new Error(`run ${run} has the unknown status ${words[at + STATUS]}`);
  return { step: words[at + NEXT_STEP] ?? 0, status };
}

/**
 * A run's schedule as the device reads it, [steps][learning rate, 1/(1−β1^t), 1/(1−β2^t), 0]. t are the steps behind the moments,
 * the present one counted: from 1, or from where `stepsBefore` ended.
 */
export function scheduleRows(
  learningRates: Float32Array,
  { beta1, beta2 }: AdamWOptions,
  stepsBefore = 0,
): Float32Array<ArrayBuffer> {
  const rows = new Float32Array(learningRates.length * 4);
  learningRates.forEach((learningRate, step) => {
    const taken = stepsBefore + step + 1;
    rows.set([learningRate, 1 / (1 - beta1 ** taken), 1 / (1 - beta2 ** taken), 0], step * 4);
  });
  return rows;
}
