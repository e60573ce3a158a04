/** What a tokenizer makes of a pair of texts, in numbers. */

import type { Corpus } from '../../text/corpus/corpus.ts';
import type { TokenizedPair } from '../../text/pair/pair.ts';
import { fertility } from '../../text/tokenizer/fertility.ts';
import type { Tokenizer } from '../../text/tokenizer/tokenizer.ts';
import type { CutFacts, TokenizerFacts } from '../api/texts.ts';

/** Tokens of validation text that words are counted in. */
const SAMPLE_TOKENS = 32_768;

export function tokenizerFacts({ target, source, tokenizer }: TokenizedPair): TokenizerFacts {
  const { kind, vocabulary } = tokenizer;
  return {
    kind,
    vocabulary,
    target: cutFacts(target, tokenizer),
    source: source && cutFacts(source, tokenizer),
  };
}

function cutFacts({ train, validation, validationBytes }: Corpus, tokenizer: Tokenizer): CutFacts {
  const { tokensPerWord } = fertility(tokenizer, documentsOf(validation, tokenizer));
  return {
    trainTokens: train.length,
    validationTokens: validation.length,
    // No byte belongs to the end of a document that stands before the first one.
    tokensPerByte: (validation.length - 1) / validationBytes,
    tokensPerWord: tokensPerWord > 0 ? tokensPerWord : null,
  };
}

/** The first documents of a text, whole. */
function* documentsOf(tokens: Uint16Array, tokenizer: Tokenizer): Generator<string> {
  const { endOfDocument } = tokenizer;
  let from = 1;
  while (from < Math.min(tokens.length, SAMPLE_TOKENS)) {
    const end = tokens.indexOf(endOfDocument, from);
    const until = end < 0 ? tokens.length : end;
    yield tokenizer.decode(tokens.subarray(from, until));
    from = until + 1;
  }
}
