/** The files of a model, wherever they lie; read in parts, so that a header is seen before its tensors. */

import { HuggingFaceError } from '../../huggingFace/error.ts';
import { joinPath, type Store } from '../../store/store.ts';
import { CONFIG_FILE } from '../checkpoint/checkpoint.ts';
import { committedFiles, NEXT, readTogether } from '../checkpoint/transaction.ts';

export type StartFiles = {
  /** Of the files that lie directly in the folder. */
  names(): readonly string[];
  /** Bytes of one of them. */
  size(name: string): number;
  /** Bytes `from` … `to − 1`; all by default. */
  read(name: string, from?: number, to?: number): Promise<Uint8Array>;
};

/** A folder from a file dialog or a drop: path → file. The folder that holds `config.json` is the one; files in others do not count. */
export function filesOfBlobs(blobs: ReadonlyMap<string, Blob>): StartFiles {
  const folder = modelFolder([...blobs.keys()]);
  const files = new Map<string, Blob>();
  for (const [path, blob] of blobs) if (folderOf(path) === folder) files.set(path.slice(folder.length), blob);
  return {
    names: () => [...files.keys()],
    size: (name) => files.get(name)?.size ?? 0,
    read: async (name, from = 0, to = files.get(name)?.size ?? 0) =>
      new Uint8Array((await files.get(name)?.slice(from, to).arrayBuffer()) ?? new ArrayBuffer(0)),
  };
}

/** Files that are in memory already. */
export function filesOfBytes(files: ReadonlyMap<string, Uint8Array>): StartFiles {
  const bytesOf = (name: string) => files.get(name) ?? new Uint8Array(0);
  return {
    names: () => [...files.keys()],
    size: (name) => bytesOf(name).length,
    read: async (name, from = 0, to = bytesOf(name).length) => bytesOf(name).subarray(from, to),
  };
}

/** A checkpoint, or another model, in a store; one that is being saved counts as it will be. */
export async function filesOfStore(store: Store, path: string): Promise<StartFiles> {
  const within = path === '' ? 0 : path.length + 1;
  const committed = new Set(await committedFiles(store, path));
  const names = new Set(committed);
  for (const file of await store.list(path)) {
    const name = file.slice(within);
    if (!name.includes('/')) names.add(name);
  }
  const sizes = new Map<string, number>();
  for (const name of names) {
    const waiting = committed.has(name) ? await store.size(joinPath(joinPath(path, NEXT), name)) : null;
    sizes.set(name, waiting ?? (await store.size(joinPath(path, name))) ?? 0);
  }
  return {
    names: () => [...names],
    size: (name) => sizes.get(name) ?? 0,
    // A store gives whole files.
    read: inParts(async (name) => (await readTogether(store, path, name)) ?? new Uint8Array(0)),
  };
}

/**
 * Parts of files that come whole only: the last one is kept until its end was read, so that a file which is read from front to back comes
 * once.
 */
export function inParts(readWhole: (name: string) => Promise<Uint8Array>): StartFiles['read'] {
  let last: { readonly name: string; readonly bytes: Uint8Array } | null = null;
  return async (name, from = 0, to) => {
    const { bytes } = last?.name === name ? last : { bytes: await readWhole(name) };
    const end = to ?? bytes.length;
    last = end < bytes.length ? { name, bytes } : null;
    return bytes.subarray(from, end);
  };
}

/**
 * The folder nearest to the root in which a `config.json` lies, with a `/` at its end; '' for the root, and where there is none. Throws
 * {@link HuggingFaceError} where several are equally near.
 */
export function modelFolder(paths: readonly string[]): string {
  const folders = paths
    .filter((path) => path.slice(folderOf(path).length) === CONFIG_FILE)
    .map(folderOf)
    .sort((a, b) => depthOf(a) - depthOf(b));
  const [first = '', second] = folders;
  if (second === undefined || depthOf(second) > depthOf(first)) return first;
  throw new HuggingFaceError(
    `${second}${CONFIG_FILE}`,
    `${first} holds a model too; choose the folder of one`,
  );
}

export function folderOf(path: string): string {
  return path.slice(0, path.lastIndexOf('/') + 1);
}

function depthOf(folder: string): number {
  return folder.split('/').length;
}
