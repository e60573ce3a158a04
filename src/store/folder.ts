/** A store in a folder on disk (Node). */

import { randomBytes } from 'node:crypto';
import {
  constants,
  copyFile,
  link,
  mkdir,
  open,
  readdir,
  readFile,
  rename,
  rm,
  stat,
} from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { MissingFileError, pathParts, StorageFullError, type Store } from './store.ts';

const FULL_CODES: readonly unknown[] = ['ENOSPC', 'EDQUOT', 'EFBIG'];
/** A file system that knows no second name of a file (exFAT, some that lie behind a network). */
const NO_LINK_CODES: readonly unknown[] = ['EPERM', 'ENOSYS', 'ENOTSUP', 'EOPNOTSUPP', 'EMLINK', 'EXDEV'];

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
    await this.#put(place, `.${pathParts(path).at(-1)}.part`, bytes, (part) => rename(part, place));
  }

  /** Written beside its place under a name of its own, then given the name as well: a second name is refused where there is one. */
  async create(path: string, bytes: Uint8Array): Promise<boolean> {
    const place = this.#at(path);
    // Whoever comes too late needs not write.
    if (await isThere(place)) return false;
    const part = `.${pathParts(path).at(-1)}.${randomBytes(6).toString('hex')}.part`;
    return this.#put(place, part, bytes, async (written) => {
      const isMade = await named(written, place);
      await rm(written, { force: true });
      return isMade;
    });
  }

  /** Writes a part whole beside `place` and has `finish` bring it there; nothing stays of a part that cannot be. */
  async #put<T>(
    place: string,
    partName: string,
    bytes: Uint8Array,
    finish: (part: string) => Promise<T>,
  ): Promise<T> {
    const folder = dirname(place);
    const part = join(folder, partName);
    let result: T;
    try {
      await mkdir(folder, { recursive: true });
      const file = await open(part, 'w');
      try {
        await file.writeFile(bytes);
        await file.sync();
      } finally {
        await file.close();
      }
      result = await finish(part);
    } catch (error) {
      await rm(part, { force: true }).catch(() => {});
      if (FULL_CODES.includes(codeOf(error))) throw new StorageFullError(place, bytes.length, error);
      throw error;
    }
    await syncFolder(folder);
    return result;
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

  async size(path: string): Promise<number | null> {
    try {
      const found = await stat(this.#at(path));
      return found.isFile() ? found.size : null;
    } catch (error) {
      if (codeOf(error) === 'ENOENT' || codeOf(error) === 'ENOTDIR') return null;
      throw error;
    }
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

/** Gives the file `part` the name `place` too; false where there is a file of that name. */
async function named(part: string, place: string): Promise<boolean> {
  try {
    await link(part, place);
    return true;
  } catch (error) {
    // A network file system that lost its own answer refuses what it has just done: the part has two names then.
    if (codeOf(error) === 'EEXIST') return (await stat(part)).nlink === 2;
    if (!NO_LINK_CODES.includes(codeOf(error))) throw error;
  }
  try {
    await copyFile(part, place, constants.COPYFILE_EXCL);
    return true;
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false;
    throw error;
  }
}

async function isThere(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
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
