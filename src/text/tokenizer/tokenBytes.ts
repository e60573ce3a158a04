/** The bytes of every token, end to end in one array, and text made of them again. */

import type { TokenDecoder } from './tokenizer.ts';

const LINE_FEED = 10;

export class TokenBytes {
  private readonly bytes: Uint8Array;
  private readonly starts: Uint32Array;

  /**
   * `pieces[token]` are its bytes; null for a token that is no text. endOfDocument is a line break, which also ends a
   * character that is not whole.
   */
  constructor(pieces: readonly (Uint8Array | null)[], endOfDocument: number) {
    this.starts = new Uint32Array(pieces.length + 1);
    const lengthOf = (token: number) => (token === endOfDocument ? 1 : (pieces[token]?.length ?? 0));
    for (let token = 0; token < pieces.length; token++) {
      this.starts[token + 1] = (this.starts[token] ?? 0) + lengthOf(token);
    }
    this.bytes = new Uint8Array(this.starts[pieces.length] ?? 0);
    for (const [token, piece] of pieces.entries()) {
      const start = this.starts[token] ?? 0;
      if (token === endOfDocument) this.bytes[start] = LINE_FEED;
      else if (piece) this.bytes.set(piece, start);
    }
  }

  lengthOf(token: number): number {
    const end = this.starts[token + 1];
    return end === undefined ? 0 : end - (this.starts[token] ?? 0);
  }

  of(token: number): Uint8Array {
    return this.bytes.subarray(this.starts[token] ?? 0, this.starts[token + 1] ?? 0);
  }

  decode(tokens: ArrayLike<number>): string {
    let length = 0;
    for (let i = 0; i < tokens.length; i++) length += this.lengthOf(tokens[i] ?? 0);
    const all = new Uint8Array(length);
    let at = 0;
    for (let i = 0; i < tokens.length; i++) {
      const piece = this.of(tokens[i] ?? 0);
      all.set(piece, at);
      at += piece.length;
    }
    return new TextDecoder('utf-8', { ignoreBOM: true }).decode(all);
  }

  decoder(): TokenDecoder {
    const utf8 = new TextDecoder('utf-8', { ignoreBOM: true });
    return {
      push: (token) => utf8.decode(this.of(token), { stream: true }),
      end: () => utf8.decode(),
    };
  }
}
