/** A source that tells how much of it has been read. */

import type { ByteSource } from '../document.ts';

/** `onBytes` gets the bytes read so far, of all streams and slices together, after each chunk. */
export function counted(source: ByteSource, onBytes: (bytes: number) => void): ByteSource {
  const slice = source.slice?.bind(source) ?? null;
  let bytes = 0;
  const count = (chunk: Uint8Array): Uint8Array => {
    bytes += chunk.length;
    onBytes(bytes);
    return chunk;
  };
  return {
    name: source.name,
    size: source.size,
    async *stream(signal) {
      for await (const chunk of source.stream(signal)) yield count(chunk);
    },
    slice: slice && (async (start, end, signal) => count(await slice(start, end, signal))),
  };
}
