/** A model that lies here and cannot be used; `model` is its name. */
export class ModelError extends Error {
  override readonly name = 'ModelError';
  readonly model: string;
  constructor(model: string, problem: string, cause?: unknown) {
    super(`${model}: ${problem}`, { cause });
    this.model = model;
  }
}
