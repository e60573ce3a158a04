/** One line of a table of runs: its cells by what they are of. */

import {
  type Assignment,
  isShareRole,
  NUMBER_ROLES,
  type NumberRole,
  type Role,
  WORD_ROLES,
} from './columns.ts';
import { type Assumed, assumedOf, type Derived, deriveRun, type Given, QuantityProblem } from './derive.ts';
import { RunsError } from './error.ts';
import { type Decimal, type NumberSort, readNumber } from './numbers.ts';
import type { Table, TableRecord } from './table.ts';

const AMOUNTS: readonly NumberRole[] = ['N', 'D', 'D_T', 'C', 'S'];

/** What stands where a run has no loss, as one that diverged. */
const NO_LOSS = /^([+-]?(nan|inf|infinity)|none|null|n\/?a|[-–—−.?])$/i;

export class TableRow {
  readonly place: string;
  readonly #table: Table;
  readonly #columns: Assignment;
  readonly #record: TableRecord;
  readonly #decimal: Decimal | undefined;

  constructor(table: Table, columns: Assignment, record: TableRecord, decimal: Decimal | undefined) {
    this.#table = table;
    this.#columns = columns;
    this.#record = record;
    this.#decimal = decimal;
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

  /** The run's quantities, and which of them nothing says. Throws {@link RunsError}. */
  derived(): { readonly quantities: Derived; readonly assumed: readonly Assumed[] } {
    const given = this.#given();
    try {
      return { quantities: deriveRun(given), assumed: assumedOf(given) };
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
    const sort: NumberSort = { isAmount: AMOUNTS.includes(role), isShare: isShareRole(role) };
    const read = readNumber(cell, this.#decimal, sort);
    if ('problem' in read) throw this.error(role, read.problem);
    return this.#columns.percent.has(role) && !cell.endsWith('%') ? read.value / 100 : read.value;
  }

  error(role: NumberRole, problem: string): RunsError {
    const { file, header, placeOf } = this.#table;
    // What is wrong may be wrong because the column is not there.
    const field = this.#columns.fields.get(role);
    const name = field === undefined ? role : (header[field] ?? role);
    const words = name === role ? name : `${name} (${role})`;
    return new RunsError(file, placeOf(this.#record.index, field ?? 0), words, problem);
  }

  #given(): Given {
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
