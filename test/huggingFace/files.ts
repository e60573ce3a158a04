/** Safetensors files by hand, for what our own writer never writes. */

export type RawTensor = {
  readonly dtype: string;
  readonly shape: readonly number[];
  readonly bytes: Uint8Array;
};

/** A file whose header is `header`, whatever it says, followed by `data`. */
export function rawFile(header: unknown, data: Uint8Array): Uint8Array {
  const json = new TextEncoder().encode(JSON.stringify(header));
  const file = new Uint8Array(8 + json.length + data.length);
  new DataView(file.buffer).setBigUint64(0, BigInt(json.length), true);
  file.set(json, 8);
  file.set(data, 8 + json.length);
  return file;
}

/** A file of tensors that lie one after the other. */
export function rawTensors(tensors: Readonly<Record<string, RawTensor>>): Uint8Array {
  const header: Record<string, unknown> = {};
  const parts: number[] = [];
  for (const [name, { dtype, shape, bytes }] of Object.entries(tensors)) {
    header[name] = { dtype, shape, data_offsets: [parts.length, parts.length + bytes.length] };
    parts.push(...bytes);
  }
  return rawFile(header, Uint8Array.from(parts));
}

export type Sixteen = 'F16' | 'BF16';

/** Numbers as 16 bits, little-endian, cut off towards zero; for numbers of an ordinary size. */
export function sixteenBits(values: ArrayLike<number>, dtype: Sixteen): Uint8Array {
  const words = Uint16Array.from(Array.from(values), (value) => {
    const bits = new Uint32Array(Float32Array.of(value).buffer)[0]!;
    if (dtype === 'BF16') return bits >>> 16;
    const exponent = ((bits >>> 23) & 0xff) - 112;
    // What is below the normal halves becomes zero.
    return ((bits >>> 16) & 0x8000) | (exponent <= 0 ? 0 : (exponent << 10) | ((bits >>> 13) & 0x3ff));
  });
  return new Uint8Array(words.buffer);
}
