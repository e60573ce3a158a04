/** Files that a user names: read whole or streamed, with an error that says which and why. */

import { constants, type Stats } from 'node:fs';
import { access, mkdir, mkdtemp, readFile, rmdir, stat } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { InputError } from '../report.ts';
import { codeOf } from './codeOf.ts';

/** A text file, whole. `what` says what it was to be, e.g. "config". Throws {@link InputError}. */
export async function readTextFile(path: string, what: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    throw unreadable(path, what, error);
  }
}

/** What the system knows of a file that can be read; `what` names the option or the field. Throws {@link InputError} otherwise. */
export async function readableFile(path: string, what: string): Promise<Stats> {
  try {
    const facts = await stat(path);
    if (facts.isDirectory()) throw new InputError(`${what}: ${path} is a folder; name a text file`);
    await access(path, constants.R_OK);
    return facts;
  } catch (error) {
    throw unreadable(path, what, error);
  }
}

export type MadeFolders = {
  /** Takes back those of the folders that are still empty. */
  readonly removeEmpty: () => Promise<void>;
};

/**
 * Makes the folders that are missing and writes in each for trial, so that what is wrong is known before hours of work. Throws
 * {@link InputError}, naming `option`; then nothing is left behind.
 */
export async function makeFolders(paths: readonly string[], option: string): Promise<MadeFolders> {
  const made: string[] = [];
  const removeEmpty = async () => {
    for (const folder of made.reverse()) await rmdir(folder).catch(() => {});
  };
  try {
    for (const path of paths) await makeFolder(resolve(path), option, made);
  } catch (error) {
    await removeEmpty();
    throw error;
  }
  return { removeEmpty };
}

// Level by level: with `recursive`, Node tries without end where a folder cannot be made that "does not exist" (/proc/x/y).
async function makeFolder(path: string, option: string, made: string[]): Promise<void> {
  const missing: string[] = [];
  for (let folder = path; !(await isFolder(folder, option)); folder = dirname(folder)) missing.push(folder);
  for (const folder of missing.reverse()) {
    try {
      await mkdir(folder);
      made.push(folder);
    } catch (error) {
      // Another command may have been quicker.
      if (codeOf(error) === 'EEXIST' && (await isFolder(folder, option))) continue;
      throw new InputError(`${option}: the folder ${folder} cannot be made (${whyOf(error)})`);
    }
  }
  try {
    await rmdir(await mkdtemp(join(path, '.m3lab-')));
  } catch (error) {
    throw new InputError(`${option}: nothing can be written in ${path} (${whyOf(error)})`);
  }
}

/** False where there is nothing. Throws {@link InputError} where there is something else, or it cannot be seen. */
async function isFolder(path: string, option: string): Promise<boolean> {
  try {
    if ((await stat(path)).isDirectory()) return true;
  } catch (error) {
    if (codeOf(error) === 'ENOENT' && dirname(path) !== path) return false;
    // Under a file; the file itself is told when its turn comes.
    if (codeOf(error) === 'ENOTDIR') return false;
    throw new InputError(`${option}: ${path} cannot be used (${whyOf(error)})`);
  }
  throw new InputError(`${option}: ${path} is a file, not a folder`);
}

function unreadable(path: string, what: string, error: unknown): unknown {
  const code = codeOf(error);
  if (code === 'ENOENT' || code === 'ENOTDIR') return new InputError(`${what}: there is no file ${path}`);
  if (code === 'EISDIR') return new InputError(`${what}: ${path} is a folder; name a file`);
  if (code === 'EACCES' || code === 'EPERM')
    return new InputError(`${what}: ${path} may not be read by this user`);
  return error;
}

function whyOf(error: unknown): string {
  return String(codeOf(error) ?? error);
}
