/**
 * Where small things are kept that are looked up and listed by the thousand: records, the queue, tables, settings. Values lie on
 * shelves, each under a key of its own; behind the interface the browser's IndexedDB, or memory.
 *
 * The interface is no query language: a shelf is read by key or in the order of its keys, and written by lists of changes that are
 * made all or not at all.
 */

import type { JsonValue } from '../formats/json.ts';
import type { RunSummary } from '../formats/runSummary.ts';

/** A run without its curve, so that thousands are read at once. */
export type StoredSummary = {
  readonly summary: RunSummary;
  /** When it was put here, in milliseconds since 1970. */
  readonly at: number;
  /** When it was taken out of sight; null as long as it is seen. */
  readonly removedAt: number | null;
  /** Bytes that summary and record take. */
  readonly bytes: number;
};

/** A record as JSON, packed by gzip: as objects its curve would take ten times the room. */
export type StoredRecord = { readonly packed: Uint8Array };

/** One place in the queue; what stands there is the queue's own affair. */
export type QueueEntry = {
  readonly id: string;
  /** The lowest comes first. */
  readonly place: number;
  readonly value: JsonValue;
};

export type StoredTable = {
  readonly name: string;
  /** The text, packed by gzip. */
  readonly packed: Uint8Array;
  readonly choices: JsonValue;
  readonly at: number;
};

/** What lies on each shelf. */
export type Shelves = {
  summaries: StoredSummary;
  records: StoredRecord;
  queue: QueueEntry;
  tables: StoredTable;
  settings: JsonValue;
};

export const SHELVES = ['summaries', 'records', 'queue', 'tables', 'settings'] as const;
export type Shelf = (typeof SHELVES)[number];

export type Entry<S extends Shelf> = { readonly key: string; readonly value: Shelves[S] };

/** Puts a value in the place of what lies there, or removes it; a key without a value is removed without a word. */
export type Change =
  | {
      [S in Shelf]: { readonly shelf: S; readonly key: string; readonly put: Shelves[S] };
    }[Shelf]
  | { readonly shelf: Shelf; readonly key: string; readonly remove: true };

export interface Database {
  /** The value, or null where there is none. */
  get<S extends Shelf>(shelf: S, key: string): Promise<Shelves[S] | null>;
  /** Values with their keys, in the order of the keys: those after `after`, at most `most` of them. */
  list<S extends Shelf>(
    shelf: S,
    page?: { readonly after?: string | null; readonly most?: number },
  ): Promise<Entry<S>[]>;
  /** Makes all changes, or none: throws {@link StorageFullError} and leaves everything as it was. */
  change(changes: readonly Change[]): Promise<void>;
  close(): void;
}

/** The queue of sweeps between visits. */
export class QueueStore {
  readonly #database: Promise<Database>;

  constructor(database: Promise<Database>) {
    this.#database = database;
  }

  /** In the order in which they are to be done. */
  async list(): Promise<QueueEntry[]> {
    const entries = await (await this.#database).list('queue');
    return entries.map(({ value }) => value).sort((a, b) => a.place - b.place);
  }

  /** Puts entries in the place of those with their ids, all or none. Throws `StorageFullError`. */
  async put(entries: readonly QueueEntry[]): Promise<void> {
    const changes = entries.map((put) => ({ shelf: 'queue', key: put.id, put }) as const);
    await (await this.#database).change(changes);
  }

  async remove(id: string): Promise<void> {
    await (await this.#database).change([{ shelf: 'queue', key: id, remove: true }]);
  }
}
