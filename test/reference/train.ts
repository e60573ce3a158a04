/** The float64 oracle of a run: the same windows, learning rates and AdamW as the engine's, step by step. */

import type { AdamWOptions, StepLoss } from '../../src/model/engine.ts';
import type { ParameterTable } from '../../src/model/llama/parameters.ts';
import { referenceGradients } from './llama.ts';
import { adamwStep, type ReferenceState, referenceState } from './optimizer.ts';

/**
 * The tokens of windows that begin at `starts`: a window at o reads o … o+context−1 and predicts o+1 … o+context.
 * → inputs and targets, each [windows × context].
 */
export function windowTokens(
  tokens: ArrayLike<number>,
  starts: ArrayLike<number>,
  context: number,
): { inputs: Uint16Array; targets: Uint16Array } {
  const inputs = new Uint16Array(starts.length * context);
  const targets = new Uint16Array(starts.length * context);
  for (let window = 0; window < starts.length; window++) {
    for (let t = 0; t < context; t++) {
      inputs[window * context + t] = tokens[starts[window]! + t]!;
      targets[window * context + t] = tokens[starts[window]! + t + 1]!;
    }
  }
  return { inputs, targets };
}

/**
 * Trains from `state.step` to step `until` (the end of the plan if left out); the given state is left alone.
 * `windows` [steps × batch] and `learningRates` [steps] are the whole plan's, indexed by steps already taken.
 */
export function referenceTrain(options: {
  readonly table: ParameterTable;
  readonly state: Parameters<typeof referenceState>[0];
  readonly windows: Uint32Array;
  readonly tokens: ArrayLike<number>;
  readonly learningRates: ArrayLike<number>;
  readonly optimizer: AdamWOptions;
  readonly batch: number;
  /** As the engine's `FleetRun` has it. */
  readonly stepsBefore?: number;
  readonly until?: number;
}): { losses: StepLoss[]; state: ReferenceState } {
  const { table, windows, tokens, learningRates, optimizer, batch, stepsBefore = 0 } = options;
  const until = options.until ?? learningRates.length;
  const losses: StepLoss[] = [];
  let state = referenceState(options.state);
  while (state.step < until) {
    const starts = windows.subarray(state.step * batch, (state.step + 1) * batch);
    const { inputs, targets } = windowTokens(tokens, starts, table.config.context);
    const { loss, gradients } = referenceGradients(table, state.parameters, inputs, targets, batch);
    const learningRate = learningRates[state.step]!;
    const taken = adamwStep({
      state,
      gradients,
      learningRate,
      optimizer,
      undecayedFrom: table.gains,
      stepsBefore,
    });
    state = taken.state;
    losses.push({ step: state.step, loss, gradientNorm: taken.gradientNorm });
  }
  return { losses, state };
}
