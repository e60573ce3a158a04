/** What a model's folder says of its past: how the model was trained, and what it is called. No weights are read. */

import { ConfigError } from '../../formats/configError.ts';
import { EXPORT_NOTE_FILE, type ExportNote, parseExportNote } from '../../formats/exportNote.ts';
import { JsonError, parseJson } from '../../formats/json.ts';
import type { RunRecord } from '../../formats/record.ts';
import { parseSavedRun } from '../../formats/runFile.ts';
import type { LlamaConfig } from '../../model/llama/config.ts';
import { RUN_FILE } from '../checkpoint/checkpoint.ts';
import type { StartFiles } from './files.ts';

/** A curve is long; more is none. */
const MOST_BYTES = 64 * 2 ** 20;

/** Files that say it, the one that knows more first. */
export const PAST_FILES = [RUN_FILE, EXPORT_NOTE_FILE] as const;
type PastFile = (typeof PAST_FILES)[number];

export type ModelPast = {
  /** What an export calls the model; null for any other folder. */
  readonly name: string | null;
  /** Null where nothing is known of its training. */
  readonly record: RunRecord | null;
  /** The file that the record is from. */
  readonly from: { readonly name: PastFile; readonly bytes: Uint8Array } | null;
  /** What was left out, and why, in words. */
  readonly said: readonly string[];
};

/**
 * The past of a model of this shape. A file that cannot be read, or tells of a model of another shape, is left out, and that is said: the
 * model is what its weights are.
 */
export async function readPast(files: StartFiles, config: LlamaConfig): Promise<ModelPast> {
  const said: string[] = [];
  let name: string | null = null;
  for (const file of PAST_FILES) {
    if (!files.names().includes(file)) continue;
    try {
      const bytes = files.size(file) > MOST_BYTES ? null : await files.read(file);
      const past = bytes && pastOf(bytes, file);
      if (!past) throw new ConfigError(file, '', 'it is longer than any that the lab writes');
      if (file === EXPORT_NOTE_FILE) name = past.name;
      if (past.record && !isOfModel(past.record, config)) {
        throw new ConfigError(file, '', 'it is of a model of another shape');
      }
      if (past.record) return { name, record: past.record, from: { name: file, bytes }, said: [] };
    } catch (error) {
      if (!(error instanceof ConfigError || error instanceof JsonError)) throw error;
      said.push(`${file} was left out, so nothing is known of its training: ${problemOf(error)}`);
    }
  }
  return { name, record: null, from: null, said };
}

/** What one of {@link PAST_FILES} says. Throws {@link ConfigError} and {@link JsonError}. */
export function pastOf(bytes: Uint8Array, file: PastFile): ExportNote {
  const json = parseJson(new TextDecoder().decode(bytes), file);
  if (file === EXPORT_NOTE_FILE) return parseExportNote(json, file);
  const { record } = parseSavedRun(json, file);
  return { name: record.config.name, record };
}

function isOfModel({ config: { model } }: RunRecord, config: LlamaConfig): boolean {
  return Object.entries(model).every(([field, value]) => Reflect.get(config, field) === value);
}

/** Without the file's name where it stands there already. */
function problemOf(error: ConfigError | JsonError): string {
  return error.message.replace(/^(run|m3lab)\.json: /, '');
}
