/**
 * What an exported model says of itself beside the files that other programs read: what it is called, and how it was trained. They pass the
 * file over; the lab finds in it what it would otherwise have lost on the way out and back in.
 */

import * as v from 'valibot';
import { ConfigError, configError } from './configError.ts';
import { parseRunRecord, type RunRecord } from './record.ts';

export const EXPORT_NOTE_FILE = 'm3lab.json';

/** Of the format that is written here. */
const VERSION = 1;

const exportNoteSchema = v.strictObject({
  version: v.literal(VERSION),
  name: v.pipe(
    v.string(),
    v.check((name) => name.trim() !== '', 'is empty'),
  ),
  record: v.unknown(),
});

const FIELDS = { '': Object.keys(exportNoteSchema.entries) };

export type ExportNote = {
  /** As people call it. */
  readonly name: string;
  /** How it was trained; null where nobody knows. */
  readonly record: RunRecord | null;
};

/** The value of the file. */
export function exportNote({ name, record }: ExportNote): object {
  return { version: VERSION, name: name.trim() || 'model', record };
}

/** Reads the value of `file`. Throws {@link ConfigError} at the first field that is wrong. */
export function parseExportNote(json: unknown, file: string): ExportNote {
  const version = typeof json === 'object' && json !== null && 'version' in json ? json.version : VERSION;
  if (typeof version === 'number' && version > VERSION) {
    throw new ConfigError(
      file,
      'version',
      `a newer version of the lab wrote it (its format is ${version}, and this version reads ${VERSION})`,
    );
  }
  const parsed = v.safeParse(exportNoteSchema, json);
  if (!parsed.success) throw configError(file, parsed.issues, FIELDS);
  const { name, record } = parsed.output;
  return { name: name.trim(), record: record === null ? null : parseRunRecord(record, `${file}: record`) };
}
