/** Kept and shipped runs → one file. */

import type { RunRecord } from '../../formats/record.ts';
import { type TaggedRecord, writeRunsCsv } from '../../formats/runs/writeCsv.ts';
import type { Fetch } from '../../text/remote/exchange.ts';
import type { RunsFormat, ShippedPart } from '../api/library.ts';
import type { RunShelf } from './runShelf.ts';
import { shippedRecords } from './shippedRecords.ts';

/** Records whose text is held at once; the browser may put what is done on the disk. */
const CHUNK = 200;

const TYPES: Readonly<Record<RunsFormat, string>> = {
  jsonl: 'application/jsonl',
  json: 'application/json',
  csv: 'text/csv',
};

export type ExportWish = {
  readonly ids: readonly string[];
  readonly shipped: readonly ShippedPart[];
  readonly format: RunsFormat;
};

export type ExportingOptions = {
  readonly runs: RunShelf;
  readonly fetch: Fetch;
  readonly signal: AbortSignal;
};

/** Ids of which there is no run are passed over. Rejects with the signal's reason. */
export async function exportRuns(wish: ExportWish, options: ExportingOptions): Promise<Blob> {
  const { format } = wish;
  const type = TYPES[format];
  if (format === 'csv') {
    const rows: TaggedRecord[] = [];
    // A table has no curves; held for thousands of runs they would be most of the memory.
    for await (const run of wished(wish, options))
      rows.push({ ...run, record: { ...run.record, curve: [] } });
    return new Blob([writeRunsCsv(rows)], { type });
  }
  const [begin, between, end] = format === 'json' ? ['[\n', ',\n', '\n]\n'] : ['', '\n', '\n'];
  const parts: BlobPart[] = [begin];
  let texts: string[] = [];
  let isFirst = true;
  for await (const { record } of wished(wish, options)) {
    texts.push(isFirst ? '' : between, JSON.stringify(record));
    isFirst = false;
    if (texts.length < 2 * CHUNK) continue;
    parts.push(new Blob(texts));
    texts = [];
  }
  return new Blob([...parts, ...texts, isFirst && format === 'jsonl' ? '' : end], { type });
}

async function* wished(
  { ids, shipped }: ExportWish,
  { runs, fetch, signal }: ExportingOptions,
): AsyncGenerator<TaggedRecord> {
  for (const id of ids) {
    signal.throwIfAborted();
    const record = await runs.record(id);
    if (!record) continue;
    const [stored] = await runs.summaries([id]);
    yield { record: named(record, stored?.summary.name), tags: stored?.summary.tags ?? {} };
  }
  for (const part of shipped) {
    for await (const record of shippedRecords(part, { fetch, signal }))
      yield { record, tags: part.tags?.[record.id] ?? {} };
  }
}

/** Under the name that a person gave it. */
function named(record: RunRecord, name: string | undefined): RunRecord {
  return name === undefined || name === record.config.name
    ? record
    : { ...record, config: { ...record.config, name } };
}
