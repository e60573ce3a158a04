/** Zstandard (RFC 8878), frame after frame, unpacked as it comes. Its checksums are not looked at: fzstd does not. */

import { Decompress, ZstdErrorCode } from 'fzstd';
import { TextError } from '../errors.ts';
import type { ExpansionGuard } from './expansion.ts';
import type { ByteStream } from './lines.ts';
import { pieces } from './source.ts';
import { ZstdFrames } from './zstdFrames.ts';

const PIECE_BYTES = 64 * 2 ** 10;

/** What the zstd command line refuses without being asked twice; it is held in memory. */
const MAX_WINDOW_BYTES = 128 * 2 ** 20;

/**
 * The unpacked bytes. Throws {@link TextError} where the file is cut off or damaged, wants a window above
 * MAX_WINDOW_BYTES in any of its frames, or unfolds past what `guard` allows; what came before is given first.
 */
export async function* unzstd(
  stream: ByteStream,
  file: string,
  guard: ExpansionGuard,
): AsyncGenerator<Uint8Array> {
  const frames = new ZstdFrames((bytes) => checkWindow(bytes, file));
  let out: Uint8Array[] = [];
  let read = 0;
  const decompress = new Decompress((data) => {
    guard.unpacked(data.length);
    if (data.length > 0) out.push(data);
  });
  const push = (piece: Uint8Array, isLast: boolean): void => {
    // Before fzstd sees it, which takes the memory of a window as soon as it knows its size.
    frames.push(piece);
    guard.packed(piece.length);
    read += piece.length;
    try {
      decompress.push(piece, isLast);
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
}

function checkWindow(bytes: number, file: string): void {
  if (bytes <= MAX_WINDOW_BYTES) return;
  throw new TextError(
    file,
    'too large',
    `it was packed with a window of ${Math.ceil(bytes / 2 ** 20)} MiB, and at most ${MAX_WINDOW_BYTES / 2 ** 20} MiB are read; pack it again without --long`,
  );
}

function asTextError(error: unknown, file: string, read: number): unknown {
  if (error instanceof TextError || !(error instanceof Error)) return error;
  const place = { byte: read, line: null };
  return 'code' in error && error.code === ZstdErrorCode.UnexpectedEOF
    ? new TextError(
        file,
        'truncated',
        `the zstd data end too early, at byte ${read}: the file is cut off; fetch or save it again`,
        place,
      )
    : new TextError(
        file,
        'corrupt',
        `the zstd data are damaged before byte ${read} (${error.message}); fetch or save the file again`,
        place,
      );
}
