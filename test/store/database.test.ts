import { expect, test } from 'vitest';
import { QueueStore } from '../../src/store/database.ts';
import { MemoryDatabase } from '../../src/store/memoryDatabase.ts';
import { pack, unpack } from '../../src/store/packed.ts';
import { describeDatabase } from './databaseContract.ts';

describeDatabase('memory', async () => new MemoryDatabase());

test('changes of which one cannot be made are none', async () => {
  const database = new MemoryDatabase();
  const wrong = (() => {}) as unknown as string;
  await expect(
    database.change([
      { shelf: 'settings', key: 'a', put: 1 },
      { shelf: 'settings', key: 'b', put: wrong },
    ]),
  ).rejects.toThrow();
  expect(await database.list('settings')).toEqual([]);
});

test('the queue comes in the order of its places', async () => {
  const queue = new QueueStore(Promise.resolve(new MemoryDatabase()));
  await queue.put([
    { id: 'a', place: 2, value: 'last' },
    { id: 'b', place: 1, value: 'first' },
  ]);
  expect((await queue.list()).map(({ id }) => id)).toEqual(['b', 'a']);
  await queue.put([{ id: 'a', place: 0, value: 'first now' }]);
  expect((await queue.list()).map(({ value }) => value)).toEqual(['first now', 'first']);
  await queue.remove('a');
  expect((await queue.list()).map(({ id }) => id)).toEqual(['b']);
});

test('text is packed and unpacked', async () => {
  const text = 'Habari ya asubuhi. '.repeat(1000);
  const packed = await pack(text);
  expect(packed.length).toBeLessThan(text.length / 20);
  expect(await unpack(packed)).toBe(text);
});
