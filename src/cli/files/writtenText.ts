/**
 * Documents → a file from which the same documents are read again. A plain text holds one document a line; where documents have line
 * breaks, a blank line stands between them. Which it is must be known at its beginning, as whoever reads it finds out there too.
 */

import { InputError } from '../report.ts';

export type Layout = 'line' | 'block' | 'jsonl';

/** Documents looked at before a layout is chosen, in UTF-16 units; as many as the reader of plain text looks at. */
const LOOK_AHEAD_UNITS = 2 ** 20;

/** JSON lines keep any document; their ending asks for them. */
const JSONL = /\.(jsonl|ndjson)$/i;

export class TextLayout {
  readonly #option: string;
  readonly #waiting: string[] = [];
  #waitingUnits = 0;
  #layout: Layout | null;
  #documents = 0;

  /** `path` tells the format; `option` stands before errors. */
  constructor(path: string, option: string) {
    this.#option = option;
    this.#layout = JSONL.test(path) ? 'jsonl' : null;
  }

  /** Null as long as it is not chosen. */
  get layout(): Layout | null {
    return this.#layout;
  }

  /** What is to be written next; '' while nothing is decided. Throws {@link InputError} where the document does not fit. */
  add(text: string): string {
    if (this.#layout !== null) return this.#laidOut(text, this.#layout);
    this.#waiting.push(text);
    this.#waitingUnits += text.length;
    return this.#waitingUnits > LOOK_AHEAD_UNITS ? this.#decide() : '';
  }

  /** What is still to be written at the end. */
  end(): string {
    return this.#layout === null ? this.#decide() : '';
  }

  #decide(): string {
    const layout = this.#waiting.some((text) => text.includes('\n')) ? 'block' : 'line';
    this.#layout = layout;
    return this.#waiting
      .splice(0)
      .map((text) => this.#laidOut(text, layout))
      .join('');
  }

  #laidOut(text: string, layout: Layout): string {
    this.#documents++;
    if (layout === 'jsonl') return `${JSON.stringify({ text })}\n`;
    const problem = layout === 'line' ? problemInLine(text) : problemInBlock(text);
    if (problem !== null) {
      throw new InputError(
        `${this.#option}: document ${this.#documents} ${problem}; name a file that ends in .jsonl, which keeps every document as it is`,
      );
    }
    return layout === 'line' ? `${text}\n` : `${this.#documents > 1 ? '\n' : ''}${text}\n`;
  }
}

function problemInLine(text: string): string | null {
  if (text.includes('\n')) return 'has a line break, and those before it have a line each';
  return problemAnywhere(text);
}

function problemInBlock(text: string): string | null {
  const lines = text.split('\n');
  if (lines.some((line) => line.trim() === ''))
    return 'holds a blank line, which would part it in a text file';
  if (lines.some((line) => line.endsWith('\r')))
    return 'has lines that end with a carriage return, which would be lost';
  return problemAnywhere(text);
}

function problemAnywhere(text: string): string | null {
  return text.includes('\0') ? 'holds a NUL byte, which no text file may' : null;
}
