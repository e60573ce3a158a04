/**
 * Where checkpoints and records are kept: a folder on disk, the browser's private file system, or memory.
 *
 * A path is relative, its parts joined by `/`; no part is empty, `.`, `..`, or begins with a dot (those names are the
 * store's own). The interface is not a file system: no handles, no streams, no permissions.
 */

export interface Store {
  /** The whole file, or null when there is none. */
  read(path: string): Promise<Uint8Array | null>;
  /**
   * Writes the whole file, or nothing: after a crash at any moment the path holds the old bytes or the new ones.
   * Throws {@link StorageFullError}.
   */
  write(path: string, bytes: Uint8Array): Promise<void>;
  /**
   * Writes the whole file where there is none yet, and gives whether it did: of several that create the same path at the same time,
   * in several tabs, processes or machines, one does. Throws {@link StorageFullError}.
   */
  create(path: string, bytes: Uint8Array): Promise<boolean>;
  /** Puts the file at `from` in the place of `to`. If `from` is missing it throws {@link MissingFileError}. */
  move(from: string, to: string): Promise<void>;
  /** Removes a file, or all that lies under a path; nothing there is no error. */
  remove(path: string): Promise<void>;
  /** Bytes of a file, without reading it; null where there is none. */
  size(path: string): Promise<number | null>;
  /** Paths of every file under `prefix` (a path, or '' for all), sorted. */
  list(prefix: string): Promise<string[]>;
}

/** The device has no room for what was to be written; what was there before is untouched. */
export class StorageFullError extends Error {
  override readonly name = 'StorageFullError';
  readonly path: string;
  readonly bytes: number;
  constructor(path: string, bytes: number, cause?: unknown) {
    super(
      `storage is full: ${path} needs ${bytes.toLocaleString('en')} bytes; free some space, or remove old runs, and go on`,
      { cause },
    );
    this.path = path;
    this.bytes = bytes;
  }
}

/** Whether a browser says that it has no room. */
export function isQuota(error: unknown): boolean {
  return error instanceof DOMException && error.name === 'QuotaExceededError';
}

/** A file that was to be moved is not there. */
export class MissingFileError extends Error {
  override readonly name = 'MissingFileError';
  readonly path: string;
  constructor(path: string) {
    super(`${path}: there is no such file in the store`);
    this.path = path;
  }
}

/** A path that would leave the store, or that no store can keep. */
export class StorePathError extends Error {
  override readonly name = 'StorePathError';
  readonly path: string;
  constructor(path: string) {
    super(
      `${JSON.stringify(path)} is no path in a store: parts joined by "/", none empty, none beginning with a dot`,
    );
    this.path = path;
  }
}

/** The parts of a path. Throws {@link StorePathError}. */
export function pathParts(path: string): [string, ...string[]] {
  const parts = path.split('/');
  const [first, ...rest] = parts;
  if (
    first === undefined ||
    parts.some((part) => !/^[^.\\/:*?"<>|\p{Cc}][^\\/:*?"<>|\p{Cc}]*$/u.test(part))
  ) {
    throw new StorePathError(path);
  }
  return [first, ...rest];
}

/** Joins a folder, '' for the root, and a name. */
export function joinPath(folder: string, name: string): string {
  return folder === '' ? name : `${folder}/${name}`;
}
