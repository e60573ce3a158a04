/** Numbers of 16 bits as others save them, widened to 32: every one of them is a 32-bit float exactly. */

const SIGN = 0x8000;
/** Exponent bits of a half, all ones: infinity, or not a number. */
const HALF_SPECIAL = 0x1f;
/** What the exponents of a single are counted from, less what those of a half are (127 − 15). */
const REBIAS = 112;
const SINGLE_SPECIAL = 0x7f800000;
/** The smallest half above zero. */
const HALF_STEP = 2 ** -24;

/**
 * IEEE 754 binary16 (F16): little-endian bytes, two a number → the same numbers. Not-a-number stays that, with its payload.
 */
export function singlesOfHalves(bytes: Uint8Array): Float32Array {
  const values = new Float32Array(bytes.length / 2);
  const bits = new Uint32Array(values.buffer);
  for (let i = 0; i < values.length; i++) {
    const half = wordAt(bytes, i);
    const sign = (half & SIGN) << 16;
    const exponent = (half >>> 10) & HALF_SPECIAL;
    const fraction = half & 0x3ff;
    if (exponent === 0) values[i] = (sign === 0 ? HALF_STEP : -HALF_STEP) * fraction;
    else if (exponent === HALF_SPECIAL) bits[i] = sign | SINGLE_SPECIAL | (fraction << 13);
    else bits[i] = sign | ((exponent + REBIAS) << 23) | (fraction << 13);
  }
  return values;
}

/** bfloat16 (BF16): the upper half of a 32-bit float, little-endian. */
export function singlesOfBrainFloats(bytes: Uint8Array): Float32Array {
  const values = new Float32Array(bytes.length / 2);
  const bits = new Uint32Array(values.buffer);
  for (let i = 0; i < values.length; i++) bits[i] = wordAt(bytes, i) << 16;
  return values;
}

function wordAt(bytes: Uint8Array, index: number): number {
  return (bytes[2 * index] ?? 0) | ((bytes[2 * index + 1] ?? 0) << 8);
}
