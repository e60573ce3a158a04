/** What those who bring things back have in common, and the files that they bring. */

import { BACKUP_FILES } from '../../../formats/backup.ts';
import type { StorageParts } from '../parts.ts';
import type { Archive } from './archive.ts';

/** What is said of it at the end; see `BroughtBack`. */
export type Said = { readonly taken: string[]; readonly leftOut: string[]; hasSmallThings: boolean };

export type Bringing = {
  readonly archive: Archive;
  readonly parts: StorageParts;
  readonly signal: AbortSignal;
  readonly said: Said;
};

export async function bringFolders(bringing: Bringing, folders: readonly string[]): Promise<void> {
  const paths = bringing.archive.under(BACKUP_FILES.files);
  for (const folder of folders) {
    const inside = paths.filter((path) => path.startsWith(`${folder}/`));
    // What makes a folder whole for those who read it is written last.
    const isLast = (path: string) => /\/(facts|about|commit)\.json$/.test(path);
    await bringFiles(bringing, [...inside.filter((path) => !isLast(path)), ...inside.filter(isLast)]);
  }
}

/** Gives the paths of those that were not here. */
export async function bringFiles(
  { archive, parts, signal }: Bringing,
  paths: readonly string[],
): Promise<string[]> {
  const written: string[] = [];
  for (const path of paths) {
    signal.throwIfAborted();
    if ((await parts.store.size(path)) !== null) continue;
    const bytes = await archive.read(`${BACKUP_FILES.files}${path}`, signal);
    if (!bytes) continue;
    await parts.store.write(path, bytes);
    written.push(path);
  }
  return written;
}
