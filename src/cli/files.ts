/** Files that a user names: read whole or streamed, with an error that says which and why. */

import { constants, createReadStream } from 'node:fs';
import { access, readFile, stat } from 'node:fs/promises';
import { basename, dirname, resolve } from 'node:path';
import { InputError } from './report.ts';

/** A text file, whole. `what` says what it was to be, e.g. "config". Throws {@link InputError}. */
export async function readTextFile(path: string, what: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    throw unreadable(path, what, error);
  }
}

export type OpenedText = { readonly name: string; readonly stream: AsyncIterable<Uint8Array> };

/** A text file to be streamed; `what` names the option or the field. Throws {@link InputError} when it cannot be read. */
export async function openTextFile(path: string, what: string): Promise<OpenedText> {
  try {
    if ((await stat(path)).isDirectory())
      throw new InputError(`${what}: ${path} is a folder; name a text file`);
    await access(path, constants.R_OK);
  } catch (error) {
    throw unreadable(path, what, error);
  }
  return { name: basename(path), stream: createReadStream(path, { highWaterMark: 2 ** 20 }) };
}

/** Throws {@link InputError} when `path` is not, and cannot become, a folder to write in. Makes nothing. */
export async function checkFolderCanBeWritten(path: string, option: string): Promise<void> {
  let folder = resolve(path);
  for (;;) {
    try {
      if (!(await stat(folder)).isDirectory())
        throw new InputError(`${option}: ${folder} is a file, not a folder`);
      await access(folder, constants.W_OK);
      return;
    } catch (error) {
      if (codeOf(error) !== 'ENOENT' || dirname(folder) === folder) {
        throw error instanceof InputError
          ? error
          : new InputError(`${option}: nothing can be written in ${folder} (${codeOf(error)})`);
      }
      folder = dirname(folder);
    }
  }
}

function unreadable(path: string, what: string, error: unknown): unknown {
  const code = codeOf(error);
  if (code === 'ENOENT' || code === 'ENOTDIR') return new InputError(`${what}: there is no file ${path}`);
  if (code === 'EISDIR') return new InputError(`${what}: ${path} is a folder; name a file`);
  if (code === 'EACCES' || code === 'EPERM')
    return new InputError(`${what}: ${path} may not be read by this user`);
  return error;
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : undefined;
}
