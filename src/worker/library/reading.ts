/** A file with runs → its records one by one; what is no run comes as a refusal with its place, and nothing else is lost by it. */

import { ConfigError } from '../../formats/configError.ts';
import { JsonError, parseJson } from '../../formats/json.ts';
import type { RunRecord } from '../../formats/record.ts';
import { recordsOfValue } from '../../formats/runs/records.ts';
import { isAbort } from '../abort.ts';
import type { Refused } from '../api/library.ts';

/** A list, or a record over several lines, is read whole; JSON lines may be as long as they like. */
const MOST_WHOLE_BYTES = 256 * 2 ** 20;
const MEBIBYTE = 2 ** 20;

export type Found = { readonly record: RunRecord } | { readonly refused: Refused };

export type ReadingRunsOptions = {
  /** Hears of bytes read since it heard last. */
  readonly onBytes?: (bytes: number) => void;
};

/** A file as it is picked; `File` is one. */
export type PickedFile = Pick<Blob, 'size' | 'stream' | 'text'> & { readonly name: string };

export async function* runsOfFile(
  file: PickedFile,
  { onBytes = () => {} }: ReadingRunsOptions = {},
): AsyncGenerator<Found> {
  const { name } = file;
  let number = 0;
  let isBegun = false;
  try {
    for await (const { line, bytes } of linesOf(file)) {
      onBytes(bytes);
      number++;
      const text = number === 1 ? line.replace(/^\uFEFF/, '') : line;
      if (text.trim() === '') continue;
      if (!isBegun) {
        const refusal = refusalOf(text);
        if (refusal !== null) {
          yield refused(name, refusal);
          return;
        }
        if (!isWhole(text, name)) {
          yield* runsOfWhole(file);
          return;
        }
        isBegun = true;
      }
      yield* foundIn(`${name}:${number}`, (place) => recordsOfValue(checked(parseJson(text, place)), place));
    }
  } catch (error) {
    // What was read before is taken all the same.
    const reason = reasonOf(error);
    if (reason === null) throw error;
    yield refused(number === 0 ? name : `${name}:${number + 1}`, reason);
    return;
  }
  if (!isBegun) yield refused(name, 'the file is empty; a record a line is read, or a list of records');
}

/** Why a file cannot be read, or no further; null where the file is not to blame. */
function reasonOf(error: unknown): string | null {
  if (error instanceof TypeError) return 'this is no text in UTF-8; records are JSON, a record a line';
  if (!(error instanceof DOMException) || isAbort(error)) return null;
  return `from here on the file cannot be read (${error.message.replace(/\.$/, '')}); has it been moved or changed? Choose it again: what was read before is taken`;
}

/** A list, or one value over several lines. */
async function* runsOfWhole(file: PickedFile): AsyncGenerator<Found> {
  const { name, size } = file;
  if (size > MOST_WHOLE_BYTES) {
    yield refused(
      name,
      `it is one JSON value of ${Math.ceil(size / MEBIBYTE)} MiB, and at most ${MOST_WHOLE_BYTES / MEBIBYTE} MiB are read in one; write it as JSON lines, a record a line, as m3lab sweep collect does`,
    );
    return;
  }
  let json: unknown;
  try {
    json = parseJson(await file.text(), name);
  } catch (error) {
    if (!(error instanceof JsonError)) throw error;
    yield refused(placeOf(error), error.problem);
    return;
  }
  if (!Array.isArray(json)) {
    yield* foundIn(name, (place) => recordsOfValue(checked(json), place));
    return;
  }
  if (json.length === 0) yield refused(name, 'the list is empty');
  for (const [index, item] of json.entries()) {
    yield* foundIn(`${name}, run ${index + 1}`, (place) => recordsOfValue(checked(item), place));
  }
}

function* foundIn(
  place: string,
  read: (place: string) => readonly { readonly record: RunRecord }[],
): Generator<Found> {
  try {
    for (const { record } of read(place)) yield { record };
  } catch (error) {
    if (error instanceof ConfigError) {
      yield refused(place, error.field === '' ? error.problem : `${error.field}: ${error.problem}`);
    } else if (error instanceof JsonError) yield refused(place, `column ${error.column}: ${error.problem}`);
    else if (error instanceof NoRecord) yield refused(place, error.message);
    else throw error;
  }
}

/** What looks like a run and is none. */
class NoRecord extends Error {
  override readonly name = 'NoRecord';
}

function checked(json: unknown): unknown {
  if (typeof json !== 'object' || json === null) throw new NoRecord('this is no run record');
  if ('nominal' in json) {
    throw new NoRecord(
      'this is a line of a manifest, which says what is to be trained; runs that were trained are written by m3lab sweep collect',
    );
  }
  if ('grid' in json || ('recipe' in json && !('config' in json))) {
    throw new NoRecord('this is a config or a design, which says what is to be trained, and no run record');
  }
  return json;
}

/** Why a file that begins so holds no records; null where it may. */
function refusalOf(line: string): string | null {
  const begins = line.trimStart()[0];
  if (begins === '{' || begins === '[') return null;
  if (line.startsWith('PK')) {
    return 'this is a zip archive; if it is a copy of everything made by the lab, bring it back under “Storage”, else unpack it first';
  }
  if (line.startsWith('\u001f')) return 'this file is packed (gzip); unpack it first';
  return 'this is no run record, which is JSON; a table of runs (CSV) is opened in Fit';
}

/** Whether the first line is a value by itself; else the value goes on over lines. */
function isWhole(line: string, name: string): boolean {
  if (line.trimStart().startsWith('[')) return false;
  if (/\.(jsonl|ndjson)$/i.test(name)) return true;
  try {
    JSON.parse(line);
    return true;
  } catch {
    return false;
  }
}

/** Lines of UTF-8 text, each with the bytes that were read for it. Throws `TypeError` where it is none. */
async function* linesOf(file: PickedFile): AsyncGenerator<{ line: string; bytes: number }> {
  const reader = file.stream().getReader();
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let open: string[] = [];
  let bytes = 0;
  try {
    for (;;) {
      const { done, value } = await reader.read();
      bytes += value?.length ?? 0;
      const parts = decoder.decode(value ?? new Uint8Array(), { stream: !done }).split('\n');
      open.push(parts[0] ?? '');
      for (const part of parts.slice(1)) {
        yield { line: open.join(''), bytes };
        bytes = 0;
        open = [part];
      }
      if (done) break;
    }
    if (open.join('') !== '' || bytes > 0) yield { line: open.join(''), bytes };
  } finally {
    await reader.cancel().catch(() => {});
  }
}

function placeOf({ file, line, column }: JsonError): string {
  return `${file}, line ${line}, column ${column}`;
}

function refused(place: string, reason: string): Found {
  return { refused: { place, reason } };
}
