/** Finished runs that a person names: folders of sweeps, and files of records. */

import { stat } from 'node:fs/promises';
import { type PlacedRecord, recordsOfJson, recordsOfLines } from '../../formats/runs/records.ts';
import { FolderStore } from '../../store/folder.ts';
import { collectFolder } from '../../sweep/run/collect.ts';
import { readTextFile } from '../files/files.ts';
import type { Io } from '../io.ts';
import { InputError } from '../report.ts';
import { inSweepFolder, NO_SWEEP } from './arguments.ts';

/**
 * The records of all of them, each run once. Throws `InputError` for a folder that is none of a sweep or a file that is not there, and
 * `JsonError` and `ConfigError` where a file holds no records; damaged records of a folder are told of and left out.
 */
export async function givenRecords(paths: readonly string[], io: Io): Promise<readonly PlacedRecord[]> {
  const records = new Map<string, PlacedRecord>();
  for (const path of paths) {
    io.signal.throwIfAborted();
    for (const placed of await recordsAt(path, io)) {
      if (!records.has(placed.record.id)) records.set(placed.record.id, placed);
    }
  }
  return [...records.values()];
}

async function recordsAt(path: string, io: Io): Promise<readonly PlacedRecord[]> {
  const facts = await stat(path).catch(() => null);
  if (!facts?.isDirectory()) {
    const text = await readTextFile(path, '--given');
    return /\.(jsonl|ndjson)$/i.test(path) ? recordsOfLines(text, path) : recordsOfJson(text, path);
  }
  const found = await collectFolder(new FolderStore(path)).catch((error: unknown) => {
    throw inSweepFolder(error, path);
  });
  if (!found) throw new InputError(`--given: ${path} ${NO_SWEEP}`);
  for (const { path: file, problem } of found.damaged)
    io.say(`${path}/${file} is damaged (${problem}) and left out`);
  return found.runs.map(({ record }) => ({ record, place: `${path}/${record.id}` }));
}
