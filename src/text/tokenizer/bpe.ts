/** Byte-level BPE: text is cut into pieces, and the bytes of each are merged in pairs in the order of training. */

import { fingerprintOf } from './fingerprint.ts';
import { type Merge, MergeTable } from './mergeTable.ts';
import { type Cut, preTokens } from './preTokens.ts';
import { TokenBytes } from './tokenBytes.ts';
import type { TokenDecoder, Tokenizer, TokenizerJson } from './tokenizer.ts';

type BpeModel = {
  /** The bytes of each token; null for a token that is no text. Every single byte is among them. */
  readonly pieces: readonly (Uint8Array | null)[];
  readonly merges: readonly Merge[];
  readonly endOfDocument: number;
  readonly cut: Cut;
  /** The same as a `tokenizer.json`. */
  readonly file: TokenizerJson;
};

/**
 * Longest piece whose tokens are remembered, in UTF-16 units. Engines cut longer strings out of a document without a copy, so
 * that a remembered one would keep its whole document; and longer pieces rarely come again.
 */
const KEPT_PIECE_UNITS = 12;
/** Tokens remembered, lengths included; when they are full, all are forgotten. */
const KEPT_TOKENS = 2 ** 19;
/** Room for the tokens of a document before it grows, at most. */
const FIRST_TOKENS = 4096;
/** UTF-8 bytes of a UTF-16 unit, at most. */
const UNIT_BYTES = 3;

const encoder = new TextEncoder();

export class Bpe implements Tokenizer {
  readonly kind = 'bpe';
  readonly vocabulary: number;
  readonly endOfDocument: number;
  readonly warnings: readonly string[] = [];
  private readonly model: BpeModel;
  private readonly tokenBytes: TokenBytes;
  private readonly merges: MergeTable;
  /** The token of each byte. */
  private readonly byteTokens = new Uint16Array(256);
  /** Piece → where its tokens are kept: their number, then they themselves. */
  private readonly places = new Map<string, number>();
  private readonly kept = new Uint16Array(KEPT_TOKENS);
  private keptLength = 0;
  private hash: string | null = null;

  constructor(model: BpeModel) {
    this.model = model;
    this.vocabulary = model.pieces.length;
    this.endOfDocument = model.endOfDocument;
    this.tokenBytes = new TokenBytes(model.pieces, model.endOfDocument);
    this.merges = new MergeTable(model.merges);
    for (const [token, piece] of model.pieces.entries()) {
      if (piece?.length === 1) this.byteTokens[piece[0] ?? 0] = token;
    }
  }

  get fingerprint(): string {
    this.hash ??= fingerprintOf(this.model.file);
    return this.hash;
  }

  encode(text: string): Uint16Array {
    let tokens = new Uint16Array(Math.min(FIRST_TOKENS, text.length * UNIT_BYTES));
    let length = 0;
    for (const piece of preTokens(text, this.model.cut)) {
      const most = piece.length * UNIT_BYTES;
      if (length + most > tokens.length) tokens = grown(tokens, length + most);
      const place = this.places.get(piece);
      if (place === undefined) {
        length += this.merge(piece, tokens.subarray(length, length + most));
        continue;
      }
      const end = place + 1 + (this.kept[place] as number);
      for (let i = place + 1; i < end; i++) tokens[length++] = this.kept[i] as number;
    }
    return tokens.slice(0, length);
  }

  decode(tokens: ArrayLike<number>): string {
    return this.tokenBytes.decode(tokens);
  }

  decoder(): TokenDecoder {
    return this.tokenBytes.decoder();
  }

  bytesOf(token: number): number {
    return this.tokenBytes.lengthOf(token);
  }

  pieceOf(token: number): Uint8Array {
    return this.tokenBytes.of(token);
  }

  file(): TokenizerJson {
    return this.model.file;
  }

  /** Writes the tokens of a piece to the beginning of `into`; gives how many they are. */
  private merge(piece: string, into: Uint16Array): number {
    const bytes = encoder.encode(piece);
    for (let i = 0; i < bytes.length; i++) into[i] = this.byteTokens[bytes[i] as number] as number;
    const length = this.merges.apply(into, bytes.length);
    if (piece.length <= KEPT_PIECE_UNITS) this.keep(piece, into.subarray(0, length));
    return length;
  }

  private keep(piece: string, tokens: Uint16Array): void {
    if (this.keptLength + tokens.length + 1 > KEPT_TOKENS) {
      this.places.clear();
      this.keptLength = 0;
    }
    this.places.set(piece, this.keptLength);
    this.kept[this.keptLength] = tokens.length;
    this.kept.set(tokens, this.keptLength + 1);
    this.keptLength += tokens.length + 1;
  }
}

function grown(tokens: Uint16Array, least: number): Uint16Array<ArrayBuffer> {
  const more = new Uint16Array(Math.max(least, tokens.length * 2));
  more.set(tokens);
  return more;
}
