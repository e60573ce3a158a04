/** Documents → a corpus: split, ordered, tokenised, counted. One document is held as text at a time. */

import { documentHash, HashSet, isHeldOut } from './documentHash.ts';
import { TextError } from './errors.ts';
import type { ByteStream } from './readers/lines.ts';
import { documents } from './readers/text.ts';
import { Sha256 } from './sha256.ts';
import { TokenBuffer } from './tokenBuffer.ts';
import type { Tokenizer } from './tokenizer.ts';

/** Documents left out, by why. */
export type Dropped = { readonly empty: number; readonly duplicates: number };

export type Corpus = {
  readonly name: string;
  /** Of the bytes of the (training) file, 64 hexadecimal digits. */
  readonly sha256: string;
  /** Of the bytes of the validation file; null where documents were held out instead. */
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
  readonly dropped: Dropped;
};

export type CorpusOptions = {
  /** Said in errors and records: a file's name. */
  readonly name: string;
  readonly stream: ByteStream;
  readonly tokenizer: Tokenizer;
  /** Documents to validate on; where there are none, 5 % of the documents are held out by hash. */
  readonly validation?: ByteStream | null | undefined;
  /** The name of the validation file in errors. */
  readonly validationName?: string | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Called with the bytes read so far, of both files, after every chunk. */
  readonly onProgress?: ((bytes: number) => void) | undefined;
};

/**
 * Reads a corpus. A document that appears in the validation never appears in training.
 * Throws {@link TextError} where the file is no text, is empty, or has too few documents for a split; rejects
 * with the signal's reason when aborted.
 */
export async function buildCorpus(options: CorpusOptions): Promise<Corpus> {
  const { name, tokenizer } = options;
  const seen = new HashSet();
  const counter: Counter = { bytes: 0, empty: 0, duplicates: 0 };
  const validationName = options.validationName ?? `validation text of ${name}`;
  const given = options.validation
    ? await collect(options, options.validation, validationName, seen, counter)
    : null;
  const all = await collect(options, options.stream, name, seen, counter);

  const places = all.hashes.map((_, index) => index);
  const heldOut = given ? new Set<number>() : chooseHeldOut(all, name);
  const training = places.filter((place) => !heldOut.has(place)).sort((a, b) => byHash(all, a, b));
  const validation = given
    ? given.hashes.map((_, index) => index)
    : places.filter((place) => heldOut.has(place));
  if (training.length === 0) {
    throw new TextError(
      name,
      'too few documents',
      'every document is also in the validation text; none is left to train on',
    );
  }
  const train = assemble(all, training, tokenizer);
  const valid = assemble(given ?? all, validation, tokenizer);
  return {
    name,
    sha256: all.sha256,
    validationSha256: given?.sha256 ?? null,
    train: train.tokens,
    validation: valid.tokens,
    trainBytes: train.bytes,
    validationBytes: valid.bytes,
    documents: training.length,
    validationDocuments: validation.length,
    dropped: { empty: counter.empty, duplicates: counter.duplicates },
  };
}

export type TokenizedText = {
  readonly name: string;
  readonly sha256: string;
  /** endOfDocument, then each document and an endOfDocument, in file order. */
  readonly tokens: Uint16Array;
  /** UTF-8 bytes of the documents, and one for the end of each. */
  readonly bytes: number;
  readonly documents: number;
  readonly dropped: Dropped;
};

/** Reads a text without a split, as an evaluation wants it. Throws {@link TextError}. */
export async function tokenizeText(
  options: Omit<CorpusOptions, 'validation' | 'validationName'>,
): Promise<TokenizedText> {
  const counter: Counter = { bytes: 0, empty: 0, duplicates: 0 };
  const all = await collect(options, options.stream, options.name, new HashSet(), counter);
  const places = all.hashes.map((_, index) => index);
  return {
    name: options.name,
    sha256: all.sha256,
    ...assemble(all, places, options.tokenizer),
    documents: places.length,
    dropped: { empty: counter.empty, duplicates: counter.duplicates },
  };
}

