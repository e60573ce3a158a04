/** What every store promises, as tests; each kind of store runs them where it lives. */

import { beforeEach, describe, expect, test } from 'vitest';
import { MissingFileError, type Store, StorePathError } from '../../src/store/store.ts';

export const bytes = (text: string) => new TextEncoder().encode(text);
export const text = (found: Uint8Array | null) => (found === null ? null : new TextDecoder().decode(found));

/** `open` gives an empty store each time. */
export function describeStore(name: string, open: () => Promise<Store>): void {
  describe(`the ${name} store`, () => {
    let store: Store;
    beforeEach(async () => {
      store = await open();
    });

    test('gives back what was written, and null for what was not', async () => {
      expect(await store.read('a/b/c.bin')).toBeNull();
      await store.write('a/b/c.bin', new Uint8Array([0, 255, 7]));
      expect([...((await store.read('a/b/c.bin')) ?? [])]).toEqual([0, 255, 7]);
      await store.write('empty', new Uint8Array());
      expect((await store.read('empty'))?.length).toBe(0);
    });

    test('says how large a file is without reading it', async () => {
      await store.write('a/b', bytes('four'));
      expect(await store.size('a/b')).toBe(4);
      expect(await store.size('a/c')).toBeNull();
      expect(await store.size('a')).toBeNull();
    });

    test('writes anew in the place of the old', async () => {
      await store.write('run.json', bytes('a longer first text'));
      await store.write('run.json', bytes('second'));
      expect(text(await store.read('run.json'))).toBe('second');
    });

    test('creates what is not there, and says where it is', async () => {
      expect(await store.create('claims/a.1.json', bytes('mine'))).toBe(true);
      expect(await store.create('claims/a.1.json', bytes('yours'))).toBe(false);
      expect(text(await store.read('claims/a.1.json'))).toBe('mine');
      await store.write('b', bytes('written'));
      expect(await store.create('b', bytes('created'))).toBe(false);
      expect(text(await store.read('b'))).toBe('written');
      await store.remove('claims');
      expect(await store.create('claims/a.1.json', bytes('again'))).toBe(true);
      expect(await store.list('')).toEqual(['b', 'claims/a.1.json']);
      for (const path of ['', '../x', 'a/.hidden']) {
        await expect(store.create(path, bytes(''))).rejects.toThrow(StorePathError);
      }
    });

    test('lets one of many create the same file', async () => {
      const contents = Array.from({ length: 20 }, (_, i) => `content of ${i}`);
      const made = await Promise.all(contents.map((content) => store.create('claim', bytes(content))));
      expect(made.filter((isMade) => isMade)).toHaveLength(1);
      expect(text(await store.read('claim'))).toBe(contents[made.indexOf(true)]);
      expect(await store.list('')).toEqual(['claim']);
    });

    test('keeps its own copy of the bytes', async () => {
      const mine = bytes('abc');
      await store.write('x', mine);
      mine[0] = 0;
      const theirs = await store.read('x');
      theirs?.fill(0);
      expect(text(await store.read('x'))).toBe('abc');
    });

    test('writes only the view it is given, not the buffer under it', async () => {
      await store.write('view', new Uint8Array([1, 2, 3, 4]).subarray(1, 3));
      expect([...((await store.read('view')) ?? [])]).toEqual([2, 3]);
    });

    test('lists files under a path, sorted; a name that only begins alike is not under it', async () => {
      for (const path of ['b/two', 'a/one', 'ab', 'a/deep/er']) await store.write(path, bytes(path));
      expect(await store.list('')).toEqual(['a/deep/er', 'a/one', 'ab', 'b/two']);
      expect(await store.list('a')).toEqual(['a/deep/er', 'a/one']);
      expect(await store.list('ab')).toEqual(['ab']);
      expect(await store.list('nothing')).toEqual([]);
    });

    test('moves a file over another', async () => {
      await store.write('next/file', bytes('new'));
      await store.write('file', bytes('old'));
      await store.move('next/file', 'file');
      expect(text(await store.read('file'))).toBe('new');
      expect(await store.list('')).toEqual(['file']);
      await expect(store.move('next/file', 'file')).rejects.toThrow(MissingFileError);
      expect(text(await store.read('file'))).toBe('new');
    });

    test('removes a file or all under a path, and does not mind when there is nothing', async () => {
      for (const path of ['a/one', 'a/two', 'ab']) await store.write(path, bytes(path));
      await store.remove('a/one');
      expect(await store.list('')).toEqual(['a/two', 'ab']);
      await store.remove('a');
      expect(await store.list('')).toEqual(['ab']);
      await store.remove('a');
    });

    test.each(['', '/etc/passwd', 'a//b', '../a', 'a/../b', '.', 'a/.hidden', 'a\\b', 'c:x', 'a\nb'])(
      'refuses %j, which is no path in a store',
      async (path) => {
        await expect(store.write(path, bytes('x'))).rejects.toThrow(StorePathError);
        await expect(store.read(path)).rejects.toThrow(StorePathError);
        await expect(store.remove(path)).rejects.toThrow(StorePathError);
      },
    );
  });
}
