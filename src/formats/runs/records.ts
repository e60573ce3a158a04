/** Run records → rows: their realised values and final losses. */

import { isObject, parseJson } from '../json.ts';
import { parseRunRecord, type RunRecord } from '../record.ts';
import { parseSavedRun } from '../runFile.ts';
import { whyLeftOut } from './admission.ts';
import { deriveRun, QuantityProblem } from './derive.ts';
import { RunsError } from './error.ts';
import type { ReadRunsOptions } from './options.ts';
import { LeftOutCounter, type RunRow, type Runs } from './row.ts';

export type PlacedRecord = { readonly record: RunRecord; readonly place: string };

/** JSON of one record, of a list of them, or of a checkpoint's `run.json`. Throws `JsonError` and `ConfigError`. */
export function recordsOfJson(text: string, file: string): PlacedRecord[] {
  const json = parseJson(text, file);
  const items = Array.isArray(json) ? json : [json];
  return items.flatMap((item, index) =>
    recordsOfValue(item, Array.isArray(json) ? `${file}: ${index}` : file),
  );
}

/** One record a line, or the events of `m3lab train --json`. Throws `JsonError` and `ConfigError`. */
export function recordsOfLines(text: string, file: string): PlacedRecord[] {
  return text.split('\n').flatMap((line, index) => {
    if (line.trim() === '' || line === '\uFEFF') return [];
    const place = `${file}:${index + 1}`;
    return recordsOfValue(parseJson(line, place), place);
  });
}

/** The records of one JSON value: a record, a checkpoint's `run.json`, or an event of `m3lab train --json`. Throws `ConfigError`. */
export function recordsOfValue(json: unknown, place: string): PlacedRecord[] {
  if (isObject(json) && 'event' in json) {
    return json.event === 'done' ? [{ record: parseRunRecord(json.record, place), place }] : [];
  }
  if (isObject(json) && 'resume' in json) {
    return [{ record: parseSavedRun(json, place).record, place }];
  }
  return [{ record: parseRunRecord(json, place), place }];
}

/** The rows of those records that may enter a fit, and why the others may not. Throws {@link RunsError}. */
export function readRunRecords(
  records: readonly PlacedRecord[],
  file: string,
  { include = [] }: ReadRunsOptions = {},
): Runs {
  const leftOut = new LeftOutCounter();
  const rows: RunRow[] = [];
  const seen = new Set<string>();
  for (const { record, place } of records) {
    const { status, realised, final } = record;
    const { kind, sourceRepeated } = realised;
    const why = whyLeftOut({ status, kind, sourceRepeated, start: record.config.start?.name }, include);
    if (why !== null) {
      leftOut.add(why, place);
      continue;
    }
    if (final === null) {
      leftOut.add('no loss was measured', place);
      continue;
    }
    const content = JSON.stringify([record.id, realised, final]);
    if (seen.has(content)) {
      leftOut.add('the same record again', place);
      continue;
    }
    seen.add(content);
    if (!(final.targetLoss > 0)) {
      throw new RunsError(place, null, 'final.targetLoss', `${final.targetLoss} is not above 0`);
    }
    const { N, D_T, k, r, r_f, r_1, s } = realised;
    rows.push({
      ...derived({ N, D_T, k, r, r_f, r_1, s }, place),
      loss: final.targetLoss,
      weight: 1,
      groups: groupsOf(record),
      place,
    });
  }
  const columns = rows.length === 0 ? {} : RECORD_COLUMNS;
  return {
    rows,
    columns,
    sources: [{ file, rows: rows.length, columns }],
    groups: rows.length === 0 ? [] : Object.keys(rows[0]?.groups ?? {}),
    leftOut: leftOut.list(),
    notes: [],
  };
}

/** Where each quantity stands in a record. */
const RECORD_COLUMNS: Readonly<Record<string, string>> = {
  N: 'realised.N',
  loss: 'final.targetLoss',
  D_T: 'realised.D_T',
  k: 'realised.k',
  r: 'realised.r',
  r_f: 'realised.r_f',
  r_1: 'realised.r_1',
  s: 'realised.s',
};

function derived(given: Parameters<typeof deriveRun>[0], place: string): ReturnType<typeof deriveRun> {
  try {
    return deriveRun(given);
  } catch (error) {
    if (!(error instanceof QuantityProblem)) throw error;
    throw new RunsError(place, null, `realised.${error.role}`, error.message);
  }
}

/** Words to group a run by. */
export function groupsOf({ id, config, realised, status }: RunRecord): Record<string, string> {
  const { target, source } = config.corpora;
  const { tokenizer } = config;
  return {
    id,
    name: config.name,
    pair: source === null ? target : `${target} with ${source}`,
    target,
    seed: String(config.seed),
    kind: realised.kind,
    status,
    tokenizer: tokenizer.kind === 'bpe' ? `bpe ${tokenizer.vocabulary}` : tokenizer.kind,
  };
}
