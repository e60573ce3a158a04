/** Who trains which run of a sweep: claims, and the processes that make them. Both lie in the sweep's folder. */

import * as v from 'valibot';
import { configError } from './configError.ts';

const count = v.pipe(v.number(), v.safeInteger('is not a whole number'), v.minValue(0, 'is less than 0'));
const word = v.pipe(v.string(), v.nonEmpty('is empty'));

const claimSchema = v.strictObject({
  version: v.literal(1),
  /** Of the run. */
  id: word,
  /** 1 for the first who claims the run; whoever takes it over counts on. The highest one counts. */
  generation: v.pipe(count, v.minValue(1, 'is less than 1')),
  owner: word,
});

const ownerSchema = v.strictObject({
  version: v.literal(1),
  owner: word,
  host: word,
  /** What process numbers are told apart in: two containers of one host have each their own. Null where that is not known. */
  space: v.nullable(v.string()),
  pid: count,
  /** Counted up as long as the process lives. */
  beat: count,
  /** It has ended, and all that it claimed and did not finish is free. */
  ended: v.boolean(),
});

export type ClaimRecord = v.InferOutput<typeof claimSchema>;
export type OwnerRecord = v.InferOutput<typeof ownerSchema>;

/** Throws `ConfigError`. */
export function parseClaim(json: unknown, name: string): ClaimRecord {
  const parsed = v.safeParse(claimSchema, json);
  if (!parsed.success) throw configError(name, parsed.issues, {});
  return parsed.output;
}

/** Throws `ConfigError`. */
export function parseOwner(json: unknown, name: string): OwnerRecord {
  const parsed = v.safeParse(ownerSchema, json);
  if (!parsed.success) throw configError(name, parsed.issues, {});
  return parsed.output;
}
