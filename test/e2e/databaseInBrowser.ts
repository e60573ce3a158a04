/** A database in a real browser, as a database here: each call is made over there, and its errors come back as ours. */

import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';
import { build } from 'vite';
import type { Change, Database, Entry, Shelf, Shelves } from '../../src/store/database.ts';
import { NewerDatabaseError, NoDatabaseError } from '../../src/store/idbDatabase.ts';
import { StorageFullError } from '../../src/store/store.ts';

const ENTRY = fileURLToPath(new URL('../../src/store/idbDatabase.ts', import.meta.url));

/** What the script of {@link bundleDatabase} leaves in the browser, and the databases that are open there. */
type Bundled = {
  IdbModule: { IdbDatabase: { open(options: { name: string; onBlocked?: () => void }): Promise<Database> } };
  openDatabases: Map<string, Promise<Database>>;
};

/** The database's module as one script that a page evaluates. */
export async function bundleDatabase(): Promise<string> {
  const built = await build({
    configFile: false,
    logLevel: 'warn',
    build: { write: false, minify: false, lib: { entry: ENTRY, formats: ['iife'], name: 'IdbModule' } },
  });
  const [bundle] = Array.isArray(built) ? built : [built];
  if (!bundle || !('output' in bundle)) throw new Error('the database was not bundled');
  return bundle.output[0].code;
}

export class DatabaseInBrowser implements Database {
  readonly #page: Pick<Page, 'evaluate'>;
  readonly #name: string;

  private constructor(page: Pick<Page, 'evaluate'>, name: string) {
    this.#page = page;
    this.#name = name;
  }

  /** Opens the database `name` in a page, which evaluates `script` for it. */
  static async open(page: Pick<Page, 'evaluate'>, script: string, name: string): Promise<DatabaseInBrowser> {
    await page.evaluate(
      `${script}; globalThis.IdbModule = IdbModule; globalThis.openDatabases ??= new Map()`,
    );
    const database = new DatabaseInBrowser(page, name);
    await database.list('settings');
    return database;
  }

  async get<S extends Shelf>(shelf: S, key: string): Promise<Shelves[S] | null> {
    return (await this.#call('get', [shelf, key])) as Shelves[S] | null;
  }

  async list<S extends Shelf>(shelf: S, page: object = {}): Promise<Entry<S>[]> {
    return (await this.#call('list', [shelf, page])) as Entry<S>[];
  }

  async change(changes: readonly Change[]): Promise<void> {
    await this.#call('change', [changes]);
  }

  close(): void {
    void this.#call('close', []);
  }

  /** Bytes cross as lists of numbers in an object that says so. */
  async #call(method: keyof Database, given: readonly unknown[]): Promise<unknown> {
    const answer = await this.#page.evaluate(
      async ([name, called, text]) => {
        const { IdbModule, openDatabases } = globalThis as unknown as Bundled;
        const read = (_: string, value: unknown) => {
          const bytes = (value as { bytes?: number[] } | null)?.bytes;
          return Array.isArray(bytes) ? Uint8Array.from(bytes) : value;
        };
        const written = (_: string, value: unknown) =>
          value instanceof Uint8Array ? { bytes: [...value] } : value;
        try {
          const opened = openDatabases.get(name) ?? IdbModule.IdbDatabase.open({ name });
          openDatabases.set(name, opened);
          const database = await opened;
          const call = database[called] as (...parameters: unknown[]) => Promise<unknown>;
          const value = await call.apply(database, JSON.parse(text, read) as unknown[]);
          return { value: JSON.stringify(value ?? null, written) };
        } catch (error) {
          openDatabases.delete(name);
          return error instanceof Error ? { error: error.name, words: error.message } : { error: 'unknown' };
        }
      },
      [
        this.#name,
        method,
        JSON.stringify(given, (_, value: unknown) =>
          value instanceof Uint8Array ? { bytes: [...value] } : value,
        ),
      ] as const,
    );
    if ('value' in answer) {
      return JSON.parse(answer.value, (_, value: unknown) => {
        const bytes = (value as { bytes?: number[] } | null)?.bytes;
        return Array.isArray(bytes) ? Uint8Array.from(bytes) : value;
      });
    }
    if (answer.error === 'NewerDatabaseError') throw new NewerDatabaseError();
    if (answer.error === 'NoDatabaseError') throw new NoDatabaseError();
    if (answer.error === 'StorageFullError') throw new StorageFullError('the library', 0);
    throw new Error(`${answer.error}: ${answer.words}`);
  }
}
