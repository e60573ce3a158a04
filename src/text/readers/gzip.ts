/** gzip (RFC 1952), one member or many, unpacked as it comes and held against its checksums. */

import { Gunzip } from 'fflate';
import { TextError } from '../errors.ts';
import { concatenated } from './concatenated.ts';
import { crc32 } from './crc32.ts';
import type { ExpansionGuard } from './expansion.ts';
import type { ByteStream } from './lines.ts';
import { pieces } from './source.ts';

/** Packed bytes unpacked in one go; deflate makes at most 1032 times as many of them. */
const PIECE_BYTES = 64 * 2 ** 10;

/** Checksum and length, 4 bytes each, that end a member. */
const TRAILER_BYTES = 8;

/** More zero bytes than a member itself can end with: its trailer, the end of its last block, and some to spare. */
const MOST_OWN_ZEROS = 32;

/** fflate's code for data that end too early. */
const UNEXPECTED_END = 0;

/**
 * The unpacked bytes. Zero bytes behind the last member, with which tapes and blocks are filled, are passed over. Throws
 * {@link TextError} where the file is cut off or damaged, or unfolds past what `guard` allows; what came before is given first.
 */
export async function* gunzipped(
  stream: ByteStream,
  file: string,
  guard: ExpansionGuard,
): AsyncGenerator<Uint8Array> {
  const members = new Members(file, guard);
  // At the end of what has come; only what follows tells whether they belong to a member.
  let zeros = 0;
  for await (const piece of pieces(stream, PIECE_BYTES)) {
    const end = endWithoutZeros(piece);
    if (end > 0) {
      for (; zeros > 0; zeros -= Math.min(zeros, PIECE_BYTES)) {
        yield* members.push(new Uint8Array(Math.min(zeros, PIECE_BYTES)));
      }
      yield* members.push(piece.subarray(0, end));
    }
    zeros += piece.length - end;
  }
  for (let own = 0; zeros > 0 && own < MOST_OWN_ZEROS && !members.isAtEnd; own++) {
    yield* members.push(new Uint8Array(1));
    zeros--;
  }
  for (; zeros > 0 && !members.isAtEnd; zeros -= Math.min(zeros, PIECE_BYTES)) {
    yield* members.push(new Uint8Array(Math.min(zeros, PIECE_BYTES)));
  }
  yield* members.push(new Uint8Array(0), true);
  members.end();
}

/** Unpacks members one after the other, and holds each against what it says of itself. */
class Members {
  private readonly file: string;
  private readonly guard: ExpansionGuard;
  private readonly gunzip: Gunzip;
  private out: Uint8Array[] = [];
  /** Checksum and length of what has come out of the member at hand. */
  private crc = 0;
  private length = 0;
  /** Packed bytes so far, and the last of them. */
  private read = 0;
  private recent: Uint8Array<ArrayBuffer> = new Uint8Array(0);

  constructor(file: string, guard: ExpansionGuard) {
    this.file = file;
    this.guard = guard;
    this.gunzip = new Gunzip((data) => {
      guard.unpacked(data.length);
      this.crc = crc32(data, this.crc);
      this.length += data.length;
      if (data.length > 0) this.out.push(data);
    });
    this.gunzip.onmember = (end) => this.check(end);
  }

  /** What comes out. */
  push(piece: Uint8Array, isLast = false): Uint8Array[] {
    this.guard.packed(piece.length);
    this.read += piece.length;
    const before = this.recent.subarray(-PIECE_BYTES);
    this.recent = concatenated([before, piece], before.length + piece.length);
    this.out = [];
    try {
      this.gunzip.push(piece, isLast);
    } catch (error) {
      throw asTextError(error, this.file, this.read);
    }
    return this.out;
  }

  /** Throws {@link TextError} where the last member is not whole. */
  end(): void {
    this.check(this.read);
  }

  /**
   * Whether the last bytes fit as the trailer of the member at hand. Where nothing has come out of it yet, zero bytes do; then
   * the last push tells whether its data have ended.
   */
  get isAtEnd(): boolean {
    const at = this.recent.length - TRAILER_BYTES;
    return at >= 0 && this.fits(at);
  }

  private fits(at: number): boolean {
    const view = new DataView(this.recent.buffer, this.recent.byteOffset, this.recent.length);
    return view.getUint32(at, true) === this.crc && view.getUint32(at + 4, true) === this.length % 2 ** 32;
  }

  /** Holds the member that ended before the byte `end` of the file against its trailer. */
  private check(end: number): void {
    const forgotten = this.read - this.recent.length;
    const at = end - TRAILER_BYTES - forgotten;
    const isWhole = at >= 0 && this.fits(at);
    // Only behind a header of more than 64 KiB, which nothing writes, has the trailer left the memory.
    if (!isWhole && (at >= 0 || forgotten === 0)) {
      throw new TextError(
        this.file,
        'corrupt',
        `the gzip data that end at byte ${end} do not fit their checksum: the file is damaged or cut off; fetch or save it again`,
        { byte: end, line: null },
      );
    }
    this.crc = 0;
    this.length = 0;
  }
}

function endWithoutZeros(piece: Uint8Array): number {
  let end = piece.length;
  while (end > 0 && piece[end - 1] === 0) end--;
  return end;
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
