/** The beginning of a document that a model goes on with. */

import type { Tokenizer } from './tokenizer.ts';

/** A prompt as models have seen every text: in normal form C, after the token that ends a document. An empty one is that token alone. */
export function promptTokens(tokenizer: Tokenizer, prompt: string): Uint16Array {
  const encoded = tokenizer.encode(prompt.normalize('NFC'));
  const start = new Uint16Array(encoded.length + 1);
  start[0] = tokenizer.endOfDocument;
  start.set(encoded, 1);
  return start;
}
