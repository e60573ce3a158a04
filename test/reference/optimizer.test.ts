import { expect, it } from 'vitest';
import type { AdamWOptions } from '../../src/model/engine.ts';
import { expectClose } from './compare.ts';
import { adamwStep, clipFactor, globalNorm } from './optimizer.ts';

// Numbers that agree but for the rounding of a few float64 operations.
const ROUNDING_TOLERANCE = 1e-13;

const OPTIONS: AdamWOptions = { beta1: 0.9, beta2: 0.95, epsilon: 0, weightDecay: 0.1, clip: 1 };

it('clips to the global norm only what is above it', () => {
  expect(globalNorm([3, 0, -4])).toBe(5);
  expect(clipFactor(5, 1)).toBe(0.2);
  expect(clipFactor(0.5, 1)).toBe(1);
  expect(clipFactor(5, 0)).toBe(1);
});

it('takes two steps as by hand', () => {
  // Parameters: one decayed (2), one gain (1). Learning rate 0.1, decay 0.1, epsilon 0.
  //
  // Step 1, gradients (3, −4): norm 5, clipped to (0.6, −0.8).
  //   m = 0.1·g = (0.06, −0.08), v = 0.05·g² = (0.018, 0.032); corrected by 1 − 0.9 and 1 − 0.95 they are g and g²,
  //   so the update is the sign. p = (2 − 0.1·1 − 0.1·0.1·2, 1 + 0.1) = (1.88, 1.1).
  // Step 2, gradients (0.6, 0): norm 0.6, not clipped.
  //   m = 0.9·m + 0.1·g = (0.114, −0.072), v = 0.95·v + 0.05·g² = (0.0351, 0.0304).
  //   Corrections 1 − 0.81 = 0.19 and 1 − 0.9025 = 0.0975: m̂ = (0.6, −0.072/0.19), v̂ = (0.36, 0.0304/0.0975).
  //   p = (1.88 − 0.1·0.6/0.6 − 0.1·0.1·1.88, 1.1 + 0.1·(0.072/0.19)/√(0.0304/0.0975)) = (1.7612, 1.16786450536952…).
  const start = {
    parameters: Float64Array.of(2, 1),
    firstMoment: new Float64Array(2),
    secondMoment: new Float64Array(2),
    step: 0,
  };
  const settings = { learningRate: 0.1, optimizer: OPTIONS, undecayedFrom: 1 };
  const first = adamwStep({ ...settings, state: start, gradients: [3, -4] });
  expect(first.gradientNorm).toBe(5);
  expectClose('oracle AdamW step 1', first.state.parameters, [1.88, 1.1], ROUNDING_TOLERANCE);

  const second = adamwStep({ ...settings, state: first.state, gradients: [0.6, 0] });
  expect(second.state.step).toBe(2);
  expectClose('oracle AdamW m', second.state.firstMoment, [0.114, -0.072], ROUNDING_TOLERANCE);
  expectClose('oracle AdamW v', second.state.secondMoment, [0.0351, 0.0304], ROUNDING_TOLERANCE);
  const gain = 1.1 + (0.1 * (0.072 / 0.19)) / Math.sqrt(0.0304 / 0.0975);
  expectClose('oracle AdamW step 2', second.state.parameters, [1.7612, gain], ROUNDING_TOLERANCE);
  expect([...start.parameters]).toEqual([2, 1]);
});

it('adds epsilon after the root', () => {
  // g = 1, so m̂ = √v̂ = 1 and the update is 1/(1 + 3).
  const { state } = adamwStep({
    state: {
      parameters: Float64Array.of(0),
      firstMoment: Float64Array.of(0),
      secondMoment: Float64Array.of(0),
      step: 0,
    },
    gradients: [1],
    learningRate: 1,
    optimizer: { ...OPTIONS, epsilon: 3, clip: 0 },
    undecayedFrom: 1,
  });
  expectClose('oracle AdamW epsilon', state.parameters, [-0.25], ROUNDING_TOLERANCE);
});
