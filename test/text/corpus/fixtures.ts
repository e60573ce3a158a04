/** Documents for tests, and what a prepared list holds. */

import type { DocumentList } from '../../../src/text/corpus/documentList.ts';
import { type PreparedCorpus, type PrepareOptions, prepareCorpus } from '../../../src/text/corpus/prepare.ts';
import type { RawDocument } from '../../../src/text/document.ts';

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

export function textsOf(list: DocumentList): string[] {
  return Array.from({ length: list.count }, (_, index) => list.textOf(index));
}

export function numbered(from: number, to: number): string[] {
  return Array.from({ length: to - from }, (_, i) => `document number ${from + i}`);
}
