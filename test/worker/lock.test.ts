/** The lock of training between tabs, before locks as a browser has them. */

import { expect, test } from 'vitest';
import { BusyError, failureOf } from '../../src/worker/failures.ts';
import { takeLock, waitToTrain } from '../../src/worker/lock.ts';

type Action = (lock: { readonly name: string } | null) => unknown;

/** Exclusive locks of one browser; whoever waits gets its turn in order. */
function browserLocks(): LockManager {
  const held = new Map<string, Promise<unknown>>();
  const request = (name: string, ...rest: [LockOptions, Action] | [Action]) => {
    const action = rest.at(-1) as Action;
    const options = rest.length === 2 ? rest[0] : {};
    const before = held.get(name);
    if (before && options.ifAvailable) return Promise.resolve(action(null));
    const done = (before ?? Promise.resolve()).then(() => action({ name }));
    const settled = done.then(
      () => {},
      () => {},
    );
    held.set(name, settled);
    void settled.then(() => {
      if (held.get(name) === settled) held.delete(name);
    });
    return done;
  };
  const query = async () => ({ held: [...held.keys()].map((name) => ({ name })), pending: [] });
  return { request, query } as unknown as LockManager;
}

/** A lock that was let go is free a little later. */
const later = () => new Promise((resolve) => setTimeout(resolve));

const waiting = { signal: new AbortController().signal, onWaiting: () => {} };

test('whoever cannot train hears whether a fleet or the queue is at it in another tab', async () => {
  const locks = browserLocks();
  const endFleet = await takeLock(locks);
  const byFleet: unknown = await takeLock(locks).catch((error: unknown) => error);
  expect(byFleet).toBeInstanceOf(BusyError);
  expect(failureOf(byFleet).advice).toMatch(/Stop it there/);
  endFleet();
  await later();
  const endQueue = await waitToTrain(locks, waiting);
  const byQueue: unknown = await takeLock(locks).catch((error: unknown) => error);
  expect(failureOf(byQueue)).toMatchObject({
    kind: 'busy',
    message: expect.stringMatching(/sweep of the queue trains in another tab/),
    advice: expect.stringMatching(/Pause the queue in Sweep, here or there/),
  });
  endQueue();
  await later();
  const again = await takeLock(locks);
  const after: unknown = await takeLock(locks).catch((error: unknown) => error);
  expect(after).toMatchObject({ by: 'fleet' });
  again();
});

test('without locks there is nothing to wait for', async () => {
  (await waitToTrain(undefined, waiting))();
  (await takeLock(undefined))();
});
