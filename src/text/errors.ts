/** A text that cannot be a corpus. The message names the file, the place and what to do. */

export type TextProblem =
  | 'empty'
  | 'binary'
  | 'not UTF-8'
  | 'document too long'
  | 'too few documents'
  /** A line or row that is not what its format says. */
  | 'bad record'
  /** No column or field to take the text from; `columns` says which there are. */
  | 'no text column'
  /** An archive in which nothing is text. */
  | 'no text file'
  /** The file ends before its end. */
  | 'truncated'
  | 'corrupt'
  | 'encrypted'
  /** A well-formed file of a kind that is not read. */
  | 'unsupported'
  /** More bytes than the stated limit, or more than the packed bytes can honestly stand for. */
  | 'too large';

/** Offset of a byte from 0 and a line from 1, of the unpacked text; null where it is not known. */
export type TextPlace = { readonly byte: number | null; readonly line: number | null };

export class TextError extends Error {
  override readonly name = 'TextError';
  /** The file's name; of one in an archive, `archive.zip/file.txt`. */
  readonly file: string;
  readonly problem: TextProblem;
  /** Offset of the byte that is wrong, from 0; null where the problem has no place. */
  readonly byte: number | null;
  /** Its line, from 1. */
  readonly line: number | null;
  /** The columns or fields that the file has, where that is what must be chosen from. */
  readonly columns: readonly string[];
  constructor(
    file: string,
    problem: TextProblem,
    words: string,
    place: TextPlace | null = null,
    columns: readonly string[] = [],
  ) {
    super(`${file}: ${words}`);
    this.file = file;
    this.problem = problem;
    this.byte = place?.byte ?? null;
    this.line = place?.line ?? null;
    this.columns = columns;
  }
}
