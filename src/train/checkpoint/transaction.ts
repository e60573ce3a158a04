/**
 * Several files that change together.
 *
 * A new generation is written under `next/`; `next/commit.json`, written last, is the switch. Until it is there the old files count;
 * once it is there the new ones do, wherever they lie: they are then moved into place one by one. A reader, and
 * the next writer, finish what a crash left half done.
 */

import { joinPath, type Store } from '../../store/store.ts';

/** The folder of a generation that is being written, beside the files. */
export const NEXT = 'next';
/** The switch in it. */
export const COMMIT = 'commit.json';

/** Puts all `files` (name → bytes) into `folder`, or none. Throws what the store throws, a full disk say. */
export async function writeTogether(
  store: Store,
  folder: string,
  files: ReadonlyMap<string, Uint8Array>,
): Promise<void> {
  await settle(store, folder);
  const next = joinPath(folder, NEXT);
  try {
    for (const [name, bytes] of files) await store.write(joinPath(next, name), bytes);
    const commit = new TextEncoder().encode(JSON.stringify({ files: [...files.keys()] }));
    await store.write(joinPath(next, COMMIT), commit);
  } catch (error) {
    await store.remove(next).catch(() => {});
    throw error;
  }
  await settle(store, folder);
}

/** One file of the generation that counts, or null. Does not write, so a folder may be read that cannot be changed. */
export async function readTogether(store: Store, folder: string, name: string): Promise<Uint8Array | null> {
  const committed = await committedFiles(store, folder);
  const moved = committed?.includes(name) ? await store.read(joinPath(joinPath(folder, NEXT), name)) : null;
  return moved ?? store.read(joinPath(folder, name));
}

/** Finishes a committed generation, and throws away one that was not. */
export async function settle(store: Store, folder: string): Promise<void> {
  const next = joinPath(folder, NEXT);
  const committed = await committedFiles(store, folder);
  if (committed) {
    const waiting = await store.list(next);
    for (const name of committed) {
      const path = joinPath(next, name);
      if (waiting.includes(path)) await store.move(path, joinPath(folder, name));
    }
  }
  await store.remove(next);
}

/** The files of a generation that was committed; a commit that does not say them was cut short, and is none. */
export async function committedFiles(store: Store, folder: string): Promise<string[] | null> {
  const bytes = await store.read(joinPath(joinPath(folder, NEXT), COMMIT));
  if (!bytes) return null;
  try {
    const { files } = Object(JSON.parse(new TextDecoder().decode(bytes))) as { files?: unknown };
    const isList = Array.isArray(files) && files.every((name) => typeof name === 'string');
    return isList ? files : null;
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}
