import { expect, test } from 'vitest';
import { SafetensorsError } from '../../src/huggingFace/error.ts';
import { readSafetensors, writeSafetensors } from '../../src/huggingFace/safetensors.ts';

const matrix = {
  name: 'a.weight',
  shape: [2, 3],
  values: new Float32Array([1, -0, 1e-40, Number.NaN, 3e38, 0.1]),
};
const gain = { name: 'norm', shape: [2], values: new Float32Array([0.5, 2]) };

test('the bytes are those of the format: length, header padded to eight, then the values', () => {
  const bytes = writeSafetensors([gain], { format: 'pt' });
  const header = '{"__metadata__":{"format":"pt"},"norm":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}';
  const padded = header.padEnd(Math.ceil(header.length / 8) * 8, ' ');
  expect([...bytes.subarray(0, 8)]).toEqual([padded.length, 0, 0, 0, 0, 0, 0, 0]);
  expect(new TextDecoder().decode(bytes.subarray(8, 8 + padded.length))).toBe(padded);
  // 0.5 and 2 as little-endian IEEE 754 singles.
  expect([...bytes.subarray(8 + padded.length)]).toEqual([0, 0, 0, 0x3f, 0, 0, 0, 0x40]);
});

test('what is written reads back to the bit, in order, from a view that is not aligned', () => {
  const bytes = writeSafetensors([matrix, gain], { format: 'pt', step: '7' });
  const shifted = new Uint8Array(bytes.length + 3).subarray(3);
  shifted.set(bytes);
  const { tensors, metadata } = readSafetensors(shifted, 'x.safetensors');
  expect(metadata).toEqual({ format: 'pt', step: '7' });
  expect([...tensors.keys()]).toEqual(['a.weight', 'norm']);
  expect(tensors.get('a.weight')?.shape).toEqual([2, 3]);
  for (const written of [matrix, gain]) {
    const bits = (values: Float32Array) => [...new Uint32Array(values.slice().buffer)];
    expect(bits(tensors.get(written.name)!.values)).toEqual(bits(written.values));
  }
});

test('a shape that does not hold the values is a mistake of the caller', () => {
  expect(() => writeSafetensors([{ ...gain, shape: [3] }])).toThrow(RangeError);
});

test.each<[string, (bytes: Uint8Array) => Uint8Array]>([
  ['no bytes', () => new Uint8Array()],
  ['a cut header', (bytes) => bytes.subarray(0, 20)],
  ['cut values', (bytes) => bytes.subarray(0, bytes.length - 1)],
  ['text', () => new TextEncoder().encode('hello, this is no tensor file')],
  [
    'another type',
    (bytes) => new TextEncoder().encode(new TextDecoder('latin1').decode(bytes).replace('F32', 'F16')),
  ],
])('%s is refused with the file named', (_, damage) => {
  // Only bytes below 128, so that the last case can go through text.
  const bytes = damage(writeSafetensors([{ ...gain, values: new Float32Array([2, 0]) }]));
  expect(() => readSafetensors(bytes, 'model.safetensors')).toThrow(SafetensorsError);
  expect(() => readSafetensors(bytes, 'model.safetensors')).toThrow(/^model\.safetensors: /);
});
