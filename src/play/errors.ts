/** What was asked for that cannot be written or scored; the message says what to do. */
export class PlayError extends Error {
  override readonly name = 'PlayError';
  readonly field: 'prompt' | 'tokens' | 'seed' | 'text';
  /** What is wrong with the field alone. */
  readonly problem: string;
  constructor(field: PlayError['field'], problem: string) {
    super(`${field}: ${problem}`);
    this.field = field;
    this.problem = problem;
  }
}
