/** A folder of a store as a store of its own. */

import { joinPath, type Store } from '../../store/store.ts';

export class PlacedStore implements Store {
  readonly #store: Store;
  readonly #folder: string;

  constructor(store: Store, folder: string) {
    this.#store = store;
    this.#folder = folder;
  }

  read(path: string): Promise<Uint8Array | null> {
    return this.#store.read(this.#at(path));
  }

  write(path: string, bytes: Uint8Array): Promise<void> {
    return this.#store.write(this.#at(path), bytes);
  }

  create(path: string, bytes: Uint8Array): Promise<boolean> {
    return this.#store.create(this.#at(path), bytes);
  }

  move(from: string, to: string): Promise<void> {
    return this.#store.move(this.#at(from), this.#at(to));
  }

  remove(path: string): Promise<void> {
    return this.#store.remove(this.#at(path));
  }

  size(path: string): Promise<number | null> {
    return this.#store.size(this.#at(path));
  }

  async list(prefix: string): Promise<string[]> {
    const paths = await this.#store.list(prefix === '' ? this.#folder : this.#at(prefix));
    return paths.map((path) => path.slice(this.#folder.length + 1));
  }

  #at(path: string): string {
    return joinPath(this.#folder, path);
  }
}
