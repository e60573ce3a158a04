/** Lines as one run of UTF-8 bytes, cut into pieces that a store takes as a whole and that are named by their content. */

import type { CachedPiece } from '../formats/cachedText.ts';
import type { Store } from './store.ts';

/** A store writes whole files, so no piece is larger than what may well be held in memory. */
export const PIECE_BYTES = 8 * 2 ** 20;

const LINE_FEED = 10;

/** A piece that was there when its text was opened is there no more, or another. */
export class PieceLostError extends Error {
  override readonly name = 'PieceLostError';
  readonly path: string;
  constructor(path: string) {
    super(`${path}: this part of a kept text was removed or changed while it was read; read it again`);
    this.path = path;
  }
}

export class TextPieces {
  readonly #store: Store;
  readonly #folder: string;

  constructor(store: Store, folder: string) {
    this.#store = store;
    this.#folder = folder;
  }

  async isWhole(piece: CachedPiece): Promise<boolean> {
    return (await this.#read(piece)) !== null;
  }

  /** The lines of pieces that follow each other. Throws {@link PieceLostError}. */
  async *lines(pieces: readonly CachedPiece[]): AsyncGenerator<string> {
    // A character may lie in two pieces, a line in many.
    const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
    let open = '';
    for (const piece of pieces) {
      const bytes = await this.#read(piece);
      if (bytes === null) throw new PieceLostError(this.#pathOf(piece.sha256));
      const lines = decoder.decode(bytes, { stream: true }).split('\n');
      lines[0] = open + lines[0];
      open = lines.pop() ?? '';
      yield* lines;
    }
  }

  /** Takes lines; `onPiece` hears the name of each piece before it is written. */
  writer(onPiece: (sha256: string) => void): {
    add(line: string): Promise<void>;
    end(): Promise<CachedPiece[]>;
  } {
    const pieces: CachedPiece[] = [];
    let buffer = new Uint8Array(0);
    let used = 0;
    const flush = async (): Promise<void> => {
      const bytes = buffer.subarray(0, used);
      const sha256 = await hashOf(bytes);
      onPiece(sha256);
      await this.#store.write(this.#pathOf(sha256), bytes);
      pieces.push({ sha256, bytes: used });
      used = 0;
    };
    const take = async (bytes: Uint8Array): Promise<void> => {
      // Taken at the first line: a text that nobody reads on costs nothing.
      if (buffer.length === 0) buffer = new Uint8Array(PIECE_BYTES);
      for (let at = 0; at < bytes.length; ) {
        const part = bytes.subarray(at, at + PIECE_BYTES - used);
        buffer.set(part, used);
        used += part.length;
        at += part.length;
        if (used === PIECE_BYTES) await flush();
      }
    };
    const encoder = new TextEncoder();
    const lineFeed = Uint8Array.of(LINE_FEED);
    return {
      add: async (line) => {
        await take(encoder.encode(line));
        await take(lineFeed);
      },
      end: async () => {
        if (used > 0) await flush();
        buffer = new Uint8Array(0);
        return pieces;
      },
    };
  }

  /** The bytes of a piece; null where they are not those that its name promises. */
  async #read({ sha256, bytes }: CachedPiece): Promise<Uint8Array | null> {
    const found = await this.#store.read(this.#pathOf(sha256));
    return found?.length === bytes && (await hashOf(found)) === sha256 ? found : null;
  }

  #pathOf(sha256: string): string {
    return `${this.#folder}/${sha256}`;
  }
}

/** SHA-256 as 64 hexadecimal digits. */
async function hashOf(bytes: Uint8Array): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', new Uint8Array(bytes)));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
