/**
 * Our models in the words of Hugging Face: `config.json` of a `LlamaForCausalLM`, and the tensors' names.
 * Source of the fields: transformers, `LlamaConfig`.
 */

import {
  checkModelConfig,
  headDim,
  type LlamaConfig,
  NORM_EPSILON,
  ROTARY_BASE,
} from '../../model/llama/config.ts';
import { type ParameterTable, readTensor, writeTensor } from '../../model/llama/parameters.ts';
import type { NamedTensor, Safetensors } from './safetensors.ts';

/** A file of a checkpoint that is missing, damaged, or of a model that this lab does not build. */
export class CheckpointError extends Error {
  override readonly name = 'CheckpointError';
  readonly file: string;
  constructor(file: string, problem: string, cause?: unknown) {
    super(`${file}: ${problem}`, { cause });
    this.file = file;
  }
}

/** The value of `config.json`. `endOfDocument` begins and ends every document. */
export function huggingFaceConfig(config: LlamaConfig, endOfDocument: number): Record<string, unknown> {
  return {
    architectures: ['LlamaForCausalLM'],
    model_type: 'llama',
    vocab_size: config.vocabulary,
    hidden_size: config.width,
    intermediate_size: config.mlp,
    num_hidden_layers: config.layers,
    num_attention_heads: config.heads,
    num_key_value_heads: config.heads,
    head_dim: headDim(config),
    max_position_embeddings: config.context,
    hidden_act: 'silu',
    rms_norm_eps: NORM_EPSILON,
    rope_theta: ROTARY_BASE,
    rope_scaling: null,
    attention_bias: false,
    attention_dropout: 0,
    mlp_bias: false,
    initializer_range: 0.02,
    tie_word_embeddings: config.tied,
    bos_token_id: endOfDocument,
    eos_token_id: endOfDocument,
    pad_token_id: null,
    pretraining_tp: 1,
    torch_dtype: 'float32',
    use_cache: true,
  };
}

/** Reads a `config.json`; `file` is for errors. Throws {@link CheckpointError} for a model that ours is not. */
export function readHuggingFaceConfig(json: unknown, file: string): LlamaConfig {
  const fields = (typeof json === 'object' && json !== null ? json : {}) as Record<string, unknown>;
  if (fields.model_type !== 'llama') throw new CheckpointError(file, 'model_type is not "llama"');
  const number = (field: string): number => {
    const value = fields[field];
    if (typeof value !== 'number') throw new CheckpointError(file, `${field} is not a number`);
    return value;
  };
  const same = (field: string, ours: unknown, otherwise: unknown = ours): void => {
    const value = fields[field] ?? otherwise;
    if (value !== ours) {
      throw new CheckpointError(
        file,
        `${field} is ${JSON.stringify(value)}; this lab builds only ${JSON.stringify(ours)}`,
      );
    }
  };
  const config: LlamaConfig = {
    layers: number('num_hidden_layers'),
    width: number('hidden_size'),
    heads: number('num_attention_heads'),
    mlp: number('intermediate_size'),
    context: number('max_position_embeddings'),
    vocabulary: number('vocab_size'),
    tied: fields.tie_word_embeddings === true,
  };
  same('num_key_value_heads', config.heads);
  same('head_dim', config.width / config.heads);
  same('hidden_act', 'silu');
  same('rms_norm_eps', NORM_EPSILON, 1e-6);
  same('rope_theta', ROTARY_BASE);
  same('rope_scaling', null);
  same('attention_bias', false);
  same('mlp_bias', false);
  try {
    checkModelConfig(config);
  } catch (error) {
    throw new CheckpointError(file, error instanceof Error ? error.message : String(error), error);
  }
  return config;
}

/** The tensors of an arena under their Hugging Face names, without padding; `prefix` goes before each name. */
export function namedTensors(table: ParameterTable, arena: Float32Array, prefix = ''): NamedTensor[] {
  return table.tensors.map((tensor) => ({
    name: prefix + tensor.name,
    // A norm gain is a vector.
    shape: tensor.init === 'ones' ? [tensor.columns] : [tensor.rows, tensor.columns],
    values: readTensor(arena, tensor),
  }));
}

/** An arena of `table.arena` floats from the tensors of a file. Throws {@link CheckpointError} at one missing or misshapen. */
export function arenaOf(table: ParameterTable, read: Safetensors, file: string, prefix = ''): Float32Array {
  const arena = new Float32Array(table.arena);
  for (const tensor of table.tensors) {
    const found = read.tensors.get(prefix + tensor.name);
    if (!found) throw new CheckpointError(file, `the tensor ${prefix}${tensor.name} is missing`);
    const shape = tensor.init === 'ones' ? [tensor.columns] : [tensor.rows, tensor.columns];
    if (shape.join() !== found.shape.join()) {
      throw new CheckpointError(
        file,
        `${found.name} has shape [${found.shape}]; config.json asks for [${shape}]`,
      );
    }
    writeTensor(arena, tensor, found.values);
  }
  return arena;
}
