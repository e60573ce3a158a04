/** What a corpus asks of a tokenizer. */
export interface Tokenizer {
  readonly kind: string;
  /** Distinct tokens, specials included; at most 65,536. */
  readonly vocabulary: number;
  /** The token that stands before the first document and after each. */
  readonly endOfDocument: number;
  /** Tokens of a document, without endOfDocument. */
  encode(text: string): Uint16Array;
  /** Text of tokens; endOfDocument becomes a line break, and bytes that are not UTF-8 become U+FFFD. */
  decode(tokens: ArrayLike<number>): string;
  /** Decodes token by token, as they are generated. */
  decoder(): TokenDecoder;
}

/** Holds back the bytes of a character until it is whole. */
export interface TokenDecoder {
  /** The text that this token completes; often '' for a part of a longer character. */
  push(token: number): string;
  /** What is still held back, at the end. */
  end(): string;
}
