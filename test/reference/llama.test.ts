import { describe, expect, it } from 'vitest';
import type { LlamaConfig } from '../../src/model/llama/config.ts';
import { type Parameter, parameterTable } from '../../src/model/llama/parameters.ts';
import { expectClose } from './compare.ts';
import { directionalDerivatives } from './differences.ts';
import { referenceForward, referenceGradients } from './llama.ts';
import { randomArena, randomTokens } from './random.ts';

// The oracle's own bound: hundred times finer than the 1e-4 to which the GPU is held by it.
const DIFFERENCE_TOLERANCE = 1e-6;
// Two orders of summation of the same float64 numbers.
const ROUNDING_TOLERANCE = 1e-12;
// Along a direction of length 1; the error falls with its fourth power and rounding is 1e-16/STEP.
const STEP = 2e-3;
const DIRECTIONS = 6;
const SEED = 7;
const WINDOWS = 2;

// Odd where it may be: 257 tokens and an inner width of 24 are both padded.
const BASE: LlamaConfig = {
  layers: 2,
  width: 32,
  heads: 2,
  mlp: 24,
  context: 16,
  vocabulary: 257,
  tied: false,
};

const inputs = randomTokens(SEED, WINDOWS * BASE.context, BASE.vocabulary);
const targets = randomTokens(SEED + 1, WINDOWS * BASE.context, BASE.vocabulary);

/** Whether index `i` of the arena is a value of the tensor, not padding. */
function holds(tensor: Parameter, i: number): boolean {
  const within = i - tensor.offset;
  const row = Math.floor(within / tensor.paddedColumns);
  return within >= 0 && row < tensor.rows && within % tensor.paddedColumns < tensor.columns;
}

describe.each([
  ['untied', false],
  ['tied', true],
] as const)('%s model', (label, tied) => {
  const table = parameterTable({ ...BASE, tied });
  const parameters = Float64Array.from(randomArena(table, SEED));

  it('has the gradients that central differences measure, tensor by tensor', () => {
    const { gradients } = referenceGradients(table, parameters, inputs, targets, WINDOWS);
    for (const tensor of table.tensors) {
      const { measured, derived } = directionalDerivatives({
        f: (at) => referenceForward(table, at, inputs, targets, WINDOWS).loss,
        x: parameters,
        gradient: gradients,
        seed: SEED,
        directions: DIRECTIONS,
        step: STEP,
        movable: (i) => holds(tensor, i),
      });
      expectClose(`oracle ${label} ${tensor.name}`, derived, measured, DIFFERENCE_TOLERANCE, { seed: SEED });
    }
  });

  it('never looks at padding and leaves its gradients 0', () => {
    const isValue = (i: number) => table.tensors.some((tensor) => holds(tensor, i));
    const poisoned = parameters.map((value, i) => (isValue(i) ? value : Number.NaN));
    const clean = referenceGradients(table, parameters, inputs, targets, WINDOWS);
    const dirty = referenceGradients(table, poisoned, inputs, targets, WINDOWS);
    expect(dirty.loss).toBe(clean.loss);
    expect(dirty.gradients).toEqual(clean.gradients);
    const padding = clean.gradients.filter((_, i) => !isValue(i));
    expect(padding.length).toBe(table.arena - table.counts.total);
    expect(padding.every((value) => value === 0)).toBe(true);
  });
});

describe('forward pass', () => {
  const table = parameterTable(BASE);
  const parameters = Float64Array.from(randomArena(table, SEED));

  it('scores ln(vocabulary) when every matrix is 0', () => {
    // All logits are 0, so each of the 257 tokens has probability 1/257: ln 257 = 5.549076084895217.
    const { loss, nats } = referenceForward(table, new Float64Array(table.arena), inputs, targets, WINDOWS);
    expect(loss).toBeCloseTo(5.549076084895217, 13);
    expect(nats.length).toBe(WINDOWS * BASE.context);
  });

  it('scores each window as if it were alone, and each prefix as if nothing followed', () => {
    const { context, vocabulary } = BASE;
    const both = referenceForward(table, parameters, inputs, targets, WINDOWS);
    const second = referenceForward(
      table,
      parameters,
      inputs.subarray(context),
      targets.subarray(context),
      1,
    );
    const prefix = referenceForward(table, parameters, inputs.subarray(0, 5), targets.subarray(0, 5), 1);
    const { logits } = both;
    const window1 = logits.subarray(context * vocabulary);
    expectClose('oracle second window alone', second.logits, window1, ROUNDING_TOLERANCE);
    const first5 = logits.subarray(0, 5 * vocabulary);
    expectClose('oracle prefix alone', prefix.logits, first5, ROUNDING_TOLERANCE);
  });
});
