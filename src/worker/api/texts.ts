/** What may be asked and told of texts and tokenizers. */

import type { TrainConfig } from '../../formats/config.ts';
import type { Sample } from '../../text/corpus/collect.ts';
import type { NearDuplicates } from '../../text/corpus/nearDuplicates.ts';
import type { Dropped } from '../../text/corpus/prepare.ts';
import type { NgramReference } from '../../text/corpus/reference.ts';
import type { TextStatistics } from '../../text/corpus/statistics.ts';
import type { ReadOptions } from '../../text/document.ts';
import type { RemoteDescription } from '../../text/remote/describeRemote.ts';

/** The poor language is the target, the rich one the source. */
export type Side = 'target' | 'source';

export type CorpusFacts = {
  readonly side: Side;
  /** For a person. */
  readonly name: string;
  /** As configs and records name it: a file by name and SHA-256. */
  readonly spec: string;
  /** Language of the text as a BCP 47 tag; null where it is not known. */
  readonly language: string | null;
  /** What there was, and what was taken of it. */
  readonly sample: Sample;
  /** Training documents. */
  readonly documents: number;
  readonly validationDocuments: number;
  /** Tokens of the byte tokenizer. */
  readonly trainTokens: number;
  readonly validationTokens: number;
  readonly dropped: Dropped;
  readonly nearDuplicates: NearDuplicates | null;
  /** Entropy of the validation documents in bits per byte, where the text knows its own distribution: no loss is lower. */
  readonly floorBitsPerByte: number | null;
  /** Of the training documents. */
  readonly statistics: TextStatistics;
  /** The beginnings of a few training documents. */
  readonly preview: readonly string[];
  readonly sha256: string;
};

/** Where a text comes from: a file that was picked, or a spec of anything else. */
export type CorpusOrigin =
  | { readonly kind: 'file'; readonly file: File; readonly options: ReadOptions }
  | { readonly kind: 'spec'; readonly spec: string };

/** How a tokenizer cuts one of the texts. */
export type CutFacts = {
  /** Of the whole text that is trained on. */
  readonly trainTokens: number;
  readonly validationTokens: number;
  /** Of the validation text, the ends of documents counted as bytes and tokens. */
  readonly tokensPerByte: number;
  /** Of some of its documents; null where words are not found. */
  readonly tokensPerWord: number | null;
};

/** The tokenizer that a fleet's texts were cut with. */
export type TokenizerFacts = {
  readonly kind: 'bytes' | 'bpe' | 'library';
  readonly vocabulary: number;
  readonly target: CutFacts;
  readonly source: CutFacts | null;
};

export type TextCommand =
  /** Reads a text, in the place of the side's last one. Fetches what is neither here nor kept from an earlier time. */
  | { readonly command: 'readCorpus'; readonly side: Side; readonly origin: CorpusOrigin }
  /** Asks the servers of a remote corpus what reading it would fetch; fetches no text. */
  | { readonly command: 'describeCorpus'; readonly side: Side; readonly spec: string }
  /** The n-gram reference of the target text: trained on its first `targetTokens` tokens, measured on what is kept back. */
  | {
      readonly command: 'reference';
      readonly targetTokens: number;
      readonly tokenizer: TrainConfig['tokenizer'];
    };

export type TextReply = {
  readCorpus: CorpusFacts;
  describeCorpus: RemoteDescription;
  reference: NgramReference;
};

export type TextEvent =
  /** Bytes of a text read so far; `totalBytes` is 0 where it is not known. */
  | { readonly event: 'reading'; readonly side: Side; readonly bytes: number; readonly totalBytes: number }
  /** A text is open that nobody has read here: it was brought back. */
  | { readonly event: 'corpus'; readonly facts: CorpusFacts }
  /** A text is no longer open: it was removed from storage. */
  | { readonly event: 'closed'; readonly side: Side };
