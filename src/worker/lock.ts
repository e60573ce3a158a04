/** A Web Lock: keeps a hidden tab from being frozen while it trains, and two tabs from writing to one storage. */

import { BusyError } from './failures.ts';

const LOCK = 'm3lab-training';

/**
 * Takes the lock and gives the function that lets it go. Throws {@link BusyError} when another tab has it. Where
 * there are no locks, there is nothing to take.
 */
export async function takeLock(locks: LockManager | undefined): Promise<() => void> {
  if (!locks) return () => {};
  return new Promise((resolve, reject) => {
    locks
      .request(LOCK, { ifAvailable: true }, (lock) => {
        if (!lock) throw new BusyError();
        return new Promise<void>((release) => resolve(release));
      })
      .catch(reject);
  });
}
