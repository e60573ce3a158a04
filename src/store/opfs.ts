/**
 * A store in the browser's private file system (OPFS); made for a worker, works in a page too where the browser has
 * `createWritable`. Files live under one folder of the origin's root.
 */

import { MissingFileError, pathParts, StorageFullError, type Store } from './store.ts';

// In the File System specification, but not yet in TypeScript's library.
type SyncAccessHandle = {
  truncate(size: number): void;
  write(bytes: Uint8Array, options: { at: number }): number;
  flush(): void;
  close(): void;
};
type FileHandle = FileSystemFileHandle & {
  move?(folder: FileSystemDirectoryHandle, name: string): Promise<void>;
  createSyncAccessHandle?(): Promise<SyncAccessHandle>;
};

/** This browser has no private file system (a private window, an old version). */
export class NoOpfsError extends Error {
  override readonly name = 'NoOpfsError';
  constructor(cause?: unknown) {
    super(
      'this browser gives the page no storage for files: runs will not outlive the tab; leave private browsing to keep them',
      {
        cause,
      },
    );
  }
}

export class OpfsStore implements Store {
  readonly #root: FileSystemDirectoryHandle;

  private constructor(root: FileSystemDirectoryHandle) {
    this.#root = root;
  }

  /** Opens the folder `name`, made when missing. Throws {@link NoOpfsError}. */
  static async open(name = 'm3lab'): Promise<OpfsStore> {
    try {
      const origin = await navigator.storage.getDirectory();
      return new OpfsStore(await origin.getDirectoryHandle(name, { create: true }));
    } catch (error) {
      throw new NoOpfsError(error);
    }
  }

  async read(path: string): Promise<Uint8Array | null> {
    const handle = await this.#file(path, false);
    if (!handle) return null;
    return new Uint8Array(await (await handle.getFile()).arrayBuffer());
  }

  async write(path: string, bytes: Uint8Array): Promise<void> {
    try {
      const handle = await this.#file(path, true);
      if (!handle) throw new MissingFileError(path);
      if ('createWritable' in handle) await replace(handle, bytes);
      else await this.#writeBeside(path, bytes);
    } catch (error) {
      if (isQuota(error)) throw new StorageFullError(path, bytes.length, error);
      throw error;
    }
  }

  async move(from: string, to: string): Promise<void> {
    const handle = await this.#file(from, false);
    if (!handle) throw new MissingFileError(from);
    if (handle.move) {
      const parts = pathParts(to);
      const folder = await this.#folder(parts.slice(0, -1), true);
      if (folder) return handle.move(folder, parts.at(-1) ?? to);
    }
    // Safe to be cut between the two: the file is then in both places, with the same bytes.
    await this.write(to, new Uint8Array(await (await handle.getFile()).arrayBuffer()));
    await this.remove(from);
  }

  async remove(path: string): Promise<void> {
    const parts = pathParts(path);
    const folder = await this.#folder(parts.slice(0, -1), false);
    try {
      await folder?.removeEntry(parts.at(-1) ?? path, { recursive: true });
    } catch (error) {
      if (!isMissing(error)) throw error;
    }
  }

  async list(prefix: string): Promise<string[]> {
    const found: string[] = [];
    const walk = async (folder: FileSystemDirectoryHandle, parts: readonly string[]): Promise<void> => {
      for await (const [name, handle] of folder.entries()) {
        if (name.startsWith('.')) continue;
        const path = [...parts, name];
        if (handle.kind === 'directory') await walk(handle as FileSystemDirectoryHandle, path);
        else found.push(path.join('/'));
      }
    };
    const parts = prefix === '' ? [] : pathParts(prefix);
    const folder = await this.#folder(parts, false);
    if (folder) await walk(folder, parts);
    else if (await this.#file(prefix, false)) found.push(prefix);
    return found.sort();
  }

  /** For browsers where a worker has sync access handles alone (Safari before 26): written aside, then moved over. */
  async #writeBeside(path: string, bytes: Uint8Array): Promise<void> {
    const parts = pathParts(path);
    const name = parts.at(-1) ?? path;
    const folder = await this.#folder(parts.slice(0, -1), true);
    if (!folder) throw new MissingFileError(path);
    const part: FileHandle = await folder.getFileHandle(`.${name}.part`, { create: true });
    if (!part.createSyncAccessHandle || !part.move) throw new NoOpfsError();
    const access = await part.createSyncAccessHandle();
    try {
      access.truncate(0);
      let at = 0;
      while (at < bytes.length) {
        const written = access.write(bytes.subarray(at), { at });
        if (written === 0) throw new StorageFullError(path, bytes.length);
        at += written;
      }
      access.flush();
    } finally {
      access.close();
    }
    await part.move(folder, name);
  }

  async #file(path: string, create: boolean): Promise<FileHandle | null> {
    const parts = pathParts(path);
    const folder = await this.#folder(parts.slice(0, -1), create);
    try {
      return (await folder?.getFileHandle(parts.at(-1) ?? path, { create })) ?? null;
    } catch (error) {
      if (isMissing(error)) return null;
      throw error;
    }
  }

  async #folder(parts: readonly string[], create: boolean): Promise<FileSystemDirectoryHandle | null> {
    let folder = this.#root;
    for (const part of parts) {
      try {
        folder = await folder.getDirectoryHandle(part, { create });
      } catch (error) {
        if (isMissing(error)) return null;
        throw error;
      }
    }
    return folder;
  }
}

/** `createWritable` writes to a hidden copy; `close` puts it in the file's place, all or nothing. */
async function replace(handle: FileSystemFileHandle, bytes: Uint8Array): Promise<void> {
  const stream = await handle.createWritable();
  try {
    await stream.write(bytes as Uint8Array<ArrayBuffer>);
  } catch (error) {
    await stream.abort().catch(() => {});
    throw error;
  }
  await stream.close();
}

function isMissing(error: unknown): boolean {
  return (
    error instanceof DOMException && (error.name === 'NotFoundError' || error.name === 'TypeMismatchError')
  );
}

function isQuota(error: unknown): boolean {
  return error instanceof DOMException && error.name === 'QuotaExceededError';
}
