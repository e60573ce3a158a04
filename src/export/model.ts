/** A model as it leaves the lab: what every format of export is written from. */

import type { RunRecord } from '../formats/record.ts';
import type { LlamaConfig } from '../model/llama/config.ts';
import type { ParameterTable } from '../model/llama/parameters.ts';
import type { Tokenizer } from '../text/tokenizer/tokenizer.ts';

export type ExportedModel = {
  readonly config: LlamaConfig;
  /** Of `config`. */
  readonly table: ParameterTable;
  /** An arena of `table`, padding included. */
  readonly parameters: Float32Array;
  readonly tokenizer: Tokenizer;
  /** How it was trained; null for a model that came from elsewhere without its record. */
  readonly record: RunRecord | null;
  /** As people call it, e.g. the run's name. */
  readonly name: string;
};
