import { expect, test } from 'vitest';
import { singlesOfBrainFloats, singlesOfHalves } from '../../src/huggingFace/float16.ts';

/** Every pattern of 16 bits, little-endian. */
const PATTERNS = new Uint8Array(Uint16Array.from({ length: 65_536 }, (_, bits) => bits).buffer);

/** A number by its definition: sign, exponent and fraction with so many bits each (IEEE 754, 3.4). */
function byDefinition(bits: number, exponentBits: number, fractionBits: number): number {
  const sign = bits >= 0x8000 ? -1 : 1;
  const fraction = bits % 2 ** fractionBits;
  const exponent = Math.floor(bits / 2 ** fractionBits) % 2 ** exponentBits;
  const bias = 2 ** (exponentBits - 1) - 1;
  if (exponent === 2 ** exponentBits - 1) return fraction === 0 ? sign * Infinity : Number.NaN;
  if (exponent === 0) return sign * fraction * 2 ** (1 - bias - fractionBits);
  return sign * (1 + fraction / 2 ** fractionBits) * 2 ** (exponent - bias);
}

test.each([
  ['F16', singlesOfHalves, 5, 10],
  ['BF16', singlesOfBrainFloats, 8, 7],
] as const)(
  'all 65,536 patterns of %s are the numbers of their definition',
  (_, singles, exponentBits, fractionBits) => {
    const values = singles(PATTERNS);
    expect(values).toHaveLength(65_536);
    // `Object.is` tells zeros apart; every value is a 32-bit float, so nothing may be rounded.
    const wrong = [...values].findIndex(
      (value, bits) => !Object.is(value, byDefinition(bits, exponentBits, fractionBits)),
    );
    expect(wrong).toBe(-1);
  },
);

test('a view that does not begin at a multiple of two is read as well', () => {
  const shifted = new Uint8Array(5).subarray(1);
  shifted.set([0x00, 0x3c, 0x00, 0xc0]);
  expect([...singlesOfHalves(shifted)]).toEqual([1, -2]);
  shifted.set([0x80, 0x3f, 0x00, 0xc0]);
  expect([...singlesOfBrainFloats(shifted)]).toEqual([1, -2]);
});
