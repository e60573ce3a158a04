/** gzip (RFC 1952), one member or many, unpacked as it comes and held against its checksums. */

import { Gunzip } from 'fflate';
import { TextError } from '../errors.ts';
import { crc32 } from './crc32.ts';
import { ExpansionGuard } from './expansion.ts';
import type { ByteStream } from './lines.ts';
import { concatenated, pieces } from './source.ts';

/** Packed bytes unpacked in one go; deflate makes at most 1032 times as many of them. */
const PIECE_BYTES = 64 * 2 ** 10;

/** Checksum and length, 4 bytes each, that end a member. */
const TRAILER_BYTES = 8;

/** fflate's code for data that end too early. */
const UNEXPECTED_END = 0;

/**
 * The unpacked bytes. Throws {@link TextError} where the file is cut off or damaged, or unfolds past the limits of
 * `expansion.ts`; what came before is given first.
 */
export async function* gunzipped(stream: ByteStream, file: string): AsyncGenerator<Uint8Array> {
  const guard = new ExpansionGuard(file);
  let out: Uint8Array[] = [];
  let crc = 0;
  let length = 0;
  let read = 0;
  let recent: Uint8Array = new Uint8Array(0);

  /** Holds the member that ended before the byte `end` of the file against what it says of itself. */
  const check = (end: number): void => {
    const forgotten = read - recent.length;
    const at = end - TRAILER_BYTES - forgotten;
    const view = new DataView(recent.buffer, recent.byteOffset, recent.length);
    const isWhole =
      at >= 0 && view.getUint32(at, true) === crc && view.getUint32(at + 4, true) === length % 2 ** 32;
    // Only behind a header of more than 64 KiB, which nothing writes, has the trailer left the memory.
    if (!isWhole && (at >= 0 || forgotten === 0)) {
      throw new TextError(
        file,
        'corrupt',
        `the gzip data that end at byte ${end} do not fit their checksum: the file is damaged or cut off; fetch or save it again`,
        { byte: end, line: null },
      );
    }
    crc = 0;
    length = 0;
  };
  const gunzip = new Gunzip((data) => {
    guard.unpacked(data.length);
    crc = crc32(data, crc);
    length += data.length;
    if (data.length > 0) out.push(data);
  });
  gunzip.onmember = check;
  const push = (piece: Uint8Array, isLast: boolean): void => {
    guard.packed(piece.length);
    read += piece.length;
    const before = recent.subarray(-PIECE_BYTES);
    recent = concatenated([before, piece], before.length + piece.length);
    try {
      gunzip.push(piece, isLast);
    } catch (error) {
      throw asTextError(error, file, read);
    }
  };

  for await (const piece of pieces(stream, PIECE_BYTES)) {
    push(piece, false);
    yield* out;
    out = [];
  }
  push(new Uint8Array(0), true);
  yield* out;
  check(read);
}

function asTextError(error: unknown, file: string, read: number): unknown {
  if (error instanceof TextError || !(error instanceof Error)) return error;
  const place = { byte: read, line: null };
  return 'code' in error && error.code === UNEXPECTED_END
    ? new TextError(
        file,
        'truncated',
        `the gzip data end too early, at byte ${read}: the file is cut off; fetch or save it again`,
        place,
      )
    : new TextError(
        file,
        'corrupt',
        `the gzip data are damaged before byte ${read} (${error.message}); fetch or save the file again`,
        place,
      );
}
