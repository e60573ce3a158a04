/** Counts a Llama's parameters from its shape, for the numbers that follow while a person types. */

const BYTE_VOCABULARY = 257;
/** Query, key, value and output projections; and gate, up and down of the SwiGLU block. */
const SQUARE_MATRICES = 4;
const MLP_MATRICES = 3;
const GAINS_PER_LAYER = 2;

export type ModelShape = { readonly layers: number; readonly width: number; readonly mlp: number };

/**
 * N of the laws: the parameters that multiply each token (blocks with their norm gains, and the head, which a tied matrix counts as) under
 * the byte vocabulary; null when the shape holds something that is no positive number.
 */
export function modelScale({ layers, width, mlp }: ModelShape): number | null {
  if (!(layers > 0 && width > 0 && mlp > 0)) return null;
  const block = SQUARE_MATRICES * width * width + MLP_MATRICES * width * mlp + GAINS_PER_LAYER * width;
  return layers * block + width + BYTE_VOCABULARY * width;
}
