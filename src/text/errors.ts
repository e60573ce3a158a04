/** A text that cannot be a corpus. The message names the file, the place and what to do. */

export type TextProblem = 'empty' | 'binary' | 'not UTF-8' | 'document too long' | 'too few documents';

export class TextError extends Error {
  override readonly name = 'TextError';
  readonly file: string;
  readonly problem: TextProblem;
  /** Offset of the byte that is wrong, from 0; null where the problem has no place. */
  readonly byte: number | null;
  /** Its line, from 1. */
  readonly line: number | null;
  constructor(
    file: string,
    problem: TextProblem,
    words: string,
    place: { byte: number; line: number } | null = null,
  ) {
    super(`${file}: ${words}`);
    this.file = file;
    this.problem = problem;
    this.byte = place?.byte ?? null;
    this.line = place?.line ?? null;
  }
}
