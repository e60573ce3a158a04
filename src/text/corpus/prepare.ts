/**
 * Documents → a corpus that is ready to be tokenised: normalised, without repetition, split, ordered. A step of its own,
 * because a tokenizer that is trained has to see the split before there is anything to tokenise with.
 */

import type { Hash64 } from '../../formats/hash.ts';
import { Breather } from '../breather.ts';
import type { RawDocument } from '../document.ts';
import { type Amount, type CollectOptions, collect, type Sample } from './collect.ts';
import type { HashSet } from './documentHash.ts';
import type { DocumentList } from './documentList.ts';
import { findNearDuplicates, type NearDuplicates } from './nearDuplicates.ts';
import { holdGiven, holdOut, noneToTrainOn } from './split.ts';

/** Bytes of text that are held of a corpus where nothing else is said. */
export const MAX_CORPUS_BYTES = 64 * 2 ** 20;

/** Documents left out, by why; those of the validation text included. */
export type Dropped = {
  /** Nothing but white space. */
  readonly empty: number;
  /** The text had come before. */
  readonly duplicates: number;
  /** Of the training text, because validation holds the same text: the one that was given, or that of the other language. */
  readonly validationCopies: number;
  /** Because validation holds a translation of them: the same meaning, or the same place in a parallel file. */
  readonly validationTranslations: number;
  /** Of the training text, because validation holds nearly the same text; only where that was asked for. */
  readonly nearDuplicates: number;
};

export type PreparedCorpus = {
  readonly name: string;
  /**
   * Of the text as it was read: its documents that are not empty, each in UTF-8, trimmed, in normal form C, and followed
   * by one line feed. So it is the file's own SHA-256 where that is a plain text with one such document a line.
   */
  readonly sha256: string;
  /** Of the validation text; null where documents were held out instead. */
  readonly validationSha256: string | null;
  /** In the order of the texts' hashes: each prefix is a random sample, and part of every longer prefix. */
  readonly train: DocumentList;
  /** In the order of the text. */
  readonly validation: DocumentList;
  /**
   * Documents of the text, empty and repeated ones counted, where their places say which documents of another text translate
   * them; else null.
   */
  readonly places: number | null;
  /** Keys of what is validated on, and hashes of its texts: see {@link withoutTranslations}. */
  readonly validationKeys: HashSet;
  readonly dropped: Dropped;
  readonly sample: Sample;
  /** Of the validation text; null where none was given. */
  readonly validationSample: Sample | null;
  /** Null where nobody looked. */
  readonly nearDuplicates: NearDuplicates | null;
};

export type PrepareOptions = {
  /** Said in errors and records. */
  readonly name: string;
  readonly documents: AsyncIterable<RawDocument> | Iterable<RawDocument>;
  /** Documents to validate on; where there are none, 5 % are held out. */
  readonly validation?: AsyncIterable<RawDocument> | Iterable<RawDocument> | null | undefined;
  readonly validationName?: string | undefined;
  /**
   * What decides on the side of a document without a meaning: its text, or its place in the file, for parallel files in which
   * the n-th documents translate each other.
   */
  readonly split?: 'text' | 'number' | undefined;
  /** Text that is kept, and of the validation text as much; it ends with the document that reaches this size. */
  readonly maxBytes?: number | undefined;
  /** Of the validation text, where it is another size. */
  readonly validationMaxBytes?: number | undefined;
  readonly nearDuplicates?: 'report' | 'drop' | 'ignore' | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Called about every quarter of a megabyte with what was read so far, of both texts. */
  readonly onProgress?: ((read: Amount) => void) | undefined;
};

const PROGRESS_BYTES = 2 ** 18;

/**
 * Reads a text. No document of the validation is trained on, nor a translation of one that shares its key.
 * Throws {@link TextError} where the text is empty or has too few documents for a split, and whatever the readers throw;
 * rejects with the signal's reason when aborted.
 */
