/** A sweep as it stands in a browser's queue between visits; its manifest, records and checkpoints lie in a folder of its own. */

import * as v from 'valibot';
import { configError } from './configError.ts';

const count = v.pipe(v.number(), v.safeInteger('is not a whole number'), v.minValue(0, 'is less than 0'));
const notNegative = v.pipe(v.number(), v.minValue(0, 'is less than 0'));

const queuedSweepSchema = v.strictObject({
  version: v.literal(1),
  name: v.string(),
  /** Milliseconds since 1970. */
  addedAt: notNegative,
  /** The design as it was written: rounds of an adaptive one are chosen among its runs. */
  design: v.string(),
  /** Runs a round; null where the design is not adaptive. */
  perRound: v.nullable(count),
  /** Keys of texts that it reads and that lie in the store. */
  texts: v.array(v.string()),
  paused: v.boolean(),
  /** Ids of runs that a person has ended. */
  stopped: v.array(v.string()),
  /** Runs that cannot be. */
  refused: v.array(v.strictObject({ run: v.string(), field: v.string(), problem: v.string() })),
  /** Why it cannot go on; null where it can. */
  failure: v.nullable(v.strictObject({ kind: v.string(), message: v.string(), advice: v.string() })),
  /** Nothing is left to train; of an adaptive design, no round is to come either. */
  done: v.boolean(),
  /** As they were last known: of its manifest so far. */
  runs: count,
  finished: count,
  flops: notNegative,
  flopsDone: notNegative,
});

export type QueuedSweep = v.InferOutput<typeof queuedSweepSchema>;

/** Throws `ConfigError`; `name` is what it calls the place. */
export function parseQueuedSweep(json: unknown, name: string): QueuedSweep {
  const parsed = v.safeParse(queuedSweepSchema, json);
  if (!parsed.success) {
    throw configError(name, parsed.issues, { '': Object.keys(queuedSweepSchema.entries) });
  }
  return parsed.output;
}

/** A queued sweep's rounds, as its folder keeps them for people; what is chosen next follows from manifest and records alone. */
const aim = {
  D_T: notNegative,
  before: notNegative,
  after: notNegative,
};
const roundSchema = v.strictObject({
  runs: v.array(v.string()),
  chosenAt: notNegative,
  aim: v.nullable(
    v.variant('of', [
      v.strictObject({ of: v.literal('threshold'), ...aim }),
      v.strictObject({
        of: v.literal('lead'),
        state: v.picklist(['crossed', 'always', 'never', 'untold']),
        ...aim,
      }),
    ]),
  ),
  results: count,
  needed: count,
  left: count,
  compute: notNegative,
});

export type SweepRound = v.InferOutput<typeof roundSchema>;

/** Throws `ConfigError`. */
export function parseSweepRounds(json: unknown, name: string): SweepRound[] {
  const parsed = v.safeParse(v.array(roundSchema), json);
  if (!parsed.success) throw configError(name, parsed.issues, {});
  return parsed.output;
}
