/**
 * The safetensors format: eight bytes with the length of a JSON header, the header, then the tensors' bytes.
 * Source: https://github.com/huggingface/safetensors#format. Only F32 is written; 16-bit floats are read where they are asked for.
 */

import { singlesOfBrainFloats, singlesOfHalves } from './float16.ts';
import { LENGTH_BYTES, readHeader, type TensorType } from './header.ts';

export type NamedTensor = {
  readonly name: string;
  /** Row-major; a vector has one number. */
  readonly shape: readonly number[];
  readonly values: Float32Array;
};

export type Safetensors = {
  readonly tensors: ReadonlyMap<string, NamedTensor>;
  readonly metadata: Readonly<Record<string, string>>;
};

const ALIGNMENT_BYTES = 8;

/** The bytes of a file with these tensors, in this order. Throws a `RangeError` when a shape and its values disagree. */
export function writeSafetensors(
  tensors: readonly NamedTensor[],
  metadata: Readonly<Record<string, string>> = {},
): Uint8Array {
  const header: Record<string, unknown> = { __metadata__: metadata };
  let end = 0;
  for (const { name, shape, values } of tensors) {
    if (shape.reduce((product, size) => product * size, 1) !== values.length) {
      throw new RangeError(`${name}: shape [${shape}] does not hold ${values.length} values`);
    }
    header[name] = { dtype: 'F32', shape, data_offsets: [end, end + values.byteLength] };
    end += values.byteLength;
  }
  const json = new TextEncoder().encode(JSON.stringify(header));
  // Padded with spaces, so that the tensors begin aligned.
  const headerBytes = Math.ceil(json.length / ALIGNMENT_BYTES) * ALIGNMENT_BYTES;
  const file = new Uint8Array(LENGTH_BYTES + headerBytes + end);
  file.fill(0x20, LENGTH_BYTES, LENGTH_BYTES + headerBytes);
  new DataView(file.buffer).setBigUint64(0, BigInt(headerBytes), true);
  file.set(json, LENGTH_BYTES);
  let at = LENGTH_BYTES + headerBytes;
  for (const { values } of tensors) {
    // Every machine that runs this is little-endian, as the format is.
    file.set(new Uint8Array(values.buffer, values.byteOffset, values.byteLength), at);
    at += values.byteLength;
  }
  return file;
}

/**
 * Reads a file; `name` is for errors. Tensors of other `types` than 32-bit floats are widened where they are asked for. Throws
 * {@link SafetensorsError}.
 */
export function readSafetensors(
  bytes: Uint8Array,
  name: string,
  types: readonly TensorType[] = ['F32'],
): Safetensors {
  const { entries, metadata } = readHeader(bytes, bytes.length, name, types);
  const tensors = entries.map((entry) => ({
    name: entry.name,
    shape: entry.shape,
    values: tensorValues(entry.type, bytes.subarray(entry.from, entry.to)),
  }));
  return { tensors: new Map(tensors.map((tensor) => [tensor.name, tensor])), metadata };
}

/** The numbers of a tensor's bytes. */
export function tensorValues(type: TensorType, bytes: Uint8Array): Float32Array {
  if (type === 'F16') return singlesOfHalves(bytes);
  if (type === 'BF16') return singlesOfBrainFloats(bytes);
  // Copied, because a view on floats would have to begin at a multiple of four; not by `slice`, which for Node's buffers is a view.
  return new Float32Array(new Uint8Array(bytes).buffer);
}
