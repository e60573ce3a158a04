/**
 * Where fetched text is kept for the next time, as the fetching sees it: runs of lines under the spec they were fetched for.
 * It is not a store of files: nothing of it can be read before all of it was written, and what is damaged is as good as
 * not there. Who opens it tells a person of its troubles; none of them stops a corpus from being read.
 */

import type { CachedText, TextFacts } from '../../formats/cachedText.ts';
import type { RawDocument } from '../document.ts';

export interface TextCache {
  /** What is written down of the text for a spec; null where there is none. Its lines are not looked at. */
  find(spec: string): Promise<CachedText | null>;
  /** The text for a spec, after every byte of it was checked; null where there is none, or it is damaged. */
  open(spec: string): Promise<KeptText | null>;
  /** Begins to keep a text; at its end either `commit` or `abandon` is called. */
  begin(): TextWriter;
}

export interface KeptText {
  readonly text: CachedText;
  /** Lines without their ends, in the order in which they were added. */
  lines(): AsyncIterable<string>;
}

interface TextWriter {
  /** A line, without a line break. */
  add(line: string): Promise<void>;
  /** From here on the text can be found. It takes the place of an older one for the same spec. */
  commit(facts: TextFacts): Promise<void>;
  /** Forgets what was added. */
  abandon(): Promise<void>;
}

/** A document as a line; a line break in its text is written as JSON writes it. */
export function documentLine({ text, meaning, bits }: RawDocument): string {
  return JSON.stringify(meaning === null && bits === null ? text : { text, meaning, bits });
}

/** The document of a line that {@link documentLine} wrote. */
export function documentOfLine(line: string): RawDocument {
  const value = JSON.parse(line) as string | RawDocument;
  return typeof value === 'string' ? { text: value, meaning: null, bits: null } : value;
}
