/** One file of a zip archive, unpacked as it comes. */

import { Inflate } from 'fflate';
import { TextError } from '../errors.ts';
import { crc32 } from './crc32.ts';
import { type RandomSource, readRange } from './source.ts';
import type { ZipEntry } from './zipDirectory.ts';

/** Packed bytes read, and unpacked, in one go. */
const READ_BYTES = 2 ** 20;
const PIECE_BYTES = 64 * 2 ** 10;

const HEADER_BYTES = 30;
const HEADER_MARK = 0x04034b50;
const STORED = 0;
const DEFLATED = 8;

/** Throws {@link TextError} where an entry is encrypted or packed in a way that is not read; `name` is said in the error. */
export function checkKind(name: string, { method, isEncrypted }: ZipEntry): void {
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

/** The bytes of an entry, held against the length and the checksum that the archive says. Throws {@link TextError}. */
export async function* unpackedEntry(
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