export async function prepareCorpus(options: PrepareOptions): Promise<PreparedCorpus> {
  const { name, validation, signal } = options;
  const breather = new Breather(signal);
  const common: Omit<CollectOptions, 'name' | 'documents' | 'keyBy' | 'exclude' | 'withKeys'> = {
    maxBytes: options.maxBytes ?? MAX_CORPUS_BYTES,
    breather,
    onDocument: progress(options.onProgress),
  };
  const validationName = options.validationName ?? `validation text of ${name}`;
  // Places in another file say nothing: its documents are known by meaning or text.
  const given = validation
    ? await collect({
        ...common,
        maxBytes: options.validationMaxBytes ?? common.maxBytes,
        name: validationName,
        documents: validation,
        keyBy: 'text',
        exclude: null,
        withKeys: true,
      })
    : null;
  const all = await collect({
    ...common,
    name,
    documents: options.documents,
    keyBy: options.split ?? 'text',
    exclude: given?.texts ?? null,
    withKeys: false,
  });
  if (all.store.count === 0) throw noneToTrainOn(name);
  const split = given ? holdGiven(all, given, name) : holdOut(all, name);
  const wish = options.nearDuplicates ?? 'ignore';
  const near = wish === 'ignore' ? null : await findNearDuplicates(split.train, split.validation, { signal });
  const dropped = near !== null && wish === 'drop' ? near.trainingIndices : new Set<number>();
  const train = dropped.size > 0 ? split.train.without(dropped) : split.train;
  if (train.count === 0) throw noneToTrainOn(name);
  return {
    name,
    sha256: all.sha256,
    validationSha256: given?.sha256 ?? null,
    train,
    validation: split.validation,
    places: all.places,
    validationKeys: split.validationKeys,
    dropped: {
      empty: all.empty + (given?.empty ?? 0),
      duplicates: all.duplicates + (given?.duplicates ?? 0),
      validationCopies: all.excluded,
      validationTranslations: split.translations,
      nearDuplicates: dropped.size,
    },
    sample: all.sample,
    validationSample: given?.sample ?? null,
    nearDuplicates: near?.found ?? null,
  };
}

/**
 * The corpus without training documents that translate what `other` validates on, or are the same text. Of two corpora whose
 * documents are all held out by key only copies are found, such as names that no language changes; where one of them brings its
 * own validation text, or is so small that one document was held out alone, only this keeps a model from reading a translation of
 * what it is tested on. Near-duplicates of what the other validates on are not looked for: see `nearDuplicates.ts`.
 * Throws {@link TextError} where nothing is left.
 */
export function withoutTranslations(corpus: PreparedCorpus, other: PreparedCorpus): PreparedCorpus {
  const isHeld = (hash: Hash64) => other.validationKeys.has(hash);
  const uncopied = corpus.train.withoutTexts(isHeld);
  const train = uncopied.withoutKeys(isHeld);
  if (train.count === corpus.train.count) return corpus;
  if (train.count === 0) throw noneToTrainOn(corpus.name);
  const { dropped } = corpus;
  const validationCopies = dropped.validationCopies + corpus.train.count - uncopied.count;
  const validationTranslations = dropped.validationTranslations + uncopied.count - train.count;
  return { ...corpus, train, dropped: { ...dropped, validationCopies, validationTranslations } };
}

/** Information of documents in bits per byte, their ends counted as a byte each: no model does better. Null: not known. */
export function floorBitsPerByte({ bits, bytesWithEnds }: DocumentList): number | null {
  return bits === null ? null : bits / bytesWithEnds;
}

function progress(onProgress: PrepareOptions['onProgress']): (bytes: number) => void {
  const read = { documents: 0, bytes: 0 };
  let told = 0;
  return (bytes) => {
    read.documents++;
    read.bytes += bytes;
    if (read.bytes - told < PROGRESS_BYTES) return;
    told = read.bytes;
    onProgress?.({ ...read });
  };
}
