/** The page's end of a door, before a worker that is a port of this process. */

import { type Endpoint, expose } from 'comlink';
import { afterEach, expect, test, vi } from 'vitest';
import type { Door } from '../../src/worker/api/door.ts';
import { connect, playTransfers } from '../../src/worker/client.ts';
import { Calls } from '../../src/worker/serve.ts';

type Command = { readonly command: 'double'; readonly value: number } | { readonly command: 'wait' };
type Reply = { double: number; wait: null };

type Blob = { readonly command: 'weigh'; readonly bytes: Uint8Array<ArrayBuffer> };

const channels: MessageChannel[] = [];

afterEach(() => {
  for (const { port1, port2 } of channels.splice(0)) {
    port1.close();
    port2.close();
  }
});

function openDoor(change: Partial<Door<Command, Reply[Command['command']], string>> = {}) {
  const channel = new MessageChannel();
  channels.push(channel);
  const calls = new Calls<Command, Reply>(
    {
      double: ({ value }) => 2 * value,
      wait: (_, signal) =>
        new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason))),
    },
    (error) => ({ kind: 'internal', message: String(error), advice: '' }),
  );
  const aborted = vi.fn();
  const door: Door<Command, Reply[Command['command']], string> = {
    listen: (listener) => listener('listening'),
    send: (call, command) => calls.send(call, command),
    abort(call) {
      aborted(call);
      calls.abort(call);
    },
    ...change,
  };
  expose(door, channel.port1 as unknown as Endpoint);
  const errors: ((event: Event) => void)[] = [];
  const terminate = vi.fn();
  // What a client needs of a worker: its messages, its errors, its end.
  const worker = Object.assign(channel.port2, { terminate }) as unknown as Worker;
  const listen = worker.addEventListener.bind(worker) as (...parameters: unknown[]) => void;
  worker.addEventListener = (type: string, listener: (event: Event) => void, ...more: unknown[]) => {
    if (type === 'error') errors.push(listener);
    else listen(type, listener, ...more);
  };
  const heard: string[] = [];
  const onDeath = vi.fn();
  const client = connect<Command, Reply, string>(() => worker, {
    listener: (event) => heard.push(event),
    onDeath,
  });
  const die = () => {
    const event = Object.assign(new Event('error', { cancelable: true }), { message: 'out of memory' });
    for (const listener of errors) listener(event);
  };
  return { client, heard, aborted, die, onDeath, terminate };
}

test('the worker starts with the first command, and is heard from then on', async () => {
  const { client, heard } = openDoor();
  expect(await client.send({ command: 'double', value: 4 })).toEqual({ ok: true, value: 8 });
  await vi.waitUntil(() => heard.length === 1);
  expect(heard).toEqual(['listening']);
});

test('buffers of a command are handed over where that was said, and copied where not', async () => {
  const isGone = async (transfersOf?: (command: Blob) => Transferable[]) => {
    const channel = new MessageChannel();
    channels.push(channel);
    const door: Door<Blob, number, string> = {
      listen: () => {},
      send: async (_, { bytes }) => ({ ok: true, value: bytes.length }),
      abort: () => {},
    };
    expose(door, channel.port1 as unknown as Endpoint);
    const worker = Object.assign(channel.port2, { terminate: () => {} }) as unknown as Worker;
    const ends = { listener: () => {}, ...(transfersOf && { transfersOf }) };
    const client = connect<Blob, { weigh: number }, string>(() => worker, ends);
    const bytes = new Uint8Array(8);
    expect(await client.send({ command: 'weigh', bytes })).toEqual({ ok: true, value: 8 });
    return bytes.length === 0;
  };
  expect(await isGone()).toBe(false);
  expect(await isGone(({ bytes }) => [bytes.buffer])).toBe(true);
});

test('a model, and what the engine says of it, are handed over to the worker of play', () => {
  const [weights, windows, logits] = [new Uint8Array(4), new Uint16Array(3), new Float32Array(2)];
  const files = { id: 'a', name: 'a', files: { 'model.safetensors': weights, again: weights } };
  expect(playTransfers({ command: 'openModel', files })).toEqual([weights.buffer]);
  const probe = { windows, logits, count: 1, context: 2, text: '', weights: '' };
  const check = { command: 'checkModel', model: 'a', probe } as const;
  expect(playTransfers(check)).toEqual([windows.buffer, logits.buffer]);
  expect(playTransfers({ command: 'closeModel', model: 'a' })).toEqual([]);
});

test('an abort breaks off its own call, and one that came before is not even sent', async () => {
  const { client, aborted } = openDoor();
  const controller = new AbortController();
  const waiting = client.send({ command: 'wait' }, { signal: controller.signal });
  const other = client.send({ command: 'double', value: 1 });
  expect(await other).toMatchObject({ ok: true });
  controller.abort();
  expect(await waiting).toMatchObject({ ok: false, failure: { kind: 'cancelled' } });
  expect(aborted.mock.calls).toEqual([[0]]);
  const late = await client.send({ command: 'wait' }, { signal: controller.signal });
  expect(late).toMatchObject({ ok: false, failure: { kind: 'cancelled' } });
  expect(aborted).toHaveBeenCalledTimes(1);
});

test('a worker that dies answers what is under way, and what comes later, with a failure', async () => {
  const { client, die, onDeath, terminate } = openDoor();
  const waiting = client.send({ command: 'wait' });
  die();
  const dead = {
    ok: false,
    failure: { kind: 'internal', message: expect.stringContaining('out of memory') },
  };
  expect(await waiting).toMatchObject(dead);
  expect(await client.send({ command: 'double', value: 1 })).toMatchObject(dead);
  expect(onDeath).toHaveBeenCalledTimes(1);
  expect(terminate).toHaveBeenCalledTimes(1);
});

test('a worker that cannot open its storage says so with each answer', async () => {
  const { client } = openDoor({ listen: () => Promise.reject(new Error('the disk is broken')) });
  expect(await client.send({ command: 'double', value: 1 })).toMatchObject({
    ok: false,
    failure: { kind: 'internal', message: expect.stringContaining('the disk is broken') },
  });
});
