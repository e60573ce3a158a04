import { expect, test } from 'vitest';
import type { TuningRecord } from '../../src/formats/tuningTable.ts';
import { MemoryStore } from '../../src/store/memory.ts';
import { StorageFullError } from '../../src/store/store.ts';
import { TuningCache } from '../../src/store/tuningCache.ts';

const PLACE = {
  adapter: { vendor: 'google', architecture: 'swiftshader', device: '', description: '' },
  runtime: 'Dawn 0.6.2 on linux-x64',
  engine: '0.1.0',
};

const tableOf = (...classes: string[]): TuningRecord => {
  const variant = 'registers 4×8';
  const candidates = [{ variant, milliseconds: 0.25, failure: null }];
  return Object.fromEntries(classes.map((name) => [name, { variant, candidates }]));
};

function open(store: MemoryStore, place = PLACE) {
  const problems: string[] = [];
  return { cache: new TuningCache(store, place, (words) => problems.push(words)), problems };
}

test('what one visit keeps the next one finds, at the same place only', async () => {
  const store = new MemoryStore();
  const { cache, problems } = open(store);
  expect(await cache.read()).toBeNull();
  cache.keep(tableOf('a'));
  await cache.settled();
  expect(await store.list('tuning')).toEqual([cache.path]);
  expect(await open(store).cache.read()).toEqual(tableOf('a'));
  expect(await open(store, { ...PLACE, engine: '0.2.0' }).cache.read()).toBeNull();
  expect(problems).toEqual([]);
});

test('tables that come faster than they are written: the last one stays', async () => {
  class SlowStore extends MemoryStore {
    writes = 0;
    override async write(path: string, bytes: Uint8Array): Promise<void> {
      this.writes++;
      await new Promise((resolve) => setTimeout(resolve, 5));
      await super.write(path, bytes);
    }
  }
  const store = new SlowStore();
  const { cache } = open(store);
  for (const classes of [['a'], ['a', 'b'], ['a', 'b', 'c']]) cache.keep(tableOf(...classes));
  await cache.settled();
  expect(await cache.read()).toEqual(tableOf('a', 'b', 'c'));
  expect(store.writes).toBe(2);
  cache.keep(tableOf('d'));
  await cache.settled();
  expect(await cache.read()).toEqual(tableOf('d'));
});

test.each([
  ['text that is no JSON', 'half of a fi'],
  ['another shape', '{"version": 1}'],
])('%s is told, and counts as nothing', async (_, text) => {
  const store = new MemoryStore();
  const { cache, problems } = open(store);
  await store.write(cache.path, new TextEncoder().encode(text));
  expect(await cache.read()).toBeNull();
  expect(problems).toEqual([
    expect.stringMatching(/cannot be used \(tuning\/[0-9a-f]{16}\.json.*measured anew$/),
  ]);
});

test('a write that fails takes no newer table along', async () => {
  class OnceFullStore extends MemoryStore {
    writes = 0;
    override async write(path: string, bytes: Uint8Array): Promise<void> {
      await new Promise((resolve) => setTimeout(resolve, 5));
      if (this.writes++ === 0) throw new StorageFullError(path, 100);
      await super.write(path, bytes);
    }
  }
  const { cache, problems } = open(new OnceFullStore());
  cache.keep(tableOf('a'));
  cache.keep(tableOf('a', 'b'));
  await cache.settled();
  expect(await cache.read()).toEqual(tableOf('a', 'b'));
  expect(problems).toHaveLength(1);
});

test('a store that takes nothing is told once, and stops nobody', async () => {
  class FullStore extends MemoryStore {
    override async write(path: string): Promise<void> {
      throw new StorageFullError(path, 100);
    }
  }
  const { cache, problems } = open(new FullStore());
  for (const name of ['a', 'b']) {
    cache.keep(tableOf(name));
    await cache.settled();
  }
  expect(problems).toEqual([expect.stringMatching(/cannot be kept \(storage is full/)]);
});
