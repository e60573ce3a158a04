import { execFileSync } from 'node:child_process';
import { chmod, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { FolderStore } from '../../src/store/folder.ts';
import { MemoryStore } from '../../src/store/memory.ts';
import {
  joinPath,
  MissingFileError,
  StorageFullError,
  type Store,
  StorePathError,
} from '../../src/store/store.ts';

const made: string[] = [];

async function newFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'm3lab-store-'));
  made.push(folder);
  return folder;
}

afterAll(async () => {
  for (const folder of made) await rm(folder, { recursive: true, force: true });
});

const bytes = (text: string) => new TextEncoder().encode(text);
const text = (found: Uint8Array | null) => (found === null ? null : new TextDecoder().decode(found));

const stores: [string, () => Promise<Store>][] = [
  ['folder', async () => new FolderStore(join(await newFolder(), 'made at the first write'))],
  ['memory', async () => new MemoryStore()],
];

describe.each(stores)('the %s store', (_, open) => {
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

  test('writes anew in the place of the old', async () => {
    await store.write('run.json', bytes('a longer first text'));
    await store.write('run.json', bytes('second'));
    expect(text(await store.read('run.json'))).toBe('second');
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

describe('the folder store', () => {
  test('makes no folder before something is written, and leaves no part behind', async () => {
    const parent = await newFolder();
    const store = new FolderStore(join(parent, 'out'));
    await store.read('x');
    await store.list('');
    await store.remove('x');
    expect(await readdir(parent)).toEqual([]);
    await store.write('run/x', bytes('1'));
    expect(await readdir(join(parent, 'out', 'run'))).toEqual(['x']);
  });

  test('does not show the part that a killed write left, and writes over it', async () => {
    const folder = await newFolder();
    const store = new FolderStore(folder);
    await writeFile(join(folder, '.run.json.part'), 'half of some');
    expect(await store.list('')).toEqual([]);
    await store.write('run.json', bytes('whole'));
    expect(await readdir(folder)).toEqual(['run.json']);
  });

  test('leaves the old file when the new one cannot be written, and names it when the disk is full', async () => {
    const folder = await newFolder();
    const store = new FolderStore(folder);
    await store.write('run.json', bytes('old'));
    await chmod(folder, 0o500);
    try {
      // Root may write anywhere: then the failure is made by the size of a small file system instead, if one can be had.
      if (process.getuid?.() !== 0) {
        await expect(store.write('run.json', bytes('new'))).rejects.toThrow();
        expect(text(await store.read('run.json'))).toBe('old');
      }
    } finally {
      await chmod(folder, 0o700);
    }
    const full = smallFileSystem(await newFolder());
    if (!full) return;
    const small = new FolderStore(full);
    try {
      await small.write('run.json', bytes('old'));
      const failure = await small.write('run.json', new Uint8Array(4 << 20)).catch((error: unknown) => error);
      expect(failure).toBeInstanceOf(StorageFullError);
      expect((failure as Error).message).toContain('4,194,304 bytes');
      expect(text(await small.read('run.json'))).toBe('old');
      expect(await small.list('')).toEqual(['run.json']);
    } finally {
      execFileSync('umount', [full]);
    }
  });
});

test('a name joined to the root is itself', () => {
  expect([joinPath('', 'run.json'), joinPath('a/b', 'run.json')]).toEqual(['run.json', 'a/b/run.json']);
});

/** A file system of 1 MiB at `folder`, where this user may mount one; else null. */
function smallFileSystem(folder: string): string | null {
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', folder], { stdio: 'ignore' });
    return folder;
  } catch {
    return null;
  }
}
