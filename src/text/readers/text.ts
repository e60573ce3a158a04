/**
 * Plain text → documents: a document a line, or from blank line to blank line. Where nobody says which, it shows in the
 * file's first mebibyte, so no more than that is ever held back.
 */

import type { Parting, ReadOptions } from '../document.ts';
import { TextError } from '../errors.ts';
import { type ByteStream, lines, MAX_LINE_BYTES } from './lines.ts';

/** Characters read before it is decided what parts the documents, line ends counted. */
const LOOK_AHEAD_CHARACTERS = 2 ** 20;

/** Texts are rarely longer, on average, where blank lines part them: poems, stories, paragraphs of wrapped lines. */
const MOST_LINES_A_BLOCK = 40;

/** What one gap speaks for: one or two in a long file are slips of those who wrote it, many are how it was meant. */
const LINES_A_GAP = 10;

/**
 * The documents of a text file in file order, as they stand there; of a file with a document a line a blank line is an
 * empty one, ''. `parting` says what parts them where the person knows; `onParting` hears what was taken. `name` is said in errors.
 * Throws {@link TextError} where the bytes are not UTF-8 text (with offset and line), where there are none, or a document
 * is longer than 64 MiB.
 */
export async function* textDocuments(
  stream: ByteStream,
  name: string,
  parting: ReadOptions['documents'] = 'auto',
  onParting: (parting: Parting) => void = () => {},
): AsyncGenerator<string> {
  const rest = lines(stream, name);
  try {
    const first = await beginning(rest, parting === 'auto' ? LOOK_AHEAD_CHARACTERS : 0);
    if (first.length === 0)
      throw new TextError(name, 'empty', 'this file is empty; choose a text file with some text in it');
    const taken = parting === 'auto' ? partingOf(first) : parting;
    onParting(taken);
    if (taken === 'line') {
      yield* first;
      yield* rest;
    } else {
      const block = new Block(name);
      for (const line of first) if (block.isEndedBy(line)) yield block.take();
      for await (const line of rest) if (block.isEndedBy(line)) yield block.take();
      if (!block.isEmpty) yield block.take();
    }
  } finally {
    // Whoever stops early closes the file.
    await rest.return(undefined);
  }
}

/** The first lines, one at least where there is one, until they hold more than so many characters. */
async function beginning(all: AsyncGenerator<string>, characters: number): Promise<string[]> {
  const found: string[] = [];
  for (let seen = 0; seen <= characters; ) {
    const { value, done } = await all.next();
    if (done) break;
    found.push(value);
    seen += value.length + 1;
  }
  return found;
}

/**
 * What parts the documents of a text that begins so. A blank line that slipped into a file of a document a line must not make a
 * few large documents of it. So blank lines part documents only where they are frequent: the blocks between them have at most
 * {@link MOST_LINES_A_BLOCK} lines on average, and where there are few gaps no more than {@link LINES_A_GAP} for each of them
 * (one gap: 20 lines in all; two: 60; three: 120).
 */
function partingOf(first: readonly string[]): Parting {
  let texts = 0;
  let gaps = 0;
  let isGap = false;
  for (const line of first) {
    if (isBlank(line)) {
      isGap = texts > 0;
      continue;
    }
    if (isGap) gaps++;
    isGap = false;
    texts++;
  }
  return gaps > 0 && texts / (gaps + 1) <= Math.min(MOST_LINES_A_BLOCK, LINES_A_GAP * gaps)
    ? 'block'
    : 'line';
}

function isBlank(line: string): boolean {
  return line.trim() === '';
}

/** Lines of one document, gathered until a blank line ends it. */
class Block {
  readonly #name: string;
  #lines: string[] = [];
  #characters = 0;

  constructor(name: string) {
    this.#name = name;
  }

  get isEmpty(): boolean {
    return this.#lines.length === 0;
  }

  /** Takes the line in, or gives true where it is blank and there is a document to be taken. Throws {@link TextError}. */
  isEndedBy(line: string): boolean {
    if (isBlank(line)) return !this.isEmpty;
    this.#lines.push(line);
    this.#characters += line.length + 1;
    if (this.#characters > MAX_LINE_BYTES) {
      throw new TextError(
        this.#name,
        'document too long',
        `a document is longer than ${MAX_LINE_BYTES / 2 ** 20} MiB; part the documents by blank lines, or read one a line (documents=line)`,
      );
    }
    return false;
  }

  take(): string {
    const text = this.#lines.join('\n');
    this.#lines = [];
    this.#characters = 0;
    return text;
  }
}
