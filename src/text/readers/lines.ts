/**
 * Bytes → lines of text, checked. The split is by the byte 0x0A, which no longer UTF-8 character contains, so a
 * chunk may end anywhere; only the line at hand is held.
 */

import { TextError } from '../errors.ts';
import { concatenated } from './concatenated.ts';

/** Bytes in chunks of any length, as a file, a response or a Node stream gives them. */
export type ByteStream = AsyncIterable<Uint8Array> | Iterable<Uint8Array>;

/** No sentence or story is this long; a file without line breaks that is longer would be held whole. */
export const MAX_LINE_BYTES = 64 * 2 ** 20;

const LINE_FEED = 10;
const NUL = 0;

/**
 * Lines without their ends (LF or CR LF) and without a byte order mark; the last may lack its end.
 * Throws {@link TextError} at the first byte that is NUL or not UTF-8, and on a line above MAX_LINE_BYTES.
 */
export async function* lines(stream: ByteStream, name: string): AsyncGenerator<string> {
  const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  let held: Uint8Array[] = [];
  let heldBytes = 0;
  let offset = 0;
  let line = 1;
  // The first two bytes, which may come one by one.
  const head: number[] = [];

  const refuse = (error: TextError): TextError => (isUtf16(head) ? utf16(name) : error);
  const finish = (last: Uint8Array): string => {
    const bytes = heldBytes === 0 ? last : concatenated([...held, last], heldBytes + last.length);
    let text: string;
    try {
      text = decoder.decode(bytes);
    } catch {
      throw refuse(invalid(name, bytes, offset, line));
    }
    if (line === 1 && text.startsWith('\uFEFF')) text = text.slice(1);
    offset += bytes.length + 1;
    line++;
    held = [];
    heldBytes = 0;
    return text.endsWith('\r') ? text.slice(0, -1) : text;
  };

  for await (const chunk of stream) {
    if (head.length < 2) head.push(...chunk.subarray(0, 2 - head.length));
    const nul = chunk.indexOf(NUL);
    let from = 0;
    for (let end = chunk.indexOf(LINE_FEED); end >= 0; end = chunk.indexOf(LINE_FEED, from)) {
      if (nul >= from && nul < end) throw refuse(binary(name, offset + heldBytes + nul - from, line));
      yield finish(chunk.subarray(from, end));
      from = end + 1;
    }
    if (nul >= from) throw refuse(binary(name, offset + heldBytes + nul - from, line));
    if (from < chunk.length) {
      // A copy: the giver of the chunk may use its memory again.
      held.push(chunk.slice(from));
      heldBytes += chunk.length - from;
    }
    if (heldBytes > MAX_LINE_BYTES) {
      throw new TextError(
        name,
        'document too long',
        `line ${line} is longer than ${MAX_LINE_BYTES / 2 ** 20} MiB; put a line break after each document`,
        { byte: offset, line },
      );
    }
  }
  if (heldBytes > 0) yield finish(new Uint8Array(0));
}

/** Whether a file that is no UTF-8 begins with a byte order mark of UTF-16, of either order. */
function isUtf16([first, second]: readonly number[]): boolean {
  return (first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff);
}

function utf16(name: string): TextError {
  return new TextError(name, 'not UTF-8', 'this looks like UTF-16; save it as UTF-8', { byte: 0, line: 1 });
}

function binary(name: string, byte: number, line: number): TextError {
  return new TextError(
    name,
    'binary',
    `this is not a text file: byte ${byte} (counted from 0; line ${line}) is NUL; choose a UTF-8 text file`,
    { byte, line },
  );
}

function invalid(name: string, bytes: Uint8Array, offset: number, line: number): TextError {
  const at = firstInvalidByte(bytes);
  const byte = offset + at;
  const value = (bytes[at] ?? 0).toString(16).padStart(2, '0').toUpperCase();
  return new TextError(
    name,
    'not UTF-8',
    `byte ${byte} (counted from 0; line ${line}), 0x${value}, is not UTF-8; save the file as UTF-8 text, or choose another if it is no text`,
    { byte, line },
  );
}

/** Where the first sequence begins that is no UTF-8 character (The Unicode Standard, table 3-7). */
function firstInvalidByte(bytes: Uint8Array): number {
  let at = 0;
  while (at < bytes.length) {
    const length = characterLength(bytes, at);
    if (length === 0) return at;
    at += length;
  }
  return bytes.length;
}

function characterLength(bytes: Uint8Array, at: number): number {
  const lead = bytes[at] ?? 0;
  if (lead < 0x80) return 1;
  const length = lead < 0xc2 ? 0 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : lead < 0xf5 ? 4 : 0;
  for (let i = 1; i < length; i++) {
    const byte = bytes[at + i] ?? 0;
    // Overlong forms, surrogates and code points past U+10FFFF are told by the second byte.
    const least = i > 1 ? 0x80 : lead === 0xe0 ? 0xa0 : lead === 0xf0 ? 0x90 : 0x80;
    const most = i > 1 ? 0xbf : lead === 0xed ? 0x9f : lead === 0xf4 ? 0x8f : 0xbf;
    if (byte < least || byte > most) return 0;
  }
  return length;
}
