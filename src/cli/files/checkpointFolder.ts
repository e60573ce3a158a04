/** Checkpoint folders as the user names them: whether one may be written, and errors that say which it was. */

import { lstat, readdir, stat } from 'node:fs/promises';
import { basename, join, resolve, sep } from 'node:path';
import { JsonError } from '../../formats/json.ts';
import { SafetensorsError } from '../../huggingFace/error.ts';
import { FolderStore } from '../../store/folder.ts';
import {
  CHECKPOINT_FILES,
  type Checkpoint,
  MODEL_FILE,
  readCheckpoint,
  readSavedRun,
} from '../../train/checkpoint/checkpoint.ts';
import { CheckpointError } from '../../train/checkpoint/error.ts';
import { COMMIT, NEXT } from '../../train/checkpoint/transaction.ts';
import type { Io } from '../io.ts';
import { InputError } from '../report.ts';
import { openModel } from './startFolder.ts';

/** What the argument of a command that takes a model may be, for its help. */
export const CHECKPOINT_HELP =
  'folder that train wrote, or export --format hf, or another of a Hugging Face Llama; or a .zip of one';

/**
 * A model to evaluate, to generate from or to export: a checkpoint, or a Hugging Face folder, or a zip of either. Says what was done with
 * it. Throws {@link InputError}, naming the folder, or the file by its path, and the errors of a damaged zip.
 */
export async function openCheckpoint(path: string, io: Io): Promise<Checkpoint & { readonly name: string }> {
  if (await isFolderOfOne(path)) {
    try {
      const checkpoint = await readCheckpoint(new FolderStore(path), '');
      return { ...checkpoint, name: checkpoint.record?.config.name ?? basename(resolve(path)) };
    } catch (error) {
      throw inFolder(error, path);
    }
  }
  const { config, table, parameters, tokenizer, record, name, said } = await openModel(path, {
    signal: io.signal,
  });
  for (const words of said) io.say(`${path}: ${words}`);
  return { config, table, parameters, tokenizer, record, name };
}

/** Whether it is the folder of a run. Throws where it holds the checkpoints of several. */
async function isFolderOfOne(folder: string): Promise<boolean> {
  if (!(await stat(folder).catch(() => null))?.isDirectory()) return false;
  if (await isThere(join(folder, MODEL_FILE))) return hasRun(folder);
  const runs: string[] = [];
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const inside = join(folder, entry.name);
    if (entry.isDirectory() && entry.name !== NEXT && (await isThere(join(inside, MODEL_FILE))))
      runs.push(inside);
  }
  if (runs.length === 0) return hasRun(folder);
  throw new InputError(`${folder} is no checkpoint, but holds some; name one of ${runs.sort().join(', ')}`);
}

/** Puts the folder before the name of the file in an error of a checkpoint in the root of a store. */
export function inFolder(error: unknown, folder: string): unknown {
  if (!isOfFile(error)) return error;
  // A file that cannot be read says where; what to do about it is known here.
  const advice =
    error instanceof CheckpointError ? '' : '; restore the file, or train anew into another folder';
  return new InputError(`${folder.replace(/[/\\]+$/, '')}${sep}${error.message}${advice}`, { cause: error });
}

function isOfFile(error: unknown): error is CheckpointError | SafetensorsError | JsonError {
  return error instanceof CheckpointError || error instanceof SafetensorsError || error instanceof JsonError;
}

/** Throws {@link InputError} where the folder for the runs of a fleet is itself the checkpoint of a run. */
export async function checkIsNoRun(folder: string): Promise<void> {
  let name: string | undefined;
  try {
    name = (await readSavedRun(new FolderStore(folder), ''))?.record.config.name;
  } catch (error) {
    // A run.json that is none of ours is in nobody's way: the runs have folders of their own.
    if (!isOfFile(error)) throw error;
  }
  if (name === undefined) return;
  throw new InputError(
    `--out: ${folder} is itself the checkpoint of a run, ${name}; the runs of several configs need a folder beside it, so choose another`,
  );
}

/**
 * Gives whether there is a run in `folder`. Throws {@link InputError} where a checkpoint in `folder` would write over, or
 * clear away, what no run of ours has put there. With `resume` the remains of a run that was killed at its first save may go.
 */
export async function checkNothingIsLost(folder: string, resume: boolean): Promise<boolean> {
  if (await hasRun(folder)) return true;
  for (const name of CHECKPOINT_FILES) {
    if (!(await isThere(join(folder, name)))) continue;
    throw new InputError(
      `--out: ${folder} holds ${name}, and no run of m3lab; it would be written over, so choose another folder`,
    );
  }
  const next = join(folder, NEXT);
  if (!(await isThere(next))) return false;
  const isOurs = await holdsOnlyOurs(next);
  if (isOurs && resume) return false;
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
    if (isMissing(error)) return false;
    throw error;
  }
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && ['ENOENT', 'ENOTDIR'].includes(String(error.code));
}

/** Whether nothing lies in the folder `next` but what a save writes there, whole or in part. */
async function holdsOnlyOurs(next: string): Promise<boolean> {
  if (!(await lstat(next)).isDirectory()) return false;
  const ours = new Set([...CHECKPOINT_FILES, COMMIT].flatMap((name) => [name, `.${name}.part`]));
  const entries = await readdir(next, { withFileTypes: true });
  return entries.every((entry) => entry.isFile() && ours.has(entry.name));
}
