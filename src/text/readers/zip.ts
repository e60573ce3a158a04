/** A zip archive → the files in it that can be read, each as a source of its own, unpacked as it comes. */

import type { ByteSource } from '../document.ts';
import { TextError } from '../errors.ts';
import { ExpansionGuard } from './expansion.ts';
import { isReadable, READABLE_ENDINGS } from './format.ts';
import type { RandomSource } from './source.ts';
import { readDirectory, type ZipEntry } from './zipDirectory.ts';
import { checkKind, unpackedEntry } from './zipEntry.ts';

const MOST_SAID = 10;

/**
 * The files to read, in the order of their names; folders, hidden files, what macOS adds, empty files, unknown
 * endings, and .json where there is something else, are passed over. Throws {@link TextError} where that leaves none, where one of them is encrypted or packed
 * in a way that is not read, and where they would unfold past the limits of `expansion.ts`.
 */
export async function zipSources(
  archive: RandomSource,
  signal: AbortSignal | undefined,
): Promise<ByteSource[]> {
  const all = await readDirectory(archive, signal);
  const files = all.filter((entry) => !entry.name.endsWith('/'));
  const nested = files.find(({ name }) => /\.zip$/i.test(name) && !isHidden(name));
  if (nested) {
    throw new TextError(
      `${archive.name}/${nested.name}`,
      'unsupported',
      'a zip archive inside a zip archive is not opened; unpack the outer one and give the inner',
    );
  }
  const known = files.filter((entry) => isReadable(entry.name) && !isHidden(entry.name) && entry.bytes > 0);
  // A .json file beside others tells about them.
  const texts = known.filter((entry) => !/\.json$/i.test(entry.name));
  const readable = (texts.length > 0 ? texts : known).sort((a, b) => (a.name < b.name ? -1 : 1));
  if (readable.length === 0) throw nothingToRead(archive.name, files);
  const claimed = new ExpansionGuard(archive.name, archive.size);
  for (const entry of readable) {
    checkKind(`${archive.name}/${entry.name}`, entry);
    claimed.unpacked(entry.bytes);
  }
  return readable.map((entry) => {
    const name = `${archive.name}/${entry.name}`;
    return {
      name,
      size: entry.bytes,
      slice: null,
      stream: (own) => unpackedEntry(archive, entry, name, own ?? signal),
    };
  });
}

function isHidden(name: string): boolean {
  return name.split('/').some((part) => part.startsWith('.') || part === '__MACOSX');
}

function nothingToRead(name: string, files: readonly ZipEntry[]): TextError {
  if (files.length === 0) {
    return new TextError(name, 'empty', 'there is no file in this archive; choose one with texts in it');
  }
  const said = files
    .slice(0, MOST_SAID)
    .map((file) => (file.bytes === 0 ? `${file.name} (empty)` : file.name));
  const more = files.length - said.length;
  return new TextError(
    name,
    'no text file',
    `none of the ${files.length} files in this archive can be read: ${said.join(', ')}${more > 0 ? ` and ${more} more` : ''}; what is read ends in ${READABLE_ENDINGS.filter((ending) => ending !== '.zip').join(', ')}`,
  );
}
