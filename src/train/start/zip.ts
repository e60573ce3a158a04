/** A model in a zip archive. */

import { HuggingFaceError } from '../../huggingFace/error.ts';
import type { RandomSource } from '../../text/readers/source.ts';
import { readDirectory, type ZipEntry } from '../../text/readers/zipDirectory.ts';
import { checkKind, unpackedEntry } from '../../text/readers/zipEntry.ts';
import { folderOf, inParts, modelFolder, type StartFiles } from './files.ts';

/**
 * The files beside the `config.json` nearest to the archive's root. A file is unpacked whole when it is first read; what reads a model
 * refuses one that is too long before that. Throws `TextError` where the archive is damaged, encrypted or packed in a way that is not read.
 */
export async function filesOfZip(archive: RandomSource, signal?: AbortSignal): Promise<StartFiles> {
  const all = (await readDirectory(archive, signal)).filter(({ name }) => !name.endsWith('/'));
  const folder = modelFolder(all.map(({ name }) => name).filter((name) => !name.startsWith('__MACOSX/')));
  const entries = new Map<string, ZipEntry>();
  for (const entry of all) {
    if (folderOf(entry.name) === folder) entries.set(entry.name.slice(folder.length), entry);
  }
  return {
    names: () => [...entries.keys()],
    size: (name) => entries.get(name)?.bytes ?? 0,
    read: inParts(async (name) => {
      const entry = entries.get(name);
      if (entry) return unpacked(archive, entry, signal);
      throw new HuggingFaceError(name, `there is no such file in ${archive.name}`);
    }),
  };
}

async function unpacked(
  archive: RandomSource,
  entry: ZipEntry,
  signal: AbortSignal | undefined,
): Promise<Uint8Array> {
  const name = `${archive.name}/${entry.name}`;
  checkKind(name, entry);
  const bytes = new Uint8Array(entry.bytes);
  let at = 0;
  // It gives no more bytes than the archive says, or an error.
  for await (const piece of unpackedEntry(archive, entry, name, signal)) {
    bytes.set(piece, at);
    at += piece.length;
  }
  return bytes;
}
