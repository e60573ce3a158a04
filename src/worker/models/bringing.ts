/** A Hugging Face folder, or a zip of one, into the files that the lab keeps of a model. */

import { JsonError } from '../../formats/json.ts';
import type { ModelNote } from '../../formats/modelNote.ts';
import { huggingFaceConfig } from '../../huggingFace/config.ts';
import { HuggingFaceError, SafetensorsError } from '../../huggingFace/error.ts';
import { writeSafetensors } from '../../huggingFace/safetensors.ts';
import { namedTensors } from '../../huggingFace/tensors.ts';
import { sourceOfBlob } from '../../text/readers/source.ts';
import { TokenizerError } from '../../text/tokenizer/errors.ts';
import { CONFIG_FILE, MODEL_FILE, TOKENIZER_FILE } from '../../train/checkpoint/checkpoint.ts';
import { filesOfBlobs, type StartFiles } from '../../train/start/files.ts';
import { type ModelPast, readPast } from '../../train/start/past.ts';
import { readStart, type StartModel } from '../../train/start/start.ts';
import { filesOfZip } from '../../train/start/zip.ts';
import type { BroughtFile } from '../api/models.ts';
import { sentenceOf } from '../sentence.ts';
import { fingerprintOf } from './fingerprints.ts';
import { jsonBytes } from './modelFolder.ts';

export type BroughtModel = {
  readonly files: ReadonlyMap<string, Uint8Array>;
  readonly about: Omit<ModelNote, 'version' | 'at'>;
};

/**
 * Reads it through, the weights last: a folder that is too large, or of another kind of model, is refused before. What an export calls itself
 * goes before `name`. Throws `HuggingFaceError`, `SafetensorsError`, `TokenizerError`, `JsonError` and `TextError`, which name the file; rejects
 * with the signal's reason.
 */
export async function broughtModel(
  name: string,
  picked: readonly BroughtFile[],
  signal: AbortSignal,
): Promise<BroughtModel> {
  const { model, past } = await readPicked(name, picked, signal);
  const { config, table, parameters, tokenizer } = model;
  const kind = tokenizer.kind === 'library' ? 'file' : tokenizer.kind;
  return {
    files: new Map([
      [CONFIG_FILE, jsonBytes(huggingFaceConfig(config, tokenizer.endOfDocument))],
      [TOKENIZER_FILE, jsonBytes(tokenizer.file())],
      [MODEL_FILE, writeSafetensors(namedTensors(table, parameters), { format: 'pt' })],
      ...(past.from ? ([[past.from.name, past.from.bytes]] as const) : []),
    ]),
    about: {
      name: past.name ?? (name.trim() || nameOf(picked)),
      origin: 'brought',
      tokenizer: kind,
      said: [...model.said, ...tokenizer.warnings, ...past.said].map(sentenceOf),
      fingerprint: fingerprintOf(model),
    },
  };
}

type Picked = { readonly model: StartModel; readonly past: ModelPast };

async function readPicked(
  name: string,
  picked: readonly BroughtFile[],
  signal: AbortSignal,
): Promise<Picked> {
  const [first] = picked;
  const read = async (files: StartFiles): Promise<Picked> => {
    const model = await readStart(files, name, { signal });
    return { model, past: await readPast(files, model.config) };
  };
  if (!first || picked.length > 1 || first.path.includes('/')) {
    return read(filesOfBlobs(new Map(picked.map(({ path, blob }) => [path, blob]))));
  }
  if (!/\.zip$/i.test(first.path)) {
    throw new HuggingFaceError(
      first.path,
      `this file alone is no model; bring the folder that it lies in, with ${CONFIG_FILE}, ${MODEL_FILE} and ${TOKENIZER_FILE}, or a .zip of it`,
    );
  }
  try {
    return await read(await filesOfZip(sourceOfBlob(first.path, first.blob), signal));
  } catch (error) {
    throw inArchive(error, first.path);
  }
}

/** Of a file in an archive a person knows the archive. */
function inArchive(error: unknown, archive: string): unknown {
  const isOfFile =
    error instanceof HuggingFaceError ||
    error instanceof SafetensorsError ||
    error instanceof TokenizerError ||
    error instanceof JsonError;
  return isOfFile ? new HuggingFaceError(archive, error.message, error) : error;
}

/** The folder that was picked, or the archive. */
function nameOf([first]: readonly BroughtFile[]): string {
  return first?.path.split('/')[0]?.replace(/\.zip$/i, '') || 'Model';
}
