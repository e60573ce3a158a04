/**
 * Byte-level BPE writes bytes as characters, for a `tokenizer.json` holds text: each byte is itself where it is printable,
 * else the next unused character from U+0100 on. Source: `bytes_to_unicode` of openai/gpt-2, src/encoder.py.
 */

/** The character of each byte. */
export const BYTE_CHARACTERS: readonly string[] = byteCharacters();

const BYTE_OF: ReadonlyMap<string, number> = new Map(
  BYTE_CHARACTERS.map((character, byte) => [character, byte]),
);

/** Bytes as characters. */
export function spell(bytes: Uint8Array): string {
  let name = '';
  for (const byte of bytes) name += BYTE_CHARACTERS[byte] ?? '';
  return name;
}

/** The bytes that characters stand for; null where one of them stands for none. */
export function unspell(name: string): Uint8Array | null {
  const bytes = new Uint8Array(name.length);
  let length = 0;
  for (const character of name) {
    const byte = BYTE_OF.get(character);
    if (byte === undefined) return null;
    bytes[length++] = byte;
  }
  return bytes.subarray(0, length);
}

function byteCharacters(): string[] {
  let next = 0x100;
  return Array.from({ length: 256 }, (_, byte) => {
    const printable = (byte >= 0x21 && byte <= 0x7e) || (byte >= 0xa1 && byte <= 0xac) || byte >= 0xae;
    return String.fromCodePoint(printable ? byte : next++);
  });
}
