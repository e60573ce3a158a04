/** Checkpoint folders as the user names them: whether one may be written, and errors that say which it was. */

import { lstat, readdir, stat } from 'node:fs/promises';
import { join, sep } from 'node:path';
import { JsonError } from '../../formats/json.ts';
import { FolderStore } from '../../store/folder.ts';
import {
  CHECKPOINT_FILES,
  type Checkpoint,
  MODEL_FILE,
  readCheckpoint,
  readSavedRun,
} from '../../train/checkpoint/checkpoint.ts';
import { CheckpointError } from '../../train/checkpoint/huggingFace.ts';
import { SafetensorsError } from '../../train/checkpoint/safetensors.ts';
import { COMMIT, NEXT } from '../../train/checkpoint/transaction.ts';
import { InputError } from '../report.ts';

/** A model to evaluate or to generate from. Throws {@link InputError}, naming the folder, or the file by its path. */
export async function openCheckpoint(folder: string): Promise<Checkpoint> {
  await checkIsOne(folder);
  try {
    return await readCheckpoint(new FolderStore(folder), '');
  } catch (error) {
    throw inFolder(error, folder);
  }
}

/** Throws where there is no folder, or one that holds the checkpoints of several runs. */
async function checkIsOne(folder: string): Promise<void> {
  const facts = await stat(folder).catch((error: unknown) => {
    if (isMissing(error))
      throw new InputError(`there is no folder ${folder}; name one that m3lab train wrote`);
    throw error;
  });
  if (!facts.isDirectory())
    throw new InputError(`${folder} is a file; name the folder that m3lab train wrote`);
  if (await isThere(join(folder, MODEL_FILE))) return;
  const runs: string[] = [];
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const inside = join(folder, entry.name);
    if (entry.isDirectory() && entry.name !== NEXT && (await isThere(join(inside, MODEL_FILE))))
      runs.push(inside);
  }
  if (runs.length === 0) return;
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
