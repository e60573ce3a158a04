/** The file that takes everything along: a zip with one file that says what it is, and what is in it by kinds. */

import * as v from 'valibot';
import { ConfigError, configError } from './configError.ts';
import type { JsonValue } from './json.ts';

/** Raised when an older lab could no longer make sense of what is in the file. */
export const BACKUP_VERSION = 1;

/** Names of the files inside. */
export const BACKUP_FILES = {
  about: 'm3lab.json',
  /** Records, one a line, and what is known of each beside it. */
  runs: 'runs.jsonl',
  runsAbout: 'runs-about.json',
  tables: 'tables.json',
  queue: 'queue.json',
  settings: 'settings.json',
  session: 'session.json',
  /** The folder of what lies in the store for files, under the same paths. */
  files: 'files/',
} as const;

const count = v.pipe(v.number(), v.safeInteger('is not a whole number'), v.minValue(0, 'is less than 0'));
const time = v.pipe(v.number(), v.finite('is not a finite number'));

const aboutSchema = v.strictObject({
  format: v.literal('m3lab backup'),
  version: v.literal(BACKUP_VERSION),
  /** Milliseconds since 1970. */
  madeAt: time,
  /** Version of the lab. */
  lab: v.string(),
  runs: count,
  tables: count,
  sweeps: count,
  texts: count,
  fleet: v.boolean(),
});

const runAboutSchema = v.strictObject({
  name: v.string(),
  origin: v.picklist(['own', 'imported']),
  collection: v.string(),
  tags: v.record(v.string(), v.string()),
  at: time,
});

const json = v.custom<JsonValue>((value) => value !== undefined);

const tablesSchema = v.array(
  v.strictObject({ id: v.string(), name: v.string(), text: v.string(), choices: json, at: time }),
);

const queueSchema = v.array(v.strictObject({ id: v.string(), place: v.number(), value: json }));

export type BackupAbout = v.InferOutput<typeof aboutSchema>;
export type RunAbout = v.InferOutput<typeof runAboutSchema>;
export type BackupTable = v.InferOutput<typeof tablesSchema>[number];
export type BackupPlace = v.InferOutput<typeof queueSchema>[number];

/** Throws `ConfigError`: for a newer version too, before anything else of it is looked at. */
export function parseBackupAbout(value: unknown, file: string): BackupAbout {
  if (typeof value === 'object' && value !== null && 'version' in value) {
    const { version } = value;
    if (typeof version === 'number' && version > BACKUP_VERSION) {
      throw new ConfigError(
        file,
        'version',
        `the file was made by a newer version of the lab (its format is ${version}, and this version reads ${BACKUP_VERSION}); update the lab and try again`,
      );
    }
  }
  return checked(aboutSchema, value, file);
}

export function parseRunsAbout(value: unknown, file: string): Readonly<Record<string, RunAbout>> {
  return checked(v.record(v.string(), runAboutSchema), value, file);
}

export function parseBackupTables(value: unknown, file: string): readonly BackupTable[] {
  return checked(tablesSchema, value, file);
}

export function parseBackupQueue(value: unknown, file: string): readonly BackupPlace[] {
  return checked(queueSchema, value, file);
}

export function parseBackupSettings(value: unknown, file: string): Readonly<Record<string, JsonValue>> {
  return checked(v.record(v.string(), json), value, file);
}

function checked<S extends v.GenericSchema>(schema: S, value: unknown, file: string): v.InferOutput<S> {
  const parsed = v.safeParse(schema, value);
  if (!parsed.success) throw configError(file, parsed.issues, {});
  return parsed.output;
}
