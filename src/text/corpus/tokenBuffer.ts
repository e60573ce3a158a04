/** Tokens as they come, of unknown number: kept in pieces, so growing never copies what is there. */

const PIECE_TOKENS = 2 ** 20;

export class TokenBuffer {
  private pieces: (Uint16Array | null)[] = [];
  /** Tokens so far. */
  length = 0;

  push(tokens: Uint16Array): void {
    let from = 0;
    while (from < tokens.length) {
      const at = this.length % PIECE_TOKENS;
      if (at === 0) this.pieces.push(new Uint16Array(PIECE_TOKENS));
      const part = tokens.subarray(from, from + PIECE_TOKENS - at);
      this.pieces.at(-1)?.set(part, at);
      this.length += part.length;
      from += part.length;
    }
  }

  /** All tokens in one array. The buffer is empty afterwards: each piece is let go as soon as it is copied. */
  take(): Uint16Array {
    const all = new Uint16Array(this.length);
    for (const [index, piece] of this.pieces.entries()) {
      const at = index * PIECE_TOKENS;
      if (piece) all.set(piece.subarray(0, this.length - at), at);
      this.pieces[index] = null;
    }
    this.pieces = [];
    this.length = 0;
    return all;
  }
}
