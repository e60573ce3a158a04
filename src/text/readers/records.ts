/**
 * Lines → the records of a table with quotes (RFC 4180). A field in quotes may hold the delimiter and line breaks, so
 * a record may take several lines; this finds where it ends, and leaves its fields to d3-dsv.
 */

import { TextError } from '../errors.ts';
import { MAX_LINE_BYTES } from './lines.ts';

const QUOTE = '"';

/** Collects the lines of one record at a time. */
export class RecordLines {
  private readonly name: string;
  private readonly delimiter: string;
  /** Where the next field may begin: behind the delimiter, or a carriage return that ends a record by itself. */
  private readonly fieldEnd: RegExp;
  /** Many tables with tabs are written without a thought of quotes: there a quote that opens nothing is a letter. */
  private readonly quotesMayBeLetters: boolean;
  private parts: string[] = [];
  private length = 0;
  private isOpen = false;
  private line = 0;
  private firstLine = 1;

  constructor(name: string, delimiter: string) {
    this.name = name;
    this.delimiter = delimiter;
    this.fieldEnd = new RegExp(`[${delimiter}\\r]`, 'g');
    this.quotesMayBeLetters = delimiter === '\t';
  }

  /** The record that this line ends, fit for d3-dsv; null where it goes on. Throws {@link TextError}. */
  add(line: string): string | null {
    this.line++;
    if (!this.isOpen) this.firstLine = this.line;
    const part = this.isOpen || line.includes(QUOTE) ? this.scan(line) : line;
    if (!this.isOpen && this.parts.length === 0) return part;
    this.parts.push(part);
    this.length += part.length + 1;
    if (this.isOpen && this.length > MAX_LINE_BYTES) throw this.unclosed();
    if (this.isOpen) return null;
    const record = this.parts.join('\n');
    this.parts = [];
    this.length = 0;
    return record;
  }

  /** To be called behind the last line. Throws {@link TextError} where a quote is still open. */
  end(): void {
    if (this.isOpen) throw this.unclosed();
  }

  /** Follows the quotes of a line, and gives it back with those that are letters put in quotes. */
  private scan(line: string): string {
    let text = line;
    let at = 0;
    for (;;) {
      if (!this.isOpen) {
        if (text[at] === QUOTE) {
          if (this.quotesMayBeLetters && isLetter(text, at)) {
            const end = this.endOfField(text, at);
            const quoted = `"${text.slice(at, end).replaceAll(QUOTE, '""')}"`;
            text = text.slice(0, at) + quoted + text.slice(end);
          }
          this.isOpen = true;
          at++;
        } else {
          at = this.endOfField(text, at) + 1;
          if (at > text.length) return text;
          continue;
        }
      }
      const closing = text.indexOf(QUOTE, at);
      if (closing < 0) return text;
      const next = text[closing + 1];
      at = closing + 2;
      if (next === QUOTE) continue;
      if (next !== undefined && next !== this.delimiter && next !== '\r') throw this.malformed(closing + 2);
      this.isOpen = false;
      if (next === undefined) return text;
    }
  }

  private endOfField(text: string, from: number): number {
    this.fieldEnd.lastIndex = from;
    return this.fieldEnd.exec(text)?.index ?? text.length;
  }

  private unclosed(): TextError {
    return new TextError(
      this.name,
      'bad record',
      `the record that begins in line ${this.firstLine} has a quote that is not closed ${this.length > MAX_LINE_BYTES ? `within ${MAX_LINE_BYTES / 2 ** 20} MiB` : 'before the end of the file'}; close it, or write "" for a quote inside quotes`,
      { byte: null, line: this.firstLine },
    );
  }

  private malformed(column: number): TextError {
    return new TextError(
      this.name,
      'bad record',
      `line ${this.line}, column ${column}: text follows a quote that closes a field${this.line > this.firstLine ? ` (opened in line ${this.firstLine})` : ''}; write "" for a quote inside quotes`,
      { byte: null, line: this.line },
    );
  }
}

/** Whether the quote at the start of a field is closed, in this line, by one that does not end the field. */
function isLetter(text: string, at: number): boolean {
  for (let quote = text.indexOf(QUOTE, at + 1); quote >= 0; quote = text.indexOf(QUOTE, quote + 2)) {
    const next = text[quote + 1];
    if (next !== QUOTE) return next !== undefined && next !== '\t' && next !== '\r';
  }
  return false;
}
