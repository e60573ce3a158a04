/**
 * The float64 oracle of rotary positions and causal multi-head attention.
 *
 * Queries, keys, values and outputs are [windows·context × heads·headDim], row-major: feature d of head h at token t
 * of window w lies at ((w·context + t)·heads + h)·headDim + d. Positions count from 0 in each window.
 */

import { ROTARY_BASE } from '../../src/model/llama/config.ts';

type Values = ArrayLike<number>;

export type AttentionShape = {
  readonly windows: number;
  /** Tokens a window. */
  readonly context: number;
  readonly heads: number;
  readonly headDim: number;
};

/**
 * Rotary positions (Su et al. 2021) in the half-split pairing of Hugging Face's `LlamaForCausalLM`: feature i of the
 * first half of a head turns with feature i of the second half, by position · base^(−2i/headDim).
 */
export function rotary(x: Values, shape: AttentionShape): Float64Array {
  return turn(x, shape, 1);
}

/** Turns back by the same angles: the inverse of {@link rotary}, and so its gradient. */
export function rotaryInverse(x: Values, shape: AttentionShape): Float64Array {
  return turn(x, shape, -1);
}

function turn(x: Values, shape: AttentionShape, direction: 1 | -1): Float64Array {
  const { windows, context, heads, headDim } = shape;
  const half = headDim / 2;
  const y = new Float64Array(windows * context * heads * headDim);
  for (let row = 0; row < windows * context; row++) {
    const position = row % context;
    for (let i = 0; i < half; i++) {
      const angle = direction * position * ROTARY_BASE ** ((-2 * i) / headDim);
      const cos = Math.cos(angle);
      const sin = Math.sin(angle);
      for (let head = 0; head < heads; head++) {
        const first = (row * heads + head) * headDim + i;
        const second = first + half;
        y[first] = x[first]! * cos - x[second]! * sin;
        y[second] = x[second]! * cos + x[first]! * sin;
      }
    }
  }
  return y;
}

/**
 * out_i = Σ_{j ≤ i} p_ij v_j with p_ij = exp(s_ij − logSumExp_i) and s_ij = q_i·k_j/√headDim; q and k already turned.
 * → out as q, logSumExp [windows × heads × context].
 */
export function attentionForward(
  q: Values,
  k: Values,
  v: Values,
  shape: AttentionShape,
): { out: Float64Array; logSumExp: Float64Array } {
  const { windows, context, heads, headDim } = shape;
  const out = new Float64Array(windows * context * heads * headDim);
  const logSumExp = new Float64Array(windows * heads * context);
  const scores = new Float64Array(context);
  forEachHead(shape, (index, at) => {
    for (let i = 0; i < context; i++) {
      let largest = Number.NEGATIVE_INFINITY;
      for (let j = 0; j <= i; j++) {
        scores[j] = dot(q, at(i), k, at(j), headDim) / Math.sqrt(headDim);
        largest = Math.max(largest, scores[j]!);
      }
      let sum = 0;
      for (let j = 0; j <= i; j++) sum += Math.exp(scores[j]! - largest);
      const logSum = largest + Math.log(sum);
      logSumExp[index * context + i] = logSum;
      for (let j = 0; j <= i; j++) {
        const probability = Math.exp(scores[j]! - logSum);
        for (let d = 0; d < headDim; d++) out[at(i) + d]! += probability * v[at(j) + d]!;
      }
    }
  });
  return { out, logSumExp };
}

/**
 * With ds_ij = p_ij·(dout_i·v_j − Σ_j p_ij·(dout_i·v_j)): dq_i = Σ_j ds_ij k_j/√headDim, dk_j = Σ_i ds_ij q_i/√headDim,
 * dv_j = Σ_i p_ij dout_i. The probabilities are made anew from q and k; gradients are those of the turned q and k.
 */
export function attentionBackward(
  dout: Values,
  q: Values,
  k: Values,
  v: Values,
  shape: AttentionShape,
): { dq: Float64Array; dk: Float64Array; dv: Float64Array } {
  const { windows, context, heads, headDim } = shape;
  const size = windows * context * heads * headDim;
  const dq = new Float64Array(size);
  const dk = new Float64Array(size);
  const dv = new Float64Array(size);
  const scale = 1 / Math.sqrt(headDim);
  const { logSumExp } = attentionForward(q, k, v, shape);
  const probabilities = new Float64Array(context);
  const slopes = new Float64Array(context);
  forEachHead(shape, (index, at) => {
    for (let i = 0; i < context; i++) {
      let mean = 0;
      for (let j = 0; j <= i; j++) {
        const score = dot(q, at(i), k, at(j), headDim) * scale;
        probabilities[j] = Math.exp(score - logSumExp[index * context + i]!);
        slopes[j] = dot(dout, at(i), v, at(j), headDim);
        mean += probabilities[j]! * slopes[j]!;
      }
      for (let j = 0; j <= i; j++) {
        const dscore = probabilities[j]! * (slopes[j]! - mean) * scale;
        for (let d = 0; d < headDim; d++) {
          dq[at(i) + d]! += dscore * k[at(j) + d]!;
          dk[at(j) + d]! += dscore * q[at(i) + d]!;
          dv[at(j) + d]! += probabilities[j]! * dout[at(i) + d]!;
        }
      }
    }
  });
  return { dq, dk, dv };
}

/** Calls `visit` for each head of each window with its number and a function from position to first feature. */
function forEachHead(
  shape: AttentionShape,
  visit: (index: number, at: (position: number) => number) => void,
): void {
  const { windows, context, heads, headDim } = shape;
  for (let window = 0; window < windows; window++) {
    for (let head = 0; head < heads; head++) {
      visit(window * heads + head, (t) => ((window * context + t) * heads + head) * headDim);
    }
  }
}

function dot(a: Values, aFrom: number, b: Values, bFrom: number, length: number): number {
  let sum = 0;
  for (let d = 0; d < length; d++) sum += a[aFrom + d]! * b[bFrom + d]!;
  return sum;
}
