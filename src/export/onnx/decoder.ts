/**
 * The graph of a Llama, in operators of ONNX's own set alone, with the names and sizes of Optimum's decoder exports, which
 * transformers.js expects.
 */

import type { GraphProto } from 'onnx-buf';
import type { NamedTensor } from '../../huggingFace/safetensors.ts';
import { headDim, type LlamaConfig, ROTARY_BASE } from '../../model/llama/config.ts';
import { addAttention, addLinear, addMlp, addNorm, type LayerCache, type Shared } from './blocks.ts';
import { type Dimension, GraphBuilder } from './graph.ts';
import { rotaryTables } from './rotary.ts';

// Sizes that each run chooses, as Optimum names them; transformers.js looks for the first when it makes an empty cache.
const BATCH = 'batch_size';
const SEQUENCE = 'sequence_length';
const PAST = 'past_sequence_length';
const TOTAL = `${PAST} + ${SEQUENCE}`;

/** The decoder of `config` with `weights` under their Hugging Face names; `cache` adds keys and values of the past, in and out. */
export function decoderGraph(
  config: LlamaConfig,
  weights: readonly NamedTensor[],
  cache: boolean,
): GraphProto {
  const graph = new GraphBuilder();
  for (const { name, shape, values } of weights) graph.floats(name, shape, values);
  graph.input('input_ids', 'int64', [BATCH, SEQUENCE]);
  graph.input('attention_mask', 'int64', [BATCH, cache ? TOTAL : SEQUENCE]);
  graph.input('position_ids', 'int64', [BATCH, SEQUENCE]);
  graph.output('logits', 'float32', [BATCH, SEQUENCE, config.vocabulary]);
  const keyValues = cache ? declareCache(graph, config) : [];
  const shared = addShared(graph, config);

  // Between attention layers the batch lies flat, [batch · sequence, width], so that every linear layer is one product.
  const embedded = graph.node('Gather', '/model/embed_tokens', ['model.embed_tokens.weight', 'input_ids']);
  let stream = graph.node('Reshape', '/model/embed_tokens/rows', [embedded, graph.wholes(-1, config.width)]);
  for (let layer = 0; layer < config.layers; layer++) {
    stream = addAttention(graph, config, shared, layer, stream, keyValues[layer]);
    stream = addMlp(graph, layer, stream);
  }
  const normed = addNorm(graph, 'model.norm', stream);
  // A tied head multiplies by the embedding itself, as it lies in the file.
  const head = config.tied ? 'model.embed_tokens' : 'lm_head';
  const rows = addLinear(graph, '/lm_head', head, normed);
  const shape = graph.node('Concat', '/lm_head/shape', [shared.inputShape, graph.wholes(config.vocabulary)], {
    axis: 0,
  });
  graph.node('Reshape', 'logits', [rows, shape]);
  return graph.build('m3lab');
}

/** Declares the cache of each layer, in and out; keys are kept as they are after their rotation. */
function declareCache(graph: GraphBuilder, config: LlamaConfig): LayerCache[] {
  const shape = (tokens: Dimension) => [BATCH, config.heads, tokens, headDim(config)];
  const past = (name: string) => graph.input(`past_key_values.${name}`, 'float32', shape(PAST));
  const present = (name: string) => graph.output(`present.${name}`, 'float32', shape(TOTAL));
  return Array.from({ length: config.layers }, (_, layer) => ({
    pastKey: past(`${layer}.key`),
    pastValue: past(`${layer}.value`),
    presentKey: present(`${layer}.key`),
    presentValue: present(`${layer}.value`),
  }));
}

function addShared(graph: GraphBuilder, config: LlamaConfig): Shared {
  const features = headDim(config);
  const inputShape = graph.node('Shape', '/model/input_shape', ['input_ids']);
  const headsShape = graph.node(
    'Concat',
    '/model/heads_shape',
    [inputShape, graph.wholes(config.heads, features)],
    { axis: 0 },
  );
  const tables = rotaryTables(config.context, features, ROTARY_BASE);
  const angles = (which: 'cos' | 'sin') => {
    const table = graph.floats(`model.rotary_emb.${which}`, [config.context, features], tables[which]);
    const found = graph.node('Gather', `/model/rotary_emb/${which}/Gather`, [table, 'position_ids']);
    return graph.node('Unsqueeze', `/model/rotary_emb/${which}`, [found, graph.wholes(1)]);
  };
  return { headsShape, inputShape, cos: angles('cos'), sin: angles('sin'), visible: addVisible(graph) };
}

/** A token sees itself and what stands before it, padding left out; the tokens of a run are the last of the mask. */
function addVisible(graph: GraphBuilder): string {
  const at = (name: string) => `/model/mask/${name}`;
  const length = (name: string, of: string) =>
    graph.node('Gather', at(name), [graph.node('Shape', at(`${name}_shape`), [of]), graph.whole(1)]);
  const total = length('total', 'attention_mask');
  const sequence = length('sequence', 'input_ids');
  const keys = graph.node('Range', at('keys'), [graph.whole(0), total, graph.whole(1)]);
  const past = graph.node('Sub', at('past'), [total, sequence]);
  const places = graph.node('Range', at('places'), [past, total, graph.whole(1)]);
  const queries = graph.node('Unsqueeze', at('queries'), [places, graph.wholes(1)]);
  const causal = graph.node('LessOrEqual', at('causal'), [keys, queries]);
  const tokens = graph.node('Cast', at('tokens'), ['attention_mask'], { to: 'bool' });
  const tokensOfAll = graph.node('Unsqueeze', at('tokens_of_all'), [tokens, graph.wholes(1, 2)]);
  return graph.node('And', at('visible'), [causal, tokensOfAll]);
}
