/** The oracle against an implementation that is not ours; golden.py says how golden.json came to be. */

import { describe, expect, it } from 'vitest';
import type { LlamaConfig } from '../../src/model/llama/config.ts';
import { type ParameterTable, parameterTable } from '../../src/model/llama/parameters.ts';
import { expectClose } from './compare.ts';
import golden from './golden.json' with { type: 'json' };
import { readWeight, referenceForward, referenceGradients } from './llama.ts';
import { referenceTrain, windowTokens } from './train.ts';

// Hugging Face computes RMSNorm and the rotary angles in float32 even in a float64 model: 6e-8 a rounding, a few of
// them one after another.
const LOSS_TOLERANCE = 1e-6;
const GRADIENT_TOLERANCE = 1e-5;

const CONTEXT = 16;
const STARTS = Uint32Array.of(0, CONTEXT + 1);
const LEARNING_RATE = 3e-3;
const OPTIMIZER = { beta1: 0.9, beta2: 0.95, epsilon: 1e-8, weightDecay: 0.1, clip: 1 };

function config(tied: boolean): LlamaConfig {
  return { layers: 2, width: 32, heads: 2, mlp: 24, context: CONTEXT, vocabulary: 257, tied };
}

/** The tensors in order of their names, as golden.py numbers them. */
function sorted(table: ParameterTable) {
  return table.tensors.toSorted((a, b) => (a.name < b.name ? -1 : 1));
}

/** The weights of golden.py's `build`, laid out by the table. */
function goldenArena(table: ParameterTable): Float64Array {
  const arena = new Float64Array(table.arena);
  for (const [number, tensor] of sorted(table).entries()) {
    for (let i = 0; i < tensor.rows * tensor.columns; i++) {
      const wave = Math.sin(i * i * 0.7 + i + number);
      const at = tensor.offset + Math.floor(i / tensor.columns) * tensor.paddedColumns + (i % tensor.columns);
      arena[at] = tensor.init === 'ones' ? 1 + 0.1 * wave : 0.2 * wave;
    }
  }
  return arena;
}

const tokens = Uint16Array.from({ length: 2 * (CONTEXT + 1) }, (_, i) => (7 * i * i + 3 * i) % 257);
const { inputs, targets } = windowTokens(tokens, STARTS, CONTEXT);

describe.each([
  ['untied', false, golden.untied],
  ['tied', true, golden.tied],
] as const)('%s, against Hugging Face and PyTorch', (label, tied, expected) => {
  const table = parameterTable(config(tied));
  const parameters = goldenArena(table);

  it('gives the same loss and logits', () => {
    const { loss, logits } = referenceForward(table, parameters, inputs, targets, STARTS.length);
    const last = logits.subarray(logits.length - 257, logits.length - 257 + expected.lastLogits.length);
    expectClose(`oracle ${label} loss, Hugging Face`, [loss], [expected.loss], LOSS_TOLERANCE);
    expectClose(`oracle ${label} logits, Hugging Face`, last, expected.lastLogits, LOSS_TOLERANCE);
  });

  it('gives the same gradient of each tensor', () => {
    const { gradients } = referenceGradients(table, parameters, inputs, targets, STARTS.length);
    const goldenGradients: Record<string, number[]> = expected.gradients;
    expect(sorted(table).map((tensor) => tensor.name)).toEqual(Object.keys(goldenGradients));
    for (const tensor of table.tensors) {
      const gradient = readWeight(gradients, tensor);
      const norm = Math.sqrt(gradient.reduce((total, value) => total + value * value, 0));
      const probe = gradient.reduce((total, value, i) => total + value * Math.cos(i), 0);
      const name = `oracle ${label} ${tensor.name}, Hugging Face`;
      expectClose(name, [norm, probe], goldenGradients[tensor.name]!, GRADIENT_TOLERANCE);
    }
  });

  it('gives the same losses and gradient norms over ten steps of AdamW', () => {
    const steps = expected.losses.length;
    const { losses } = referenceTrain({
      table,
      state: {
        parameters,
        firstMoment: new Float64Array(table.arena),
        secondMoment: new Float64Array(table.arena),
        step: 0,
      },
      windows: Uint32Array.from({ length: steps * 2 }, (_, i) => STARTS[i % 2]!),
      tokens,
      learningRates: new Array(steps).fill(LEARNING_RATE),
      optimizer: OPTIMIZER,
      batch: 2,
    });
    const lossOf = losses.map((step) => step.loss);
    const normOf = losses.map((step) => step.gradientNorm);
    expectClose(`oracle ${label} ten losses, PyTorch`, lossOf, expected.losses, GRADIENT_TOLERANCE);
    expectClose(`oracle ${label} ten norms, PyTorch`, normOf, expected.gradientNorms, GRADIENT_TOLERANCE);
  });
});
