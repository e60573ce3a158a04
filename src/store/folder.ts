/** A store in a folder on disk (Node). */

import { mkdir, open, readdir, readFile, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { MissingFileError, pathParts, StorageFullError, type Store } from './store.ts';

const FULL_CODES: readonly unknown[] = ['ENOSPC', 'EDQUOT', 'EFBIG'];

/** Makes the folder at the first write, not before: a run that is refused leaves nothing behind. */
export class FolderStore implements Store {
  readonly root: string;

  constructor(root: string) {
    this.root = root;
  }

  async read(path: string): Promise<Uint8Array | null> {
    try {
      return await readFile(this.#at(path));
    } catch (error) {
      if (codeOf(error) === 'ENOENT' || codeOf(error) === 'ENOTDIR') return null;
      throw error;
    }
  }

  /** Written beside its place, flushed to the disk, then renamed over it: a rename is all or nothing. */
  async write(path: string, bytes: Uint8Array): Promise<void> {
    const place = this.#at(path);
    const folder = dirname(place);
    const part = join(folder, `.${pathParts(path).at(-1)}.part`);
    try {
      await mkdir(folder, { recursive: true });
      const file = await open(part, 'w');
      try {
        await file.writeFile(bytes);
        await file.sync();
      } finally {
        await file.close();
      }
      await rename(part, place);
    } catch (error) {
      await rm(part, { force: true }).catch(() => {});
      if (FULL_CODES.includes(codeOf(error))) throw new StorageFullError(place, bytes.length, error);
      throw error;
    }
    await syncFolder(folder);
  }

  async move(from: string, to: string): Promise<void> {
    const place = this.#at(to);
    await mkdir(dirname(place), { recursive: true });
    try {
      await rename(this.#at(from), place);
    } catch (error) {
      if (codeOf(error) === 'ENOENT') throw new MissingFileError(from);
      throw error;
    }
    await syncFolder(dirname(place));
  }

  async remove(path: string): Promise<void> {
    await rm(this.#at(path), { recursive: true, force: true });
  }

  async list(prefix: string): Promise<string[]> {
    const found: string[] = [];
    const walk = async (folder: string, parts: readonly string[]): Promise<void> => {
      for (const entry of await readdir(folder, { withFileTypes: true })) {
        if (entry.name.startsWith('.')) continue;
        const path = [...parts, entry.name];
        if (entry.isDirectory()) await walk(join(folder, entry.name), path);
        else if (entry.isFile()) found.push(path.join('/'));
      }
    };
    const parts = prefix === '' ? [] : pathParts(prefix);
    try {
      await walk(join(this.root, ...parts), parts);
    } catch (error) {
      if (codeOf(error) === 'ENOTDIR') return [prefix];
      if (codeOf(error) !== 'ENOENT') throw error;
    }
    return found.sort();
  }

  #at(path: string): string {
    return join(this.root, ...pathParts(path));
  }
}

/** Makes a rename outlive a power cut, where the system lets a folder be flushed (Windows does not). */
async function syncFolder(path: string): Promise<void> {
  try {
    const folder = await open(path, 'r');
    try {
      await folder.sync();
    } finally {
      await folder.close();
    }
  } catch (error) {
    if (!['EISDIR', 'EPERM', 'EACCES', 'EINVAL'].includes(String(codeOf(error)))) throw error;
  }
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : undefined;
}
