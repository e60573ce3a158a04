/** The files of a model → the model as it leaves the lab. */

import type { ExportedModel } from '../../export/model.ts';
import type { RunRecord } from '../../formats/record.ts';
import { Sha256 } from '../../text/sha256.ts';
import { MODEL_FILE } from '../../train/checkpoint/checkpoint.ts';
import { filesOfBytes } from '../../train/start/files.ts';
import { PAST_FILES, pastOf } from '../../train/start/past.ts';
import { readStart } from '../../train/start/start.ts';
import type { ModelFiles } from '../api/models.ts';

export type ReadModel = {
  readonly exported: ExportedModel;
  /** SHA-256 of the weights' file. */
  readonly weights: string;
};

/** Throws what names the file at fault: HuggingFaceError, TokenizerError, ConfigError and their like. */
export async function readModelFiles({ name, files }: ModelFiles, signal: AbortSignal): Promise<ReadModel> {
  const { config, table, parameters, tokenizer } = await readStart(
    filesOfBytes(new Map(Object.entries(files))),
    name,
    { signal },
  );
  return {
    exported: { config, table, parameters, tokenizer, record: recordOf(files), name },
    weights: new Sha256().update(files[MODEL_FILE] ?? new Uint8Array()).hex(),
  };
}

function recordOf(files: ModelFiles['files']): RunRecord | null {
  for (const file of PAST_FILES) {
    const bytes = files[file];
    if (bytes) return pastOf(bytes, file).record;
  }
  return null;
}
