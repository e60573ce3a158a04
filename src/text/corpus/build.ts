/** From a stream of plain text to tokens in one go, where the tokenizer is there already. */

import type { RawDocument } from '../document.ts';
import type { ByteStream } from '../readers/lines.ts';
import { documents } from '../readers/text.ts';
import type { Tokenizer } from '../tokenizer/tokenizer.ts';
import { Breather } from './breather.ts';
import { collect } from './collect.ts';
import { type Corpus, tokenize, tokenizeCorpus } from './corpus.ts';
import { DocumentList } from './documentList.ts';
import { prepareCorpus } from './prepare.ts';

export type TextOptions = {
  /** Said in errors and records: a file's name. */
  readonly name: string;
  readonly stream: ByteStream;
  readonly tokenizer: Tokenizer;
  readonly signal?: AbortSignal | undefined;
  /** Called with the bytes read so far, of both files, after every chunk. */
  readonly onProgress?: ((bytes: number) => void) | undefined;
};

export type CorpusOptions = TextOptions & {
  /** Documents to validate on; where there are none, 5 % of the documents are held out by hash. */
  readonly validation?: ByteStream | null | undefined;
  /** The name of the validation file in errors. */
  readonly validationName?: string | undefined;
};

/** Reads a corpus. Throws what {@link prepareCorpus} and the reader of plain text throw. */
export async function buildCorpus(options: CorpusOptions): Promise<Corpus> {
  const { name, tokenizer, validation, signal } = options;
  const counted = counter(options);
  const validationName = options.validationName ?? `validation text of ${name}`;
  const prepared = await prepareCorpus({
    name,
    documents: rawDocuments(counted(options.stream), name),
    validation: validation ? rawDocuments(counted(validation), validationName) : null,
    validationName,
    signal,
  });
  return tokenizeCorpus(prepared, tokenizer, { signal });
}

export type TokenizedText = {
  readonly name: string;
  /** Of the documents as they were read: see {@link PreparedCorpus}. */
  readonly sha256: string;
  /** endOfDocument, then each document and an endOfDocument, in file order. */
  readonly tokens: Uint16Array;
  /** UTF-8 bytes of the documents, and one for the end of each. */
  readonly bytes: number;
  readonly documents: number;
  readonly dropped: { readonly empty: number; readonly duplicates: number };
};

/** Reads a text without a split, as an evaluation wants it. Throws {@link TextError}. */
export async function tokenizeText(options: TextOptions): Promise<TokenizedText> {
  const { name, tokenizer, signal } = options;
  const { store, sha256, empty, duplicates } = await collect({
    name,
    documents: rawDocuments(counter(options)(options.stream), name),
    keyBy: 'text',
    maxBytes: Number.POSITIVE_INFINITY,
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

/** Wraps streams so that their bytes are counted, all by one count. */
function counter({
  signal,
  onProgress,
}: Pick<TextOptions, 'signal' | 'onProgress'>): (stream: ByteStream) => AsyncGenerator<Uint8Array> {
  let bytes = 0;
  return async function* counted(stream) {
    for await (const chunk of stream) {
      signal?.throwIfAborted();
      bytes += chunk.length;
      onProgress?.(bytes);
      yield chunk;
    }
  };
}

async function* rawDocuments(stream: ByteStream, name: string): AsyncGenerator<RawDocument> {
  for await (const text of documents(stream, name)) yield { text, meaning: null, bits: null };
}
