/** A model as play runs it: no engine, no GPU. */

import type { OrtSession } from '../export/ort/session.ts';
import type { LlamaConfig } from '../model/llama/config.ts';
import type { Tokenizer } from '../text/tokenizer/tokenizer.ts';

export type PlayModel = {
  readonly config: LlamaConfig;
  readonly tokenizer: Tokenizer;
  /** Of the ONNX model with the cache of keys and values. It may be asked for a run while another is under way. */
  readonly session: Pick<OrtSession, 'run'>;
};
