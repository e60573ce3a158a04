/** The value of a `tokenizer.json`. */
export type TokenizerJson = Readonly<Record<string, unknown>>;

/** What a corpus asks of a tokenizer. */
export interface Tokenizer {
  /** bytes; a byte-level BPE that is run here; or a file that is run by the library it was written for. */
  readonly kind: 'bytes' | 'bpe' | 'library';
  /** Distinct tokens, specials included; at most 65,536. */
  readonly vocabulary: number;
  /** The token that stands before the first document and after each. */
  readonly endOfDocument: number;
  /** SHA-256 of {@link Tokenizer.file} as canonical JSON, 64 hexadecimal digits. */
  readonly fingerprint: string;
  /** What a person should know before measuring with it, in sentences; none for tokenizers that give back every text. */
  readonly warnings: readonly string[];
  /** Tokens of a document, without endOfDocument; a special token that the document spells out is text like any other. */
  encode(text: string): Uint16Array;
  /** Text of tokens; endOfDocument becomes a line break, and bytes that are not UTF-8 become U+FFFD. */
  decode(tokens: ArrayLike<number>): string;
  /** Decodes token by token, as they are generated after a prompt. */
  decoder(): TokenDecoder;
  /** Bytes that a token stands for: 1 for endOfDocument, 0 for other special tokens. */
  bytesOf(token: number): number;
  /** These bytes themselves, not to be changed: a line break for endOfDocument. Often no whole characters. */
  pieceOf(token: number): Uint8Array;
  /** The `tokenizer.json` that gives the same tokens elsewhere. */
  file(): TokenizerJson;
}

/** Holds back the bytes of a character until it is whole. */
export interface TokenDecoder {
  /** The text that this token completes; often '' for a part of a longer character. */
  push(token: number): string;
  /** What is still held back, at the end. */
  end(): string;
}
