/** Tokens as they can be read one by one: bytes that are no whole character, spaces and ends of documents must be seen too. */

import type { Tokenizer } from '../text/tokenizer/tokenizer.ts';

const END = '‹end›';
const SPACE = '␣';
const LINE_BREAK = '↵';
const TAB = '⇥';
/** What a mark that stands on another letter is shown on. */
const RING = '◌';

const CONTROL = /\p{C}/u;
const MARK = /^\p{M}/u;

/**
 * A token as a person reads it: a byte that is no character by itself is `‹E3›`, a space `␣`, the end of a document `‹end›`; another
 * token that is no text is named by its number.
 */
export function pieceWords(tokenizer: Tokenizer, token: number): string {
  if (token === tokenizer.endOfDocument) return END;
  const bytes = tokenizer.pieceOf(token);
  if (bytes.length === 0) return `‹${token}›`;
  let words = '';
  for (let at = 0; at < bytes.length; ) {
    const length = characterLength(bytes, at);
    words +=
      length === 0 ? byteWords(bytes[at] ?? 0) : characterWords(utf8.decode(bytes.subarray(at, at + length)));
    at += Math.max(1, length);
  }
  return MARK.test(words) ? RING + words : words;
}

const utf8 = new TextDecoder('utf-8', { ignoreBOM: true });
const strict = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** Bytes of the whole character that begins at `at`; 0 where none does. */
function characterLength(bytes: Uint8Array, at: number): number {
  const first = bytes[at] ?? 0;
  const length = first < 0x80 ? 1 : first < 0xc0 ? 0 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
  if (length === 0 || at + length > bytes.length) return 0;
  try {
    strict.decode(bytes.subarray(at, at + length));
    return length;
  } catch {
    return 0;
  }
}

function byteWords(byte: number): string {
  return `‹${byte.toString(16).toUpperCase().padStart(2, '0')}›`;
}

function characterWords(character: string): string {
  if (character === ' ') return SPACE;
  if (character === '\n') return LINE_BREAK;
  if (character === '\t') return TAB;
  if (!CONTROL.test(character)) return character;
  const code = character.codePointAt(0) ?? 0;
  return code < 0x80 ? byteWords(code) : `‹U+${code.toString(16).toUpperCase().padStart(4, '0')}›`;
}
