/** A field of a config by which no corpus or tokenizer is to be had; the cause is the error of whoever found out. */
export class PairError extends Error {
  override readonly name = 'PairError';
  /** Its name in the train config, e.g. `corpora.target`. */
  readonly field: string;
  readonly problem: string;
  constructor(field: string, problem: string, cause?: unknown) {
    super(`${field}: ${problem}`, { cause });
    this.field = field;
    this.problem = problem;
  }
}

/** What went wrong with a field, as an error that names it; but what the signal broke off is no fault of a field. */
export function inField(field: string, error: unknown, signal: AbortSignal | undefined): unknown {
  if (signal?.aborted || error instanceof PairError) return error;
  return new PairError(field, error instanceof Error ? error.message : String(error), error);
}
