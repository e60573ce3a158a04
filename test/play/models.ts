/** Small models of random weights as play runs them, and what they come to without cache, in float64. */

import { onnxModel } from '../../src/export/onnx/model.ts';
import { ortRuntime } from '../../src/export/ort/load.ts';
import type { LlamaConfig } from '../../src/model/llama/config.ts';
import type { PlayModel } from '../../src/play/playModel.ts';
import { byteTokenizer } from '../../src/text/tokenizer/bytes.ts';
import type { Tokenizer } from '../../src/text/tokenizer/tokenizer.ts';
import { type TinyModel, tinyModel } from '../export/onnx/tiny.ts';
import { referenceForward } from '../reference/llama.ts';

/** Opens a model of the tokenizer's vocabulary, hands it over, and closes it. */
export async function withPlayModel<Result>(
  use: (model: PlayModel, tiny: TinyModel) => Promise<Result>,
  { tokenizer = byteTokenizer, ...change }: Partial<LlamaConfig> & { readonly tokenizer?: Tokenizer } = {},
): Promise<Result> {
  const tiny = tinyModel({ ...change, vocabulary: tokenizer.vocabulary });
  const session = await (await ortRuntime()).create(onnxModel(tiny, { cache: true }));
  try {
    return await use({ config: tiny.config, tokenizer, session }, tiny);
  } finally {
    await session.release();
  }
}

/** Logits of the token after the last of `text`, of which the last `context` are seen: [vocabulary]. */
export function referenceLogits({ table, parameters, config }: TinyModel, text: Uint16Array): Float64Array {
  const seen = text.slice(-config.context);
  const { logits } = referenceForward(table, parameters, seen, seen, 1);
  return logits.subarray((seen.length - 1) * config.vocabulary);
}
