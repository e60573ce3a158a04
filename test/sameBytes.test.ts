import { describe, expect, it } from 'vitest';
import { sameBytes } from './sameBytes.ts';

const floats = Float32Array.of(1, Number.NaN, -0);

describe('typed arrays', () => {
  it('are equal where their bytes are, wherever these lie', () => {
    expect(sameBytes(floats, Float32Array.of(9, 1, Number.NaN, -0).subarray(1))).toBe(true);
    expect(sameBytes(new Uint8Array(), new Uint8Array())).toBe(true);
  });

  it('are left to vitest where their bytes or kinds differ, and everything else is', () => {
    for (const other of [
      Float32Array.of(1, Number.NaN, 0),
      floats.subarray(1),
      new Uint8Array(floats.buffer),
    ])
      expect(sameBytes(floats, other)).toBeUndefined();
    expect(sameBytes([1], [1])).toBeUndefined();
    expect(sameBytes(floats, null)).toBeUndefined();
  });

  it('are compared with what stands around them, and differ where vitest says so', () => {
    expect({ weights: floats }).toEqual({ weights: floats.slice() });
    expect(floats).not.toEqual(Float32Array.of(1, 2, -0));
    expect(floats).not.toEqual(Float32Array.of(1, Number.NaN));
    expect(Float32Array.of(1)).not.toStrictEqual(Float64Array.of(1));
  });

  it('are compared at once, however long', () => {
    const long = new Float32Array(5e6).fill(1);
    const begun = process.cpuUsage();
    expect(long.slice()).toEqual(long);
    expect(process.cpuUsage(begun).user / 1000).toBeLessThan(MOST_MS);
  });
});

/** Of a processor: one by one it takes seconds. */
const MOST_MS = 1000;
