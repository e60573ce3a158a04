/** Prepared documents and a tokenizer → the tokens that are trained and validated on. */

import { Breather } from '../breather.ts';
import type { Tokenizer } from '../tokenizer/tokenizer.ts';
import type { Sample } from './collect.ts';
import type { DocumentList } from './documentList.ts';
import type { NearDuplicates } from './nearDuplicates.ts';
import { type Dropped, floorBitsPerByte, type PreparedCorpus } from './prepare.ts';
import { TokenBuffer } from './tokenBuffer.ts';

export type Corpus = {
  readonly name: string;
  /** Of the documents of the (training) text as it was read, 64 hexadecimal digits: see {@link PreparedCorpus}. */
  readonly sha256: string;
  /** Of the validation text; null where documents were held out instead. */
  readonly validationSha256: string | null;
  /**
   * Training tokens: endOfDocument, then each document and an endOfDocument, in the order of the documents' hashes.
   * A prefix is a random sample of the documents, and part of every longer prefix.
   */
  readonly train: Uint16Array;
  /** Validation tokens, laid out alike, in file order. */
  readonly validation: Uint16Array;
  /** Bytes that the tokens stand for: UTF-8 bytes of the documents, and one for the end of each. */
  readonly trainBytes: number;
  readonly validationBytes: number;
  /** Training documents. */
  readonly documents: number;
  readonly validationDocuments: number;
  /** Entropy of the validation documents in bits per byte, where the text knows its own distribution: no loss is lower. */
  readonly floorBitsPerByte: number | null;
  readonly dropped: Dropped;
  readonly sample: Sample;
  readonly nearDuplicates: NearDuplicates | null;
};

type Cancellable = { readonly signal?: AbortSignal | undefined };

/** Tokenises both sides of a corpus. Rejects with the signal's reason when aborted. */
export async function tokenizeCorpus(
  prepared: PreparedCorpus,
  tokenizer: Tokenizer,
  options: Cancellable = {},
): Promise<Corpus> {
  const { name, sha256, validationSha256, train, validation, dropped, sample, nearDuplicates } = prepared;
  return {
    name,
    sha256,
    validationSha256,
    train: await tokenize(train, tokenizer, options),
    validation: await tokenize(validation, tokenizer, options),
    trainBytes: train.bytesWithEnds,
    validationBytes: validation.bytesWithEnds,
    documents: train.count,
    validationDocuments: validation.count,
    floorBitsPerByte: floorBitsPerByte(validation),
    dropped,
    sample,
    nearDuplicates,
  };
}

/** endOfDocument, then each document and an endOfDocument. */
export async function tokenize(
  documents: DocumentList,
  tokenizer: Tokenizer,
  { signal }: Cancellable = {},
): Promise<Uint16Array> {
  const breather = new Breather(signal);
  const tokens = new TokenBuffer();
  const end = Uint16Array.of(tokenizer.endOfDocument);
  tokens.push(end);
  for (let index = 0; index < documents.count; index++) {
    if (breather.isDue()) await breather.rest();
    tokens.push(tokenizer.encode(documents.textOf(index)));
    tokens.push(end);
  }
  return tokens.take();
}

/** The first part of a text. */
export type Subset = {
  /** Documents that it begins. */
  readonly documents: number;
  /** Bytes of it, with one for each end of a document that it holds. */
  readonly bytes: number;
  /** As many as were asked for, or all there are. */
  readonly tokens: number;
};

/** What the first `targetTokens` training tokens (D_T) stand for. */
export function targetSubset({ train }: PreparedCorpus, tokenizer: Tokenizer, targetTokens: number): Subset {
  return firstTokens(train, tokenizer, targetTokens);
}

/** What the first tokens of a text stand for; the first of them is an endOfDocument of no bytes. */
export function firstTokens(list: DocumentList, tokenizer: Tokenizer, most: number): Subset {
  let tokens = Math.min(most, 1);
  let bytes = 0;
  let documents = 0;
  while (tokens < most && documents < list.count) {
    const encoded = tokenizer.encode(list.textOf(documents));
    const left = most - tokens;
    if (encoded.length < left) {
      bytes += list.lengthOf(documents) + 1;
      tokens += encoded.length + 1;
    } else {
      for (const token of encoded.subarray(0, left)) bytes += tokenizer.bytesOf(token);
      tokens += left;
    }
    documents++;
  }
  return { documents, bytes, tokens };
}

/**
 * The first training texts, up to `maxBytes` with one for each end: what a tokenizer may see that is to know no more than the
 * subset of these bytes. The last text is cut where the bytes end, before a character that would not be whole.
 */
export function* trainingTexts(
  { train }: PreparedCorpus,
  maxBytes: number = Number.POSITIVE_INFINITY,
): Generator<string> {
  let left = maxBytes;
  for (let index = 0; index < train.count && left > 0; index++) {
    const length = train.lengthOf(index);
    if (length <= left) yield train.textOf(index);
    else {
      const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
      const cut = decoder.decode(train.bytesOf(index).subarray(0, left), { stream: true });
      if (cut !== '') yield cut;
    }
    left -= length + 1;
  }
}
