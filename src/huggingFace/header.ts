/**
 * The header of a safetensors file: which tensors it holds, of which kind and shape, and where. It is checked whole, against the length
 * of the file, before any tensor is read. Source: https://github.com/huggingface/safetensors#format.
 */

import { SafetensorsError } from './error.ts';

/** Kinds of numbers that can be read, and the bytes of one. */
const BYTES_OF = { F32: 4, F16: 2, BF16: 2 } as const;

export type TensorType = keyof typeof BYTES_OF;

export type TensorEntry = {
  readonly name: string;
  readonly type: TensorType;
  /** Row-major; a vector has one number. */
  readonly shape: readonly number[];
  /** Its bytes in the file: `from` … `to − 1`. */
  readonly from: number;
  readonly to: number;
};

export type SafetensorsHeader = {
  /** In the order in which they lie in the file: one begins where the one before ends, the last ends with the file. */
  readonly entries: readonly TensorEntry[];
  readonly metadata: Readonly<Record<string, string>>;
};

/** Bytes before the header, which say how long it is. */
export const LENGTH_BYTES = 8;
// The reference reader refuses headers beyond this.
const HEADER_LIMIT_BYTES = 100_000_000;

/**
 * Where the header of a file of `fileBytes` ends, and the tensors begin, from its first {@link LENGTH_BYTES} bytes; `file` is for errors.
 * Throws {@link SafetensorsError}.
 */
export function headerEnd(begin: Uint8Array, fileBytes: number, file: string): number {
  if (begin.length < LENGTH_BYTES) {
    throw new SafetensorsError(file, `${fileBytes} bytes are no safetensors file`);
  }
  const length = new DataView(begin.buffer, begin.byteOffset, LENGTH_BYTES).getBigUint64(0, true);
  if (length > BigInt(Math.min(HEADER_LIMIT_BYTES, fileBytes - LENGTH_BYTES))) {
    throw new SafetensorsError(
      file,
      'the header is longer than the file: it is cut off, or no safetensors file',
    );
  }
  return LENGTH_BYTES + Number(length);
}

/**
 * The header in the first bytes of a file of `fileBytes`: `begin` reaches to {@link headerEnd}. `types` are those that the caller
 * reads. Throws {@link SafetensorsError} for tensors of others, and where the tensors do not fill the file.
 */
export function readHeader(
  begin: Uint8Array,
  fileBytes: number,
  file: string,
  types: readonly TensorType[],
): SafetensorsHeader {
  const dataAt = headerEnd(begin, fileBytes, file);
  const fail = (problem: string): never => {
    throw new SafetensorsError(file, problem);
  };
  const { __metadata__: metadata = {}, ...tensors } = parse(begin.subarray(LENGTH_BYTES, dataAt), fail);
  const entries = Object.entries(tensors)
    .map(([name, entry]) => entryOf(name, entry, { dataAt, types, fail }))
    .sort((a, b) => a.from - b.from || a.to - b.to);
  let end = dataAt;
  for (const { name, from, to } of entries) {
    if (from < end) fail(`${name} begins at byte ${from}, inside the tensor before it, which ends at ${end}`);
    if (from > end) fail(`bytes ${end} to ${from}, before ${name}, belong to no tensor`);
    if (to > fileBytes) {
      fail(
        `${name} ends at byte ${to}, and the file after ${fileBytes}: it is cut off; fetch or save it again`,
      );
    }
    end = to;
  }
  if (end < fileBytes) fail(`its last ${fileBytes - end} bytes belong to no tensor`);
  return { entries, metadata: metadataOf(metadata, fail) };
}

type Reading = {
  readonly dataAt: number;
  readonly types: readonly TensorType[];
  readonly fail: (problem: string) => never;
};

function entryOf(name: string, entry: unknown, { dataAt, types, fail }: Reading): TensorEntry {
  const { dtype, shape, data_offsets: offsets } = entry as Record<string, unknown>;
  const type = types.find((known) => known === dtype);
  if (type === undefined)
    return fail(
      `${name} is ${String(dtype)}; only ${listed(types)} ${types.length > 1 ? 'are' : 'is'} read: save the model as float32`,
    );
  if (!isSizes(shape) || !isSizes(offsets)) return fail(`${name} has no proper shape and place`);
  const [from, to, more] = offsets;
  if (from === undefined || to === undefined || more !== undefined) {
    return fail(`${name} has no proper shape and place`);
  }
  const count = shape.reduce((product, size) => product * size, 1);
  if (to - from !== BYTES_OF[type] * count) {
    return fail(`${name}: shape [${shape}] of ${type} does not fill bytes ${from} to ${to}`);
  }
  return { name, type, shape, from: dataAt + from, to: dataAt + to };
}

function metadataOf(value: object, fail: Reading['fail']): Readonly<Record<string, string>> {
  if (Object.values(value).every((text) => typeof text === 'string')) return { ...value };
  return fail('its __metadata__ holds more than text');
}

function parse(bytes: Uint8Array, fail: Reading['fail']): Record<string, object> {
  try {
    const header: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
    if (typeof header === 'object' && header !== null && !Array.isArray(header)) {
      if (Object.values(header).every((entry) => typeof entry === 'object' && entry !== null)) {
        return header as Record<string, object>;
      }
    }
  } catch {
    // Told below: whatever is wrong with it, it is not a header.
  }
  return fail('the header is not JSON with one object a tensor');
}

function listed(names: readonly string[]): string {
  return names.join(', ').replace(/, ([^,]*)$/, ' and $1');
}

function isSizes(value: unknown): value is readonly number[] {
  return Array.isArray(value) && value.every((size) => Number.isSafeInteger(size) && size >= 0);
}
