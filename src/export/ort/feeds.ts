/** What a decoder of ours is fed: whole windows, or tokens after those in its cache. */

import { headDim, type LlamaConfig } from '../../model/llama/config.ts';
import { floatTensor, type OrtTensors, wholeTensor } from './session.ts';

/** Keys and values of the tokens so far, under the names of the inputs, `past_key_values.0.key` and so on. */
export type KeyValues = OrtTensors;

/** Feeds of the model without cache: `tokens` [batch × sequence] without padding, each sequence from position 0 on. */
export function plainFeeds(tokens: ArrayLike<number>, batch = 1): OrtTensors {
  const sequence = tokens.length / batch;
  const dims = [batch, sequence];
  return {
    input_ids: wholeTensor(tokens, dims),
    attention_mask: wholeTensor(new Uint8Array(tokens.length).fill(1), dims),
    position_ids: wholeTensor(
      Uint32Array.from({ length: tokens.length }, (_, index) => index % sequence),
      dims,
    ),
  };
}

/** The cache before the first token. */
export function noKeyValues(config: LlamaConfig): KeyValues {
  const dims = [1, config.heads, 0, headDim(config)];
  const names = Array.from({ length: config.layers }, (_, layer) => [`${layer}.key`, `${layer}.value`]);
  return Object.fromEntries(
    names.flat().map((name) => [`past_key_values.${name}`, floatTensor(new Float32Array(0), dims)]),
  );
}

/** Feeds of the model with cache: one sequence's next `tokens`, after `past` tokens whose keys and values are in `cache`. */
export function cachedFeeds(tokens: ArrayLike<number>, past: number, cache: KeyValues): OrtTensors {
  const dims = [1, tokens.length];
  return {
    input_ids: wholeTensor(tokens, dims),
    attention_mask: wholeTensor(new Uint8Array(past + tokens.length).fill(1), [1, past + tokens.length]),
    position_ids: wholeTensor(
      Uint32Array.from({ length: tokens.length }, (_, index) => past + index),
      dims,
    ),
    ...cache,
  };
}

/** The cache for the next run, from what a run gave. */
export function keyValuesOf(outputs: OrtTensors): KeyValues {
  return Object.fromEntries(
    Object.entries(outputs)
      .filter(([name]) => name.startsWith('present.'))
      .map(([name, tensor]) => [name.replace('present.', 'past_key_values.'), tensor]),
  );
}
