/** Arguments that several parts of `m3lab sweep` read. */

import { InvalidArgumentError, Option } from 'commander';
import { ConfigError } from '../../formats/configError.ts';
import { JsonError } from '../../formats/json.ts';
import { type ManifestRun, parseManifest } from '../../formats/manifest.ts';
import { wholeNumber } from '../arguments.ts';
import { readTextFile } from '../files/files.ts';
import { InputError } from '../report.ts';
import type { Shard } from './chosenTasks.ts';

export type Manifest = { readonly text: string; readonly runs: readonly ManifestRun[] };

/** Throws `InputError`, `JsonError` and `ConfigError`, which name the file, the line and the field. */
export async function readManifest(path: string): Promise<Manifest> {
  const text = await readTextFile(path, 'MANIFEST');
  return { text, runs: parseManifest(text, path) };
}

export function fleetArgument(text: string): number | 'auto' {
  return text === 'auto' ? text : wholeNumber(1)(text);
}

/** `2/8`: the second of eight. */
export function shardArgument(text: string): Shard {
  const [, shard = 0, shards = 0] = (/^(\d+)\/(\d+)$/.exec(text) ?? []).map(Number);
  if (shard >= 1 && shard <= shards) return { shard, shards };
  throw new InvalidArgumentError('give I/N, a whole number from 1 to N and how many there are, e.g. 2/8.');
}

/** The option of commands that train a sweep's runs. */
export function checkpointOption(): Option {
  return new Option('--checkpoint-every <seconds>', 'of training, from one checkpoint to the next')
    .argParser(seconds)
    .default(60);
}

function seconds(text: string): number {
  const value = Number(text);
  if (text.trim() !== '' && value >= 0 && Number.isFinite(value)) return value;
  throw new InvalidArgumentError('give a number of seconds, 0 or more.');
}

/** What is wrong with a folder, after its name. */
export const NO_SWEEP = 'is no folder of a sweep; name one that m3lab sweep run or m3lab reproduce wrote';

/** The error of a file in a sweep's folder, with the folder. */
export function inSweepFolder(error: unknown, folder: string): unknown {
  return error instanceof ConfigError || error instanceof JsonError
    ? new InputError(`${folder}/${error.message}`, { cause: error })
    : error;
}
