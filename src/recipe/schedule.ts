/**
 * Learning rates, step by step.
 *
 * `wsd` (warm-up, stable, decay): rises linearly to the peak over `warmup` of the steps, stays, and falls linearly to
 * `finalLearningRate` of the peak over the last `decay` of the steps. The decay never begins before the last stage
 * does: a last stage shorter than `decay` has it all to itself. So two-stage runs meet their target text at the
 * peak, as long schedules must to be compared fairly with short ones.
 *
 * `cosine`: the same warm-up, then half a cosine from the peak to `finalLearningRate` of it at the last step.
 * `decay` is not used.
 *
 * With `rewarm`, every later stage warms up again from nothing, over as many steps as the run's own warm-up (or the
 * whole stage, where that is shorter). For `cosine` each stage is then a cycle of its own, warm-up and cosine; for
 * `wsd` the rate is the lower of the new warm-up and what the schedule would be without it.
 */

import { RecipeError } from './recipe.ts';

export type ScheduleOptions = {
  readonly schedule: 'cosine' | 'wsd';
  /** Peak. */
  readonly learningRate: number;
  /** Share of the run's steps. */
  readonly warmup: number;
  /** Share of the run's steps; `wsd` only. */
  readonly decay: number;
  /** Share of the peak, reached at the last step. */
  readonly finalLearningRate: number;
  /** Whether every later stage warms up again; false when absent. */
  readonly rewarm?: boolean | undefined;
};

/**
 * The learning rate of each step, [steps]. `stageStartSteps` are the plan's: the first step of each stage.
 * Throws `RecipeError` where a number is out of its range.
 */
export function learningRates(
  options: ScheduleOptions,
  steps: number,
  stageStartSteps: readonly number[] = [0],
): Float32Array {
  check(options, steps);
  const warmup = Math.round(options.warmup * steps);
  const laterStarts = [...new Set(stageStartSteps)].filter((start) => start > 0 && start < steps);
  const cycleStarts = options.rewarm ? [0, ...laterStarts] : [0];
  const shape =
    options.schedule === 'wsd'
      ? stableThenDecay(options, steps, warmup, laterStarts.at(-1) ?? 0)
      : cosineCycles(options, steps, warmup, cycleStarts);
  const rates = new Float32Array(steps);
  let cycle = 0;
  for (let step = 0; step < steps; step++) {
    while (step >= (cycleStarts[cycle + 1] ?? steps)) cycle++;
    const since = step - (cycleStarts[cycle] ?? 0);
    const ramp = since < warmup ? (since + 1) / warmup : 1;
    rates[step] = options.learningRate * Math.min(ramp, shape(step, cycle));
  }
  return rates;
}

/** Whether `rewarm` changes anything: a later stage begins after the first step, and the rates are others than without it. */
export function rewarms(
  options: ScheduleOptions,
  steps: number,
  stageStartSteps: readonly number[],
): boolean {
  if (!options.rewarm) return false;
  const without = learningRates({ ...options, rewarm: false }, steps, stageStartSteps);
  return learningRates(options, steps, stageStartSteps).some((rate, step) => rate !== without[step]);
}

type Shape = (step: number, cycle: number) => number;

function stableThenDecay(options: ScheduleOptions, steps: number, warmup: number, lastStage: number): Shape {
  const decay = Math.min(
    Math.round(options.decay * steps),
    steps - Math.max(lastStage, Math.min(warmup, steps - 1)),
  );
  const from = steps - decay;
  return (step) => {
    if (step < from) return 1;
    const progress = (step - from + 1) / decay;
    return 1 + (options.finalLearningRate - 1) * progress;
  };
}

function cosineCycles(
  options: ScheduleOptions,
  steps: number,
  warmup: number,
  starts: readonly number[],
): Shape {
  return (step, cycle) => {
    const start = starts[cycle] ?? 0;
    const end = starts[cycle + 1] ?? steps;
    const peak = start + warmup - 1;
    if (step <= peak) return 1;
    const progress = (step - peak) / (end - 1 - peak);
    const half = (1 + Math.cos(Math.PI * progress)) / 2;
    return options.finalLearningRate + (1 - options.finalLearningRate) * half;
  };
}

function check(options: ScheduleOptions, steps: number): void {
  if (!Number.isSafeInteger(steps) || steps < 1) {
    throw new RecipeError('steps', `${steps} is not a whole number of 1 or more`);
  }
  if (!Number.isFinite(options.learningRate) || options.learningRate < 0) {
    throw new RecipeError('optimizer.learningRate', `${options.learningRate} is not a number of 0 or more`);
  }
  for (const field of ['warmup', 'decay', 'finalLearningRate'] as const) {
    const value = options[field];
    if (!(value >= 0 && value <= 1)) {
      throw new RecipeError(`optimizer.${field}`, `${value} is not a share between 0 and 1`);
    }
  }
}
