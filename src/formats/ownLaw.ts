/** A law of the user's own as a file: a formula and the parameters in it. What the formula says is checked where it is parsed. */

import * as v from 'valibot';
import { configError } from './configError.ts';
import { parseJson } from './json.ts';

const finite = v.pipe(v.number(), v.finite('is not a finite number'));
const words = v.pipe(
  v.string(),
  v.check((text) => text.trim() !== '', 'is empty'),
);

const parameterSchema = v.strictObject({
  name: words,
  /** `log` for what is above 0 and may range over powers of ten; where it is left out, as the lab's laws have it for a name that they share, else `linear`. */
  scale: v.exactOptional(v.picklist(['log', 'linear'])),
  /** Bounds and starts are values, whatever the scale. */
  lower: v.exactOptional(finite),
  upper: v.exactOptional(finite),
  starts: v.exactOptional(v.pipe(v.array(finite), v.minLength(1, 'is empty; give at least one start'))),
  unit: v.exactOptional(v.string()),
  meaning: v.exactOptional(v.string()),
  /** The runs without which it cannot be known; found out from the formula where it is left out. */
  toldBy: v.exactOptional(v.picklist(['any', 'repeated', 'bilingual', 'two-stage'])),
});

export const ownLawSchema = v.strictObject({
  version: v.literal(1),
  name: words,
  /** The loss in nats per token over N, D_T, k, r, r_f, D, S, C and the parameters. */
  formula: words,
  parameters: v.pipe(v.array(parameterSchema), v.minLength(1, 'is empty; a law has at least one parameter')),
});

export type OwnLawFile = v.InferOutput<typeof ownLawSchema>;

export const OWN_LAW_FIELDS: Readonly<Record<string, readonly string[]>> = {
  '': Object.keys(ownLawSchema.entries),
  parameters: Object.keys(parameterSchema.entries),
};

/** Checks a law read from `name`. Throws `ConfigError` at the first field that is wrong. */
export function parseOwnLaw(json: unknown, name: string): OwnLawFile {
  const parsed = v.safeParse(ownLawSchema, json);
  if (!parsed.success) throw configError(name, parsed.issues, OWN_LAW_FIELDS);
  return parsed.output;
}

/** The same from text. Throws `ConfigError`, or `JsonError` with line and column. */
export function parseOwnLawText(text: string, name: string): OwnLawFile {
  return parseOwnLaw(parseJson(text, name), name);
}
