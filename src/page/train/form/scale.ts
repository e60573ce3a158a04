/** Counts a Llama's parameters from its shape, for the numbers that follow while a person types. */

/** 256 bytes and the end of a document. */
export const BYTE_VOCABULARY = 257;
/** Query, key, value and output projections; and gate, up and down of the SwiGLU block. */
const SQUARE_MATRICES = 4;
const MLP_MATRICES = 3;
const GAINS_PER_LAYER = 2;

export type ModelShape = {
  readonly layers: number;
  readonly width: number;
  readonly mlp: number;
  /** Distinct tokens. */
  readonly vocabulary: number;
};

/**
 * N of the laws: the parameters that multiply each token (blocks with their norm gains, and the head, which a tied matrix counts as);
 * null when the shape holds something that is no positive number.
 */
export function modelScale({ layers, width, mlp, vocabulary }: ModelShape): number | null {
  if (!(layers > 0 && width > 0 && mlp > 0 && vocabulary > 0)) return null;
  const block = SQUARE_MATRICES * width * width + MLP_MATRICES * width * mlp + GAINS_PER_LAYER * width;
  return layers * block + width + vocabulary * width;
}
