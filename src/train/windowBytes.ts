/** How much text a validation scores: what its losses in bits are divided by. */

import type { Corpus } from '../text/corpus/corpus.ts';
import type { TokenizedPair } from '../text/pair/pair.ts';
import type { Tokenizer } from '../text/tokenizer/tokenizer.ts';
import type { EvaluationWindows, Range, TokenLayout } from './layout.ts';

/**
 * UTF-8 bytes that the predicted tokens of each evaluation window stand for, a document's end counted as one. Exact where the bytes
 * of all tokens of a text add up to the text, as those of bytes and byte-level BPE do. Of other tokenizers, which add a space or
 * fold characters, a token's bytes are scaled so that the whole validation text comes out right.
 */
export function windowBytes(
  { windows, target, source }: EvaluationWindows,
  layout: TokenLayout,
  context: number,
  corpora: TokenizedPair,
): Float64Array {
  const bytes = new Float64Array(windows.length);
  const measure = (range: Range, validation: Range, corpus: Corpus | null) => {
    if (!corpus || range.count === 0) return;
    const scale =
      corpus.validationBytes /
      tokenBytes(layout.tokens, validation.from, validation.count - 1, corpora.tokenizer);
    for (let window = range.from; window < range.from + range.count; window++) {
      bytes[window] = scale * tokenBytes(layout.tokens, windows[window] ?? 0, context, corpora.tokenizer);
    }
  };
  measure(target, layout.targetValidation, corpora.target);
  measure(source, layout.sourceValidation, corpora.source);
  return bytes;
}

/** Bytes of the `count` tokens after the one at `from`, which is only read. */
function tokenBytes(tokens: Uint16Array, from: number, count: number, tokenizer: Tokenizer): number {
  let bytes = 0;
  for (let at = from + 1; at <= from + count; at++) bytes += tokenizer.bytesOf(tokens[at] ?? 0);
  return bytes;
}
