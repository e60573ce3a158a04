/** Models in the files of Hugging Face, a folder or a zip of one, such as `--from` and the commands about a checkpoint name; read in parts. */

import { type FileHandle, open, readdir, stat } from 'node:fs/promises';
import { basename, join, resolve, sep } from 'node:path';
import { JsonError } from '../../formats/json.ts';
import type { RunRecord } from '../../formats/record.ts';
import { HuggingFaceError, SafetensorsError } from '../../huggingFace/error.ts';
import { FolderStore } from '../../store/folder.ts';
import { TokenizerError } from '../../text/tokenizer/errors.ts';
import { COMMIT, NEXT } from '../../train/checkpoint/transaction.ts';
import { filesOfStore, type StartFiles } from '../../train/start/files.ts';
import { readPast } from '../../train/start/past.ts';
import { readStart, type StartModel, type StartOptions } from '../../train/start/start.ts';
import { filesOfZip } from '../../train/start/zip.ts';
import { InputError } from '../report.ts';

/** A model, and how it was trained; null where nobody knows. What an export calls itself goes before the name of its folder. */
export type OpenedModel = StartModel & { readonly record: RunRecord | null };

/**
 * The model that `path` names, a folder or a zip; `option` stands before what is wrong, and ends in `: ` where it is not empty. Throws
 * {@link InputError}, which names the file by its path, the errors of a damaged zip, and the signal's reason.
 */
export async function openModel(
  path: string,
  { option = '', ...options }: StartOptions & { readonly option?: string },
): Promise<OpenedModel> {
  const facts = await stat(path).catch((error: unknown) => {
    if (error instanceof Error && 'code' in error && ['ENOENT', 'ENOTDIR'].includes(String(error.code))) {
      throw new InputError(`${option}there is no folder ${path}; name that of a model, or a .zip of it`);
    }
    throw unreadable(error, path, option);
  });
  const read = async (files: StartFiles): Promise<OpenedModel> => {
    const model = await readStart(files, basename(resolve(path)).replace(/\.zip$/i, ''), options);
    const { name, record, said } = await readPast(files, model.config);
    return { ...model, name: name ?? model.name, record, said: [...model.said, ...said] };
  };
  if (facts.isDirectory()) return inPlace(option, path, async () => read(await filesOf(path)));
  if (!/\.zip$/i.test(path)) {
    throw new InputError(`${option}${path} is a file; name the folder of a model, or a .zip of it`);
  }
  const handle = await open(path).catch((error: unknown) => {
    throw unreadable(error, path, option);
  });
  try {
    const slice = (start: number, end: number) => readPart(handle, start, end);
    const archive = { name: basename(path), size: facts.size, slice };
    return await inPlace(option, path, async () => read(await filesOfZip(archive, options.signal)));
  } finally {
    await handle.close();
  }
}

/** Of a folder; a checkpoint that was being saved counts as it will be. */
async function filesOf(folder: string): Promise<StartFiles> {
  if (await isThere(join(folder, NEXT, COMMIT))) return filesOfStore(new FolderStore(folder), '');
  const sizes = new Map<string, number>();
  for (const entry of await readdir(folder)) {
    const facts = await stat(join(folder, entry)).catch(() => null);
    if (facts?.isFile()) sizes.set(entry, facts.size);
  }
  return {
    names: () => [...sizes.keys()],
    size: (name) => sizes.get(name) ?? 0,
    read: async (name, from = 0, to = sizes.get(name) ?? 0) => {
      const handle = await open(join(folder, name));
      try {
        return await readPart(handle, from, to);
      } finally {
        await handle.close();
      }
    },
  };
}

/** Fewer bytes where the file has become shorter. */
async function readPart(handle: FileHandle, from: number, to: number): Promise<Uint8Array> {
  const bytes = new Uint8Array(to - from);
  let filled = 0;
  while (filled < bytes.length) {
    const { bytesRead } = await handle.read(bytes, filled, bytes.length - filled, from + filled);
    if (bytesRead === 0) return bytes.subarray(0, filled);
    filled += bytesRead;
  }
  return bytes;
}

/** What the system says of a folder that may not be read. */
function unreadable(error: unknown, path: string, option: string): unknown {
  if (!(error instanceof Error && 'syscall' in error && 'code' in error)) return error;
  return new InputError(`${option}${path} cannot be read (${String(error.code)})`, { cause: error });
}

async function isThere(path: string): Promise<boolean> {
  return (await stat(path).catch(() => null)) !== null;
}

async function inPlace<T>(option: string, path: string, read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (error) {
    const isOfFile =
      error instanceof HuggingFaceError ||
      error instanceof SafetensorsError ||
      error instanceof TokenizerError ||
      error instanceof JsonError;
    if (!isOfFile) throw unreadable(error, path, option);
    throw new InputError(`${option}${path.replace(/[/\\]+$/, '')}${sep}${error.message}`, { cause: error });
  }
}
