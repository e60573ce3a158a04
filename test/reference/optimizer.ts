/** The float64 oracle of the gradient clip and of AdamW. */

import type { AdamWOptions } from '../../src/model/engine.ts';

/** √Σ g² over every gradient. */
export function globalNorm(gradients: ArrayLike<number>): number {
  let squares = 0;
  for (let i = 0; i < gradients.length; i++) squares += gradients[i]! ** 2;
  return Math.sqrt(squares);
}

/** The factor of the clip: clip/norm where the norm is above `clip`, else 1; always 1 when `clip` is 0. */
export function clipFactor(norm: number, clip: number): number {
  return clip > 0 && norm > clip ? clip / norm : 1;
}

/** As the engine's `RunState`, in float64. */
export type ReferenceState = {
  readonly parameters: Float64Array;
  readonly firstMoment: Float64Array;
  readonly secondMoment: Float64Array;
  /** Steps already taken. */
  readonly step: number;
};

/** A copy in float64 of a state of any precision. */
export function referenceState(state: {
  readonly parameters: ArrayLike<number>;
  readonly firstMoment: ArrayLike<number>;
  readonly secondMoment: ArrayLike<number>;
  readonly step: number;
}): ReferenceState {
  return {
    parameters: Float64Array.from(state.parameters),
    firstMoment: Float64Array.from(state.firstMoment),
    secondMoment: Float64Array.from(state.secondMoment),
    step: state.step,
  };
}

/**
 * One step of AdamW (Loshchilov & Hutter 2019) on clipped gradients; a new state, the old one is left alone.
 *
 * With t = stepsBefore + step + 1: m ← β₁m + (1−β₁)g, v ← β₂v + (1−β₂)g²,
 * p ← p − lr·(m/(1−β₁ᵗ)) / (√(v/(1−β₂ᵗ)) + ε) − lr·weightDecay·p, the last term only for indices below
 * `undecayedFrom` (the arena's norm gains lie last and are not decayed).
 */
export function adamwStep(options: {
  readonly state: ReferenceState;
  readonly gradients: ArrayLike<number>;
  readonly learningRate: number;
  readonly optimizer: AdamWOptions;
  readonly undecayedFrom: number;
  /** Steps that the moments had behind them before the run's first one. */
  readonly stepsBefore?: number;
}): { state: ReferenceState; gradientNorm: number } {
  const { gradients, learningRate, optimizer, undecayedFrom, stepsBefore = 0 } = options;
  const { beta1, beta2, epsilon, weightDecay, clip } = optimizer;
  const { parameters, firstMoment, secondMoment, step } = referenceState(options.state);
  const gradientNorm = globalNorm(gradients);
  const factor = clipFactor(gradientNorm, clip);
  const firstCorrection = 1 - beta1 ** (stepsBefore + step + 1);
  const secondCorrection = 1 - beta2 ** (stepsBefore + step + 1);
  for (let i = 0; i < parameters.length; i++) {
    const gradient = gradients[i]! * factor;
    const first = beta1 * firstMoment[i]! + (1 - beta1) * gradient;
    const second = beta2 * secondMoment[i]! + (1 - beta2) * gradient ** 2;
    firstMoment[i] = first;
    secondMoment[i] = second;
    const update = first / firstCorrection / (Math.sqrt(second / secondCorrection) + epsilon);
    const decay = i < undecayedFrom ? weightDecay * parameters[i]! : 0;
    parameters[i]! -= learningRate * (update + decay);
  }
  return { state: { parameters, firstMoment, secondMoment, step: step + 1 }, gradientNorm };
}
