/** The files that a person names → runs. */

import type { Dirent } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { ReadRunsOptions } from '../../formats/runs/options.ts';
import { readRuns } from '../../formats/runs/read.ts';
import { mergeRuns, type Runs } from '../../formats/runs/row.ts';
import { readTextFile } from '../files/files.ts';
import { InputError } from '../report.ts';

/** Where a checkpoint keeps its record. */
const RECORD_FILE = 'run.json';
/** Folders of sweeps hold folders of runs; deeper than this nobody has put them. */
const MOST_LEVELS = 4;

/** Reads tables, record files, and folders of checkpoints. Throws what reading them throws, and `InputError` for a path that is none. */
export async function readRunFiles(
  paths: readonly string[],
  options: ReadRunsOptions,
  signal: AbortSignal,
): Promise<Runs> {
  const parts: Runs[] = [];
  for (const path of paths) {
    for (const file of await filesAt(path)) {
      signal.throwIfAborted();
      parts.push(readRuns(await readTextFile(file, 'RUNS'), file, options));
    }
  }
  return mergeRuns(parts);
}

async function filesAt(path: string): Promise<string[]> {
  const facts = await stat(path).catch(() => null);
  if (!facts?.isDirectory()) return [path];
  const found = await recordFiles(path, MOST_LEVELS);
  if (found.length > 0) return found;
  throw new InputError(
    `RUNS: no ${RECORD_FILE} lies in ${path}; name a folder that m3lab train wrote, a table or a file of records`,
  );
}

async function recordFiles(folder: string, levels: number): Promise<string[]> {
  const entries: Dirent[] = await readdir(folder, { withFileTypes: true });
  const found: string[] = [];
  for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const path = join(folder, entry.name);
    if (entry.isDirectory() && levels > 0) found.push(...(await recordFiles(path, levels - 1)));
    else if (entry.isFile() && entry.name === RECORD_FILE) found.push(path);
  }
  return found;
}
