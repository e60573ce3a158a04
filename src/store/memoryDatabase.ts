/** A database that lives as long as the worker: where the browser gives none, and in tests. */

import type { Change, Database, Entry, Shelf, Shelves } from './database.ts';

export class MemoryDatabase implements Database {
  readonly #shelves = new Map<Shelf, Map<string, unknown>>();

  async get<S extends Shelf>(shelf: S, key: string): Promise<Shelves[S] | null> {
    // A copy, as a database would give.
    return (structuredClone(this.#shelf(shelf).get(key)) as Shelves[S] | undefined) ?? null;
  }

  async list<S extends Shelf>(
    shelf: S,
    { after = null, most = Number.POSITIVE_INFINITY }: { after?: string | null; most?: number } = {},
  ): Promise<Entry<S>[]> {
    const entries = [...this.#shelf(shelf)].filter(([key]) => after === null || key > after);
    entries.sort(([a], [b]) => (a < b ? -1 : 1));
    return entries
      .slice(0, most)
      .map(([key, value]) => ({ key, value: structuredClone(value) as Shelves[S] }));
  }

  async change(changes: readonly Change[]): Promise<void> {
    // Copied before anything is put: one that cannot be copied lets none through.
    const made = changes.map((change) =>
      'put' in change ? { ...change, put: structuredClone(change.put) } : change,
    );
    for (const change of made) {
      if ('put' in change) this.#shelf(change.shelf).set(change.key, change.put);
      else this.#shelf(change.shelf).delete(change.key);
    }
  }

  close(): void {}

  #shelf(shelf: Shelf): Map<string, unknown> {
    let found = this.#shelves.get(shelf);
    if (!found) {
      found = new Map();
      this.#shelves.set(shelf, found);
    }
    return found;
  }
}
