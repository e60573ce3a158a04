import { expect, test } from 'vitest';
import { ConfigError } from '../../src/formats/configError.ts';
import { DeviceLostError, LimitTooSmallError, OutOfMemoryError } from '../../src/gpu/errors.ts';
import { HuggingFaceError } from '../../src/huggingFace/error.ts';
import { MemoryStore } from '../../src/store/memory.ts';
import { StorageFullError } from '../../src/store/store.ts';
import { TextError } from '../../src/text/errors.ts';
import { failureOf } from '../../src/worker/failures.ts';
import { ModelError } from '../../src/worker/models/errors.ts';
import { EMPTY_SESSION, readSession, writeSession } from '../../src/worker/sessionFile.ts';

test.each([
  [new LimitTooSmallError('maxBufferSize', 300, 200, 'the logits'), 'limit', '300'],
  [new OutOfMemoryError(1000, 20, 'the arenas'), 'memory', '1,000'],
  [new DeviceLostError('unknown', 'driver'), 'device-lost', 'driver'],
  [new StorageFullError('fleets/a/model.safetensors', 1234), 'storage-full', '1,234'],
  [new DOMException('gone', 'NotReadableError'), 'text', 'gone'],
  [new RangeError('Array buffer allocation failed'), 'memory', 'allocation'],
  [new TypeError('x is undefined'), 'internal', 'x is undefined'],
  [new HuggingFaceError('config.json', 'model_type is "gpt2"'), 'file', 'config.json: model_type'],
  [new ModelError('two-stage', 'its config.json is not here'), 'file', 'two-stage: its config'],
  ['a thrown word', 'internal', 'a thrown word'],
])('%s becomes words', (error, kind, number) => {
  const failure = failureOf(error);
  expect(failure.kind).toBe(kind);
  expect(failure.message).toContain(number);
  // Everything must cross to the page as it is.
  expect(structuredClone(failure)).toEqual(failure);
});

test('a text of one document gets advice that the page can follow', () => {
  const words = 'there is one document only; name a validation text';
  const { message, advice } = failureOf(new TextError('one.txt', 'too few documents', words));
  expect(message).toMatch(/^one\.txt: .*one document only/);
  expect(message + advice).not.toMatch(/validation text/);
  expect(advice).toMatch(/lines/);
});

test('an error of the config keeps its field', () => {
  expect(failureOf(new ConfigError('two-stage', 'model.width', 'is odd'))).toMatchObject({
    kind: 'config',
    field: 'model.width',
    problem: 'is odd',
    run: 'two-stage',
  });
});

test('a session file that is damaged or of another version counts as none, and says so', async () => {
  const store = new MemoryStore();
  const session = { corpora: { target: 'a', source: null }, fleet: null };
  await writeSession(store, session);
  expect(await readSession(store)).toEqual(session);
  for (const text of ['{', '{"version": 2}', 'null']) {
    await store.write('session.json', new TextEncoder().encode(text));
    expect(await readSession(store), text).toEqual({ ...EMPTY_SESSION, isLost: true });
  }
});

test('a fleet of a version that this one cannot read is told of, and its texts stay', async () => {
  const store = new MemoryStore();
  const corpora = { target: 'a', source: 'b' };
  const configs = [{ version: 1, name: 'old', corpora: { target: 'no-longer:known' } }];
  const fleet = { folder: 'fleets/old', configs, corpora, begunAt: 0, finished: true };
  const text = JSON.stringify({ version: 1, corpora, fleet });
  await store.write('session.json', new TextEncoder().encode(text));
  const session = await readSession(store);
  expect(session).toEqual({ corpora, fleet: null, isFleetLost: true });
  // Told once: what is written next knows of no such fleet.
  await writeSession(store, session);
  expect(await readSession(store)).toEqual({ corpora, fleet: null });
});
