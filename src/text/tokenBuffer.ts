/** Tokens of documents as they come, of unknown number: kept in pieces, so growing never copies what is there. */

const PIECE_TOKENS = 2 ** 20;

export class TokenBuffer {
  private readonly pieces: Uint16Array[] = [];
  /** Tokens so far. */
  length = 0;

  push(tokens: Uint16Array): void {
    let from = 0;
    while (from < tokens.length) {
      const at = this.length % PIECE_TOKENS;
      if (at === 0 && this.length / PIECE_TOKENS === this.pieces.length) {
        this.pieces.push(new Uint16Array(PIECE_TOKENS));
      }
      const part = tokens.subarray(from, from + PIECE_TOKENS - at);
      this.pieces.at(-1)?.set(part, at);
      this.length += part.length;
      from += part.length;
    }
  }

  /** Copies tokens `start` … `start + length − 1` into `target` at `to`. */
  copy(start: number, length: number, target: Uint16Array, to: number): void {
    for (let done = 0; done < length; ) {
      const at = (start + done) % PIECE_TOKENS;
      const piece = this.pieces[Math.floor((start + done) / PIECE_TOKENS)];
      const part = piece?.subarray(at, at + length - done) ?? new Uint16Array(0);
      if (part.length === 0) throw new RangeError(`tokens ${start} to ${start + length} of ${this.length}`);
      target.set(part, to + done);
      done += part.length;
    }
  }
}
