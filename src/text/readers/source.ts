/** Bytes that can be read in any order. */

import type { ByteSource } from '../document.ts';
import { TextError } from '../errors.ts';
import { orAborted } from './abort.ts';
import { concatenated } from './concatenated.ts';
import type { ByteStream } from './lines.ts';

/** A file that must be read in parts, and comes as a stream, is held whole up to this size. */
export const MAX_HELD_BYTES = 512 * 2 ** 20;

const MEBIBYTE = 2 ** 20;

const BLOCK_BYTES = 4 * MEBIBYTE;

export type RandomSource = {
  readonly name: string;
  /** Bytes. */
  readonly size: number;
  readonly slice: (start: number, end: number, signal?: AbortSignal) => Promise<Uint8Array>;
};

/** A file that a browser, or Node, has as a blob; it is never held whole. */
export function sourceOfBlob(name: string, blob: Blob): RandomSource {
  return {
    name,
    size: blob.size,
    slice: async (start, end) => new Uint8Array(await blob.slice(start, end).arrayBuffer()),
  };
}

/** The source itself where it can be read in any order, else null. */
export function randomSource(source: ByteSource): RandomSource | null {
  const { name, size, slice } = source;
  return size === null || slice === null ? null : { name, size, slice: slice.bind(source) };
}

/**
 * All of a stream, to be read in any order; `size` is what is known of it. Throws {@link TextError} above
 * MAX_HELD_BYTES.
 */
export async function held(name: string, size: number | null, stream: ByteStream): Promise<RandomSource> {
  const refuseAbove = (bytes: number): void => {
    if (bytes <= MAX_HELD_BYTES) return;
    throw new TextError(
      name,
      'too large',
      `this kind of file is read from its end, which takes all of it in memory here, and it is longer than ${MAX_HELD_BYTES / MEBIBYTE} MiB; unpack it, or give it as a file on this device`,
    );
  };
  refuseAbove(size ?? 0);
  // Blocks, and not one whole, which would have to be there twice for a moment.
  const blocks: Uint8Array[] = [];
  let bytes = 0;
  for await (const block of pieces(stream, BLOCK_BYTES)) {
    blocks.push(block);
    bytes += block.length;
    refuseAbove(bytes);
  }
  const slice = async (start: number, end: number): Promise<Uint8Array> => {
    const parts: Uint8Array[] = [];
    for (let at = start; at < end; at = (Math.floor(at / BLOCK_BYTES) + 1) * BLOCK_BYTES) {
      const from = Math.floor(at / BLOCK_BYTES) * BLOCK_BYTES;
      parts.push(blocks[from / BLOCK_BYTES]?.subarray(at - from, end - from) ?? new Uint8Array(0));
    }
    return concatenated(parts, end - start);
  };
  return { name, size: bytes, slice };
}

/** Bytes `start` … `end − 1`, all of them. Throws {@link TextError} where the file gives fewer. */
export async function readRange(
  { name, size, slice }: RandomSource,
  start: number,
  end: number,
  signal: AbortSignal | undefined,
): Promise<Uint8Array> {
  signal?.throwIfAborted();
  const bytes = end <= size ? await orAborted(slice(start, end, signal), signal) : null;
  if (bytes?.length === end - start) return bytes;
  const there = bytes ? start + bytes.length : size;
  throw new TextError(
    name,
    'truncated',
    `the file ends at byte ${there}, and bytes up to ${end} should be there; fetch or save it again`,
    { byte: there, line: null },
  );
}

/** Pieces of exactly so many bytes, the last shorter, however the stream is cut; each with memory of its own. */
export async function* pieces(stream: ByteStream, bytes: number): AsyncGenerator<Uint8Array> {
  let piece = new Uint8Array(bytes);
  let filled = 0;
  for await (const chunk of stream) {
    for (let from = 0; from < chunk.length; ) {
      const part = chunk.subarray(from, from + bytes - filled);
      piece.set(part, filled);
      filled += part.length;
      from += part.length;
      if (filled === bytes) {
        yield piece;
        piece = new Uint8Array(bytes);
        filled = 0;
      }
    }
  }
  if (filled > 0) yield piece.subarray(0, filled);
}
