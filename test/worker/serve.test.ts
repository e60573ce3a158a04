import { expect, test } from 'vitest';
import type { Failure } from '../../src/worker/api/outcome.ts';
import { Calls } from '../../src/worker/serve.ts';

type Command =
  | { readonly command: 'double'; readonly value: number }
  | { readonly command: 'wait' }
  | { readonly command: 'throw' };
type Reply = { double: number; wait: string; throw: null };

const failureOf = (error: unknown): Failure => ({ kind: 'internal', message: String(error), advice: '' });

function makeCalls() {
  return new Calls<Command, Reply>(
    {
      double: ({ value }) => 2 * value,
      wait: (_, signal) =>
        new Promise((_, reject) => {
          signal.addEventListener('abort', () => reject(signal.reason));
        }),
      throw: () => {
        throw new Error('no');
      },
    },
    failureOf,
  );
}

test('a call is answered by the handler of its command, and what is thrown becomes a failure', async () => {
  const calls = makeCalls();
  expect(await calls.send(0, { command: 'double', value: 21 })).toEqual({ ok: true, value: 42 });
  expect(await calls.send(1, { command: 'throw' })).toMatchObject({
    ok: false,
    failure: { kind: 'internal', message: 'Error: no' },
  });
});

test('an abort breaks off the call of its number alone', async () => {
  const calls = makeCalls();
  const first = calls.send(1, { command: 'wait' });
  const second = calls.send(2, { command: 'wait' });
  calls.abort(1);
  expect(await first).toMatchObject({ ok: false, failure: { kind: 'cancelled' } });
  const pending = Symbol();
  expect(await Promise.race([second, Promise.resolve(pending)])).toBe(pending);
  calls.abort(2);
  expect(await second).toMatchObject({ ok: false, failure: { kind: 'cancelled' } });
  // One that is over, or never was, is left alone.
  calls.abort(1);
  calls.abort(99);
});
