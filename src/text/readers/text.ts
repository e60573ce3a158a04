/**
 * Plain text → documents. A file with a blank line between texts holds one document from blank line to blank line;
 * a file without holds one document a line. What kind it is shows in its first mebibyte, so nothing more is ever
 * held back; a blank line that comes later in a file of the second kind is an empty document.
 */

import { TextError } from '../errors.ts';
import { type ByteStream, lines, MAX_LINE_BYTES } from './lines.ts';

/** Characters read before a file without a blank line is taken to hold a document a line. */
const LOOK_AHEAD_CHARACTERS = 2 ** 20;

/**
 * The documents of a text file in file order, in Unicode normal form C, trimmed; '' for an empty one.
 * `name` is said in errors. Throws {@link TextError} where the bytes are not UTF-8 text (with offset and line),
 * where there are none, or a document is longer than 64 MiB.
 */
export async function* documents(stream: ByteStream, name: string): AsyncGenerator<string> {
  let mode: 'unknown' | 'line' | 'block' = 'unknown';
  let pending: string[] = [];
  let pendingCharacters = 0;
  let sawBlank = false;
  let sawAny = false;

  for await (const line of lines(stream, name)) {
    sawAny = true;
    const isBlank = line.trim() === '';
    if (mode === 'line') {
      yield documentOf(line);
    } else if (!isBlank) {
      if (sawBlank && pending.length > 0) {
        mode = 'block';
        yield documentOf(pending.join('\n'));
        pending = [];
        pendingCharacters = 0;
      }
      sawBlank = false;
      pending.push(line);
      pendingCharacters += line.length;
    } else {
      sawBlank = true;
    }
    if (mode === 'unknown' && pendingCharacters > LOOK_AHEAD_CHARACTERS) {
      mode = 'line';
      for (const held of pending) yield documentOf(held);
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
  if (mode === 'block') yield documentOf(pending.join('\n'));
  else for (const held of pending) yield documentOf(held);
}

function documentOf(text: string): string {
  return text.trim().normalize('NFC');
}
