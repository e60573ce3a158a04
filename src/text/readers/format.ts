/** What kind of file it is: its name says so, and its first bytes have the last word. */

import { TextError } from '../errors.ts';

/** How a file is packed, outermost first, or how its text lies in it. */
export type Format = 'text' | 'jsonl' | 'csv' | 'tsv' | 'parquet' | 'gzip' | 'zstd' | 'zip';

const ENDINGS: Readonly<Record<string, Format>> = {
  '.txt': 'text',
  '.jsonl': 'jsonl',
  '.ndjson': 'jsonl',
  // Many datasets name lines of JSON so; a file that is one array is told apart at its first line.
  '.json': 'jsonl',
  '.csv': 'csv',
  '.tsv': 'tsv',
  '.parquet': 'parquet',
  '.gz': 'gzip',
  '.zst': 'zstd',
  '.zip': 'zip',
};

/** The endings of files that can be read, for a file picker. */
export const READABLE_ENDINGS: readonly string[] = Object.keys(ENDINGS);

/** Bytes that {@link formatOf} wants to see; a shorter file gives all it has. */
export const HEAD_BYTES = 16;

/** The byte behind a parquet file's mark: the first field of a page's header, a 32-bit number. */
const THRIFT_I32 = 0x15;

/**
 * Whether a file of this name is one to offer, or to take from an archive: a known ending, also under .gz or .zst.
 * A single file that is given is read whatever its ending.
 */
export function isReadable(name: string): boolean {
  const format = named(name);
  if (format !== 'gzip' && format !== 'zstd') return format !== null;
  const inner = withoutEnding(name);
  return !/\.[^./\\]*$/.test(inner) || isReadable(inner);
}

/** A name without its last ending: what a packed file is called inside. */
export function withoutEnding(name: string): string {
  return name.replace(/\.[^./\\]*$/, '');
}

/**
 * The format of a file. `name` is what it is called at this depth of its packing, `file` what errors call it.
 * Throws {@link TextError} where the name promises a packing that the first bytes do not keep.
 */
export function formatOf(file: string, name: string, head: Uint8Array): Format {
  if (head.length === 0) {
    throw new TextError(file, 'empty', 'this file is empty, 0 bytes; choose a file with some text in it');
  }
  const said = named(name);
  const marked = markOf(head, said);
  if (marked) return marked;
  if (/\.(tar|tgz|7z|rar|bz2|xz)$/i.test(name)) {
    throw new TextError(
      file,
      'unsupported',
      `${name.slice(name.lastIndexOf('.'))} files are not read; unpack it, or pack it as .zip, .gz or .zst`,
    );
  }
  const isPromised = said === 'gzip' || said === 'zstd' || said === 'zip' || said === 'parquet';
  if (!isPromised) return said ?? 'text';
  // A server may have unpacked it on the way and left the name as it was.
  const isUnpacked =
    (said === 'gzip' || said === 'zstd') && head.every((byte) => byte >= 32 || isSpace(byte));
  if (isUnpacked) return formatOf(file, withoutEnding(name), head);
  throw new TextError(
    file,
    'corrupt',
    `its name says ${said}, but it does not begin like one; fetch or save it again, or give it the ending of what it is`,
    { byte: 0, line: null },
  );
}

function named(name: string): Format | null {
  const ending = /\.[^./\\]*$/.exec(name)?.[0].toLowerCase();
  return (ending !== undefined && ENDINGS[ending]) || null;
}

function markOf(head: Uint8Array, said: Format | null): Format | null {
  const begins = (...bytes: number[]) => bytes.every((byte, at) => head[at] === byte);
  if (begins(0x1f, 0x8b)) return 'gzip';
  if (begins(0x28, 0xb5, 0x2f, 0xfd)) return 'zstd';
  // A frame to be skipped, which may stand before the first of data.
  if (((head[0] ?? 0) & 0xf0) === 0x50 && head[1] === 0x2a && head[2] === 0x4d && head[3] === 0x18) {
    return 'zstd';
  }
  // A file, the end of an empty archive, or the mark of an archive in several parts.
  if (begins(0x50, 0x4b, 3, 4) || begins(0x50, 0x4b, 5, 6) || begins(0x50, 0x4b, 7, 8)) return 'zip';
  // PAR1, or PARE where the footer is encrypted; they are letters, and may begin a text.
  const isParquet = begins(0x50, 0x41, 0x52) && (head[3] === 0x31 || head[3] === 0x45);
  return isParquet && (said === 'parquet' || head[4] === THRIFT_I32) ? 'parquet' : null;
}

function isSpace(byte: number): boolean {
  return byte >= 9 && byte <= 13;
}
