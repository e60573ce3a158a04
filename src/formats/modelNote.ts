/** What lies beside a model that is kept in the browser: where it came from, and how it did against another runtime. */

import * as v from 'valibot';
import type { Parity } from './parity.ts';

const finite = v.pipe(v.number(), v.finite());

const modelNoteSchema = v.object({
  version: v.literal(1),
  /** For a person. */
  name: v.string(),
  origin: v.picklist(['trained', 'brought']),
  /** When it was put here, in milliseconds since 1970. */
  at: finite,
  tokenizer: v.picklist(['bytes', 'bpe', 'file']),
  /** What had to be done to read it, in sentences. */
  said: v.array(v.string()),
  /** Of its weights, its shape and its tokenizer: two models of the same are one. */
  fingerprint: v.exactOptional(v.string()),
});

/** JSON has no word for a difference without end; such a one does not pass. */
const difference = v.pipe(
  v.nullable(finite),
  v.transform((value) => value ?? Number.POSITIVE_INFINITY),
);

const parityNoteSchema = v.object({
  version: v.literal(1),
  /** Steps that the model was trained for; null where nothing is known of them. */
  step: v.nullable(finite),
  parity: v.object({
    runtime: v.string(),
    provider: v.string(),
    text: v.nullable(v.string()),
    /** A model that was trained on has not been checked. */
    weights: v.string(),
    windows: finite,
    tokens: finite,
    logits: difference,
    loss: difference,
    cacheLogits: difference,
    engineLoss: difference,
    passed: v.boolean(),
  }),
});

export type ModelNote = Readonly<v.InferOutput<typeof modelNoteSchema>>;
export type ParityNote = {
  readonly version: 1;
  readonly step: number | null;
  readonly parity: Parity & { readonly weights: string };
};

/** Null for what another version of the lab wrote, or nobody did. */
export function readModelNote(bytes: Uint8Array): ModelNote | null {
  return read(modelNoteSchema, bytes);
}

/** Null for what another version of the lab wrote, or nobody did. */
export function readParityNote(bytes: Uint8Array): ParityNote | null {
  return read(parityNoteSchema, bytes);
}

function read<S extends v.GenericSchema>(schema: S, bytes: Uint8Array): v.InferOutput<S> | null {
  try {
    const parsed = v.safeParse(schema, JSON.parse(new TextDecoder().decode(bytes)));
    return parsed.success ? parsed.output : null;
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}
