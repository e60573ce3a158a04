/** What was measured to choose the kernels of one adapter, as it is kept from one visit to the next. */

import * as v from 'valibot';
import { configError } from './configError.ts';
import { hash64, hexOf } from './hash.ts';
import { canonicalJson } from './json.ts';

/** Raised when the file changes its meaning; files of another version are measured anew. */
const VERSION = 1;

/** What measured times hold for: the same kernels, on the same adapter, through the same browser or driver. */
const placeSchema = v.strictObject({
  adapter: v.strictObject({
    vendor: v.string(),
    architecture: v.string(),
    device: v.string(),
    description: v.string(),
  }),
  /** Browser and version; or Dawn's version and the platform of Node. */
  runtime: v.string(),
  /** Version of the engine and fingerprint of its kernels. */
  engine: v.string(),
});

const candidateSchema = v.strictObject({
  variant: v.string(),
  /** Of one dispatch; null for a variant that was not timed. */
  milliseconds: v.nullable(
    v.pipe(v.number(), v.finite('is not a finite number'), v.minValue(0, 'is less than 0')),
  ),
  /** Why it may not be chosen; null where nothing speaks against it. */
  failure: v.nullable(v.string()),
});

const classSchema = v.pipe(
  v.strictObject({ variant: v.string(), candidates: v.array(candidateSchema) }),
  v.check(
    ({ variant, candidates }) => candidates.some((one) => one.variant === variant && one.failure === null),
    'chooses a variant that failed, or was never tried',
  ),
);

const fileSchema = v.strictObject({
  version: v.literal(VERSION),
  place: placeSchema,
  table: v.record(v.string(), classSchema),
});

export type TuningPlace = v.InferOutput<typeof placeSchema>;
type Candidate = Readonly<v.InferOutput<typeof candidateSchema>>;
/** Kernel and shape → the variant chosen, and what was measured. */
export type TuningRecord = Readonly<
  Record<string, { readonly variant: string; readonly candidates: readonly Candidate[] }>
>;

/** The name of a place's file: 16 hexadecimal digits. */
export function tuningKey(place: TuningPlace): string {
  return hexOf(hash64(canonicalJson(place)));
}

/** The value of a place's file. */
export function tuningFile(place: TuningPlace, table: TuningRecord): unknown {
  return { version: VERSION, place, table };
}

/**
 * The table of a file that was kept for `place`; null where it was kept for another, as when two places have one hash.
 * Throws `ConfigError` at the first field that is wrong.
 */
export function parseTuningFile(json: unknown, name: string, place: TuningPlace): TuningRecord | null {
  const parsed = v.safeParse(fileSchema, json);
  if (!parsed.success) throw configError(name, parsed.issues, {});
  return canonicalJson(parsed.output.place) === canonicalJson(place) ? parsed.output.table : null;
}
