/**
 * Plain text → documents. A file with a blank line between texts holds one document from blank line to blank line;
 * a file without holds one document a line. What kind it is shows in its first mebibyte, so nothing more is ever
 * held back; a blank line that comes later in a file of the second kind is an empty document.
 */

import type { ReadOptions } from '../document.ts';
import { TextError } from '../errors.ts';
import { type ByteStream, lines, MAX_LINE_BYTES } from './lines.ts';

/** Characters read before a file without a blank line is taken to hold a document a line. */
const LOOK_AHEAD_CHARACTERS = 2 ** 20;

/**
 * The documents of a text file in file order, as they stand there; '' for an empty one. `parting` says what parts
 * them where the person knows. `name` is said in errors. Throws {@link TextError} where the bytes are not UTF-8 text
 * (with offset and line), where there are none, or a document is longer than 64 MiB.
 */
export async function* textDocuments(
  stream: ByteStream,
  name: string,
  parting: ReadOptions['documents'] = 'auto',
): AsyncGenerator<string> {
  let mode = parting;
  let pending: string[] = [];
  let pendingCharacters = 0;
  let sawBlank = false;
  let sawAny = false;

  for await (const line of lines(stream, name)) {
    sawAny = true;
    if (mode === 'line') {
      yield line;
      continue;
    }
    if (line.trim() === '') {
      sawBlank = true;
    } else {
      if (sawBlank && pending.length > 0) {
        mode = 'block';
        yield pending.join('\n');
        pending = [];
        pendingCharacters = 0;
      }
      sawBlank = false;
      pending.push(line);
      pendingCharacters += line.length;
    }
    if (mode === 'auto' && pendingCharacters > LOOK_AHEAD_CHARACTERS) {
      mode = 'line';
      yield* pending;
      pending = [];
    }
    if (mode === 'block' && pendingCharacters > MAX_LINE_BYTES) {
      throw new TextError(
        name,
        'document too long',
        `a document is longer than ${MAX_LINE_BYTES / 2 ** 20} MiB`,
      );
    }
  }
  if (!sawAny)
    throw new TextError(name, 'empty', 'this file is empty; choose a text file with some text in it');
  if (mode === 'block' && pending.length > 0) yield pending.join('\n');
  else yield* pending;
}

/** The documents of {@link textDocuments}, parted as the file shows, in Unicode normal form C and trimmed. */
export async function* documents(stream: ByteStream, name: string): AsyncGenerator<string> {
  for await (const text of textDocuments(stream, name)) yield text.trim().normalize('NFC');
}
