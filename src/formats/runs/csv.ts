/** A table of runs: a header with at least `N`, `loss` and one of `D`, `D_T`, and a line for each run. */

import { whyLeftOut } from './admission.ts';
import {
  type Assignment,
  assignColumns,
  NUMBER_ROLES,
  type NumberRole,
  type Role,
  WORD_ROLES,
} from './columns.ts';
import { type Derived, deriveRun, QuantityProblem } from './derive.ts';
import { RunsError } from './error.ts';
import { lossDoubt, lossReader } from './loss.ts';
import type { ReadRunsOptions } from './options.ts';
import { LeftOutCounter, type RunRow, type Runs } from './row.ts';
import { readTable, type Table, type TableRecord } from './table.ts';

/** Reads a table of runs. Throws {@link RunsError} at the first cell that cannot be used. */
export function readRunsTable(text: string, file: string, options: ReadRunsOptions = {}): Runs {
  const table = readTable(text, file);
  const columns = assignColumns(table, options.columns ?? {});
  const lossField = columns.fields.get('loss') ?? -1;
  const lossColumn = table.header[lossField] ?? 'loss';
  const loss = lossReader(file, table.placeOf(0, lossField), lossColumn, options);
  const leftOut = new LeftOutCounter();
  const rows: RunRow[] = [];
  const seen = new Set<string>();
  for (const record of table.records) {
    const row = new Row(table, columns, record);
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
    const derived = row.derived();
    if (weight === 0) leftOut.add('weight 0', row.place);
    else rows.push({ ...derived, loss: read.nats, weight, groups: row.groups(), place: row.place });
  }
  return {
    rows,
    columns: Object.fromEntries(
      NUMBER_ROLES.flatMap((role) => {
        const field = columns.fields.get(role);
        return field === undefined ? [] : [[role, table.header[field] ?? role]];
      }),
    ),
    groups: groupNames(table, columns),
    leftOut: leftOut.list(),
    notes: [
      ...(table.delimiter === ';' ? [`${file}: columns are parted by semicolons`] : []),
      loss.note,
      lossDoubt(rows.map((row) => row.loss)),
    ].filter((note) => note !== ''),
  };
}

function groupNames({ header }: Table, { fields, words }: Assignment): string[] {
  const roles = WORD_ROLES.filter((role) => fields.has(role));
  return [...new Set([...words.map((field) => header[field] ?? ''), ...roles])];
}

class Row {
  readonly place: string;
  readonly #table: Table;
  readonly #columns: Assignment;
  readonly #record: TableRecord;

  constructor(table: Table, columns: Assignment, record: TableRecord) {
    this.#table = table;
    this.#columns = columns;
    this.#record = record;
    this.place = `${table.file}:${record.line}`;
  }

  /** All that the line says, but for columns without a name: these often number the lines. */
  content(): string {
    return this.#record.cells.filter((_, field) => this.#table.header[field] !== '').join('\u0000');
  }

  word(role: Role): string {
    return this.#cell(role) ?? '';
  }

  groups(): Record<string, string> {
    const { fields, words } = this.#columns;
    const groups: Record<string, string> = {};
    for (const field of words) groups[this.#table.header[field] ?? ''] = this.#record.cells[field] ?? '';
    for (const role of WORD_ROLES) if (fields.has(role)) groups[role] = this.word(role);
    return groups;
  }

  derived(): Derived {
    try {
      return deriveRun(this.#given());
    } catch (error) {
      throw error instanceof QuantityProblem ? this.error(error.role, error.message) : error;
    }
  }

  /** Null where the run has none. */
  loss(): number | null {
    const cell = this.#cell('loss') ?? '';
    if (cell === '' || NO_LOSS.test(cell)) return null;
    return this.number('loss') ?? null;
  }

  number(role: NumberRole): number | undefined {
    const cell = this.#cell(role);
    if (cell === undefined || cell === '') return undefined;
    const value = Number(cell);
    if (Number.isFinite(value)) return value;
    throw this.error(role, `${JSON.stringify(cell)} is not a finite number${numberHint(cell)}`);
  }

  error(role: NumberRole, problem: string): RunsError {
    const { file, header, placeOf } = this.#table;
    // What is wrong may be wrong because the column is not there.
    const field = this.#columns.fields.get(role);
    const name = field === undefined ? role : (header[field] ?? role);
    const words = name === role ? name : `${name} (${role})`;
    return new RunsError(file, placeOf(this.#record.index, field ?? 0), words, problem);
  }

  #given(): Partial<Record<NumberRole, number>> {
    const given: Partial<Record<NumberRole, number>> = {};
    for (const role of NUMBER_ROLES) {
      if (role === 'loss' || role === 'weight') continue;
      const value = this.number(role);
      if (value !== undefined) given[role] = value;
    }
    return given;
  }

  #cell(role: Role): string | undefined {
    const field = this.#columns.fields.get(role);
    return field === undefined ? undefined : this.#record.cells[field];
  }
}

const NO_LOSS = /^([+-]?(nan|inf|infinity)|none|null|n\/?a)$/i;

function numberHint(cell: string): string {
  if (/^[+-]?\d+,\d+$/.test(cell)) return '; write decimals with a point, and thousands without a comma';
  if (/^[\d.]+\s*[kmbgt]$/i.test(cell)) return '; write it out, e.g. 2.8e9';
  if (/^[\d.]+\s*%$/.test(cell)) return '; write a share, e.g. 0.25';
  return '';
}
