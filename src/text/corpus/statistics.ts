/** What a person wants to know of a text in a language they may not read. */

import { Breather } from '../breather.ts';
import type { DocumentList } from './documentList.ts';

export type ScriptShare = {
  /** Name of a script in the Unicode Character Database, e.g. Latin; Other for all that are not looked for. */
  readonly script: string;
  readonly letters: number;
  /** Of all letters. */
  readonly share: number;
};

export type TextStatistics = {
  readonly documents: number;
  /** UTF-8, without the documents' ends; so are the characters. */
  readonly bytes: number;
  /** Code points. */
  readonly characters: number;
  readonly charactersPerByte: number;
  /** Runs without white space; null where the script does without spaces. */
  readonly words: number | null;
  /** Entropy of single bytes in bits, from their frequencies. */
  readonly byteEntropy: number;
  /** The scripts of the letters, by falling share. */
  readonly scripts: readonly ScriptShare[];
};

/** Scripts of languages that corpora are likely to hold. A new one is one word here. */
const SCRIPTS = [
  'Latin',
  'Cyrillic',
  'Greek',
  'Arabic',
  'Hebrew',
  'Devanagari',
  'Bengali',
  'Gurmukhi',
  'Gujarati',
  'Tamil',
  'Telugu',
  'Kannada',
  'Malayalam',
  'Sinhala',
  'Thai',
  'Lao',
  'Khmer',
  'Myanmar',
  'Tibetan',
  'Georgian',
  'Armenian',
  'Ethiopic',
  'Han',
  'Hiragana',
  'Katakana',
  'Hangul',
  'Javanese',
  'Tifinagh',
  'Nko',
  'Cherokee',
].map((name) => ({ name, pattern: new RegExp(`\\p{Script=${name}}`, 'u') }));
const OTHER = 'Other';

/** Scripts that are written without spaces between words. */
const UNSPACED: ReadonlySet<string> = new Set([
  'Thai',
  'Lao',
  'Khmer',
  'Myanmar',
  'Tibetan',
  'Javanese',
  'Han',
  'Hiragana',
  'Katakana',
]);

const LETTER = /[\p{L}\p{M}]/u;
/** Marks and letters that several scripts share belong to none of them. */
const SHARED = /[\p{Script=Common}\p{Script=Inherited}]/u;

/** The Basic Multilingual Plane, which holds nearly every character of nearly every text. */
const PLANE = 0x10000;

/** Statistics of documents. Rejects with the signal's reason when aborted. */
export async function textStatistics(
  documents: Pick<DocumentList, 'count' | 'bytes' | 'bytesOf'>,
  { signal }: { readonly signal?: AbortSignal | undefined } = {},
): Promise<TextStatistics> {
  const breather = new Breather(signal);
  const counts: Counts = {
    bytes: new Uint32Array(256),
    plane: new Uint32Array(PLANE),
    beyond: new Map(),
    words: 0,
  };
  for (let index = 0; index < documents.count; index++) {
    if (breather.isDue()) await breather.rest();
    count(documents.bytesOf(index), counts);
  }
  const points = pointsOf(counts);
  const scripts = scriptsOf(points);
  const characters = points.reduce((sum, { times }) => sum + times, 0);
  let unspaced = 0;
  for (const { script, share } of scripts) if (UNSPACED.has(script)) unspaced += share;
  return {
    documents: documents.count,
    bytes: documents.bytes,
    characters,
    charactersPerByte: documents.bytes === 0 ? 0 : characters / documents.bytes,
    words: unspaced > 0.5 ? null : counts.words,
    byteEntropy: entropy(counts.bytes, documents.bytes),
    scripts,
  };
}

type Counts = {
  readonly bytes: Uint32Array;
  /** Code points of the plane, by their number, and those beyond. */
  readonly plane: Uint32Array;
  readonly beyond: Map<number, number>;
  words: number;
};

/** Counts the bytes, code points and words of one document. */
function count(text: Uint8Array, counts: Counts): void {
  const { bytes, plane, beyond } = counts;
  let isInWord = false;
  for (let at = 0; at < text.length; ) {
    // The casts: every byte of the corpus passes here, and prepared text is whole UTF-8.
    const lead = text[at] as number;
    const length = lead < 0x80 ? 1 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
    let point = length === 1 ? lead : lead & (0x7f >> length);
    bytes[lead] = (bytes[lead] as number) + 1;
    for (let i = 1; i < length; i++) {
      const next = text[at + i] as number;
      bytes[next] = (bytes[next] as number) + 1;
      point = (point << 6) | (next & 0x3f);
    }
    if (point < PLANE) plane[point] = (plane[point] as number) + 1;
    else beyond.set(point, (beyond.get(point) ?? 0) + 1);
    const isSpace = isWhiteSpace(point);
    if (isInWord === isSpace) {
      isInWord = !isSpace;
      if (isInWord) counts.words++;
    }
    at += length;
  }
}

/** The property White_Space of the Unicode Character Database. */
function isWhiteSpace(point: number): boolean {
  if (point < 0x80) return point === 32 || (point >= 9 && point <= 13);
  if (point < 0x1680) return point === 0x85 || point === 0xa0;
  if (point >= 0x2000 && point <= 0x200a) return true;
  return [0x1680, 0x2028, 0x2029, 0x202f, 0x205f, 0x3000].includes(point);
}

type Point = { readonly point: number; readonly times: number };

/** The code points that occur. */
function pointsOf({ plane, beyond }: Counts): Point[] {
  const points = Array.from(beyond, ([point, times]) => ({ point, times }));
  for (let point = 0; point < PLANE; point++) {
    const times = plane[point] ?? 0;
    if (times > 0) points.push({ point, times });
  }
  return points;
}

function scriptsOf(points: readonly Point[]): ScriptShare[] {
  const letters = new Map<string, number>();
  let total = 0;
  for (const { point, times } of points) {
    const text = String.fromCodePoint(point);
    if (!LETTER.test(text) || SHARED.test(text)) continue;
    const script = SCRIPTS.find(({ pattern }) => pattern.test(text))?.name ?? OTHER;
    letters.set(script, (letters.get(script) ?? 0) + times);
    total += times;
  }
  return [...letters]
    .map(([script, count]) => ({ script, letters: count, share: count / total }))
    .sort((a, b) => b.letters - a.letters || (a.script < b.script ? -1 : 1));
}

/** −Σ p log2 p. */
function entropy(counts: Uint32Array, total: number): number {
  let bits = 0;
  for (const times of counts) if (times > 0) bits -= (times / total) * Math.log2(times / total);
  return bits;
}
