/** The files that a person names → runs. */

import { createHash } from 'node:crypto';
import type { Dirent } from 'node:fs';
import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { ReadRunsOptions } from '../../formats/runs/options.ts';
import { readRuns } from '../../formats/runs/read.ts';
import { mergeRuns, type Runs } from '../../formats/runs/row.ts';
import { readableFile } from '../files/files.ts';
import { InputError } from '../report.ts';

/** Where a checkpoint keeps its record, and where the records of several runs are kept. */
const RECORD_FILES: readonly string[] = ['run.json', 'runs.jsonl'];
const TABLE = /\.(csv|tsv)$/i;
/** Folders of sweeps hold folders of runs; deeper than this nobody has put them. */
const MOST_LEVELS = 4;
const MOST_NAMED = 8;

/**
 * Reads tables, record files, and folders of either; each source with the hash of its bytes. Throws what reading them throws, and
 * `InputError` for a path that is none, or bytes that are no text.
 */
export async function readRunFiles(
  paths: readonly string[],
  options: ReadRunsOptions,
  signal: AbortSignal,
): Promise<Runs> {
  const parts: Runs[] = [];
  for (const path of paths) {
    for (const file of await filesAt(path)) {
      signal.throwIfAborted();
      await readableFile(file, 'RUNS');
      const bytes = await readFile(file);
      const sha256 = createHash('sha256').update(bytes).digest('hex');
      const runs = readRuns(textOf(bytes, file), file, options);
      parts.push({ ...runs, sources: runs.sources.map((source) => ({ ...source, sha256 })) });
    }
  }
  return mergeRuns(parts);
}

function textOf(bytes: Buffer, file: string): string {
  // A table of plain letters in UTF-16 has a zero for each of them.
  const isWide = (bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff);
  if (isWide || bytes.includes(0))
    throw new InputError(
      `RUNS: ${file} is not text in UTF-8, but in UTF-16 or no text at all; save it as UTF-8`,
    );
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    const line = 1 + bytes.subarray(0, firstBroken(bytes)).filter((byte) => byte === 0x0a).length;
    throw new InputError(
      `RUNS: ${file}:${line}: this is not UTF-8 (perhaps Latin-1 or Windows-1252, as spreadsheets write it); save the file as UTF-8`,
    );
  }
}

/** Bytes before the first that is no UTF-8. */
function firstBroken(bytes: Buffer): number {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  for (let at = 0; at < bytes.length; at++) {
    try {
      decoder.decode(bytes.subarray(at, at + 1), { stream: true });
    } catch {
      return at;
    }
  }
  return bytes.length;
}

async function filesAt(path: string): Promise<string[]> {
  const facts = await stat(path).catch(() => null);
  if (!facts?.isDirectory()) return [path];
  const found = await recordFiles(path, MOST_LEVELS);
  if (found.length > 0) return found;
  const tables = (await readdir(path)).filter((name) => TABLE.test(name)).sort();
  const more = tables.length > MOST_NAMED ? ` and ${tables.length - MOST_NAMED} more` : '';
  const hint =
    tables.length === 0
      ? 'name a folder that m3lab train wrote, a table or a file of records'
      : `name the tables that are meant; there are ${tables
          .slice(0, MOST_NAMED)
          .map((name) => join(path, name))
          .join(', ')}${more}`;
  throw new InputError(`RUNS: no ${RECORD_FILES.join(' or ')} lies in ${path}; ${hint}`);
}

async function recordFiles(folder: string, levels: number): Promise<string[]> {
  const entries: Dirent[] = await readdir(folder, { withFileTypes: true });
  const found: string[] = [];
  for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const path = join(folder, entry.name);
    if (entry.isDirectory() && levels > 0) found.push(...(await recordFiles(path, levels - 1)));
    else if (entry.isFile() && RECORD_FILES.includes(entry.name)) found.push(path);
  }
  return found;
}
