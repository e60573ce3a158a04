/** A table of runs: a header with at least `N`, `loss` and one of `D`, `D_T`, and a line for each run. */

import { whyLeftOut } from './admission.ts';
import { AssumptionCounter } from './assumptions.ts';
import { type Assignment, assignColumns, NUMBER_ROLES, WORD_ROLES } from './columns.ts';
import { lossDoubt, lossReader } from './loss.ts';
import type { ReadRunsOptions } from './options.ts';
import { LeftOutCounter, type RunRow, type Runs } from './row.ts';
import { readTable, type Table } from './table.ts';
import { TableRow } from './tableRow.ts';

/** Reads a table of runs. Throws {@link RunsError} at the first cell that cannot be used. */
export function readRunsTable(text: string, file: string, options: ReadRunsOptions = {}): Runs {
  const table = readTable(text, file);
  const columns = assignColumns(table, options.columns ?? {});
  const lossField = columns.fields.get('loss') ?? -1;
  const lossColumn = table.header[lossField] ?? 'loss';
  const loss = lossReader(file, table.placeOf(0, lossField), lossColumn, options);
  const leftOut = new LeftOutCounter();
  const assumptions = new AssumptionCounter();
  const rows: RunRow[] = [];
  const seen = new Set<string>();
  for (const record of table.records) {
    const row = new TableRow(table, columns, record, options.decimal);
    const content = row.content();
    if (seen.has(content)) {
      leftOut.add('the same as another line in every column', row.place);
      continue;
    }
    seen.add(content);
    const standing = {
      status: row.word('status'),
      kind: row.word('kind'),
      sourceRepeated: /^(true|yes|1)$/i.test(row.word('sourceRepeated')),
    };
    const why = whyLeftOut(standing, options.include ?? []);
    if (why !== null) {
      leftOut.add(why, row.place);
      continue;
    }
    const value = row.loss();
    if (value === null) {
      leftOut.add('no loss: the cell is empty, NaN or infinite, as of a run that diverged', row.place);
      continue;
    }
    const read = loss.read(value);
    if ('problem' in read) throw row.error('loss', read.problem);
    const weight = row.number('weight') ?? 1;
    if (!(weight >= 0 && weight < Number.POSITIVE_INFINITY))
      throw row.error('weight', `${weight} is not a finite number of 0 or more`);
    const { quantities, assumed } = row.derived();
    if (weight === 0) {
      leftOut.add('weight 0', row.place);
      continue;
    }
    assumptions.add(assumed, row.place);
    rows.push({ ...quantities, loss: read.nats, weight, groups: row.groups(), place: row.place });
  }
  const named = Object.fromEntries(
    NUMBER_ROLES.flatMap((role) => {
      const field = columns.fields.get(role);
      return field === undefined ? [] : [[role, table.header[field] ?? role]];
    }),
  );
  return {
    rows,
    columns: named,
    sources: [{ file, rows: rows.length, columns: named }],
    groups: groupNames(table, columns),
    leftOut: leftOut.list(),
    notes: [
      ...(table.delimiter === ';' ? [`${file}: columns are parted by semicolons`] : []),
      ...percentNotes(table, columns),
      loss.note,
      ...assumptions.notes(table, columns),
      lossDoubt(rows.map((row) => row.loss)),
    ].filter((note) => note !== ''),
  };
}

function groupNames({ header }: Table, { fields, words }: Assignment): string[] {
  const roles = WORD_ROLES.filter((role) => fields.has(role));
  return [...new Set([...words.map((field) => header[field] ?? ''), ...roles])];
}

function percentNotes({ file, header }: Table, { fields, percent }: Assignment): string[] {
  const names = [...percent].map((role) => header[fields.get(role) ?? -1] ?? role);
  return names.length === 0 ? [] : [`${file}: ${names.join(', ')}: read as percent`];
}
