/** The byte tokenizer: a token is a byte of UTF-8, and one more ends a document. Tokens = bytes, always. */

import { BYTE_CHARACTERS } from './byteCharacters.ts';
import { byteLevelFile } from './file/byteLevel.ts';
import { fingerprintOf } from './fingerprint.ts';
import { TokenBytes } from './tokenBytes.ts';
import type { Tokenizer, TokenizerJson } from './tokenizer.ts';

export const END_OF_DOCUMENT = 256;
export const BYTE_VOCABULARY = 257;

const encoder = new TextEncoder();

const bytes = new TokenBytes(
  [...Array.from({ length: 256 }, (_, byte) => Uint8Array.of(byte)), null],
  END_OF_DOCUMENT,
);

const FILE: TokenizerJson = byteLevelFile({
  vocabulary: Object.fromEntries(BYTE_CHARACTERS.map((character, byte) => [character, byte])),
  merges: [],
  endOfDocument: END_OF_DOCUMENT,
  cut: 'none',
});

export const byteTokenizer: Tokenizer = {
  kind: 'bytes',
  vocabulary: BYTE_VOCABULARY,
  endOfDocument: END_OF_DOCUMENT,
  fingerprint: fingerprintOf(FILE),
  warnings: [],
  // The constructor widens bytes at once; `from` would go through an iterator.
  encode: (text) => new Uint16Array(encoder.encode(text)),
  decode: (tokens) => bytes.decode(tokens),
  decoder: () => bytes.decoder(),
  bytesOf: (token) => bytes.lengthOf(token),
  pieceOf: (token) => bytes.of(token),
  file: () => FILE,
};
