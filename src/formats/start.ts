/** The model that a run begins from, as its config names it: weights are not part of a config, so they are named by what they are. */

import * as v from 'valibot';

export type StartConfig = {
  /** For people: the folder or the run that the model was. */
  readonly name: string;
  /** Of its weights and its shape, 64 hexadecimal digits; see `readStart`. */
  readonly fingerprint: string;
  /** There only where AdamW goes on with its moments too: the steps behind them, and the SHA-256 of their values. */
  readonly moments?: { readonly step: number; readonly fingerprint: string };
};

const fingerprint = v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/, 'is not 64 hexadecimal digits'));

const momentsSchema = v.strictObject({
  step: v.pipe(
    v.number(),
    v.safeInteger('is not a whole number'),
    v.minValue(1, 'is less than 1; moments come from steps that were taken'),
  ),
  fingerprint,
});

export const startSchema = v.strictObject({
  name: v.pipe(
    v.string(),
    v.check((name) => name !== '', 'is empty'),
  ),
  fingerprint,
  moments: v.exactOptional(momentsSchema),
});

/** The names that its sections know, for errors. */
export const START_FIELDS: Readonly<Record<string, readonly string[]>> = {
  start: Object.keys(startSchema.entries),
  'start.moments': Object.keys(momentsSchema.entries),
};
