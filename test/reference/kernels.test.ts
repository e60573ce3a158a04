import { describe, expect, it } from 'vitest';
import {
  type AttentionShape,
  attentionBackward,
  attentionForward,
  rotary,
  rotaryInverse,
} from './attention.ts';
import { expectClose } from './compare.ts';
import { directionalDerivatives } from './differences.ts';
import {
  crossEntropy,
  embeddingBackward,
  embeddingForward,
  matmulNN,
  matmulNT,
  matmulTN,
  rmsnormBackward,
  rmsnormForward,
  swigluBackward,
  swigluForward,
} from './kernels.ts';
import { normals, randomTokens } from './random.ts';

// The oracle's own bound: hundred times finer than the 1e-4 to which the GPU is held by it.
const DIFFERENCE_TOLERANCE = 1e-6;
// Numbers that agree but for the rounding of a few float64 operations.
const ROUNDING_TOLERANCE = 1e-13;
const STEP = 1e-3;
const DIRECTIONS = 8;
const EPSILON = 1e-5;

const data = (seed: number, count: number) => Float64Array.from(normals(seed, count));
const dot = (a: Float64Array, b: Float64Array) => a.reduce((total, value, i) => total + value * b[i]!, 0);

/** Holds `gradient`, claimed for the scalar `f` at `x`, against central differences. */
function check(label: string, f: (x: Float64Array) => number, x: Float64Array, gradient: Float64Array): void {
  const seed = 900;
  const { measured, derived } = directionalDerivatives({
    f,
    x,
    gradient,
    seed,
    directions: DIRECTIONS,
    step: STEP,
  });
  expectClose(`oracle ${label}`, derived, measured, DIFFERENCE_TOLERANCE, { seed });
}

describe('matrix products', () => {
  // [1 2; 3 4] and [5 6; 7 8], multiplied by hand in the three ways.
  const a = [1, 2, 3, 4];
  const b = [5, 6, 7, 8];

  it('multiplies NT, NN and TN as by hand', () => {
    expect([...matmulNT(a, b, 2, 2, 2)]).toEqual([17, 23, 39, 53]);
    expect([...matmulNN(a, b, 2, 2, 2)]).toEqual([19, 22, 43, 50]);
    expect([...matmulTN(a, b, 2, 2, 2)]).toEqual([26, 30, 38, 44]);
  });

  it('gives the gradients of a linear layer on odd sizes', () => {
    const [rows, columns, inner] = [5, 7, 3];
    const x = data(1, rows * inner);
    const w = data(2, columns * inner);
    const dy = data(3, rows * columns);
    const dx = matmulNN(dy, w, rows, inner, columns);
    const dw = matmulTN(dy, x, columns, inner, rows);
    check('matmul NN (input gradient)', (at) => dot(matmulNT(at, w, rows, columns, inner), dy), x, dx);
    check('matmul TN (weight gradient)', (at) => dot(matmulNT(x, at, rows, columns, inner), dy), w, dw);
  });
});

describe('rmsnorm', () => {
  it('divides by the root of the mean square', () => {
    // mean(3², 4²) = 12.5; with epsilon 0 the root is √12.5 = 3.5355339059327378.
    const { y, rstd } = rmsnormForward([3, 4], [1, 2], 1, 2, 0);
    expect(rstd[0]).toBeCloseTo(1 / 3.5355339059327378, 14);
    expect(y[0]).toBeCloseTo(3 / 3.5355339059327378, 14);
    expect(y[1]).toBeCloseTo(8 / 3.5355339059327378, 14);
    // Of a row of zeros only epsilon is left: 1/√0.25 = 2.
    expect(rmsnormForward([0, 0], [1, 1], 1, 2, 0.25).rstd[0]).toBe(2);
  });

  it('has the gradients that central differences measure', () => {
    const [rows, columns] = [5, 13];
    const x = data(11, rows * columns);
    const gain = data(12, columns);
    const dy = data(13, rows * columns);
    const { rstd } = rmsnormForward(x, gain, rows, columns, EPSILON);
    const { dx, dgain } = rmsnormBackward(dy, x, gain, rstd, rows, columns);
    check('rmsnorm dx', (at) => dot(rmsnormForward(at, gain, rows, columns, EPSILON).y, dy), x, dx);
    check('rmsnorm dgain', (at) => dot(rmsnormForward(x, at, rows, columns, EPSILON).y, dy), gain, dgain);
  });
});

describe('rotary', () => {
  const shape: AttentionShape = { windows: 2, context: 3, heads: 2, headDim: 4 };
  const size = 2 * 3 * 2 * 4;

  it('pairs feature i with i + headDim/2, as Hugging Face does', () => {
    // One head of 4 features at position 1: pairs (0, 2) and (1, 3) turn by 1 and by 10000^(−1/2) = 0.01 radians.
    const turned = rotary([0, 0, 0, 0, 1, 1, 0, 0], { windows: 1, context: 2, heads: 1, headDim: 4 });
    const expected = [
      0, 0, 0, 0, 0.5403023058681398, 0.9999500004166653, 0.8414709848078965, 0.009999833334166664,
    ];
    expectClose('oracle rotary golden', turned, expected, ROUNDING_TOLERANCE);
  });

  it('counts positions anew in each window', () => {
    const x = data(21, size / 2);
    const both = rotary([...x, ...x], shape);
    expect([...both.subarray(0, size / 2)]).toEqual([...both.subarray(size / 2)]);
  });

  it('is undone by its inverse, which is also its gradient', () => {
    const x = data(22, size);
    const dy = data(23, size);
    expectClose('oracle rotary inverse', rotaryInverse(rotary(x, shape), shape), x, ROUNDING_TOLERANCE);
    check('rotary dx', (at) => dot(rotary(at, shape), dy), x, rotaryInverse(dy, shape));
  });
});

