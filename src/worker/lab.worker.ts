/** The lab's worker: everything that computes or stores lives behind it, away from the page's thread. */

import { expose } from 'comlink';
import packageFacts from '../../package.json' with { type: 'json' };
import { MemoryStore } from '../store/memory.ts';
import { NoOpfsError, OpfsStore } from '../store/opfs.ts';
import type { Store } from '../store/store.ts';
import type { Command, LabApi, Listener } from './api.ts';
import { failureOf } from './failures.ts';
import { LabSession } from './session.ts';

/** The browser's storage, or, where it gives none, memory: then runs live as long as the tab. */
async function openStore(): Promise<{ store: Store; lacking: NoOpfsError | null }> {
  try {
    return { store: await OpfsStore.open(), lacking: null };
  } catch (error) {
    if (!(error instanceof NoOpfsError)) throw error;
    return { store: new MemoryStore(), lacking: error };
  }
}

const opened = openStore().then(({ store, lacking }) => {
  const session = new LabSession({
    gpu: navigator.gpu,
    locks: navigator.locks,
    store,
    versions: { m3lab: packageFacts.version, browser: navigator.userAgent },
    tuning: 'auto',
    fetch: (url, init) => fetch(url, init),
  });
  return { session, lacking };
});

// Comlink takes the object at once; storage takes a moment to open.
const api: LabApi = {
  async listen(listener: Listener) {
    const { session, lacking } = await opened;
    session.listen(listener);
    if (lacking) listener({ event: 'notice', message: failureOf(lacking).message });
  },
  async send(command: Command) {
    return (await opened).session.send(command);
  },
};

expose(api);
