/** Small models, plans and fleets that several tests train. */

import type { AdamWOptions, FleetRun, FleetSpec } from '../../src/model/engine.ts';
import type { LlamaConfig } from '../../src/model/llama/config.ts';
import { initialState } from '../../src/model/llama/initialise.ts';
import { parameterTable } from '../../src/model/llama/parameters.ts';
import { randomTokens, randomWindows } from '../reference/random.ts';

/** Odd on purpose: 48 and 100 are no powers of two, 257 no multiple of four, the head is untied. */
export const TINY: LlamaConfig = {
  layers: 2,
  width: 48,
  heads: 3,
  mlp: 100,
  context: 16,
  vocabulary: 257,
  tied: false,
};

export const OPTIMIZER: AdamWOptions = {
  beta1: 0.9,
  beta2: 0.95,
  epsilon: 1e-8,
  weightDecay: 0.1,
  clip: 1,
};

/** Tokens with something to learn: each follows from the one before it, three times in four. */
export function learnableTokens(seed: number, count: number, vocabulary: number): Uint16Array {
  const tokens = randomTokens(seed, count, vocabulary);
  const noise = randomTokens(seed + 1, count, 4);
  for (let i = 1; i < count; i++) {
    if (noise[i] !== 0) tokens[i] = (tokens[i - 1]! * 31 + 7) % vocabulary;
  }
  return tokens;
}

export const TOKENS = learnableTokens(11, 4001, 257);

/** A run of `steps` steps with its own plan, weights and (warming up, then falling) learning rate. */
export function tinyRun(
  seed: number,
  steps: number,
  batch: number,
  config: LlamaConfig = TINY,
  optimizer: AdamWOptions = OPTIMIZER,
): FleetRun {
  return {
    windows: randomWindows(seed, steps * batch, TOKENS.length, config.context),
    learningRates: Float32Array.from(
      { length: steps },
      (_, step) => 3e-3 * Math.min(1, (step + 1) / 5) * (1 - step / (2 * steps)),
    ),
    optimizer,
    state: initialState(parameterTable(config), seed),
  };
}

export function tinyFleet(runs: readonly FleetRun[], batch: number, config: LlamaConfig = TINY): FleetSpec {
  return {
    config,
    batch,
    tokens: TOKENS,
    runs,
    evaluation: randomWindows(99, 7, TOKENS.length, config.context),
  };
}
