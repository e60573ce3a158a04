/** A table of text with commas, tabs or semicolons → its cells, each with the place where it stands. */

import { dsvFormat } from 'd3-dsv';
import { RunsError } from './error.ts';

type Delimiter = ',' | '\t' | ';';

export type Table = {
  readonly file: string;
  readonly delimiter: Delimiter;
  readonly header: readonly string[];
  readonly records: readonly TableRecord[];
  /** Where a cell begins; 1 and 1 are the first line and its first character. */
  readonly placeOf: (record: number, field: number) => { line: number; column: number };
};

export type TableRecord = {
  readonly cells: readonly string[];
  readonly line: number;
  /** For {@link Table.placeOf}. */
  readonly index: number;
};

/** Reads a table with a header. Blank lines are passed over. Throws {@link RunsError}. */
export function readTable(text: string, file: string): Table {
  // Spreadsheets put a byte order mark first.
  const body = text.startsWith('\uFEFF') ? text.slice(1) : text;
  const delimiter = delimiterOf(body);
  const placeOf = (record: number, field: number) => placeIn(body, delimiter, record, field);
  if (body.includes(QUOTE)) checkQuotes(body, delimiter, file);
  const records: TableRecord[] = [];
  let line = 1;
  for (const [index, row] of dsvFormat(delimiter).parseRows(body).entries()) {
    const cells = row.map((cell) => cell.trim());
    if (cells.some((cell) => cell !== '')) records.push({ cells, line, index });
    line += 1;
    // A cell in quotes may hold line breaks.
    for (const cell of row) if (BREAK.test(cell)) line += cell.split(BREAK).length - 1;
  }
  const first = records.shift();
  if (!first) {
    throw new RunsError(
      file,
      null,
      '',
      'there is nothing in it; give a header with N, loss and D or D_T, and a line for each run',
    );
  }
  checkHeader(first, file, placeOf);
  for (const { cells, index } of records) {
    if (cells.length === first.cells.length) continue;
    throw new RunsError(
      file,
      placeOf(index, Math.min(cells.length, first.cells.length) - 1),
      '',
      `this line has ${cells.length} cells where the header has ${first.cells.length}; put cells that hold a comma in double quotes, and write decimals with a point`,
    );
  }
  return { file, delimiter, header: first.cells, records, placeOf };
}

const QUOTE = '"';
const BREAK = /\r\n|\n|\r/;

/** By the first line that says something; a header has no numbers whose decimals could be commas. */
function delimiterOf(text: string): Delimiter {
  const header = text.split(BREAK).find((line) => line.trim() !== '') ?? '';
  const bare = header.replaceAll(/"[^"]*"/g, '');
  if (bare.includes('\t')) return '\t';
  return bare.includes(';') && !bare.includes(',') ? ';' : ',';
}

function checkHeader({ cells, index }: TableRecord, file: string, placeOf: Table['placeOf']): void {
  if (cells.every((cell) => cell !== '' && Number.isFinite(Number(cell)))) {
    throw new RunsError(
      file,
      placeOf(index, 0),
      '',
      'the first line holds numbers alone; it must name the columns, e.g. N,D_T,k,r,r_f,loss',
    );
  }
  for (const [field, name] of cells.entries()) {
    if (name === '' || cells.indexOf(name) === field) continue;
    throw new RunsError(
      file,
      placeOf(index, field),
      name,
      'a second column has this name; give each its own',
    );
  }
}

/** Refuses what d3-dsv would read as something else: a quote without an end, and text behind one that ends a cell. */
function checkQuotes(text: string, delimiter: Delimiter, file: string): void {
  walk(text, delimiter, (_record, _field, start, end) => {
    if (text[start] !== QUOTE) return false;
    const isClosed = end - start >= 2 && text[end - 1] === QUOTE;
    // Between the outer quotes, quotes come in pairs.
    const inner = text.slice(start + 1, end - 1).replaceAll('""', '');
    if (isClosed && !inner.includes(QUOTE)) return false;
    throw new RunsError(
      file,
      placeAt(text, start),
      '',
      'this quote is not closed, or text follows where it is; close it, and write "" for a quote inside quotes',
    );
  });
}

function placeIn(text: string, delimiter: Delimiter, record: number, field: number) {
  let found = 0;
  walk(text, delimiter, (ofRecord, ofField, start) => {
    const isHere = ofRecord === record && ofField === field;
    if (isHere) found = start;
    return isHere;
  });
  return placeAt(text, found);
}

function placeAt(text: string, offset: number): { line: number; column: number } {
  const lines = text.slice(0, offset).split(BREAK);
  return { line: lines.length, column: (lines.at(-1)?.length ?? 0) + 1 };
}

/** Visits cells in order until `visit` says it has seen enough; `start` and `end` bound a cell with its quotes. */
function walk(
  text: string,
  delimiter: Delimiter,
  visit: (record: number, field: number, start: number, end: number) => boolean,
): void {
  let record = 0;
  let field = 0;
  let start = 0;
  let isQuoted = text[0] === QUOTE;
  for (let at = isQuoted ? 1 : 0; at <= text.length; at++) {
    const character = text[at];
    // A doubled quote closes and opens again.
    if (character === QUOTE && text[start] === QUOTE) isQuoted = !isQuoted;
    const isBreak = character === '\n' || character === '\r' || character === undefined;
    if (!(isBreak || character === delimiter) || (isQuoted && character !== undefined)) continue;
    if (visit(record, field, start, at)) return;
    if (character === '\r' && text[at + 1] === '\n') at++;
    record += isBreak ? 1 : 0;
    field = isBreak ? 0 : field + 1;
    start = at + 1;
    if (text[start] === QUOTE) {
      isQuoted = true;
      at++;
    }
  }
}
