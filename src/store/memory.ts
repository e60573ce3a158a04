/** A store that lives as long as the page or the process. */

import { MissingFileError, pathParts, type Store } from './store.ts';

export class MemoryStore implements Store {
  readonly #files = new Map<string, Uint8Array>();

  async read(path: string): Promise<Uint8Array | null> {
    return this.#files.get(pathParts(path).join('/'))?.slice() ?? null;
  }

  async write(path: string, bytes: Uint8Array): Promise<void> {
    this.#files.set(pathParts(path).join('/'), bytes.slice());
  }

  async create(path: string, bytes: Uint8Array): Promise<boolean> {
    const name = pathParts(path).join('/');
    if (this.#files.has(name)) return false;
    this.#files.set(name, bytes.slice());
    return true;
  }

  async move(from: string, to: string): Promise<void> {
    const bytes = this.#files.get(pathParts(from).join('/'));
    if (!bytes) throw new MissingFileError(from);
    this.#files.set(pathParts(to).join('/'), bytes);
    if (from !== to) this.#files.delete(from);
  }

  async remove(path: string): Promise<void> {
    const folder = `${pathParts(path).join('/')}/`;
    for (const name of this.#files.keys()) {
      if (name === path || name.startsWith(folder)) this.#files.delete(name);
    }
  }

  async size(path: string): Promise<number | null> {
    return this.#files.get(pathParts(path).join('/'))?.length ?? null;
  }

  async list(prefix: string): Promise<string[]> {
    const folder = prefix === '' ? '' : `${pathParts(prefix).join('/')}/`;
    return [...this.#files.keys()].filter((name) => name === prefix || name.startsWith(folder)).sort();
  }
}
