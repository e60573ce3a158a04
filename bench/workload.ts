/**
 * The work that every trainer of the benchmark does: some size of the same Llama, one set of weights, one row of batches.
 *
 * All of it is drawn from seeds, so a figure can be measured again on another machine.
 */

import type { BenchSize } from '../src/model/bench/sizes.ts';
import type { AdamWOptions } from '../src/model/engine.ts';
import type { LlamaConfig } from '../src/model/llama/config.ts';
import { normalStream } from '../src/model/llama/initialise.ts';

export const LEARNING_RATE = 1e-3;

/** No clip: its global norm is one more reduction, and no peer offers it ready-made. */
export const OPTIMIZER: AdamWOptions = { beta1: 0.9, beta2: 0.95, epsilon: 1e-8, weightDecay: 0.1, clip: 0 };

/** A tensor as Hugging Face stores it: [rows, columns], row-major, rows being outputs; a gain is [width]. */
export type Weight = {
  readonly name: string;
  readonly shape: readonly number[];
  readonly values: Float32Array<ArrayBuffer>;
  /** A norm gain, which is not decayed. */
  readonly gain: boolean;
};

/** Distinct batches; a trainer goes round them for ever. */
export const BATCHES = 16;

export type Workload = {
  readonly size: BenchSize;
  readonly weights: ReadonlyMap<string, Weight>;
  /** Every token that a batch reads. */
  readonly tokens: Uint16Array<ArrayBuffer>;
  /** Where the windows begin in `tokens`, [BATCHES × batch]; a window reads context + 1 tokens from there. */
  readonly windows: Uint32Array<ArrayBuffer>;
};

/** Streams of the workload's own, apart from each other. */
const WEIGHT_STREAM = 0xbe1;
const TOKEN_STREAM = 0xbe2;

/** Names and shapes of the tensors, in the order of a Hugging Face state dictionary. */
function tensorShapes(config: LlamaConfig): { name: string; shape: number[]; gain: boolean }[] {
  const { layers, width, mlp, vocabulary, tied } = config;
  const matrix = (name: string, rows: number, columns: number) => ({
    name: `${name}.weight`,
    shape: [rows, columns],
    gain: false,
  });
  const gain = (name: string) => ({ name: `${name}.weight`, shape: [width], gain: true });
  const shapes = [matrix('model.embed_tokens', vocabulary, width)];
  for (let layer = 0; layer < layers; layer++) {
    const block = `model.layers.${layer}`;
    shapes.push(
      gain(`${block}.input_layernorm`),
      matrix(`${block}.self_attn.q_proj`, width, width),
      matrix(`${block}.self_attn.k_proj`, width, width),
      matrix(`${block}.self_attn.v_proj`, width, width),
      matrix(`${block}.self_attn.o_proj`, width, width),
      gain(`${block}.post_attention_layernorm`),
      matrix(`${block}.mlp.gate_proj`, mlp, width),
      matrix(`${block}.mlp.up_proj`, mlp, width),
      matrix(`${block}.mlp.down_proj`, width, mlp),
    );
  }
  shapes.push(gain('model.norm'));
  if (!tied) shapes.push(matrix('lm_head', vocabulary, width));
  return shapes;
}

/**
 * Draws the weights and batches of a size.
 *
 * The weights are larger than a real initialisation (deviation 1/√columns where 0.02 is usual, gains spread
 * about 1), because at 0.02 attention is all but uniform, and a trainer with its rotary positions, mask or gains wrong would
 * still show the right loss. The tokens follow a noisy rule, so that there is something to learn.
 */
export function makeWorkload(size: BenchSize, seed = 1): Workload {
  const { context, vocabulary } = size.config;
  const normal = normalStream(seed, WEIGHT_STREAM);
  const weights = new Map<string, Weight>();
  for (const { name, shape, gain } of tensorShapes(size.config)) {
    const count = shape.reduce((product, extent) => product * extent, 1);
    const deviation = gain ? 0.1 : 1 / Math.sqrt(shape.at(-1) ?? 1);
    const values = Float32Array.from({ length: count }, () => (gain ? 1 : 0) + deviation * normal());
    weights.set(name, { name, shape, values, gain });
  }
  const noise = normalStream(seed, TOKEN_STREAM);
  const stride = context + 1;
  const count = BATCHES * size.batch;
  const tokens = new Uint16Array(count * stride);
  let token = 0;
  for (let index = 0; index < tokens.length; index++) {
    // Rounded noise lies in −9 … 9, so the sum stays positive.
    token = (5 * token + 17 + Math.round(noise())) % vocabulary;
    tokens[index] = token;
  }
  return {
    size,
    weights,
    tokens,
    windows: Uint32Array.from({ length: count }, (_, index) => index * stride),
  };
}

/** The weight of that Hugging Face name. Throws when the workload has none. */
export function weightOf(workload: Workload, name: string): Weight {
  const weight = workload.weights.get(name);
  if (!weight) throw new Error(`the workload has no weight named ${name}`);
  return weight;
}

/** Several weights of equal columns one below the other: one matrix multiplication for q, k and v, say. */
export function stackRows(name: string, weights: readonly Weight[]): Weight {
  const columns = weights[0]?.shape[1] ?? 0;
  const values = new Float32Array(weights.reduce((sum, weight) => sum + weight.values.length, 0));
  let rows = 0;
  for (const weight of weights) {
    values.set(weight.values, rows * columns);
    rows += weight.shape[0] ?? 0;
  }
  return { name, shape: [rows, columns], values, gain: false };
}

/** Inputs and targets of one batch, each [batch × context], as 32-bit integers. */
export function batchTokens(
  workload: Workload,
  batch: number,
): { inputs: Int32Array<ArrayBuffer>; targets: Int32Array<ArrayBuffer> } {
  const { size, tokens, windows } = workload;
  const { context } = size.config;
  const inputs = new Int32Array(size.batch * context);
  const targets = new Int32Array(size.batch * context);
  for (let row = 0; row < size.batch; row++) {
    const start = windows[batch * size.batch + row] ?? 0;
    inputs.set(tokens.subarray(start, start + context), row * context);
    targets.set(tokens.subarray(start + 1, start + 1 + context), row * context);
  }
  return { inputs, targets };
}

/**
 * Tables that turn a head by its position, each [context × headDim]: rotated x = x·cosine + swapped(x)·sine, where
 * `swapped` exchanges the two halves of a head and the sign of the first half is already in `sine`.
 */
export function rotaryTables(
  context: number,
  headDim: number,
  base: number,
): { cosine: Float32Array<ArrayBuffer>; sine: Float32Array<ArrayBuffer> } {
  const half = headDim / 2;
  const cosine = new Float32Array(context * headDim);
  const sine = new Float32Array(context * headDim);
  for (let position = 0; position < context; position++) {
    for (let pair = 0; pair < half; pair++) {
      const angle = position * base ** (-pair / half);
      const first = position * headDim + pair;
      cosine[first] = Math.cos(angle);
      cosine[first + half] = Math.cos(angle);
      sine[first] = -Math.sin(angle);
      sine[first + half] = Math.sin(angle);
    }
  }
  return { cosine, sine };
}
