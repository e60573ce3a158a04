/** Tables of runs that a person brought along: kept in this browser as their text with what was said of their columns. */

import { type ReadonlySignal, type Signal, signal } from '@preact/signals-core';
import type { JsonValue } from '../../formats/json.ts';
import { rowsOfLawRuns } from '../../formats/lawRuns.ts';
import { type AskedColumns, roleProblem } from '../../formats/runs/columns.ts';
import { LOSS_SCALES, LOSS_UNITS } from '../../formats/runs/loss.ts';
import { DECIMALS } from '../../formats/runs/numbers.ts';
import { INCLUSIONS, type ReadRunsOptions } from '../../formats/runs/options.ts';
import type { Client } from '../../worker/api/door.ts';
import type { TableProblem } from '../../worker/api/fits.ts';
import type { Command, Reply } from '../../worker/api/lab.ts';
import type { LawCommand, LawReply } from '../../worker/api/law.ts';
import type { Failure } from '../../worker/api/outcome.ts';
import type { KeptTable } from '../../worker/api/storage.ts';
import type { FitSource } from './selection.ts';

export type ImportedTable = FitSource & {
  readonly id: string;
  /** What a person should know of how it was read, in sentences without a full stop. */
  readonly notes: readonly string[];
};

export type TableProblemFound = { readonly problem: TableProblem } | { readonly failure: Failure };

/** A table that is here now, and those whose place it has taken. */
export type TableTaken = { readonly table: ImportedTable; readonly replaced: readonly ImportedTable[] };

type Doors = { readonly client: Client<Command, Reply>; readonly law: Client<LawCommand, LawReply> };

export class Tables {
  readonly #doors: Doors;
  readonly #list: Signal<readonly ImportedTable[]> = signal([]);
  readonly #lost: Signal<readonly string[]> = signal([]);
  readonly #removed: Signal<readonly KeptTable[]> = signal([]);

  constructor(doors: Doors) {
    this.#doors = doors;
  }

  get list(): ReadonlySignal<readonly ImportedTable[]> {
    return this.#list;
  }

  /** Tables that were kept and cannot be read or kept any more, in sentences. */
  get lost(): ReadonlySignal<readonly string[]> {
    return this.#lost;
  }

  /** Brings back what was kept in earlier visits, and again what has come to it since. */
  async load(): Promise<void> {
    const kept = await this.#doors.client.send({ command: 'tables' });
    if (!kept.ok) {
      this.#lose(
        `Tables that were brought along in earlier visits cannot be listed: ${kept.failure.message}`,
      );
      return;
    }
    for (const { id, name, choices } of kept.value) {
      if (this.#list.peek().some((one) => one.id === id)) continue;
      const outcome = await this.#doors.client.send({ command: 'table', id });
      if (outcome.ok && outcome.value === null) continue;
      const why = outcome.ok
        ? await this.#bringBack(id, name, new Blob([outcome.value?.text ?? '']), optionsOf(choices))
        : outcome.failure.message;
      if (why !== null) this.#lose(`${name} was brought along and cannot be read: ${why}`);
    }
  }

