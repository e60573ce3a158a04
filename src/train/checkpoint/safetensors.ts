/**
 * The safetensors format: eight bytes with the length of a JSON header, the header, then the tensors' bytes.
 * Source: https://github.com/huggingface/safetensors#format. Only F32 is written and read.
 */

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

/** Bytes that are no safetensors file of ours. */
export class SafetensorsError extends Error {
  override readonly name = 'SafetensorsError';
  readonly file: string;
  constructor(file: string, problem: string) {
    super(`${file}: ${problem}`);
    this.file = file;
  }
}

const LENGTH_BYTES = 8;
const ALIGNMENT_BYTES = 8;
// The reference reader refuses headers beyond this.
const HEADER_LIMIT_BYTES = 100_000_000;

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

/** Reads a file; `name` is for errors. Throws {@link SafetensorsError}. */
export function readSafetensors(bytes: Uint8Array, name: string): Safetensors {
  const fail = (problem: string): never => {
    throw new SafetensorsError(name, problem);
  };
  if (bytes.length < LENGTH_BYTES) fail(`${bytes.length} bytes are no safetensors file`);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const headerBytes = view.getBigUint64(0, true);
  if (headerBytes > BigInt(Math.min(HEADER_LIMIT_BYTES, bytes.length - LENGTH_BYTES))) {
    fail('the header is longer than the file: it is cut off, or no safetensors file');
  }
  const dataAt = LENGTH_BYTES + Number(headerBytes);
  const header = parseHeader(bytes.subarray(LENGTH_BYTES, dataAt), fail);
  const tensors = new Map<string, NamedTensor>();
  let metadata: Record<string, string> = {};
  for (const [key, entry] of Object.entries(header)) {
    if (key === '__metadata__') {
      metadata = entry as Record<string, string>;
      continue;
    }
    const { dtype, shape, data_offsets: offsets } = entry as Record<string, unknown>;
    if (dtype !== 'F32') fail(`${key} is ${String(dtype)}; only F32 is read`);
    if (!isSizes(shape) || !isSizes(offsets) || offsets.length !== 2)
      fail(`${key} has no proper shape and place`);
    const [from = 0, to = 0] = offsets as number[];
    const count = (shape as number[]).reduce((product, size) => product * size, 1);
    if (to - from !== 4 * count) fail(`${key}: shape [${shape}] does not fill bytes ${from} to ${to}`);
    if (dataAt + to > bytes.length) fail(`${key} ends beyond the file: it is cut off`);
    // Copied, because a view on floats would have to begin at a multiple of four.
    const values = new Float32Array(count);
    new Uint8Array(values.buffer).set(bytes.subarray(dataAt + from, dataAt + to));
    tensors.set(key, { name: key, shape: shape as number[], values });
  }
  return { tensors, metadata };
}

function parseHeader(bytes: Uint8Array, fail: (problem: string) => never): Record<string, unknown> {
  try {
    const header: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
    if (typeof header === 'object' && header !== null && !Array.isArray(header)) {
      if (Object.values(header).every((entry) => typeof entry === 'object' && entry !== null)) {
        return header as Record<string, unknown>;
      }
    }
  } catch {
    // Told below: whatever is wrong with it, it is not a header.
  }
  return fail('the header is not JSON with one object a tensor');
}

function isSizes(value: unknown): value is number[] {
  return Array.isArray(value) && value.every((size) => Number.isSafeInteger(size) && size >= 0);
}
