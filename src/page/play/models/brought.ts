/** The files of a folder, or a zip, that a person has picked or dropped. */

import type { BroughtFile } from '../../../worker/api/models.ts';

export type Brought = {
  /** Of the zip or the folder, for a person. */
  readonly name: string;
  readonly files: readonly BroughtFile[];
};

/** Folders that are dropped may be anybody's: nobody keeps a model deeper than this, nor in more files. */
const MOST_DEPTH = 4;
const MOST_FILES = 1000;

/** Of what was picked: a zip is called by its name, files of a folder by the folder's. Null where there is none. */
export function broughtOf(files: readonly File[]): Brought | null {
  const brought = files.map((file) => ({ path: file.webkitRelativePath || file.name, blob: file }));
  return named(brought);
}

/** Of what was dropped, folders opened. Null where there is none. */
export async function droppedOf(data: DataTransfer): Promise<Brought | null> {
  // Their entries are told only while the drop is being handled, so all are asked for at once.
  const entries = [...data.items].flatMap((item) => item.webkitGetAsEntry() ?? []);
  if (entries.length === 0) return broughtOf([...data.files]);
  const files: BroughtFile[] = [];
  for (const entry of entries) await gather(entry, 0, files);
  return named(files);
}

function named(files: readonly BroughtFile[]): Brought | null {
  const [first] = files;
  if (!first) return null;
  const folder = first.path.includes('/') ? first.path.split('/')[0] : undefined;
  const zip = files.length === 1 ? first.path.replace(/\.zip$/i, '') : undefined;
  return { name: folder || zip || 'Brought model', files };
}

async function gather(entry: FileSystemEntry, depth: number, files: BroughtFile[]): Promise<void> {
  if (files.length >= MOST_FILES || depth > MOST_DEPTH) return;
  if (entry.isFile) {
    const file = await new Promise<File>((resolve, reject) =>
      (entry as FileSystemFileEntry).file(resolve, reject),
    );
    files.push({ path: entry.fullPath.replace(/^\//, ''), blob: file });
    return;
  }
  const reader = (entry as FileSystemDirectoryEntry).createReader();
  // A browser gives a folder's entries in parts; an empty one is the end.
  for (;;) {
    const some = await new Promise<FileSystemEntry[]>((resolve, reject) =>
      reader.readEntries(resolve, reject),
    );
    if (some.length === 0) return;
    for (const one of some) await gather(one, depth + 1, files);
  }
}