describe('attention', () => {
  const shape: AttentionShape = { windows: 2, context: 5, heads: 3, headDim: 4 };
  const size = 2 * 5 * 3 * 4;
  const q = data(31, size);
  const k = data(32, size);
  const v = data(33, size);

  it('weighs two tokens as by hand', () => {
    // headDim 4, so the scale is 1/2. Token 1 scores 2·ln 3·1/2 = ln 3 against token 0 and 0 against itself:
    // probabilities 3/4 and 1/4, log-sum-exp ln 4. Token 0 sees only itself: its score is 0.
    const one: AttentionShape = { windows: 1, context: 2, heads: 1, headDim: 4 };
    const { out, logSumExp } = attentionForward(
      [0, 0, 0, 0, 2 * Math.log(3), 0, 0, 0],
      [1, 0, 0, 0, 0, 0, 0, 0],
      [8, 0, 4, 0, 0, 8, 0, 4],
      one,
    );
    expectClose('oracle attention golden', out, [8, 0, 4, 0, 6, 2, 3, 1], ROUNDING_TOLERANCE);
    expectClose('oracle log-sum-exp golden', logSumExp, [0, Math.log(4)], ROUNDING_TOLERANCE);
  });

  it('never looks ahead, nor into another window or head', () => {
    const before = attentionForward(q, k, v, shape).out;
    const changed = (values: Float64Array) => {
      // The last token of window 0, head 1.
      const copy = values.slice();
      const from = ((shape.context - 1) * shape.heads + 1) * shape.headDim;
      for (let d = 0; d < shape.headDim; d++) copy[from + d] = 100 + d;
      return copy;
    };
    const after = attentionForward(q, changed(k), changed(v), shape).out;
    const differing = [...after.keys()].filter((i) => after[i] !== before[i]);
    expect(differing).toEqual([52, 53, 54, 55]);
  });

  it('has the gradients that central differences measure', () => {
    const dout = data(34, size);
    const { dq, dk, dv } = attentionBackward(dout, q, k, v, shape);
    check('attention dq', (at) => dot(attentionForward(at, k, v, shape).out, dout), q, dq);
    check('attention dk', (at) => dot(attentionForward(q, at, v, shape).out, dout), k, dk);
    check('attention dv', (at) => dot(attentionForward(q, k, at, shape).out, dout), v, dv);
  });
});

describe('SwiGLU', () => {
  it('is silu(gate)·up', () => {
    // sigmoid(ln 3) = 3/4, so silu(ln 3)·2 = 1.5·ln 3.
    expect(swigluForward([Math.log(3)], [2])[0]).toBeCloseTo(1.5 * Math.log(3), 14);
  });

  it('has the gradients that central differences measure', () => {
    const [gate, up, dy] = [data(41, 37), data(42, 37), data(43, 37)];
    const { dgate, dup } = swigluBackward(dy, gate, up);
    check('swiglu dgate', (at) => dot(swigluForward(at, up), dy), gate, dgate);
    check('swiglu dup', (at) => dot(swigluForward(gate, at), dy), up, dup);
  });
});

describe('embedding', () => {
  it('gathers rows, and adds up the gradients of a token that comes twice', () => {
    expect([...embeddingForward([2, 0, 2], [1, 2, 3, 4, 5, 6], 2)]).toEqual([5, 6, 1, 2, 5, 6]);
    expect([...embeddingBackward([2, 0, 2], [1, 2, 3, 4, 5, 6], 3, 2)]).toEqual([3, 4, 0, 0, 6, 8]);
  });

  it('has the gradient that central differences measure', () => {
    const [vocabulary, width] = [7, 5];
    const tokens = randomTokens(51, 20, vocabulary);
    const [table, dy] = [data(52, vocabulary * width), data(53, 20 * width)];
    const dtable = embeddingBackward(tokens, dy, vocabulary, width);
    check('embedding dtable', (at) => dot(embeddingForward(tokens, at, width), dy), table, dtable);
  });
});

describe('cross-entropy', () => {
  it('scores two rows as by hand', () => {
    // Row 0: probabilities 1/4, 3/4, target 1: ln(4/3). Row 1: even, target 0: ln 2. Scale 1/2.
    const { nats, dlogits } = crossEntropy([0, Math.log(3), 5, 5], [1, 0], 2, 2);
    expectClose('oracle nats golden', nats, [Math.log(4 / 3), Math.LN2], ROUNDING_TOLERANCE);
    expectClose('oracle dlogits golden', dlogits, [0.125, -0.125, -0.25, 0.25], ROUNDING_TOLERANCE);
  });

  it('survives logits whose exponential overflows', () => {
    expect(crossEntropy([1e4, 0], [1], 1, 2).nats[0]).toBe(1e4);
  });

  it('has the gradient that central differences measure', () => {
    const [rows, columns] = [6, 11];
    const logits = data(61, rows * columns);
    const targets = randomTokens(62, rows, columns);
    const f = (at: Float64Array) =>
      crossEntropy(at, targets, rows, columns).nats.reduce((a, b) => a + b, 0) / rows;
    check('cross-entropy dlogits', f, logits, crossEntropy(logits, targets, rows, columns).dlogits);
  });
});
