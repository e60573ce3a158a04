/** The byte tokenizer: a token is a byte of UTF-8, and one more ends a document. Tokens = bytes, always. */

import type { TokenDecoder, Tokenizer } from './tokenizer.ts';

export const END_OF_DOCUMENT = 256;
export const BYTE_VOCABULARY = 257;

const encoder = new TextEncoder();

class ByteDecoder implements TokenDecoder {
  private readonly utf8 = new TextDecoder('utf-8', { ignoreBOM: true });

  push(token: number): string {
    if (token === END_OF_DOCUMENT) return `${this.end()}\n`;
    return this.utf8.decode(Uint8Array.of(token), { stream: true });
  }

  end(): string {
    return this.utf8.decode();
  }
}

function decode(tokens: ArrayLike<number>): string {
  const decoder = new ByteDecoder();
  let text = '';
  for (let i = 0; i < tokens.length; i++) text += decoder.push(tokens[i] ?? END_OF_DOCUMENT);
  return text + decoder.end();
}

export const byteTokenizer: Tokenizer = {
  kind: 'bytes',
  vocabulary: BYTE_VOCABULARY,
  endOfDocument: END_OF_DOCUMENT,
  // The constructor widens bytes at once; `from` would go through an iterator.
  encode: (text) => new Uint16Array(encoder.encode(text)),
  decode,
  decoder: () => new ByteDecoder(),
};
