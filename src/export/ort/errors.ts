/** ONNX Runtime could not be loaded: its files did not come, or this place cannot run them. */
export class OrtUnavailableError extends Error {
  override readonly name = 'OrtUnavailableError';
  /** What it was to run on: `wasm` or `webgpu`. */
  readonly provider: string;
  /** Where it ended: its files did not come, or they did and could not be started; it never starts again in the same process then. */
  readonly stage: 'fetch' | 'start';
  constructor(provider: string, stage: OrtUnavailableError['stage'], problem: string, cause?: unknown) {
    super(`ONNX Runtime cannot be loaded: ${problem}`, { cause });
    this.provider = provider;
    this.stage = stage;
  }
}

/** ONNX Runtime is there, and refuses a model or a run of it. */
export class OrtRunError extends Error {
  override readonly name = 'OrtRunError';
  constructor(problem: string, cause?: unknown) {
    super(`ONNX Runtime: ${problem}`, { cause });
  }
}