  /** Null where it is here now, and else why not. */
  async #bringBack(id: string, name: string, file: Blob, options: ReadRunsOptions): Promise<string | null> {
    const read = await this.#read(id, name, file, options);
    if ('problem' in read) return read.problem.words;
    if ('failure' in read) return read.failure.message;
    this.#put(read);
    return null;
  }

  /** Reads a table as a person says, and keeps it, in the place of one of its name or its bytes: no run counts twice. */
  async add(name: string, file: Blob, options: ReadRunsOptions): Promise<TableTaken | TableProblemFound> {
    const id = `${name}-${Date.now().toString(36)}`;
    const read = await this.#read(id, name, file, options);
    if ('problem' in read || 'failure' in read) return read;
    const choices = choicesOf(options);
    return await this.#replace(read, { id, name, text: await file.text(), choices, at: Date.now() });
  }

  /** Tables that were removed or replaced, the last first: they can be put back as long as the page is open. */
  get removed(): ReadonlySignal<readonly KeptTable[]> {
    return this.#removed;
  }

  /** Takes a table out; {@link putBack} brings it back. */
  async remove(id: string): Promise<void> {
    const table = this.#list.peek().find((one) => one.id === id);
    this.#list.value = this.#list.peek().filter((one) => one !== table);
    const before = await this.#keptOf([id]);
    if (await this.#erase(id, table?.title ?? id)) this.#removed.value = [...before, ...this.#removed.peek()];
  }

  /** One of {@link removed}. */
  async putBack(table: KeptTable): Promise<void> {
    this.#removed.value = this.#removed.peek().filter((one) => one !== table);
    const { id, name, text, choices } = table;
    const read = await this.#read(id, name, new Blob([text]), optionsOf(choices));
    if (!('problem' in read || 'failure' in read)) {
      await this.#replace(read, table);
      return;
    }
    this.#lose(`${name} cannot be read: ${'problem' in read ? read.problem.words : read.failure.message}`);
    await this.#keep(table);
  }

  /** The new one has the id of the old one: what was chosen of that is chosen of this. */
  async #replace(read: ImportedTable, kept: KeptTable): Promise<TableTaken> {
    const replaced = this.#list.peek().filter((one) => isSame(one, read));
    const [{ id } = read, ...others] = replaced;
    const table = { ...read, id, key: keyOf(id) };
    const before = await this.#keptOf(replaced.map((one) => one.id));
    this.#list.value = this.#list.peek().filter((one) => !replaced.includes(one));
    this.#put(table);
    this.#removed.value = [...before, ...this.#removed.peek()];
    // Where the new one cannot be kept, the old ones are there at the next visit.
    if (await this.#keep({ ...kept, id })) for (const one of others) await this.#erase(one.id, one.title);
    return { table, replaced };
  }

  async #keptOf(ids: readonly string[]): Promise<KeptTable[]> {
    const kept = await Promise.all(ids.map((id) => this.#doors.client.send({ command: 'table', id })));
    return kept.flatMap((one) => (one.ok && one.value ? [one.value] : []));
  }

  /** Whether it is no longer kept. */
  async #erase(id: string, title: string): Promise<boolean> {
    const removed = await this.#doors.client.send({ command: 'removeTable', id });
    if (!removed.ok) this.#lose(`${title} is out of sight, but is still kept: ${removed.failure.message}`);
    return removed.ok;
  }

  /** Whether it is kept now. */
  async #keep(table: KeptTable): Promise<boolean> {
    const kept = await this.#doors.client.send({ command: 'keepTable', table });
    if (!kept.ok)
      this.#lose(
        `${table.name} is here until the page is closed; it could not be kept: ${kept.failure.message}`,
      );
    return kept.ok;
  }

  async #read(
    id: string,
    name: string,
    file: Blob,
    options: ReadRunsOptions,
  ): Promise<ImportedTable | TableProblemFound> {
    const outcome = await this.#doors.law.send({ command: 'importTable', file, name, id: 0, options });
    if (!outcome.ok) return { failure: outcome.failure };
    const found = outcome.value;
    if (!found.ok) return { problem: found.problem };
    const { about, groups } = found;
    const runs = { rows: rowsOfLawRuns(found.runs), groups, ...about };
    return { id, key: keyOf(id), title: name, kind: 'table', notes: about.notes, runs };
  }

  #put(table: ImportedTable): void {
    this.#list.value = [...this.#list.value.filter(({ id }) => id !== table.id), table];
  }

  #lose(words: string): void {
    this.#lost.value = [...new Set([...this.#lost.value, words])];
  }
}

function keyOf(id: string): string {
  return `table:${id}`;
}

/** Brought along twice: under one name, perhaps with a column put right, or byte for byte. */
function isSame(one: ImportedTable, other: ImportedTable): boolean {
  const [sha256, otherSha256] = [one, other].map(({ runs }) => runs.sources[0]?.sha256);
  return one.title === other.title || (sha256 !== undefined && sha256 === otherSha256);
}

function choicesOf(options: ReadRunsOptions): JsonValue {
  const { columns, include, ...rest } = options;
  return { ...rest, ...(columns && { columns: { ...columns } }), ...(include && { include: [...include] }) };
}

/** What was kept may be of another version: what is not understood is left out, and the table asks for it again. */
export function optionsOf(choices: JsonValue): ReadRunsOptions {
  if (typeof choices !== 'object' || choices === null || Array.isArray(choices)) return {};
  const { columns, unit, scale, decimal, bytesPerToken, include } = choices;
  const chosenUnit = LOSS_UNITS.find((one) => one === unit);
  const chosenScale = LOSS_SCALES.find((one) => one === scale);
  const chosenDecimal = DECIMALS.find((one) => one === decimal);
  return {
    ...(columns !== undefined && { columns: columnsOf(columns) }),
    ...(chosenUnit && { unit: chosenUnit }),
    ...(chosenScale && { scale: chosenScale }),
    ...(chosenDecimal && { decimal: chosenDecimal }),
    ...(typeof bytesPerToken === 'number' && bytesPerToken > 0 && { bytesPerToken }),
    ...(Array.isArray(include) && { include: INCLUSIONS.filter((one) => include.includes(one)) }),
  };
}

function columnsOf(columns: JsonValue): AskedColumns {
  if (typeof columns !== 'object' || columns === null || Array.isArray(columns)) return {};
  return Object.fromEntries(
    Object.entries(columns).flatMap(([role, column]) =>
      roleProblem(role) === null && typeof column === 'string' ? [[role, column]] : [],
    ),
  );
}
