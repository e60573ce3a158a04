/** What passes between those who bring text and those who prepare it: documents, and the bytes they are read from. */

import type { ByteStream } from './readers/lines.ts';

/** A document as a reader or a world gives it: not yet normalised, trimmed or checked for repetition. */
export type RawDocument = {
  readonly text: string;
  /**
   * What its translations share, where the giver knows it: documents of one meaning fall on the same side of every split.
   * Null: the text decides.
   */
  readonly meaning: string | null;
  /** Information of the document, in bits, its end included, where the giver knows its own distribution; else null. */
  readonly bits: number | null;
};

/** A file, wherever it lies: read from its beginning, or in parts. */
export interface ByteSource {
  /** Said in errors and records; its ending tells the format. */
  readonly name: string;
  /** Bytes; null where it is not known before the end. */
  readonly size: number | null;
  /** All bytes, from the beginning, in chunks; may be called again. */
  stream(signal?: AbortSignal): ByteStream;
  /** Bytes `start` … `end − 1`; null where the source can only be streamed. */
  readonly slice: ((start: number, end: number, signal?: AbortSignal) => Promise<Uint8Array>) | null;
}

/** What parts the documents of plain text: the end of a line, or blank lines. */
export type Parting = 'line' | 'block';

/** What a person said about a file. */
export type ReadOptions = {
  /** The column of a table, or the field of a JSON object, that holds the text; null: `text`, or the only column of strings. */
  readonly column: string | null;
  /** How a plain text file is parted into documents; auto: blank lines where they are frequent, else lines. */
  readonly documents: 'auto' | Parting;
};

export const READ_OPTIONS: ReadOptions = { column: null, documents: 'auto' };
