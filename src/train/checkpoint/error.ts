/** A file of a checkpoint that is missing, damaged, or of a model that this lab does not build. */
export class CheckpointError extends Error {
  override readonly name = 'CheckpointError';
  readonly file: string;
  constructor(file: string, problem: string, cause?: unknown) {
    super(`${file}: ${problem}`, { cause });
    this.file = file;
  }
}
