/** A file of a Hugging Face folder that is missing, damaged, or of a model that this lab does not build. */
export class HuggingFaceError extends Error {
  override readonly name = 'HuggingFaceError';
  readonly file: string;
  readonly problem: string;
  constructor(file: string, problem: string, cause?: unknown) {
    super(`${file}: ${problem}`, { cause });
    this.file = file;
    this.problem = problem;
  }
}

/** Bytes that are no safetensors file, or hold numbers of a kind that is not read. */
export class SafetensorsError extends Error {
  override readonly name = 'SafetensorsError';
  readonly file: string;
  readonly problem: string;
  constructor(file: string, problem: string) {
    super(`${file}: ${problem}`);
    this.file = file;
    this.problem = problem;
  }
}