type Counter = { bytes: number; empty: number; duplicates: number };

/** Tokens of documents in file order, and where each begins; parallel lists, one entry a document. */
type Collected = {
  readonly tokens: TokenBuffer;
  readonly starts: number[];
  readonly hashes: { readonly high: number; readonly low: number }[];
  readonly documentBytes: number[];
  readonly sha256: string;
};

async function collect(
  { tokenizer, signal, onProgress }: Pick<CorpusOptions, 'tokenizer' | 'signal' | 'onProgress'>,
  stream: ByteStream,
  name: string,
  seen: HashSet,
  counter: Counter,
): Promise<Collected> {
  const sha = new Sha256();
  async function* counted(): AsyncGenerator<Uint8Array> {
    for await (const chunk of stream) {
      signal?.throwIfAborted();
      sha.update(chunk);
      counter.bytes += chunk.length;
      onProgress?.(counter.bytes);
      yield chunk;
    }
  }
  const tokens = new TokenBuffer();
  const starts: number[] = [];
  const hashes: { high: number; low: number }[] = [];
  const documentBytes: number[] = [];
  let isBlank = true;
  for await (const text of documents(counted(), name)) {
    if (text === '') {
      counter.empty++;
      continue;
    }
    isBlank = false;
    const hash = documentHash(text);
    if (!seen.add(hash)) {
      counter.duplicates++;
      continue;
    }
    starts.push(tokens.length);
    hashes.push(hash);
    const encoded = tokenizer.encode(text);
    tokens.push(encoded);
    documentBytes.push(tokenizer.kind === 'bytes' ? encoded.length : utf8Length(text));
  }
  if (isBlank) {
    throw new TextError(
      name,
      'empty',
      'there is no text in this file, only blank lines; choose one with text in it',
    );
  }
  return { tokens, starts, hashes, documentBytes, sha256: sha.hex() };
}

function chooseHeldOut({ hashes }: Collected, name: string): Set<number> {
  if (hashes.length < 2) {
    throw new TextError(
      name,
      'too few documents',
      'there is one document only, so none can be held out for validation; put a line break or a blank line between documents, or name a validation text',
    );
  }
  const heldOut = new Set<number>();
  let lowest = 0;
  for (const [place, hash] of hashes.entries()) {
    if (isHeldOut(hash)) heldOut.add(place);
    if (hash.low < (hashes[lowest]?.low ?? 0)) lowest = place;
  }
  // A handful of documents may all fall on one side: the lowest hash alone is then held out.
  return heldOut.size === 0 || heldOut.size === hashes.length ? new Set([lowest]) : heldOut;
}

function byHash({ hashes }: Collected, a: number, b: number): number {
  const first = hashes[a];
  const second = hashes[b];
  if (!first || !second) return a - b;
  return first.high - second.high || first.low - second.low;
}

function assemble(
  { tokens, starts, documentBytes }: Collected,
  places: readonly number[],
  { endOfDocument }: Tokenizer,
): { tokens: Uint16Array; bytes: number } {
  const lengthOf = (place: number) => (starts[place + 1] ?? tokens.length) - (starts[place] ?? 0);
  const total = places.reduce((sum, place) => sum + lengthOf(place) + 1, 1);
  const all = new Uint16Array(total);
  let bytes = 0;
  let at = 0;
  all[at++] = endOfDocument;
  for (const place of places) {
    const length = lengthOf(place);
    tokens.copy(starts[place] ?? 0, length, all, at);
    at += length;
    all[at++] = endOfDocument;
    bytes += (documentBytes[place] ?? 0) + 1;
  }
  return { tokens: all, bytes };
}

/** Bytes of a text in UTF-8. */
function utf8Length(text: string): number {
  return new TextEncoder().encode(text).length;
}
