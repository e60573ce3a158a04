/** Node hands out buffers that are views into larger memory, where `slice` is no copy. */

import { expect, test } from 'vitest';
import { readSafetensors, writeSafetensors } from '../../src/huggingFace/safetensors.ts';
import { rawTensors } from './files.ts';

/** The bytes as a Node buffer that begins inside of a larger one, at a place where no float can. */
function asView(bytes: Uint8Array): Buffer {
  const larger = Buffer.alloc(bytes.length + 16, 0xff);
  larger.set(bytes, 3);
  return larger.subarray(3, 3 + bytes.length);
}

test('a view into a larger buffer is read as what it shows', () => {
  const tensors = [
    { name: 'a', shape: [2, 2], values: Float32Array.of(1, -2, 3.5, 4) },
    { name: 'b', shape: [3], values: Float32Array.of(5, 6, 7) },
  ];
  const view = asView(writeSafetensors(tensors, { step: '4' }));
  const read = readSafetensors(view, 'x');
  expect(read.metadata).toEqual({ step: '4' });
  expect([...read.tensors.values()]).toEqual(tensors);
  // What was read is a copy.
  view.fill(0);
  expect(read.tensors.get('b')?.values).toEqual(Float32Array.of(5, 6, 7));
});

test('a view of 16-bit numbers too', () => {
  const bytes = Uint8Array.of(0x80, 0x3f, 0x00, 0xc0);
  const view = asView(rawTensors({ a: { dtype: 'BF16', shape: [2], bytes } }));
  expect(readSafetensors(view, 'x', ['F32', 'BF16']).tensors.get('a')?.values).toEqual(
    Float32Array.of(1, -2),
  );
});
