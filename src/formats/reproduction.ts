/** What a reproduction was asked for: which experiment, at which budget, on which texts. Kept beside its manifests and in its report. */

import * as v from 'valibot';
import { configError } from './configError.ts';

const word = v.pipe(v.string(), v.nonEmpty('is empty'));

const textsSchema = v.strictObject({
  target: word,
  source: word,
  control: v.nullable(word),
  otherScript: v.exactOptional(v.nullable(word)),
  noisy: v.nullable(word),
  targetValidation: v.exactOptional(word),
  sourceValidation: v.exactOptional(word),
  controlValidation: v.exactOptional(word),
});

// Loose: a report begins alike, and says more.
const reproductionSchema = v.looseObject({
  version: v.literal(1),
  experiment: word,
  budget: word,
  /** Specs of corpora; those of files as a record keeps them, without their path. */
  texts: textsSchema,
});

export type ReproductionTexts = v.InferOutput<typeof textsSchema>;

export type Reproduction = {
  readonly version: 1;
  readonly experiment: string;
  readonly budget: string;
  readonly texts: ReproductionTexts;
};

/** Throws `ConfigError` at the first field that is wrong. */
export function parseReproduction(json: unknown, name: string): Reproduction {
  const parsed = v.safeParse(reproductionSchema, json);
  if (!parsed.success) throw configError(name, parsed.issues, { texts: Object.keys(textsSchema.entries) });
  const { version, experiment, budget, texts } = parsed.output;
  return { version, experiment, budget, texts };
}
