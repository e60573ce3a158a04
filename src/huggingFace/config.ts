/**
 * Our models in the words of Hugging Face: `config.json` of a `LlamaForCausalLM`.
 * Source of the fields: transformers, `LlamaConfig`.
 */

import { isObject } from '../formats/json.ts';
import {
  checkModelConfig,
  headDim,
  type LlamaConfig,
  ModelConfigError,
  NORM_EPSILON,
  ROTARY_BASE,
} from '../model/llama/config.ts';
import { HuggingFaceError } from './error.ts';

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

/**
 * Reads a `config.json`, of older transformers or newer ones; `file` is for errors. A field that is not there has the value that
 * transformers gives it. Throws {@link HuggingFaceError} for a model that ours is not, with what this lab builds.
 */
export function readHuggingFaceConfig(json: unknown, file: string): LlamaConfig {
  if (!isObject(json)) {
    throw new HuggingFaceError(
      file,
      'this is not a JSON object; it should be the config of a LlamaForCausalLM',
    );
  }
  const fields = json;
  checkArchitecture(fields, file);
  const number = (field: string): number => {
    const value = fields[field];
    if (typeof value === 'number') return value;
    const problem = value === undefined ? 'is missing' : `is ${JSON.stringify(value)}, which is not a number`;
    throw new HuggingFaceError(file, `${field} ${problem}`);
  };
  const config: LlamaConfig = {
    layers: number(NAMES.layers),
    width: number(NAMES.width),
    heads: number(NAMES.heads),
    mlp: number(NAMES.mlp),
    context: number(NAMES.context),
    vocabulary: number(NAMES.vocabulary),
    tied: fields.tie_word_embeddings === true,
  };
  const same = (field: string, ours: unknown, otherwise: unknown = ours, why = ''): void =>
    checkSame(file, field, fields[field] ?? otherwise, ours, why);
  same('num_key_value_heads', config.heads, config.heads, ': every head has its own keys and values');
  same(
    'head_dim',
    config.width / config.heads,
    config.width / config.heads,
    ': hidden_size / num_attention_heads',
  );
  same('hidden_act', 'silu');
  same('rms_norm_eps', NORM_EPSILON, TRANSFORMERS_NORM_EPSILON);
  same('attention_bias', false);
  same('mlp_bias', false);
  same('quantization_config', null);
  checkRotary(fields, file);
  try {
    checkModelConfig(config);
  } catch (error) {
    if (!(error instanceof ModelConfigError)) throw error;
    const { field, problem } = error;
    const what = field === 'context' && config.context > 1024 ? SHORTER : '';
    throw new HuggingFaceError(file, `${NAMES[field]}: ${problem}${what}`, error);
  }
  return config;
}

/** What a file calls the fields of a shape. */
const NAMES = {
  layers: 'num_hidden_layers',
  width: 'hidden_size',
  heads: 'num_attention_heads',
  mlp: 'intermediate_size',
  context: 'max_position_embeddings',
  vocabulary: 'vocab_size',
  tied: 'tie_word_embeddings',
} as const;

/** The angles of positions are computed, so no weight depends on how many there are. */
const SHORTER = '; the weights fit any number of positions, so write one of these here, 1024 say';

/** What transformers takes where `rms_norm_eps` is not said. */
const TRANSFORMERS_NORM_EPSILON = 1e-6;

const CLASS = 'LlamaForCausalLM';

function checkArchitecture(
  { model_type, architectures }: Readonly<Record<string, unknown>>,
  file: string,
): void {
  checkSame(file, 'model_type', model_type, 'llama', ` (${CLASS})`);
  if (architectures === undefined || architectures === null) return;
  if (Array.isArray(architectures) && architectures.includes(CLASS)) return;
  checkSame(file, 'architectures', architectures, [CLASS], '');
}

/** Older versions say `rope_theta` and `rope_scaling`; since transformers 5 both are in `rope_parameters`. */
function checkRotary(fields: Readonly<Record<string, unknown>>, file: string): void {
  for (const section of ['rope_parameters', 'rope_scaling']) {
    const value = fields[section] ?? null;
    if (value === null) continue;
    if (typeof value !== 'object' || Array.isArray(value)) checkSame(file, section, value, null, '');
    const { rope_theta, rope_type, type, partial_rotary_factor } = value as Readonly<Record<string, unknown>>;
    checkSame(file, `${section}.rope_type`, rope_type ?? type ?? 'default', 'default', '');
    checkSame(file, `${section}.rope_theta`, rope_theta ?? ROTARY_BASE, ROTARY_BASE, '');
    checkSame(file, `${section}.partial_rotary_factor`, partial_rotary_factor ?? 1, 1, '');
  }
  checkSame(file, 'rope_theta', fields.rope_theta ?? ROTARY_BASE, ROTARY_BASE, '');
}

function checkSame(file: string, field: string, value: unknown, ours: unknown, why: string): void {
  if (JSON.stringify(value) === JSON.stringify(ours)) return;
  throw new HuggingFaceError(
    file,
    `${field} is ${JSON.stringify(value) ?? 'missing'}; this lab builds only ${JSON.stringify(ours)}${why}`,
  );
}
