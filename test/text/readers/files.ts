/** Makes the files that the readers are tried on, as bytes, and hands them out in small chunks. */

import { gzipSync } from 'node:zlib';
import { strToU8, zipSync } from 'fflate';
import { parquetWriteBuffer } from 'hyparquet-writer';
import type { ByteSource, ReadOptions } from '../../../src/text/document.ts';
import { READ_OPTIONS } from '../../../src/text/document.ts';
import { openDocuments } from '../../../src/text/readers/open.ts';

type ColumnData = Parameters<typeof parquetWriteBuffer>[0]['columnData'];
type ParquetOptions = Omit<Parameters<typeof parquetWriteBuffer>[0], 'columnData'>;

export function utf8(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

export function joined(...parts: Uint8Array[]): Uint8Array {
  return Uint8Array.from(Buffer.concat(parts));
}

export function gz(bytes: Uint8Array | string): Uint8Array {
  return Uint8Array.from(gzipSync(bytes));
}

/** A frame of raw blocks without a checksum (RFC 8878, section 3.1.1): packed as it is. */
export function zst(bytes: Uint8Array | string, blockBytes = 100): Uint8Array {
  const all = typeof bytes === 'string' ? utf8(bytes) : bytes;
  // One segment, its size in four bytes.
  const header = new Uint8Array([0x28, 0xb5, 0x2f, 0xfd, 0xa0, 0, 0, 0, 0]);
  new DataView(header.buffer).setUint32(5, all.length, true);
  const blocks: Uint8Array[] = [];
  for (let at = 0; at < all.length || at === 0; at += blockBytes) {
    const part = all.subarray(at, at + blockBytes);
    const isLast = at + blockBytes >= all.length;
    const head = (part.length << 3) | Number(isLast);
    blocks.push(new Uint8Array([head & 255, (head >> 8) & 255, head >> 16]), part);
  }
  return joined(header, ...blocks);
}

/** The zstd of `count` bytes that are all the same, in blocks that say so (RLE). */
export function zstOfOne(byte: number, count: number): Uint8Array {
  const blockBytes = 2 ** 17;
  // A window of 128 KiB, no content size.
  const blocks: Uint8Array[] = [new Uint8Array([0x28, 0xb5, 0x2f, 0xfd, 0, 0x38])];
  for (let at = 0; at < count; at += blockBytes) {
    const bytes = Math.min(blockBytes, count - at);
    const head = (bytes << 3) | (1 << 1) | Number(at + bytes >= count);
    blocks.push(new Uint8Array([head & 255, (head >> 8) & 255, head >> 16, byte]));
  }
  return joined(...blocks);
}

export function zip(files: Record<string, Uint8Array | string>, level: 0 | 6 = 6): Uint8Array {
  const entries = Object.entries(files).map(([name, bytes]) => [
    name,
    typeof bytes === 'string' ? strToU8(bytes) : bytes,
  ]);
  return zipSync(Object.fromEntries(entries), { level });
}

export function parquet(columnData: ColumnData, options: ParquetOptions = {}): Uint8Array {
  return new Uint8Array(parquetWriteBuffer({ columnData, ...options }));
}

export type Handed = {
  readonly chunkBytes?: number;
  /** Whether it can be read in parts; else it is a stream of a size not known. */
  readonly slices?: boolean;
};

/** A source over bytes that counts what was opened and closed, and what was asked for. */
export function sourceOf(
  name: string,
  bytes: Uint8Array | string,
  { chunkBytes = 1000, slices = true }: Handed = {},
): ByteSource & { open: number; read: number } {
  const all = typeof bytes === 'string' ? utf8(bytes) : bytes;
  const source: ByteSource & { open: number; read: number } = {
    name,
    open: 0,
    read: 0,
    size: slices ? all.length : null,
    async *stream() {
      source.open++;
      try {
        // One buffer for all chunks, as some givers have it: who keeps a chunk must copy it.
        const chunk = new Uint8Array(chunkBytes);
        for (let from = 0; from < all.length; from += chunkBytes) {
          const part = all.subarray(from, from + chunkBytes);
          chunk.set(part);
          source.read += part.length;
          yield chunk.subarray(0, part.length);
        }
      } finally {
        source.open--;
      }
    },
    slice: slices
      ? async (start, end) => {
          source.read += end - start;
          return all.slice(start, end);
        }
      : null,
  };
  return source;
}

export async function textsOf(source: ByteSource, options: Partial<ReadOptions> = {}): Promise<string[]> {
  const found: string[] = [];
  for await (const { text } of openDocuments(source, { ...READ_OPTIONS, ...options })) found.push(text);
  return found;
}

/** The documents of a file, which must be the same however its bytes are handed over. */
export async function read(
  name: string,
  bytes: Uint8Array | string,
  options: Partial<ReadOptions> = {},
): Promise<string[]> {
  const whole = await textsOf(sourceOf(name, bytes), options);
  for (const handed of [
    { slices: false, chunkBytes: 7 },
    { slices: true, chunkBytes: 1 },
  ]) {
    const again = await textsOf(sourceOf(name, bytes, handed), options);
    if (JSON.stringify(again) !== JSON.stringify(whole)) {
      throw new Error(
        `${name} reads otherwise as ${JSON.stringify(handed)}: ${JSON.stringify(again).slice(0, 500)}`,
      );
    }
  }
  return whole;
}

/** Numbered sentences that do not repeat, for files of some size. */
export function sentences(count: number, from = 0): string[] {
  return Array.from({ length: count }, (_, i) => {
    const n = from + i;
    return `Sentence ${n} tells of ${(n * 7919) % 10007} houses and ${(n * 104729) % 99991} birds, 山 and ñ.`;
  });
}
