import { expect, test } from 'vitest';
import { huggingFaceConfig, readHuggingFaceConfig } from '../../src/huggingFace/config.ts';
import { HuggingFaceError } from '../../src/huggingFace/error.ts';

const MODEL = { layers: 2, width: 64, heads: 4, mlp: 176, context: 64, vocabulary: 257, tied: true };
const OURS = huggingFaceConfig(MODEL, 256);

test('what is written is read', () => {
  expect(readHuggingFaceConfig(OURS, 'config.json')).toEqual(MODEL);
  const untied = { ...MODEL, tied: false };
  expect(readHuggingFaceConfig(huggingFaceConfig(untied, 256), 'config.json')).toEqual(untied);
});

test('newer versions of transformers say it otherwise, and leave out what is usual', () => {
  const { rope_theta, rope_scaling, torch_dtype, head_dim, num_key_value_heads, ...rest } = OURS;
  const newer = {
    ...rest,
    dtype: 'bfloat16',
    rope_parameters: { rope_theta: 10_000.0, rope_type: 'default' },
  };
  expect(readHuggingFaceConfig(newer, 'config.json')).toEqual(MODEL);
  const { hidden_act, attention_bias, mlp_bias, ...bare } = rest;
  expect(readHuggingFaceConfig(bare, 'config.json')).toEqual(MODEL);
});

test.each<[string, Record<string, unknown>, string]>([
  [
    'another architecture',
    { model_type: 'gpt2' },
    'model_type is "gpt2"; this lab builds only "llama" (LlamaForCausalLM)',
  ],
  [
    'another head',
    { architectures: ['LlamaForSequenceClassification'] },
    'architectures is ["LlamaForSequenceClassification"]; this lab builds only ["LlamaForCausalLM"]',
  ],
  [
    'shared keys and values',
    { num_key_value_heads: 2 },
    'num_key_value_heads is 2; this lab builds only 4: every head has its own',
  ],
  ['heads of their own width', { head_dim: 32 }, 'head_dim is 32; this lab builds only 16'],
  [
    'heads of 8',
    { num_attention_heads: 8, num_key_value_heads: 8, head_dim: 8 },
    'num_attention_heads: 64 / 8 gives heads of 8 features; choose heads so',
  ],
  ['another activation', { hidden_act: 'gelu' }, 'hidden_act is "gelu"; this lab builds only "silu"'],
  ['another epsilon', { rms_norm_eps: 1e-6 }, 'rms_norm_eps is 0.000001; this lab builds only 0.00001'],
  [
    'the epsilon that is usual',
    { rms_norm_eps: undefined },
    'rms_norm_eps is 0.000001; this lab builds only 0.00001',
  ],
  ['bias', { attention_bias: true }, 'attention_bias is true; this lab builds only false'],
  ['bias in the mlp', { mlp_bias: true }, 'mlp_bias is true; this lab builds only false'],
  ['another base', { rope_theta: 500_000 }, 'rope_theta is 500000; this lab builds only 10000'],
  [
    'another base, newer',
    { rope_parameters: { rope_theta: 5e5, rope_type: 'default' } },
    'rope_parameters.rope_theta is 500000; this lab builds only 10000',
  ],
  [
    'scaled angles',
    { rope_scaling: { type: 'linear', factor: 2 } },
    'rope_scaling.rope_type is "linear"; this lab builds only "default"',
  ],
  [
    'scaled angles, newer',
    { rope_parameters: { rope_theta: 1e4, rope_type: 'llama3' } },
    'rope_parameters.rope_type is "llama3"; this lab builds only "default"',
  ],
  [
    'angles of a part',
    { rope_parameters: { partial_rotary_factor: 0.5 } },
    'rope_parameters.partial_rotary_factor is 0.5; this lab builds only 1',
  ],
  [
    'fewer bits',
    { quantization_config: { bits: 4 } },
    'quantization_config is {"bits":4}; this lab builds only null',
  ],
  [
    'a long context',
    { max_position_embeddings: 2048 },
    'max_position_embeddings: 2048 is not a multiple of 16 between 16 and 1,024; the weights fit any number',
  ],
  ['no width', { hidden_size: undefined }, 'hidden_size is missing'],
])('%s is named, with what this lab builds', (_, change, words) => {
  const read = () => readHuggingFaceConfig({ ...OURS, ...change }, 'config.json');
  expect(read).toThrow(HuggingFaceError);
  expect(read).toThrow(words);
  expect(read).toThrow(/^config\.json: /);
});

test.each([null, [], 'llama', 3])('%j is no config', (json) => {
  expect(() => readHuggingFaceConfig(json, 'config.json')).toThrow('config.json: this is not a JSON object');
});
