import { describe, expect, test } from 'vitest';
import { SafetensorsError } from '../../src/huggingFace/error.ts';
import { readHeader } from '../../src/huggingFace/header.ts';
import { readSafetensors, writeSafetensors } from '../../src/huggingFace/safetensors.ts';
import { rawFile, rawTensors, sixteenBits } from './files.ts';

const F32 = (from: number, to: number) => ({
  dtype: 'F32',
  shape: [(to - from) / 4],
  data_offsets: [from, to],
});

function refused(file: Uint8Array): string {
  try {
    readHeader(file, file.length, 'model.safetensors', ['F32', 'F16', 'BF16']);
  } catch (error) {
    if (error instanceof SafetensorsError) return error.message;
    throw error;
  }
  return 'nothing was wrong';
}

describe('a header', () => {
  test('is enough to know where each tensor lies, without its bytes', () => {
    const file = writeSafetensors(
      [
        { name: 'b', shape: [2, 2], values: new Float32Array(4) },
        { name: 'a', shape: [3], values: new Float32Array(3) },
      ],
      { step: '7' },
    );
    const dataAt = file.length - 28;
    const { entries, metadata } = readHeader(file.subarray(0, dataAt), file.length, 'x', ['F32']);
    expect(metadata).toEqual({ step: '7' });
    expect(entries).toEqual([
      { name: 'b', type: 'F32', shape: [2, 2], from: dataAt, to: dataAt + 16 },
      { name: 'a', type: 'F32', shape: [3], from: dataAt + 16, to: dataAt + 28 },
    ]);
  });

  test.each<[string, Uint8Array, RegExp]>([
    [
      'another type',
      rawFile({ a: { ...F32(0, 8), dtype: 'F64' } }, new Uint8Array(8)),
      /a is F64; only F32, F16 and BF16 are read: save the model as float32/,
    ],
    ['no type', rawFile({ a: { shape: [2], data_offsets: [0, 8] } }, new Uint8Array(8)), /a is undefined/],
    [
      'a shape that is too large',
      rawFile({ a: { ...F32(0, 8), shape: [3] } }, new Uint8Array(8)),
      /a: shape \[3\] of F32 does not fill bytes 0 to 8/,
    ],
    [
      'a shape beyond all numbers',
      rawFile({ a: { ...F32(0, 8), shape: [2 ** 40, 2 ** 40] } }, new Uint8Array(8)),
      /does not fill/,
    ],
    [
      'a shape that is none',
      rawFile({ a: { ...F32(0, 8), shape: [-2] } }, new Uint8Array(8)),
      /no proper shape and place/,
    ],
    [
      'one offset',
      rawFile({ a: { ...F32(0, 8), data_offsets: [8] } }, new Uint8Array(8)),
      /no proper shape and place/,
    ],
    [
      'offsets the wrong way round',
      rawFile({ a: { ...F32(0, 8), data_offsets: [8, 0] } }, new Uint8Array(8)),
      /does not fill/,
    ],
    [
      'tensors that overlap',
      rawFile({ a: F32(0, 8), b: F32(4, 12) }, new Uint8Array(12)),
      /b begins at byte \d+, inside the tensor before it/,
    ],
    [
      'a hole',
      rawFile({ a: F32(0, 4), b: F32(8, 12) }, new Uint8Array(12)),
      /bytes \d+ to \d+, before b, belong to no tensor/,
    ],
    [
      'bytes at the end',
      rawFile({ a: F32(0, 4) }, new Uint8Array(5)),
      /its last 1 bytes belong to no tensor/,
    ],
    [
      'a file that is cut off',
      rawFile({ a: F32(0, 8) }, new Uint8Array(7)),
      /a ends at byte \d+, and the file after \d+: it is cut off/,
    ],
    ['a list', rawFile([1], new Uint8Array(0)), /not JSON with one object a tensor/],
    [
      'metadata that is not text',
      rawFile({ __metadata__: { step: 7 } }, new Uint8Array(0)),
      /__metadata__ holds more than text/,
    ],
  ])('with %s is refused in words', (_, file, words) => {
    expect(refused(file)).toMatch(words);
  });
});

test('16-bit floats are read only where they are asked for', () => {
  const file = rawTensors({
    half: { dtype: 'F16', shape: [2], bytes: sixteenBits([1.5, -0.25], 'F16') },
    brain: { dtype: 'BF16', shape: [1, 2], bytes: sixteenBits([3, -0.5], 'BF16') },
  });
  expect(() => readSafetensors(file, 'x')).toThrow('half is F16; only F32 is read');
  const { tensors } = readSafetensors(file, 'x', ['F16', 'BF16']);
  expect([...tensors.get('half')!.values]).toEqual([1.5, -0.25]);
  expect([...tensors.get('brain')!.values]).toEqual([3, -0.5]);
  expect(tensors.get('brain')!.shape).toEqual([1, 2]);
});
