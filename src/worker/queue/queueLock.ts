/**
 * Which tab the queue is worked off in. Whoever holds the lock is alone at every sweep's folder in this browser, so that a claim of
 * another owner is one of a tab that is gone, and is taken over at once.
 */

import type { Identity } from '../../sweep/run/claims.ts';

export const QUEUE_LOCK = 'm3lab-queue';

/** This tab as the claims of a sweep know it, while it holds the lock of the queue. */
export function tabIdentity(locks: LockManager | undefined): Identity {
  const owner = `tab-${crypto.randomUUID()}`;
  // Without locks nobody knows who lives: claims of others are watched until they stand still.
  return { owner, host: 'this browser', space: null, pid: 0, isAlive: () => locks === undefined };
}
