/** The layers of a decoder as nodes of a graph. Rows are [batch · sequence, features]; names follow the weights' own. */

import { headDim, type LlamaConfig, NORM_EPSILON } from '../../model/llama/config.ts';
import type { GraphBuilder } from './graph.ts';

/** Values that every layer reads. */
export type Shared = {
  /** [2]: batch and sequence. */
  readonly inputShape: string;
  /** [4]: batch, sequence, heads, headDim. */
  readonly headsShape: string;
  /** [batch, 1, sequence, headDim] each, the second negative in its first half. */
  readonly cos: string;
  readonly sin: string;
  /** [batch, 1, sequence, total], where a token may look. */
  readonly visible: string;
};

/** Names of a layer's keys and values, [batch, heads, tokens, headDim]: those that come in, and all that go out. */
export type LayerCache = {
  readonly pastKey: string;
  readonly pastValue: string;
  readonly presentKey: string;
  readonly presentValue: string;
};

/** What a softmax makes 0; the least float32 and not −∞, so that a row of padding stays finite. */
const MASKED = -3.4028234663852886e38;

/** `x` · weightᵀ, with the weight as Hugging Face's files have it, [outputs, inputs]. */
export function addLinear(graph: GraphBuilder, name: string, layer: string, x: string): string {
  return graph.node('Gemm', name, [x, `${layer}.weight`], { transB: 1 });
}

/** RMSNorm of each row: x ÷ √(mean of squares + ε), times the gain. */
export function addNorm(graph: GraphBuilder, layer: string, x: string): string {
  const at = (part: string) => `/${layer.replaceAll('.', '/')}/${part}`;
  const squares = graph.node('Mul', at('squares'), [x, x]);
  const mean = graph.node('ReduceMean', at('mean'), [squares], { axes: [-1], keepdims: 1 });
  const root = graph.node('Sqrt', at('root'), [
    graph.node('Add', at('mean_epsilon'), [mean, graph.scalar(NORM_EPSILON)]),
  ]);
  const unit = graph.node('Div', at('unit'), [x, root]);
  return graph.node('Mul', at('output'), [unit, `${layer}.weight`]);
}

/** Norm, SwiGLU and its residual: [rows, width] → [rows, width]. */
export function addMlp(graph: GraphBuilder, layer: number, stream: string): string {
  const block = `model.layers.${layer}`;
  const at = (part: string) => `/model/layers/${layer}/mlp/${part}`;
  const normed = addNorm(graph, `${block}.post_attention_layernorm`, stream);
  const gate = addLinear(graph, at('gate_proj'), `${block}.mlp.gate_proj`, normed);
  const up = addLinear(graph, at('up_proj'), `${block}.mlp.up_proj`, normed);
  const silu = graph.node('Mul', at('silu'), [gate, graph.node('Sigmoid', at('sigmoid'), [gate])]);
  const hidden = graph.node('Mul', at('hidden'), [silu, up]);
  const out = addLinear(graph, at('down_proj'), `${block}.mlp.down_proj`, hidden);
  return graph.node('Add', at('residual'), [stream, out]);
}

/** Norm, attention and its residual: [rows, width] → [rows, width]. With a cache, keys and values of the past come first. */
export function addAttention(
  graph: GraphBuilder,
  config: LlamaConfig,
  shared: Shared,
  layer: number,
  stream: string,
  cache?: LayerCache,
): string {
  const block = `model.layers.${layer}`;
  const at = (part: string) => `/model/layers/${layer}/self_attn/${part}`;
  const normed = addNorm(graph, `${block}.input_layernorm`, stream);
  const heads = (which: 'q' | 'k' | 'v') => {
    const rows = addLinear(graph, at(`${which}_proj`), `${block}.self_attn.${which}_proj`, normed);
    const split = graph.node('Reshape', at(`${which}_proj/heads`), [rows, shared.headsShape]);
    return graph.node('Transpose', at(which), [split], { perm: [0, 2, 1, 3] });
  };
  const after = (past: string, present: string, now: string) =>
    graph.node('Concat', present, [past, now], { axis: 2 });
  const queries = addRotary(graph, at('q_rotary'), shared, heads('q'));
  let keys = addRotary(graph, at('k_rotary'), shared, heads('k'));
  let values = heads('v');
  if (cache) {
    keys = after(cache.pastKey, cache.presentKey, keys);
    values = after(cache.pastValue, cache.presentValue, values);
  }

  const scaled = graph.node('Mul', at('q_scaled'), [queries, graph.scalar(1 / Math.sqrt(headDim(config)))]);
  const keysTurned = graph.node('Transpose', at('k_turned'), [keys], { perm: [0, 1, 3, 2] });
  const scores = graph.node('MatMul', at('scores'), [scaled, keysTurned]);
  const masked = graph.node('Where', at('masked'), [shared.visible, scores, graph.scalar(MASKED)]);
  const weights = graph.node('Softmax', at('weights'), [masked], { axis: -1 });
  const read = graph.node('MatMul', at('read'), [weights, values]);
  const readTurned = graph.node('Transpose', at('read_turned'), [read], { perm: [0, 2, 1, 3] });
  const joined = graph.node('Reshape', at('joined'), [readTurned, graph.wholes(-1, config.width)]);
  const out = addLinear(graph, at('o_proj'), `${block}.self_attn.o_proj`, joined);
  return graph.node('Add', at('residual'), [stream, out]);
}

/** Turns each head by its token's position: x · cos + (x with its halves swapped) · sin. */
function addRotary(graph: GraphBuilder, name: string, { cos, sin }: Shared, x: string): string {
  const halves = [`${name}/first`, `${name}/second`] as const;
  graph.nodeOf('Split', `${name}/halves`, [x], halves, { axis: -1 });
  const swapped = graph.node('Concat', `${name}/swapped`, [halves[1], halves[0]], { axis: -1 });
  return graph.node('Add', name, [
    graph.node('Mul', `${name}/cos`, [x, cos]),
    graph.node('Mul', `${name}/sin`, [swapped, sin]),
  ]);
}
