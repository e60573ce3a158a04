/** Documents for tests, and what a prepared list holds. */

import { type Corpus, tokenizeCorpus } from '../../../src/text/corpus/corpus.ts';
import type { DocumentList } from '../../../src/text/corpus/documentList.ts';
import { type PreparedCorpus, type PrepareOptions, prepareCorpus } from '../../../src/text/corpus/prepare.ts';
import type { RawDocument } from '../../../src/text/document.ts';
import type { ByteStream } from '../../../src/text/readers/lines.ts';
import { textDocuments } from '../../../src/text/readers/text.ts';
import type { Tokenizer } from '../../../src/text/tokenizer/tokenizer.ts';

export function raw(text: string, more: Partial<RawDocument> = {}): RawDocument {
  return { text, meaning: null, bits: null, ...more };
}

/** Prepares texts, or documents. */
export function prepare(
  documents: Iterable<string | RawDocument>,
  more: Omit<Partial<PrepareOptions>, 'documents' | 'validation'> & {
    validation?: readonly (string | RawDocument)[];
  } = {},
): Promise<PreparedCorpus> {
  const { validation, ...options } = more;
  return prepareCorpus({
    name: 'some text',
    documents: rawOf(documents),
    validation: validation ? rawOf(validation) : null,
    ...options,
  });
}

function* rawOf(documents: Iterable<string | RawDocument>): Generator<RawDocument> {
  for (const document of documents) yield typeof document === 'string' ? raw(document) : document;
}

export type CorpusOptions = {
  readonly name: string;
  readonly stream: ByteStream;
  readonly tokenizer: Tokenizer;
  /** Documents to validate on; where there are none, 5 % of the documents are held out by hash. */
  readonly validation?: ByteStream;
  readonly validationName?: string;
  readonly signal?: AbortSignal;
};

/** From plain text to tokens in one go, where the tokenizer is there already. */
export async function buildCorpus(options: CorpusOptions): Promise<Corpus> {
  const { name, stream, tokenizer, validation, signal } = options;
  const validationName = options.validationName ?? `validation text of ${name}`;
  const prepared = await prepareCorpus({
    name,
    documents: documentsOf(stream, name),
    validation: validation ? documentsOf(validation, validationName) : null,
    validationName,
    signal,
  });
  return tokenizeCorpus(prepared, tokenizer, { signal });
}

async function* documentsOf(stream: ByteStream, name: string): AsyncGenerator<RawDocument> {
  for await (const text of textDocuments(stream, name)) yield raw(text);
}

export function textsOf(list: DocumentList): string[] {
  return Array.from({ length: list.count }, (_, index) => list.textOf(index));
}

export function numbered(from: number, to: number): string[] {
  return Array.from({ length: to - from }, (_, i) => `document number ${from + i}`);
}
