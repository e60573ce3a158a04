/** The text of a file with runs, whatever it holds → runs. */

import { readRunsTable } from './csv.ts';
import type { ReadRunsOptions } from './options.ts';
import { readRunRecords, recordsOfJson, recordsOfLines } from './records.ts';
import type { Runs } from './row.ts';

/**
 * Records where the text begins as JSON does, else a table; `file` is its name, for places and errors. Throws `RunsError`, `JsonError`
 * or `ConfigError`.
 */
export function readRuns(text: string, file: string, options: ReadRunsOptions = {}): Runs {
  const begins = text.replace(/^\uFEFF/, '').trimStart()[0];
  if (begins !== '{' && begins !== '[') return readRunsTable(text, file, options);
  // A JSON value may take several lines; of JSON lines, the first is whole.
  const isLines = begins === '{' && (/\.(jsonl|ndjson)$/i.test(file) || isWholeLine(text));
  return readRunRecords(isLines ? recordsOfLines(text, file) : recordsOfJson(text, file), file, options);
}

function isWholeLine(text: string): boolean {
  const [first = '', ...rest] = text.trim().split('\n');
  if (rest.length === 0) return false;
  try {
    JSON.parse(first);
    return true;
  } catch {
    return false;
  }
}
