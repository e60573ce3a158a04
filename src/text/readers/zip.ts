/** A zip archive → the files in it that can be read, each as a source of its own, unpacked as it comes. */

import { Inflate } from 'fflate';
import type { ByteSource } from '../document.ts';
import { TextError } from '../errors.ts';
import { crc32 } from './crc32.ts';
import { ExpansionGuard } from './expansion.ts';
import { isReadable, READABLE_ENDINGS } from './format.ts';
import { type RandomSource, readRange } from './source.ts';
import { readDirectory, type ZipEntry } from './zipDirectory.ts';

/** Packed bytes read, and unpacked, in one go. */
const READ_BYTES = 2 ** 20;
const PIECE_BYTES = 64 * 2 ** 10;

const HEADER_BYTES = 30;
const HEADER_MARK = 0x04034b50;
const STORED = 0;
const DEFLATED = 8;

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
      stream: (own) => unpacked(archive, entry, name, own ?? signal),
    };
  });
}

/** The bytes of an entry, held against the length and the checksum that the archive says. */
async function* unpacked(
  archive: RandomSource,
  entry: ZipEntry,
  name: string,
  signal: AbortSignal | undefined,
): AsyncGenerator<Uint8Array> {
  const start = await dataStart(archive, entry, name, signal);
  const end = start + entry.packedBytes;
  const damaged = (why: string): TextError =>
    new TextError(name, 'corrupt', `its packed data are damaged (${why}); fetch or save the archive again`);
  let out: Uint8Array[] = [];
  let bytes = 0;
  let crc = 0;
  const take = (data: Uint8Array): void => {
    bytes += data.length;
    if (bytes > entry.bytes) throw damaged(`more than its ${entry.bytes} bytes come out`);
    crc = crc32(data, crc);
    if (data.length > 0) out.push(data);
  };
  const inflate = entry.method === DEFLATED ? new Inflate(take) : null;
  const push = (piece: Uint8Array, isLast: boolean): void => {
    try {
      if (inflate) inflate.push(piece, isLast);
      else take(piece);
    } catch (error) {
      if (error instanceof TextError || !(error instanceof Error)) throw error;
      throw damaged(error.message);
    }
  };
  for (let at = start; at < end; at += READ_BYTES) {
    const read = await readRange(archive, at, Math.min(end, at + READ_BYTES), signal);
    for (let from = 0; from < read.length; from += PIECE_BYTES) {
      push(read.subarray(from, from + PIECE_BYTES), false);
      yield* out;
      out = [];
    }
  }
  push(new Uint8Array(0), true);
  yield* out;
  if (bytes !== entry.bytes) throw damaged(`${bytes} of its ${entry.bytes} bytes come out`);
  if (crc !== entry.crc) throw damaged('its checksum does not fit');
}

/** Behind the entry's own header, whose name and extras may be longer than those in the table of contents. */
async function dataStart(
  archive: RandomSource,
  { headerOffset }: ZipEntry,
  name: string,
  signal: AbortSignal | undefined,
): Promise<number> {
  const bytes = await readRange(archive, headerOffset, headerOffset + HEADER_BYTES, signal);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  if (view.getUint32(0, true) !== HEADER_MARK) {
    throw new TextError(
      name,
      'corrupt',
      `its header is not at byte ${headerOffset} of the archive; fetch or save the archive again`,
      { byte: headerOffset, line: null },
    );
  }
  return headerOffset + HEADER_BYTES + view.getUint16(26, true) + view.getUint16(28, true);
}

function isHidden(name: string): boolean {
  return name.split('/').some((part) => part.startsWith('.') || part === '__MACOSX');
}

function checkKind(name: string, { method, isEncrypted }: ZipEntry): void {
  if (isEncrypted) {
    throw new TextError(name, 'encrypted', 'it is encrypted; unpack the archive with its password');
  }
  if (method !== STORED && method !== DEFLATED) {
    throw new TextError(
      name,
      'unsupported',
      `it is packed by method ${method}, and only ${STORED} (stored) and ${DEFLATED} (deflate) are read; pack it again with deflate`,
    );
  }
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
