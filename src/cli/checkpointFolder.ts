/** Checkpoint folders as the user names them: whether one may be written, and errors that say which it was. */

import { lstat, readdir } from 'node:fs/promises';
import { join, sep } from 'node:path';
import { JsonError } from '../formats/json.ts';
import { FolderStore } from '../store/folder.ts';
import { CHECKPOINT_FILES, type Checkpoint, readCheckpoint, readSavedRun } from '../train/checkpoint.ts';
import { CheckpointError } from '../train/huggingFace.ts';
import { SafetensorsError } from '../train/safetensors.ts';
import { COMMIT, NEXT } from '../train/transaction.ts';
import { InputError } from './report.ts';

/** A model to evaluate or to generate from. Throws {@link InputError}, naming the file by its path. */
export async function openCheckpoint(folder: string): Promise<Checkpoint> {
  try {
    return await readCheckpoint(new FolderStore(folder), '');
  } catch (error) {
    throw inFolder(error, folder);
  }
}

/** Puts the folder before the name of the file in an error of a checkpoint in the root of a store. */
export function inFolder(error: unknown, folder: string): unknown {
  const isOfFile = FILE_ERRORS.some((type) => error instanceof type);
  return isOfFile
    ? new InputError(`${folder.replace(/[/\\]+$/, '')}${sep}${(error as Error).message}`, { cause: error })
    : error;
}

const FILE_ERRORS = [CheckpointError, SafetensorsError, JsonError] as const;

/**
 * Throws {@link InputError} where a checkpoint in `folder` would write over, or clear away, what no run of ours has put there. With
 * `resume` the remains of a run that was killed at its first save may go.
 */
export async function checkNothingIsLost(folder: string, resume: boolean): Promise<void> {
  if (await hasRun(folder)) return;
  for (const name of CHECKPOINT_FILES) {
    if (!(await isThere(join(folder, name)))) continue;
    throw new InputError(
      `--out: ${folder} holds ${name}, and no run of m3lab; it would be written over, so choose another folder`,
    );
  }
  const next = join(folder, NEXT);
  if (!(await isThere(next))) return;
  const isOurs = await holdsOnlyOurs(next);
  if (isOurs && resume) return;
  throw new InputError(
    `--out: ${folder} holds ${NEXT}, and no run of m3lab; it would be removed, so choose another folder${
      isOurs ? ', or add --resume if a run was killed here before its first checkpoint' : ''
    }`,
  );
}

async function hasRun(folder: string): Promise<boolean> {
  try {
    return (await readSavedRun(new FolderStore(folder), '')) !== null;
  } catch (error) {
    throw inFolder(error, folder);
  }
}

async function isThere(path: string): Promise<boolean> {
  try {
    await lstat(path);
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && ['ENOENT', 'ENOTDIR'].includes(String(error.code)))
      return false;
    throw error;
  }
}

/** Whether nothing lies in the folder `next` but what a save writes there, whole or in part. */
async function holdsOnlyOurs(next: string): Promise<boolean> {
  if (!(await lstat(next)).isDirectory()) return false;
  const ours = new Set([...CHECKPOINT_FILES, COMMIT].flatMap((name) => [name, `.${name}.part`]));
  const entries = await readdir(next, { withFileTypes: true });
  return entries.every((entry) => entry.isFile() && ours.has(entry.name));
}
