/** Tables of runs that a person brings along: looked into first, and read as they say. */

import { lawRunsOf } from '../../formats/lawRuns.ts';
import { likelyColumns, NUMBER_ROLES, type Role, WORD_ROLES } from '../../formats/runs/columns.ts';
import { readRunsTable } from '../../formats/runs/csv.ts';
import { RunsError } from '../../formats/runs/error.ts';
import { readTable } from '../../formats/runs/table.ts';
import type { FitCommand, FitReply, TableImport, TableProblem, TableRead } from '../api/fits.ts';
import type { Handlers } from '../serve.ts';
import { tableWords } from './tableWords.ts';

type Commands = Extract<FitCommand, { readonly command: 'readTable' | 'importTable' }>;

/** A table of text takes some ten times its size while it is read; with this a worker stays far below a tab's memory. */
export const LARGEST_TABLE_BYTES = 32e6;
const ABOUT_A_LINE_BYTES = 100;
const MEGABYTE = 1e6;

const PREVIEW_ROWS = 10;

/** Names of a loss, so that one that is alone in a table can be proposed. */
const LOSS_LIKE = /loss|nll|xent|cross.?entropy|bits|bpb|bpc/i;

export function tableHandlers(): Handlers<Commands, Pick<FitReply, Commands['command']>> {
  return {
    async readTable({ file, name }): Promise<TableRead> {
      try {
        const text = await textOf(file, name);
        const { header, delimiter, records } = readTable(text, name);
        return {
          ok: true,
          preview: {
            header,
            delimiter,
            rows: records.slice(0, PREVIEW_ROWS).map(({ cells }) => cells),
            guessed: guessColumns(header),
            bytes: file.size,
            lines: records.length,
          },
        };
      } catch (error) {
        return { ok: false, problem: problemOf(error) };
      }
    },
    async importTable({ file, name, id, options }, signal): Promise<TableImport> {
      try {
        const text = await textOf(file, name);
        signal.throwIfAborted();
        const read = readRunsTable(text, name, options);
        const sha256 = await sha256Of(file);
        const { columns, leftOut, groups } = read;
        return {
          ok: true,
          runs: lawRunsOf(id, read.rows),
          about: {
            columns,
            leftOut,
            sources: read.sources.map((source) => ({ ...source, ...(sha256 !== null && { sha256 }) })),
            notes: read.notes.map(tableWords),
          },
          groups,
        };
      } catch (error) {
        return { ok: false, problem: problemOf(error) };
      }
    },
  };
}

/** What roles the names suggest: their own names, the usual ones, and a loss that stands alone. */
function guessColumns(header: readonly string[]): Record<string, string> {
  const fields = new Map<Role, number>();
  for (const role of [...NUMBER_ROLES, ...WORD_ROLES]) {
    const field = header.indexOf(role);
    if (field >= 0) fields.set(role, field);
  }
  const guessed: Record<string, string> = Object.fromEntries(
    [...fields].map(([role, field]) => [role, header[field] ?? role]),
  );
  for (const likely of likelyColumns(header, fields)) {
    const at = likely.indexOf('=');
    guessed[likely.slice(0, at)] = likely.slice(at + 1);
  }
  const losses = header.filter((name) => LOSS_LIKE.test(name));
  const [only] = losses;
  if (guessed.loss === undefined && losses.length === 1 && only !== undefined) guessed.loss = only;
  return guessed;
}

class TableError extends Error {
  override readonly name = 'TableError';
}

/** Throws {@link TableError} for what is too large or no text. */
async function textOf(file: Blob, name: string): Promise<string> {
  if (file.size > LARGEST_TABLE_BYTES) {
    const size = Math.round(file.size / MEGABYTE);
    const most = LARGEST_TABLE_BYTES / MEGABYTE;
    throw new TableError(
      `${name} has ${size} MB. The page reads tables of up to ${most} MB, about ${(LARGEST_TABLE_BYTES / ABOUT_A_LINE_BYTES / 1000).toFixed(0)} thousand runs. ` +
        'Leave out columns that no law needs, or split the file; m3lab fit on the command line reads it whole.',
    );
  }
  const bytes = new Uint8Array(await file.arrayBuffer());
  const isWide = (bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff);
  if (isWide || bytes.includes(0)) {
    throw new TableError(
      `${name} is no text in UTF-8, but in UTF-16 or no text at all. Save it as UTF-8 and choose it again.`,
    );
  }
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw new TableError(
      `${name} is not in UTF-8, perhaps in Latin-1 or Windows-1252, as spreadsheets write it. Save it as UTF-8 and choose it again.`,
    );
  }
}

function problemOf(error: unknown): TableProblem {
  if (error instanceof RunsError) {
    return { place: error.place, field: error.field, words: tableWords(error.problem) };
  }
  if (error instanceof TableError) return { place: null, field: '', words: error.message };
  throw error;
}

/** In hexadecimal; null where the browser has no digest, as in a page without a secure address. */
async function sha256Of(file: Blob): Promise<string | null> {
  const { subtle } = globalThis.crypto;
  if (!subtle) return null;
  const digest = new Uint8Array(await subtle.digest('SHA-256', await file.arrayBuffer()));
  return [...digest].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}
