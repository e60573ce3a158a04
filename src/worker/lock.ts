/** Web Locks: they keep a hidden tab from being frozen while it trains, and two tabs from writing to one storage. */

import { BusyError } from './failures.ts';

const TRAINING = 'm3lab-training';
const NOTES = 'm3lab-notes';

/**
 * Takes the lock of training and gives the function that lets it go. Throws {@link BusyError} when another tab has it. Where
 * there are no locks, there is nothing to take.
 */
export async function takeLock(locks: LockManager | undefined): Promise<() => void> {
  if (!locks) return () => {};
  return new Promise((resolve, reject) => {
    locks
      .request(TRAINING, { ifAvailable: true }, (lock) => {
        if (!lock) throw new BusyError();
        return new Promise<void>((release) => resolve(release));
      })
      .catch(reject);
  });
}

/** Does `action` while no other tab changes the session; waits for its turn. */
export async function withNotesLock<T>(locks: LockManager | undefined, action: () => Promise<T>): Promise<T> {
  return locks ? locks.request(NOTES, action) : action();
}
