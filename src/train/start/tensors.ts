/** The tensors of a file one after the other, so that no more than one of them is in memory beside what is made of them. */

import { HuggingFaceError, SafetensorsError } from '../../huggingFace/error.ts';
import {
  headerEnd,
  LENGTH_BYTES,
  readHeader,
  type SafetensorsHeader,
  type TensorEntry,
  type TensorType,
} from '../../huggingFace/header.ts';
import { tensorValues } from '../../huggingFace/safetensors.ts';
import { type ParameterTable, readTensor } from '../../model/llama/parameters.ts';
import { Sha256 } from '../../text/sha256.ts';
import type { StartFiles } from './files.ts';

/** What the header of `file` says; no tensor is read. Throws `SafetensorsError` for numbers of other `types`. */
export async function readHeaderOf(
  files: StartFiles,
  file: string,
  types: readonly TensorType[],
): Promise<SafetensorsHeader> {
  const bytes = files.size(file);
  const end = headerEnd(await files.read(file, 0, Math.min(bytes, LENGTH_BYTES)), bytes, file);
  return readHeader(await files.read(file, 0, end), bytes, file, types);
}

/**
 * Tensors of `file` that `isWanted` by their names, in the order in which they lie there. Throws `SafetensorsError` where the file has become
 * shorter, {@link HuggingFaceError} for a number that is not finite, and the signal's reason.
 */
export async function* tensorsOf(
  files: StartFiles,
  file: string,
  { entries }: SafetensorsHeader,
  isWanted: (name: string) => boolean,
  signal?: AbortSignal,
): AsyncGenerator<{ readonly name: string; readonly values: Float32Array }> {
  for (const entry of entries) {
    signal?.throwIfAborted();
    if (!isWanted(entry.name)) continue;
    const { name, type } = entry;
    const values = tensorValues(type, await bytesOf(files, file, entry));
    const place = values.findIndex((value) => !Number.isFinite(value));
    if (place >= 0) {
      throw new HuggingFaceError(
        file,
        `${name} holds ${values[place]}: nothing can be computed with numbers that are not finite; take a checkpoint from before they came`,
      );
    }
    yield { name, values };
  }
}

/** SHA-256 of what arenas of a table hold, tensor by tensor, as 32-bit floats without padding: however a file writes them, it is the same. */
export function arenasHash(
  { tensors }: ParameterTable,
  arenas: readonly Float32Array[],
  signal?: AbortSignal,
): string {
  const sha = new Sha256();
  for (const arena of arenas) {
    for (const tensor of tensors) {
      signal?.throwIfAborted();
      // Every machine that runs this is little-endian.
      sha.update(new Uint8Array(readTensor(arena, tensor).buffer));
    }
  }
  return sha.hex();
}

/** A file may be cut off between its header and the tensor. */
async function bytesOf(
  files: StartFiles,
  file: string,
  { name, from, to }: TensorEntry,
): Promise<Uint8Array> {
  const bytes = await files.read(file, from, to);
  if (bytes.length === to - from) return bytes;
  throw new SafetensorsError(
    file,
    `${name} ends at byte ${to}, and the file before: it was changed while it was read; read it again`,
  );
}
