/**
 * Fewer and larger requests for a file that is read in parts. A parquet file is read from its end (an index, often asked for
 * in two or three steps) and then in column chunks, which may be small; each request costs a round trip or more.
 */

import type { ByteSource } from '../document.ts';

/** Fetched of the end of a file at once. */
export const TAIL_BYTES = 512 * 2 ** 10;

/** Fetched at once where less is asked for. It is small, for what follows a small chunk may be of a column that nobody reads. */
const BLOCK_BYTES = 128 * 2 ** 10;

/** Blocks kept beside those of the beginning and the end. */
const KEPT_BLOCKS = 2;

type Block = { readonly start: number; readonly end: number; readonly bytes: Promise<Uint8Array> };

export type CoalesceOptions = {
  /** The first bytes, where they are known. */
  readonly head?: Uint8Array;
  readonly tailBytes?: number;
  readonly blockBytes?: number;
};

/**
 * The same source; its end is fetched at once and kept, and a small part is fetched together with what follows it. What is no
 * source of parts stays as it is.
 */
export function coalesced(
  source: ByteSource,
  { head = new Uint8Array(0), tailBytes = TAIL_BYTES, blockBytes = BLOCK_BYTES }: CoalesceOptions = {},
): ByteSource {
  const { name, slice, size } = source;
  if (slice === null || size === null) return source;
  const tailStart = Math.max(0, size - tailBytes);
  const first: Block = { start: 0, end: head.length, bytes: Promise.resolve(head) };
  let tail: Block | null = null;
  let blocks: Block[] = [];

  const fetchBlock = (start: number, end: number, signal: AbortSignal | undefined): Block => {
    const block: Block = { start, end, bytes: slice(start, end, signal) };
    // One that failed is asked for again by the next who needs it; who waits for this one hears of the failure.
    block.bytes.catch(() => {
      if (tail === block) tail = null;
      blocks = blocks.filter((kept) => kept !== block);
    });
    return block;
  };

  const part = async (start: number, end: number, signal?: AbortSignal): Promise<Uint8Array> => {
    signal?.throwIfAborted();
    const known = [first, tail, ...blocks].find((block) => block && start >= block.start && end <= block.end);
    if (known) return (await known.bytes).slice(start - known.start, end - known.start);
    if (start >= tailStart) {
      tail = fetchBlock(tailStart, size, signal);
      return (await tail.bytes).slice(start - tailStart, end - tailStart);
    }
    if (end - start >= blockBytes) return slice(start, end, signal);
    const block = fetchBlock(start, Math.max(end, Math.min(start + blockBytes, tailStart)), signal);
    blocks = [...blocks, block].slice(-KEPT_BLOCKS);
    return (await block.bytes).slice(0, end - start);
  };

  return { name, size, stream: (signal) => source.stream(signal), slice: part };
}
