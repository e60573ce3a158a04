/** What `m3lab corpus show` finds out about a corpus: the value that `--json` gives. */

import { type Subset, targetSubset } from '../../text/corpus/corpus.ts';
import type { DocumentList } from '../../text/corpus/documentList.ts';
import { floorBitsPerByte, type PreparedCorpus } from '../../text/corpus/prepare.ts';
import { type NgramReference, referenceBitsPerByte } from '../../text/corpus/reference.ts';
import { type TextStatistics, textStatistics } from '../../text/corpus/statistics.ts';
import type { Parting } from '../../text/document.ts';
import { byteTokenizer } from '../../text/tokenizer/bytes.ts';
import { type Fertility, fertility } from '../../text/tokenizer/fertility.ts';
import type { Tokenizer } from '../../text/tokenizer/tokenizer.ts';
import type { Io } from '../io.ts';

/** Text on which a tokenizer is measured, in bytes: cutting it into words takes about a second. */
const FERTILITY_BYTES = 1_000_000;
const EXAMPLE_CHARACTERS = 240;

/** What parts the documents of plain text. */
export type Parted = {
  /** Several where the files of an archive differ. */
  readonly by: readonly Parting[];
  /** The spec by which they are parted the other way; null where the spec says how they are. */
  readonly otherwise: string | null;
};

export type CorpusFacts = {
  readonly spec: string;
  readonly name: string;
  /** Null where it is no file of plain text. */
  readonly parted: Parted | null;
  /** Of the validation text; null also where none is given. */
  readonly validationParted: Parted | null;
  /** Of the documents: see `PreparedCorpus`. */
  readonly sha256: string;
  readonly validationSha256: string | null;
  readonly train: TextStatistics;
  readonly validation: TextStatistics;
  readonly sample: PreparedCorpus['sample'];
  readonly validationSample: PreparedCorpus['validationSample'];
  readonly dropped: PreparedCorpus['dropped'];
  readonly nearDuplicates: PreparedCorpus['nearDuplicates'];
  /** Entropy of the validation documents in bits per byte; null where it is not known. */
  readonly floorBitsPerByte: number | null;
  /** What the first tokens of the training text (D_T) are; null where no number of tokens was asked for. */
  readonly target: Subset | null;
  /** Trained on the bytes of `target`, or on all. */
  readonly reference: NgramReference;
  readonly tokenizer: TokenizerFacts | null;
  /** The first training documents, in the order in which they are trained on; long ones are cut. */
  readonly examples: readonly string[];
};

export type TokenizerFacts = {
  readonly file: string;
  readonly kind: Tokenizer['kind'];
  readonly vocabulary: number;
  readonly fingerprint: string;
  readonly warnings: readonly string[];
  /** Of the validation documents, the first megabyte. */
  readonly fertility: Fertility;
};

export type Wishes = Pick<CorpusFacts, 'spec' | 'parted' | 'validationParted'> & {
  /** D_T, in tokens of the tokenizer, or in bytes where there is none. */
  readonly targetTokens: number | null;
  readonly tokenizer: { readonly file: string; readonly tokenizer: Tokenizer } | null;
  readonly examples: number;
};

/** Rejects with the signal's reason when aborted. */
export async function corpusFacts(prepared: PreparedCorpus, wishes: Wishes, io: Io): Promise<CorpusFacts> {
  const { name, sha256, validationSha256, train, validation, sample, validationSample } = prepared;
  const { spec, parted, validationParted, targetTokens, tokenizer: brought, examples } = wishes;
  const { signal } = io;
  io.progress('counting letters and words …');
  const statistics = {
    train: await textStatistics(train, { signal }),
    validation: await textStatistics(validation, { signal }),
  };
  const tokenizer = brought?.tokenizer ?? byteTokenizer;
  const target = targetTokens === null ? null : targetSubset(prepared, tokenizer, targetTokens);
  io.progress('training the n-gram reference …');
  const reference = await referenceBitsPerByte(prepared, target?.bytes, { signal });
  io.progress('');
  return {
    spec,
    name,
    parted,
    validationParted,
    sha256,
    validationSha256,
    ...statistics,
    sample,
    validationSample,
    dropped: prepared.dropped,
    nearDuplicates: prepared.nearDuplicates,
    floorBitsPerByte: floorBitsPerByte(validation),
    target,
    reference,
    tokenizer: brought && tokenizerFacts(brought.file, brought.tokenizer, firstTexts(validation)),
    examples: Array.from({ length: Math.min(examples, train.count) }, (_, index) => cut(train.textOf(index))),
  };
}

export function tokenizerFacts(file: string, tokenizer: Tokenizer, sample: Iterable<string>): TokenizerFacts {
  const { kind, vocabulary, fingerprint, warnings } = tokenizer;
  return { file, kind, vocabulary, fingerprint, warnings, fertility: fertility(tokenizer, sample) };
}

/** Whether a text is written with spaces between its words; where it is not, nobody but a dictionary can count them. */
export async function hasSpaces(sample: readonly string[], signal: AbortSignal): Promise<boolean> {
  const encoder = new TextEncoder();
  const documents = sample.map((text) => encoder.encode(text));
  const bytes = documents.reduce((sum, { length }) => sum + length, 0);
  const bytesOf = (index: number) => documents[index] ?? new Uint8Array(0);
  const { words } = await textStatistics({ count: documents.length, bytes, bytesOf }, { signal });
  return words !== null;
}

/** Documents from the first one on, about a megabyte of them. */
export function* firstTexts(documents: DocumentList, maxBytes: number = FERTILITY_BYTES): Generator<string> {
  let bytes = 0;
  for (let index = 0; index < documents.count && bytes < maxBytes; index++) {
    bytes += documents.lengthOf(index);
    yield documents.textOf(index);
  }
}

function cut(text: string): string {
  const characters = [...text.slice(0, 2 * EXAMPLE_CHARACTERS)];
  return characters.length > EXAMPLE_CHARACTERS
    ? `${characters.slice(0, EXAMPLE_CHARACTERS).join('')}…`
    : text;
}
