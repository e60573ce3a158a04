/** Text packed by gzip, as databases keep it. */

export async function pack(text: string): Promise<Uint8Array> {
  return through(new CompressionStream('gzip'), new TextEncoder().encode(text));
}

/** Throws a `TypeError` where the bytes are no gzip. */
export async function unpack(packed: Uint8Array): Promise<string> {
  return new TextDecoder().decode(await through(new DecompressionStream('gzip'), packed));
}

async function through(
  stream: CompressionStream | DecompressionStream,
  bytes: Uint8Array,
): Promise<Uint8Array> {
  const body = new Blob([bytes as Uint8Array<ArrayBuffer>]).stream().pipeThrough(stream);
  return new Uint8Array(await new Response(body).arrayBuffer());
}
