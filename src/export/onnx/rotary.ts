/** Angles of the rotary position embedding, as tables that a graph looks up by position. */

/** Both [positions × headDim], row-major. */
export type RotaryTables = {
  readonly cos: Float32Array;
  /** Negative in the first half of each row: what it multiplies is the head with its halves swapped. */
  readonly sin: Float32Array;
};

/**
 * Feature i of a head turns with feature i + headDim/2 (the halves of Hugging Face's Llama, not neighbouring pairs), at position p
 * by p · base^(−2i/headDim) (Su et al. 2021): (a, b) becomes (a·cos − b·sin, b·cos + a·sin).
 */
export function rotaryTables(positions: number, headDim: number, base: number): RotaryTables {
  const half = headDim / 2;
  const cos = new Float32Array(positions * headDim);
  const sin = new Float32Array(positions * headDim);
  for (let position = 0; position < positions; position++) {
    for (let feature = 0; feature < half; feature++) {
      const angle = position * base ** ((-2 * feature) / headDim);
      const at = position * headDim + feature;
      cos[at] = cos[at + half] = Math.cos(angle);
      sin[at + half] = Math.sin(angle);
      sin[at] = -Math.sin(angle);
    }
  }
  return { cos, sin };
}
