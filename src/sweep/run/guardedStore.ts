/**
 * A sweep's store as its trainer sees it: what belongs to a run that another process has taken over is not written any more. The
 * trainer's own fleet goes on with its other runs; that run's last checkpoint is then the other's affair.
 */

import type { Store } from '../../store/store.ts';
import type { Claims } from './claims.ts';
import { WORK } from './folder.ts';

/** A checkpoint is a dozen files: they are not each worth a look at the claims. */
const LOOK_MS = 1000;

export class GuardedStore implements Store {
  readonly #store: Store;
  readonly #claims: Claims;
  readonly #now: () => number;
  #lookedAt = Number.NEGATIVE_INFINITY;

  constructor(store: Store, claims: Claims, now: () => number = () => performance.now()) {
    this.#store = store;
    this.#claims = claims;
    this.#now = now;
  }

  read(path: string): Promise<Uint8Array | null> {
    return this.#store.read(path);
  }

  async write(path: string, bytes: Uint8Array): Promise<void> {
    if (await this.#isOurs(path)) await this.#store.write(path, bytes);
  }

  async create(path: string, bytes: Uint8Array): Promise<boolean> {
    return (await this.#isOurs(path)) && this.#store.create(path, bytes);
  }

  async move(from: string, to: string): Promise<void> {
    if (await this.#isOurs(to)) await this.#store.move(from, to);
  }

  async remove(path: string): Promise<void> {
    if (await this.#isOurs(path)) await this.#store.remove(path);
  }

  size(path: string): Promise<number | null> {
    return this.#store.size(path);
  }

  list(prefix: string): Promise<string[]> {
    return this.#store.list(prefix);
  }

  async #isOurs(path: string): Promise<boolean> {
    const [folder, id] = path.split('/');
    if (folder !== WORK || id === undefined) return true;
    if (this.#now() - this.#lookedAt >= LOOK_MS) {
      await this.#claims.check();
      this.#lookedAt = this.#now();
    }
    return !this.#claims.isLost(id);
  }
}
