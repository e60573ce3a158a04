/** Causal multi-head attention on rotated queries and keys, forward and backward. */

import attentionForward from '../../../shaders/attention.wgsl?raw';
import attentionBackwardKv from '../../../shaders/attention_backward_kv.wgsl?raw';
import attentionBackwardQ from '../../../shaders/attention_backward_q.wgsl?raw';
import { type Access, FLOAT_BYTES, flatGrid, type Kernel, WORKGROUP } from '../kernel.ts';
import { f32 } from '../wgsl.ts';

export type Attention = {
  readonly runs: number;
  /** Windows × context. */
  readonly rows: number;
  readonly context: number;
  readonly heads: number;
  readonly headDim: number;
  /** Neighbouring positions that one invocation takes. The bits do not depend on it. */
  readonly strip: Strip;
};

/** More positions read less for each; fewer keep more invocations busy, in fewer registers. */
export type Strip = 1 | 2 | 4;
export const STRIPS: readonly Strip[] = [1, 2, 4];

type Pass = {
  readonly name: string;
  readonly source: string;
  readonly bindings: readonly (readonly [string, Access])[];
  /** Products of headDim terms for each pair of query and key, and floats read or written for each feature of a row. */
  readonly products: number;
  readonly floats: number;
};

function pass(attention: Attention, { name, source, bindings, products, floats }: Pass): Kernel {
  const { runs, rows, context, heads, headDim, strip } = attention;
  const LANES = WORKGROUP / strip;
  const { grid, GRID_X } = flatGrid((rows / strip) * heads, runs, LANES);
  const pairs = (rows / context) * heads * ((context * (context + 1)) / 2);
  return {
    shader: { name, source },
    variant: `${rows}×${headDim} ×${heads}, strips of ${strip}`,
    constants: {
      GRID_X,
      LANES,
      STRIP: strip,
      ALIKE: strip > 1,
      ROWS: rows,
      CONTEXT: context,
      HEADS: heads,
      HEAD4: headDim / 4,
      HALF4: headDim / 8,
      SCALE: f32(1 / Math.sqrt(headDim)),
    },
    bindings,
    grid,
    flops: runs * pairs * 2 * headDim * products,
    bytes: runs * FLOAT_BYTES * rows * heads * (headDim * floats + 1),
  };
}

/** Bindings qkv [rows, 3·width], o [rows, width], lse [windows, heads, context]. */
export function attention(sizes: Attention): Kernel {
  return pass(sizes, {
    name: 'attention',
    source: attentionForward,
    bindings: [
      ['qkv', 'read'],
      ['o', 'write'],
      ['lse', 'write'],
    ],
    products: 2,
    floats: 4,
  });
}

/** Bindings qkv, o, grad (of o), lse, rotary, dqkv (its first third is written), delta. Runs before the keys' kernel. */
export function attentionQueryGradient(sizes: Attention): Kernel {
  return pass(sizes, {
    name: 'attention_backward_q',
    source: attentionBackwardQ,
    bindings: [
      ['qkv', 'read'],
      ['o', 'read'],
      ['grad', 'read'],
      ['lse', 'read'],
      ['rotary', 'read'],
      ['dqkv', 'write'],
      ['delta', 'write'],
    ],
    products: 3,
    floats: 6,
  });
}

/** Bindings qkv, grad (of o), lse, delta, rotary, dqkv (its last two thirds are written). */
export function attentionKeyValueGradient(sizes: Attention): Kernel {
  return pass(sizes, {
    name: 'attention_backward_kv',
    source: attentionBackwardKv,
    bindings: [
      ['qkv', 'read'],
      ['grad', 'read'],
      ['lse', 'read'],
      ['delta', 'read'],
      ['rotary', 'read'],
      ['dqkv', 'write'],
    ],
    products: 4,
    floats: 6,
  });
}

/**
 * Cosines, then sines, of the rotary angles: [2][context][headDim/2]. Angle of position p and feature f is
 * p · base^(−2f/headDim), as in Hugging Face's LlamaForCausalLM.
 */
export function rotaryTable(context: number, headDim: number, base: number): Float32Array<ArrayBuffer> {
  const half = headDim / 2;
  const table = new Float32Array(2 * context * half);
  for (let position = 0; position < context; position++) {
    for (let feature = 0; feature < half; feature++) {
      const angle = position * base ** ((-2 * feature) / headDim);
      table[position * half + feature] = Math.cos(angle);
      table[(context + position) * half + feature] = Math.sin(angle);
    }
  }
  return table;
}
