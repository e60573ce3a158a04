/** What cannot be a tokenizer: a file that is none, or a vocabulary that a text does not hold. */

/** A `tokenizer.json` that cannot be used. */
export class TokenizerError extends Error {
  override readonly name = 'TokenizerError';
  readonly file: string;
  /** The field that is wrong, e.g. `model.type`; '' for the whole file. */
  readonly field: string;
  /** What is wrong, with the field. */
  readonly problem: string;
  constructor(file: string, field: string, words: string, cause?: unknown) {
    const problem = `${field === '' ? '' : `${field}: `}${words}`;
    super(`${file}: ${problem}`, { cause });
    this.file = file;
    this.field = field;
    this.problem = problem;
  }
}

/** A vocabulary that cannot be trained. */
export class VocabularyError extends Error {
  override readonly name = 'VocabularyError';
  readonly asked: number;
  /** The largest vocabulary that can be; null where the number asked for is itself none. */
  readonly possible: number | null;
  constructor(asked: number, possible: number | null, words: string) {
    super(words);
    this.asked = asked;
    this.possible = possible;
  }
}
