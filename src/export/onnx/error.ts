/** A model whose ONNX file would be larger than the format can hold. */
export class OnnxTooLargeError extends Error {
  override readonly name = 'OnnxTooLargeError';
  /** Of its weights. */
  readonly bytes: number;
  constructor(bytes: number) {
    super(
      `the weights take ${(bytes / 1e9).toFixed(1)} GB, and an ONNX file in one piece holds less than 2.1 GB; export the Hugging Face folder instead`,
    );
    this.bytes = bytes;
  }
}
