/** What is written down of a text that was fetched and is kept for the next time. */

import * as v from 'valibot';
import { configError } from './configError.ts';

/** Raised when the file changes its meaning; a text kept by another version is fetched anew. */
const VERSION = 1;

const count = v.pipe(v.number(), v.safeInteger('is not a whole number'), v.minValue(0, 'is less than 0'));

const fileSchema = v.strictObject({
  name: v.string(),
  url: v.string(),
  size: v.nullable(count),
  /** ETag or date of the file, as its server gave it. */
  version: v.nullable(v.string()),
});

const factsSchema = v.strictObject({
  /** The corpus as it was asked for, size included. */
  spec: v.string(),
  /** When it was fetched, ISO 8601. */
  date: v.string(),
  /** The files it was read from, in order; of the last perhaps a part. */
  files: v.array(fileSchema),
  documents: count,
  /** Of its text, in UTF-8. */
  textBytes: count,
});

const pieceSchema = v.strictObject({
  sha256: v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/, 'is not 64 hexadecimal digits')),
  bytes: count,
});

const indexSchema = v.strictObject({
  version: v.literal(VERSION),
  ...factsSchema.entries,
  /** What is kept, in order: pieces of one run of bytes, each named by its content. */
  pieces: v.array(pieceSchema),
});

export type CachedFile = Readonly<v.InferOutput<typeof fileSchema>>;
export type TextFacts = Readonly<Omit<v.InferOutput<typeof factsSchema>, 'files'>> & {
  readonly files: readonly CachedFile[];
};
export type CachedPiece = Readonly<v.InferOutput<typeof pieceSchema>>;
/** A text that is kept. */
export type CachedText = TextFacts & { readonly pieces: readonly CachedPiece[] };

/** The value of a text's index file. */
export function cachedTextFile(text: CachedText): unknown {
  return { version: VERSION, ...text };
}

/** Throws `ConfigError` at the first field that is wrong. */
export function parseCachedText(json: unknown, name: string): CachedText {
  const parsed = v.safeParse(indexSchema, json);
  if (!parsed.success) throw configError(name, parsed.issues, {});
  const { version: _, ...text } = parsed.output;
  return text;
}
