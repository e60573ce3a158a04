/** A checkpoint's `run.json`: the record of the run, and what an exact resume needs beside it. */

import { parseRunRecord, type RunRecord } from './record.ts';
import { parseRunFile, type ResumeFacts } from './resumeFacts.ts';

export type SavedRun = { readonly record: RunRecord; readonly resume: ResumeFacts };

/** The value of a `run.json`. Throws `ConfigError` at the first field that is wrong. */
export function parseSavedRun(json: unknown, name: string): SavedRun {
  const { record, resume } = parseRunFile(json, name);
  return { record: parseRunRecord(record, name), resume };
}
