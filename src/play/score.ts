/** The loss of a text, token by token, by ONNX Runtime: each is scored once, in the windows of `m3lab eval`. */

import type { Tokenizer } from '../text/tokenizer/tokenizer.ts';
import { CachedRun } from './cachedRun.ts';
import { documentsOf } from './documents.ts';
import { PlayError } from './errors.ts';
import { lostCharacters } from './lost.ts';
import type { PlayModel } from './playModel.ts';
import { type ReadToken, TokenReader } from './readTokens.ts';

export type ScoredToken = ReadToken & {
  /** −ln of its probability. */
  readonly nats: number;
};

/** The loss of a text. Each line with something in it is a document, as in a .txt file of texts; its end is scored as well. */
export type Scored = {
  readonly tokens: readonly ScoredToken[];
  readonly documents: number;
  /** Nats per token. */
  readonly meanNats: number;
  /** Bits per byte of UTF-8, each document's end counted as one byte. */
  readonly bitsPerByte: number;
  /** Of UTF-8, and one for the end of each document. */
  readonly bytes: number;
  /** Characters that the tokenizer lacks or changes, each once; the bits per byte are too low where there are some. */
  readonly lost: readonly string[];
};

/** More than this is a corpus, and no text that is looked at token by token. */
const MOST_SCORED = 20_000;

/** The token that stands before the text, then each document and its end. */
type Tokenized = {
  readonly tokens: Uint16Array;
  readonly documents: readonly string[];
  readonly bytes: number;
};

/**
 * Scores `text`, of which each line that is not empty is a document. Windows of the context, one after the other; where they do not come
 * out even, the last ends at the end of the text, and only its tokens that no other window scored count.
 * @throws PlayError where there is nothing to score, or too much; and the signal's reason when aborted
 */
export async function scoreText(
  model: PlayModel,
  text: string,
  { signal }: { readonly signal?: AbortSignal } = {},
): Promise<Scored> {
  const { context, vocabulary } = model.config;
  const { tokens: all, documents, bytes } = tokenized(model.tokenizer, text);
  const count = all.length - 1;
  if (count > MOST_SCORED) {
    throw new PlayError(
      'text',
      `the text has ${count.toLocaleString('en')} tokens, and at most ${MOST_SCORED.toLocaleString('en')} can be looked at one by one; ` +
        'take a part of it, or measure all of it with `m3lab eval`',
    );
  }
  const reader = new TokenReader(model.tokenizer, all.subarray(0, 1));
  const run = new CachedRun(model);
  const tokens: ScoredToken[] = [];
  while (tokens.length < count) {
    signal?.throwIfAborted();
    const start = Math.max(0, Math.min(tokens.length, count - context));
    run.clear();
    const logits = await run.read(all.subarray(start, Math.min(start + context, count)));
    // A window that ends at the end of the text overlaps the one before it.
    for (let row = tokens.length - start; row < logits.length / vocabulary; row++) {
      const id = all[start + row + 1] ?? 0;
      const isLast = tokens.length === count - 1;
      tokens.push(reader.read(id, logits.subarray(row * vocabulary, (row + 1) * vocabulary), { isLast }));
    }
  }
  const nats = tokens.reduce((sum, token) => sum + token.nats, 0);
  return {
    tokens,
    documents: documents.length,
    meanNats: nats / count,
    bitsPerByte: nats / Math.LN2 / bytes,
    bytes,
    lost: lostCharacters(model.tokenizer, documents.join(' ')),
  };
}

function tokenized(tokenizer: Tokenizer, text: string): Tokenized {
  const documents = documentsOf(text);
  if (documents.length === 0) {
    throw new PlayError('text', 'there is nothing to score; paste a sentence or more');
  }
  const tokens = [tokenizer.endOfDocument];
  let bytes = 0;
  for (const document of documents) {
    for (const token of tokenizer.encode(document)) tokens.push(token);
    tokens.push(tokenizer.endOfDocument);
    bytes += new TextEncoder().encode(document).length + 1;
  }
  return { tokens: Uint16Array.from(tokens), documents, bytes };
}
