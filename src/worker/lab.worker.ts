/** The lab's worker: everything that computes or stores lives behind it, away from the page's thread. */

import packageFacts from '../../package.json' with { type: 'json' };
import type { Database } from '../store/database.ts';
import { IdbDatabase } from '../store/idbDatabase.ts';
import { MemoryStore } from '../store/memory.ts';
import { MemoryDatabase } from '../store/memoryDatabase.ts';
import { NoOpfsError, OpfsStore } from '../store/opfs.ts';
import type { Store } from '../store/store.ts';
import type { LabEvent, Listener } from './api/lab.ts';
import { failureOf } from './failures.ts';
import { transfersOf } from './metrics.ts';
import { serve } from './serve.ts';
import { LabSession } from './session.ts';

/** What is to be said once somebody listens. */
const notices: string[] = [];
let heard: Listener | undefined;

function tell(error: unknown): void {
  const { message } = failureOf(error);
  if (heard) heard({ event: 'notice', message });
  else notices.push(message);
}

/** The browser's storage, or, where it gives none, memory: then runs live as long as the tab. */
async function openStore(): Promise<Store> {
  try {
    return await OpfsStore.open();
  } catch (error) {
    if (!(error instanceof NoOpfsError)) throw error;
    tell(error);
    return new MemoryStore();
  }
}

async function openDatabase(): Promise<Database> {
  try {
    return await IdbDatabase.open({
      onBlocked: () =>
        tell(
          new Error(
            'An older version of the lab is open in another tab; close it, so that this one can keep runs.',
          ),
        ),
    });
  } catch (error) {
    tell(error);
    return new MemoryDatabase();
  }
}

const database = openDatabase();
/** What one tab keeps or deletes, all of them show. */
const otherTabs = new BroadcastChannel('m3lab-library');
otherTabs.addEventListener('message', ({ data }: MessageEvent<LabEvent>) => heard?.(data));

async function openSession(): Promise<LabSession> {
  const session = new LabSession({
    gpu: navigator.gpu,
    locks: navigator.locks,
    store: await openStore(),
    database,
    versions: { m3lab: packageFacts.version, browser: navigator.userAgent },
    tuning: 'auto',
    fetch: (url, init) => fetch(url, init),
    storage: navigator.storage,
    otherTabs,
  });
  return session;
}

serve(
  openSession().then((session) => ({
    listen(listener: Listener) {
      heard = listener;
      session.listen(listener);
      for (const message of notices.splice(0)) listener({ event: 'notice', message });
    },
    send: session.send.bind(session),
    abort: session.abort.bind(session),
  })),
  transfersOf,
);
