/** The session file as many hands change it: the commands of this tab, and other tabs of the browser. */

import type { Store } from '../store/store.ts';
import { withNotesLock } from './lock.ts';
import { readSession, type SessionNote, setSessionAside, writeSession } from './sessionFile.ts';
import { CORPORA } from './texts/corpusFiles.ts';

/** Every fleet has a folder of its own in this one. */
export const FLEETS = 'fleets';

export class Notebook {
  readonly #store: Store;
  readonly #locks: LockManager | undefined;
  readonly #textsInUse: () => Promise<readonly string[] | null>;
  /** Settles with the last change that was asked for. */
  #last: Promise<unknown> = Promise.resolve();

  /** `textsInUse` gives the keys of texts that others than the session point to; null where nobody can say: then no text is thrown away. */
  constructor(
    store: Store,
    locks: LockManager | undefined,
    textsInUse: () => Promise<readonly string[] | null> = async () => [],
  ) {
    this.#store = store;
    this.#locks = locks;
    this.#textsInUse = textsInUse;
  }

  read(): Promise<SessionNote> {
    return readSession(this.#store);
  }

  /**
   * Changes the session as whoever came before has left it, then throws away the texts and fleets that nothing points
   * to any more. One change is made at a time, in every tab: what `change` puts into the store, it must point to. Where the session cannot
   * be understood nothing is thrown away.
   */
  change(change: (session: SessionNote) => SessionNote | Promise<SessionNote>): Promise<void> {
    return this.hold(() => this.#change(change));
  }

  /** Does something while nobody changes the session: no text is thrown away meanwhile. Within it {@link change} would wait for ever. */
  hold(action: () => Promise<void>): Promise<void> {
    const made = this.#last.then(() => withNotesLock(this.#locks, action));
    this.#last = made.catch(() => {});
    return made;
  }

  async #change(change: (session: SessionNote) => SessionNote | Promise<SessionNote>): Promise<void> {
    const session = await change(await this.#understood());
    await writeSession(this.#store, session);
    const others = await this.#textsInUse();
    const leftOver = new Set(session.leftOver);
    if (others !== null) {
      const keys = [...textsOf(session), ...others];
      const kept = new Set([...leftOver, ...keys.map((key) => `${CORPORA}/${key}`)]);
      await this.#removeOthers(CORPORA, kept);
    }
    await this.#removeOthers(FLEETS, new Set([...leftOver, ...fleetOf(session)]));
  }

  /**
   * The session as it was left. Of one that another version of the lab wrote, or that is damaged, a copy stays, and all folders that are
   * here and that this version does not know the use of count as left over from then on: what cannot be read is no reason to delete it.
   */
  async #understood(): Promise<SessionNote> {
    const { isLost, isFleetLost, ...session } = await this.read();
    if (!isLost && !isFleetLost) return session;
    await setSessionAside(this.#store);
    const known = new Set([...textsOf(session).map((key) => `${CORPORA}/${key}`), ...fleetOf(session)]);
    const here = [...(await this.#folders(CORPORA)), ...(await this.#folders(FLEETS))];
    const leftOver = new Set([...(session.leftOver ?? []), ...here.filter((folder) => !known.has(folder))]);
    return { ...session, leftOver: [...leftOver] };
  }

  async #removeOthers(place: string, kept: ReadonlySet<string>): Promise<void> {
    for (const folder of await this.#folders(place)) if (!kept.has(folder)) await this.#store.remove(folder);
  }

  async #folders(place: string): Promise<ReadonlySet<string>> {
    const paths = await this.#store.list(place);
    return new Set(paths.map((path) => path.split('/').slice(0, 2).join('/')));
  }
}

function textsOf({ corpora, fleet }: SessionNote): string[] {
  const keys = [...Object.values(corpora), ...Object.values(fleet?.corpora ?? {})];
  return keys.filter((key) => key !== null);
}

function fleetOf({ fleet }: SessionNote): string[] {
  return fleet ? [fleet.folder] : [];
}
