/** What a figure shows, as a table: the same for the screen, for a file, and for those who do not see the figure. */

import { whole } from '../format.ts';

export type Cell = string | number | null;

export type FigureTable = {
  readonly columns: readonly { readonly name: string; readonly unit?: string | undefined }[];
  /** One cell a column; null where there is none. */
  readonly rows: readonly (readonly Cell[])[];
};

/** Enough to tell neighbours apart and little enough to be read; files hold every digit. */
const DIGITS = 5;
const LARGEST_IN_FULL = 1e12;
const NONE = '–';
const MINUS = '−';

/** A head in a file: `loss (nats a token)`. */
export function headOf({ name, unit }: FigureTable['columns'][number]): string {
  return unit ? `${name} (${unit})` : name;
}

/** As a person reads it: 12,500; 0.69315; 1.2e+19. */
export function cellWords(cell: Cell | undefined): string {
  if (cell === null || cell === undefined) return NONE;
  if (typeof cell === 'string') return cell;
  if (Number.isNaN(cell)) return NONE;
  if (!Number.isFinite(cell)) return cell > 0 ? '∞' : `${MINUS}∞`;
  if (Number.isInteger(cell) && Math.abs(cell) < LARGEST_IN_FULL) return whole(cell);
  const rounded = Number(cell.toPrecision(DIGITS));
  const text = Math.abs(cell) < LARGEST_IN_FULL ? String(rounded) : rounded.toExponential();
  return text.replaceAll('-', MINUS);
}

/** RFC 4180, with a newline at its end; numbers with all their digits, nothing where there is no value. */
export function csvOf({ columns, rows }: FigureTable): string {
  const lines = [columns.map(headOf), ...rows.map((row) => columns.map((_, index) => written(row[index])))];
  return lines.map((cells) => `${cells.map(quoted).join(',')}\n`).join('');
}

/** One object a row, by the columns' names; what JSON cannot say (NaN, infinity) is null. */
export function objectsOf({ columns, rows }: FigureTable): Record<string, Cell>[] {
  return rows.map((row) => Object.fromEntries(columns.map(({ name }, index) => [name, row[index] ?? null])));
}

/** Whether every value there is in the column is a number: such columns stand at the right. */
export function isNumeric({ rows }: FigureTable, column: number): boolean {
  return (
    rows.some((row) => typeof row[column] === 'number') &&
    rows.every((row) => typeof row[column] !== 'string')
  );
}

function written(cell: Cell | undefined): string {
  return cell === null || cell === undefined || Number.isNaN(cell) ? '' : String(cell);
}

function quoted(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
