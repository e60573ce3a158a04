/** A database in the browser's IndexedDB. One that is opened by several tabs, and by tabs of several versions of the lab. */

import { type IDBPDatabase, type IDBPTransaction, openDB } from 'idb';
import { type Change, type Database, type Entry, SHELVES, type Shelf, type Shelves } from './database.ts';
import { isQuota, StorageFullError } from './store.ts';

type Schema = { [S in Shelf]: { key: string; value: Shelves[S] } };

/**
 * How a database of each version becomes one of the next, from the empty one on. A step that has shipped is never changed; the version
 * is the number of steps.
 */
const STEPS: readonly ((database: IDBPDatabase<Schema>) => void)[] = [
  (database) => {
    for (const shelf of SHELVES) database.createObjectStore(shelf);
  },
];

/** This browser gives the page no database (a private window, storage that is switched off or broken). */
export class NoDatabaseError extends Error {
  override readonly name = 'NoDatabaseError';
  constructor(cause?: unknown) {
    super(
      'this browser gives the page no database: runs and tables will not outlive the tab; leave private browsing to keep them',
      { cause },
    );
  }
}

/** What is kept here was written by a newer version of the lab, or one has been opened in another tab. Nothing of it is touched. */
export class NewerDatabaseError extends Error {
  override readonly name = 'NewerDatabaseError';
  constructor(cause?: unknown) {
    super(
      'the runs in this browser are kept by a newer version of the lab than this page is; load the page again to get that version, and until then what is done here is not kept',
      { cause },
    );
  }
}

export type IdbOptions = {
  readonly name?: string;
  /** Hears that an older version of the lab, open in another tab, holds the database: it opens when that tab is closed. */
  readonly onBlocked?: () => void;
};

export class IdbDatabase implements Database {
  readonly #options: IdbOptions;
  #opening: Promise<IDBPDatabase<Schema>> | undefined;
  #isSuperseded = false;

  private constructor(options: IdbOptions) {
    this.#options = options;
  }

  /** Throws {@link NoDatabaseError} and {@link NewerDatabaseError}. */
  static async open(options: IdbOptions = {}): Promise<IdbDatabase> {
    const database = new IdbDatabase(options);
    await database.#opened();
    return database;
  }

  async get<S extends Shelf>(shelf: S, key: string): Promise<Shelves[S] | null> {
    const found: unknown = await (await this.#opened()).get(shelf, key);
    return (found as Shelves[S] | undefined) ?? null;
  }

  async list<S extends Shelf>(
    shelf: S,
    { after = null, most }: { after?: string | null; most?: number } = {},
  ): Promise<Entry<S>[]> {
    const range = after === null ? null : IDBKeyRange.lowerBound(after, true);
    const objects = (await this.#opened()).transaction(shelf).store;
    // Both within one transaction, so that they belong to each other.
    const [keys, values] = await Promise.all([objects.getAllKeys(range, most), objects.getAll(range, most)]);
    return keys.map((key, index) => ({ key, value: values[index] as Shelves[S] }));
  }

  async change(changes: readonly Change[]): Promise<void> {
    if (changes.length === 0) return;
    const shelves = [...new Set(changes.map(({ shelf }) => shelf))];
    const transaction = (await this.#opened()).transaction(shelves, 'readwrite');
    try {
      await Promise.all([...changes.map((change) => made(transaction, change)), transaction.done]);
    } catch (error) {
      // A value that cannot be stored is refused at once, and would let the others through.
      abort(transaction);
      if (isQuota(error) || isQuota(transaction.error))
        throw new StorageFullError('the library', bytesOf(changes), error);
      throw error;
    }
  }

  close(): void {
    void this.#opening?.then(
      (database) => database.close(),
      () => {},
    );
    this.#opening = undefined;
  }

  #opened(): Promise<IDBPDatabase<Schema>> {
    if (this.#isSuperseded) return Promise.reject(new NewerDatabaseError());
    if (this.#opening) return this.#opening;
    const opening = this.#open();
    this.#opening = opening;
    // What failed is tried anew.
    opening.catch(() => {
      if (this.#opening === opening) this.#opening = undefined;
    });
    return opening;
  }

  async #open(): Promise<IDBPDatabase<Schema>> {
    const { name = 'm3lab', onBlocked } = this.#options;
    try {
      return await openDB<Schema>(name, STEPS.length, {
        upgrade(database, oldVersion) {
          for (const step of STEPS.slice(oldVersion)) step(database);
        },
        blocked: () => onBlocked?.(),
        // A newer version of the lab waits in another tab: it must not wait for this one to be closed.
        blocking: () => {
          this.close();
          this.#isSuperseded = true;
        },
        // The browser has let it go, because somebody cleared its data, say: it is opened anew when it is needed.
        terminated: () => {
          this.#opening = undefined;
        },
      });
    } catch (error) {
      if (error instanceof DOMException && error.name === 'VersionError') throw new NewerDatabaseError(error);
      throw new NoDatabaseError(error);
    }
  }
}

async function made(
  transaction: IDBPTransaction<Schema, Shelf[], 'readwrite'>,
  change: Change,
): Promise<unknown> {
  const objects = transaction.objectStore(change.shelf);
  // The change's type says that the value belongs to the shelf; idb asks for one that belongs to all of them.
  return 'put' in change ? objects.put(change.put as never, change.key) : objects.delete(change.key);
}

function abort(transaction: IDBPTransaction<Schema, Shelf[], 'readwrite'>): void {
  try {
    transaction.abort();
  } catch {
    // It has ended by itself.
  }
}

/** About what the changes would take. */
function bytesOf(changes: readonly Change[]): number {
  let bytes = 0;
  for (const change of changes) {
    if (!('put' in change)) continue;
    const { put } = change;
    const isPacked = typeof put === 'object' && put !== null && 'packed' in put;
    bytes += isPacked && put.packed instanceof Uint8Array ? put.packed.length : JSON.stringify(put).length;
  }
  return bytes;
}
