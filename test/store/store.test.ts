import { execFileSync } from 'node:child_process';
import { chmod, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { FolderStore } from '../../src/store/folder.ts';
import { MemoryStore } from '../../src/store/memory.ts';
import { joinPath, StorageFullError } from '../../src/store/store.ts';
import { bytes, describeStore, text } from './contract.ts';

const made: string[] = [];

async function newFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'm3lab-store-'));
  made.push(folder);
  return folder;
}

afterAll(async () => {
  for (const folder of made) await rm(folder, { recursive: true, force: true });
});

describeStore('folder', async () => new FolderStore(join(await newFolder(), 'made at the first write')));
describeStore('memory', async () => new MemoryStore());

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
