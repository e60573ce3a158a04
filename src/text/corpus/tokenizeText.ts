/** From documents to tokens in one go, without a split, as an evaluation wants it. */

import { Breather } from '../breather.ts';
import type { Tokenizer } from '../tokenizer/tokenizer.ts';
import { type CollectOptions, collect } from './collect.ts';
import { tokenize } from './corpus.ts';
import { DocumentList } from './documentList.ts';

export type TextOptions = {
  /** Said in errors and records: a file's name. */
  readonly name: string;
  readonly documents: CollectOptions['documents'];
  readonly tokenizer: Tokenizer;
  /** Of a larger text a random sample of this size is taken, in bytes; null: all of it. */
  readonly maxBytes?: number | null;
  readonly signal?: AbortSignal | undefined;
};

export type TokenizedText = {
  readonly name: string;
  /** Of the documents as they were read: see `PreparedCorpus`. */
  readonly sha256: string;
  /** endOfDocument, then each document and an endOfDocument, in file order. */
  readonly tokens: Uint16Array;
  /** UTF-8 bytes of the documents, and one for the end of each. */
  readonly bytes: number;
  readonly documents: number;
  readonly dropped: { readonly empty: number; readonly duplicates: number };
};

/** Reads and tokenises a text. Throws what its documents throw; rejects with the signal's reason when aborted. */
export async function tokenizeText(options: TextOptions): Promise<TokenizedText> {
  const { name, documents, tokenizer, maxBytes, signal } = options;
  const { store, sha256, empty, duplicates } = await collect({
    name,
    documents,
    keyBy: 'text',
    maxBytes: maxBytes ?? Number.POSITIVE_INFINITY,
    exclude: null,
    withKeys: false,
    breather: new Breather(signal),
    onDocument: () => {},
  });
  const list = new DocumentList(
    store,
    Uint32Array.from({ length: store.count }, (_, place) => place),
  );
  return {
    name,
    sha256,
    tokens: await tokenize(list, tokenizer, { signal }),
    bytes: list.bytesWithEnds,
    documents: list.count,
    dropped: { empty, duplicates },
  };
}
