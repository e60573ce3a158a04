/**
 * A store in the browser's private file system (OPFS), under one folder of the origin's root. Made for a worker; works
 * in a page too, where the browser has `createWritable`.
 *
 * `getFileHandle(…, {create: true})` makes an empty file at once, so nothing is ever made in its own place: bytes go to
 * `.name.part` beside it, which is moved over it when it is whole. What a killed tab leaves is a part, and no reader
 * sees parts. All browsers with WebGPU can move files here (Chrome 110, Firefox 111, Safari 15.2); one that cannot
 * counts as a browser without storage, since it could keep no promise.
 */

import { isQuota, MissingFileError, pathParts, StorageFullError, type Store } from './store.ts';

// In the File System specification, but not yet in TypeScript's library.
type SyncAccessHandle = {
  truncate(size: number): void;
  write(bytes: Uint8Array, options: { at: number }): number;
  flush(): void;
  close(): void;
};
type FileHandle = FileSystemFileHandle & {
  move(folder: FileSystemDirectoryHandle, name: string): Promise<void>;
  createSyncAccessHandle?(): Promise<SyncAccessHandle>;
};

/** A file that is replaced so often while it is being read is not worth waiting for. */
const MOST_READS = 5;
/** A browser takes a moment to let go of what a tab held that was closed while it wrote. */
const UNLOCKED_MS = 3000;
const LOOK_AGAIN_MS = 50;

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
      const root = await origin.getDirectoryHandle(name, { create: true });
      if (!('move' in FileSystemFileHandle.prototype)) throw new Error('files cannot be moved');
      return new OpfsStore(root);
    } catch (error) {
      throw new NoOpfsError(error);
    }
  }

  async read(path: string): Promise<Uint8Array | null> {
    for (let attempt = 1; ; attempt++) {
      const handle = await this.#file(path);
      if (!handle) return null;
      try {
        return new Uint8Array(await (await handle.getFile()).arrayBuffer());
      } catch (error) {
        // Somebody has removed it, or put another in its place, since it was found: that one is read.
        if (!(isMissing(error) || isStale(error)) || attempt === MOST_READS) throw error;
      }
    }
  }

  /** Written beside its place and flushed, then moved over it: a move is all or nothing. */
  async write(path: string, bytes: Uint8Array): Promise<void> {
    const { folder, name } = await this.#place(path);
    const partName = `.${name}.part`;
    try {
      const part = (await folder.getFileHandle(partName, { create: true })) as FileHandle;
      if ('createWritable' in part) await fill(part, bytes);
      else await fillInWorker(part, path, bytes);
      await whenUnlocked(() => part.move(folder, name));
    } catch (error) {
      await folder.removeEntry(partName).catch(() => {});
      if (isQuota(error)) throw new StorageFullError(path, bytes.length, error);
      throw error;
    }
  }

  /** The browser's own locks keep tabs and workers of the lab apart: OPFS does not say whether it made a file or found one. */
  async create(path: string, bytes: Uint8Array): Promise<boolean> {
    const lock = `m3lab-create:${this.#root.name}/${pathParts(path).join('/')}`;
    return navigator.locks.request(lock, async () => {
      if (await this.#file(path)) return false;
      await this.write(path, bytes);
      return true;
    });
  }

  async move(from: string, to: string): Promise<void> {
    const handle = await this.#file(from);
    if (!handle) throw new MissingFileError(from);
    const { folder, name } = await this.#place(to);
    await whenUnlocked(() => handle.move(folder, name));
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

  async size(path: string): Promise<number | null> {
    try {
      const handle = await this.#file(path);
      return handle ? (await handle.getFile()).size : null;
    } catch (error) {
      if (isMissing(error)) return null;
      throw error;
    }
  }

  async list(prefix: string): Promise<string[]> {
    const found: string[] = [];
    const walk = async (folder: FileSystemDirectoryHandle, parts: readonly string[]): Promise<void> => {
      try {
        for await (const [name, handle] of folder.entries()) {
          if (name.startsWith('.')) continue;
          const path = [...parts, name];
          if (handle.kind === 'directory') await walk(handle as FileSystemDirectoryHandle, path);
          else found.push(path.join('/'));
        }
      } catch (error) {
        // Somebody has removed the folder while it was being listed.
        if (!isMissing(error)) throw error;
      }
    };
    const parts = prefix === '' ? [] : pathParts(prefix);
    const folder = await this.#folder(parts, false);
    if (folder) await walk(folder, parts);
    else if (await this.#file(prefix)) found.push(prefix);
    return found.sort();
  }

  /** The folder of a path, made when missing, and the name in it. */
  async #place(path: string): Promise<{ folder: FileSystemDirectoryHandle; name: string }> {
    const parts = pathParts(path);
    const folder = await this.#folder(parts.slice(0, -1), true);
    // Missing although it was to be made: a file lies where a folder of the path should be.
    if (!folder) throw new MissingFileError(path);
    return { folder, name: parts.at(-1) ?? path };
  }

  async #file(path: string): Promise<FileHandle | null> {
    const parts = pathParts(path);
    const folder = await this.#folder(parts.slice(0, -1), false);
    try {
      return ((await folder?.getFileHandle(parts.at(-1) ?? path)) as FileHandle | undefined) ?? null;
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

/** Does what a locked file refuses, again and again for a while: whoever holds the lock may be a tab that is gone. */
async function whenUnlocked(action: () => Promise<void>): Promise<void> {
  const begun = performance.now();
  for (;;) {
    try {
      return await action();
    } catch (error) {
      if (!isLocked(error) || performance.now() - begun > UNLOCKED_MS) throw error;
      await new Promise((resolve) => setTimeout(resolve, LOOK_AGAIN_MS));
    }
  }
}

async function fill(part: FileSystemFileHandle, bytes: Uint8Array): Promise<void> {
  const stream = await part.createWritable();
  try {
    await stream.write(bytes as Uint8Array<ArrayBuffer>);
  } catch (error) {
    await stream.abort().catch(() => {});
    throw error;
  }
  await stream.close();
}

/** For browsers that write here from a worker alone, by sync access handles (Safari before 26). */
async function fillInWorker(part: FileHandle, path: string, bytes: Uint8Array): Promise<void> {
  if (!part.createSyncAccessHandle) throw new NoOpfsError();
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
}

function isMissing(error: unknown): boolean {
  return (
    error instanceof DOMException && (error.name === 'NotFoundError' || error.name === 'TypeMismatchError')
  );
}

/** Another tab writes to it, or did when it was closed. */
function isLocked(error: unknown): boolean {
  return error instanceof DOMException && error.name === 'NoModificationAllowedError';
}

/** What was found is no longer what lies there. */
function isStale(error: unknown): boolean {
  return error instanceof DOMException && error.name === 'NotReadableError';
}
