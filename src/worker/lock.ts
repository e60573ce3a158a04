/** Web Locks: they keep a hidden tab from being frozen while it trains, and two tabs from writing to one storage. */

import { BusyError } from './failures.ts';

/** Whoever trains. */
export const TRAINING = 'm3lab-training';
/** Held beside it where it is the queue that trains: what stands in a fleet's way can be called by its name. */
const QUEUE_TRAINING = 'm3lab-training-queue';
const NOTES = 'm3lab-notes';
const RUNS = 'm3lab-runs';
const VISIT = 'm3lab-visit';

/**
 * Takes the lock of training and gives the function that lets it go. Throws {@link BusyError} when another tab has it. Where
 * there are no locks, there is nothing to take.
 */
export async function takeLock(locks: LockManager | undefined): Promise<() => void> {
  if (!locks) return () => {};
  return new Promise((resolve, reject) => {
    locks
      .request(TRAINING, { ifAvailable: true }, async (lock) => {
        if (!lock) throw new BusyError(await whoTrains(locks));
        return new Promise<void>((release) => resolve(release));
      })
      .catch(reject);
  });
}

async function whoTrains(locks: LockManager): Promise<'fleet' | 'queue'> {
  const { held = [] } = await locks.query();
  return held.some(({ name }) => name === QUEUE_TRAINING) ? 'queue' : 'fleet';
}

/** The lock of training for the queue, which can wait; see {@link waitForLock}. */
export async function waitToTrain(
  locks: LockManager | undefined,
  waiting: { readonly signal: AbortSignal; readonly onWaiting: () => void },
): Promise<() => void> {
  const release = await waitForLock(locks, TRAINING, waiting);
  let unmark = () => {};
  const isOver = new Promise<void>((resolve) => {
    unmark = resolve;
  });
  void locks?.request(QUEUE_TRAINING, () => isOver).catch(() => {});
  return () => {
    unmark();
    release();
  };
}

/**
 * Waits for a lock, and gives the function that lets it go; `onWaiting` hears that another tab has it. Rejects with the signal's reason.
 * Where there are no locks, there is nothing to wait for.
 */
export async function waitForLock(
  locks: LockManager | undefined,
  name: string,
  { signal, onWaiting }: { readonly signal: AbortSignal; readonly onWaiting: () => void },
): Promise<() => void> {
  signal.throwIfAborted();
  if (!locks) return () => {};
  const ask = (options: LockOptions) =>
    new Promise<(() => void) | null>((resolve, reject) => {
      locks
        .request(name, options, (lock) => {
          if (!lock) return resolve(null);
          return new Promise<void>((release) => resolve(release));
        })
        .catch(reject);
    });
  const atOnce = await ask({ ifAvailable: true });
  if (atOnce) return atOnce;
  onWaiting();
  const later = await ask({ signal });
  if (!later) throw new RangeError(`no lock ${name}`);
  return later;
}

/** Does `action` while no other tab changes the session; waits for its turn. */
export async function withNotesLock<T>(locks: LockManager | undefined, action: () => Promise<T>): Promise<T> {
  return locks ? locks.request(NOTES, action) : action();
}

/** Does `action` while no other tab changes the runs that are kept; waits for its turn. */
export async function withRunsLock<T>(locks: LockManager | undefined, action: () => Promise<T>): Promise<T> {
  return locks ? locks.request(RUNS, action) : action();
}

/** Does `action` where no other tab has the lab open, else nothing; from then on this tab counts as one that has. */
export async function whenAlone(locks: LockManager | undefined, action: () => Promise<void>): Promise<void> {
  if (!locks) return action();
  await locks.request(VISIT, { ifAvailable: true }, async (lock) => {
    if (lock) await action();
  });
  // Held until the tab is closed.
  void locks.request(VISIT, { mode: 'shared' }, () => new Promise<never>(() => {})).catch(() => {});
}
