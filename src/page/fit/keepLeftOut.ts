/** Runs that a person has left out by hand, kept in this browser from one visit to the next. */

import { effect } from '@preact/signals-core';
import type { Client } from '../../worker/api/door.ts';
import type { Command, Reply } from '../../worker/api/lab.ts';
import type { Fits } from './fits.ts';
import { withoutStop } from './words.ts';

/** Under this name the worker keeps their keys. */
const LEFT_OUT = 'leftOutOfFits';

/**
 * Brings back what was left out, beside what has been since the page was opened, and keeps it as it changes. What cannot be read is said by
 * `tell`, and not written over. Gives what reads it again, for keys that have come there by another way.
 */
export async function keepLeftOut(
  { selection }: Pick<Fits, 'selection'>,
  client: Pick<Client<Command, Reply>, 'send'>,
  tell: (words: string) => void,
): Promise<() => Promise<void>> {
  const kept = await client.send({ command: 'setting', name: LEFT_OUT });
  const keys = kept.ok ? keysOf(kept.value) : null;
  if (keys === null) {
    tell(
      'Which runs you left out of fits by hand cannot be read ' +
        `(${kept.ok ? 'another version of the lab wrote it' : withoutStop(kept.failure.message)}); what you leave out now is out until the page is closed.`,
    );
    return async () => {};
  }
  const add = (those: readonly string[]) => {
    const now = selection.peek();
    const leftOut = [...new Set([...those, ...now.leftOut])];
    if (leftOut.length > now.leftOut.length) selection.value = { ...now, leftOut };
  };
  add(keys);
  let last = JSON.stringify(keys);
  effect(() => {
    const { leftOut } = selection.value;
    const text = JSON.stringify(leftOut);
    if (text === last) return;
    last = text;
    const value = leftOut.length === 0 ? null : [...leftOut];
    void client.send({ command: 'keepSetting', name: LEFT_OUT, value }).then((put) => {
      if (!put.ok)
        tell(
          `What you left out of fits is out until the page is closed; it could not be kept: ${withoutStop(put.failure.message)}.`,
        );
    });
  });
  return async () => {
    const there = await client.send({ command: 'setting', name: LEFT_OUT });
    if (there.ok) add(keysOf(there.value) ?? []);
  };
}

/** Null where it is of another form. */
function keysOf(value: unknown): string[] | null {
  if (value === null || value === undefined) return [];
  return Array.isArray(value) && value.every((one) => typeof one === 'string') ? value : null;
}
