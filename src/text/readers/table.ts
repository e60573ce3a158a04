/** Tables with commas or tabs → documents: a header row, then a document a row. */

import { dsvFormat } from 'd3-dsv';
import { TextError } from '../errors.ts';
import { chooseColumn } from './column.ts';
import { type ByteStream, lines } from './lines.ts';
import { RecordLines } from './records.ts';

/** Characters of whole records that are parsed in one go. */
const BATCH_CHARACTERS = 2 ** 18;

/**
 * The texts of one column in file order; '' where a row is too short to have it. Blank lines are passed over.
 * A table named .csv whose header has semicolons and no comma is parted by semicolons, as spreadsheets of many
 * countries write it. Throws {@link TextError} at a quote that is not closed, and where it is not plain which
 * column holds the text.
 */
export async function* tableTexts(
  stream: ByteStream,
  name: string,
  kind: 'csv' | 'tsv',
  column: string | null,
): AsyncGenerator<string> {
  let table: { records: RecordLines; parse: (text: string) => string[][]; index: number | null } | null =
    null;
  let batch: string[] = [];
  let characters = 0;

  const parsed = function* (): Generator<string> {
    if (!table || batch.length === 0) return;
    const rows = table.parse(batch.join('\n'));
    if (table.index === null) {
      const header = (rows.shift() ?? []).map((title) => title.trim());
      table.index = header.indexOf(chooseColumn(name, column, header, header));
    }
    for (const row of rows) yield row[table.index] ?? '';
    batch = [];
    characters = 0;
  };

  for await (const line of lines(stream, name)) {
    if (!table) {
      if (line.trim() === '') continue;
      const isSemicolons = kind === 'csv' && line.includes(';') && !line.includes(',');
      const delimiter = kind === 'tsv' ? '\t' : isSemicolons ? ';' : ',';
      const { parseRows } = dsvFormat(delimiter);
      table = { records: new RecordLines(name, delimiter), parse: (text) => parseRows(text), index: null };
    }
    const record = table.records.add(line);
    if (record === null || record === '') continue;
    batch.push(record);
    characters += record.length;
    if (characters > BATCH_CHARACTERS || table.index === null) yield* parsed();
  }
  if (!table) {
    throw new TextError(name, 'empty', 'this table is empty; choose a file with a header row and some rows');
  }
  table.records.end();
  yield* parsed();
}
