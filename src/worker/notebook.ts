/** The session file as many hands change it: the commands of this tab, and other tabs of the browser. */

import type { Store } from '../store/store.ts';
import { withNotesLock } from './lock.ts';
import { readSession, type SessionNote, writeSession } from './sessionFile.ts';
import { forgetOthers } from './texts/corpusFiles.ts';

/** Every fleet has a folder of its own in this one. */
export const FLEETS = 'fleets';

export class Notebook {
  readonly #store: Store;
  readonly #locks: LockManager | undefined;
  /** Settles with the last change that was asked for. */
  #last: Promise<unknown> = Promise.resolve();

  constructor(store: Store, locks: LockManager | undefined) {
    this.#store = store;
    this.#locks = locks;
  }

  read(): Promise<SessionNote> {
    return readSession(this.#store);
  }

  /**
   * Changes the session as whoever came before has left it, then throws away the texts and fleets that nothing points
   * to any more. One change is made at a time, in every tab: what `change` puts into the store, it must point to.
   */
  change(change: (session: SessionNote) => SessionNote | Promise<SessionNote>): Promise<void> {
    const made = this.#last.then(() => withNotesLock(this.#locks, () => this.#change(change)));
    this.#last = made.catch(() => {});
    return made;
  }

  async #change(change: (session: SessionNote) => SessionNote | Promise<SessionNote>): Promise<void> {
    const session = await change(await this.read());
    await writeSession(this.#store, session);
    const keys = [...Object.values(session.corpora), ...Object.values(session.fleet?.corpora ?? {})];
    await forgetOthers(this.#store, new Set(keys.filter((key) => key !== null)));
    const paths = await this.#store.list(FLEETS);
    const folders = new Set(paths.map((path) => path.split('/').slice(0, 2).join('/')));
    for (const folder of folders) if (folder !== session.fleet?.folder) await this.#store.remove(folder);
  }
}
