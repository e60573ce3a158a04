/** What a checkpoint's `run.json` holds beside the record: all that an exact resume needs. */

import * as v from 'valibot';
import { configError } from './configError.ts';
import { lossesSchema } from './record.ts';

const count = v.pipe(v.number(), v.safeInteger('is not a whole number'), v.minValue(0, 'is less than 0'));

/** What a run measured so far, for runs that will go on from it: the raw training loss of each step, and its validations. */
const historySchema = v.object({
  losses: v.array(v.pipe(v.number(), v.finite('is not a finite number'))),
  validations: v.array(v.object({ ...lossesSchema.entries, step: count })),
});

const resumeFactsSchema = v.object({
  /** Steps behind the arenas. */
  step: count,
  /** Training losses that no point of the curve has taken up yet. */
  pending: v.object({ sum: v.pipe(v.number(), v.finite('is not a finite number')), count }),
  /** The engine's choices that decide last bits. Which there are is the engine's affair, and may be another's than this one's. */
  tuning: v.record(v.string(), v.unknown()),
  /** Windows of one micro-batch: it decides the order in which gradients are summed. */
  microBatch: v.pipe(count, v.minValue(1, 'is less than 1')),
  /** Fingerprint of the batch plan and the learning rates. */
  plan: v.string(),
  /** SHA-256 of the texts. */
  corpora: v.object({ target: v.string(), source: v.nullable(v.string()) }),
  /** Fingerprint of the tokenizer; checkpoints from before there was a choice have none, and tokens that are bytes. */
  tokenizer: v.exactOptional(v.string()),
  /** There only as long as others wait to go on from this run. */
  history: v.exactOptional(historySchema),
});

const runFileSchema = v.object({ version: v.literal(1), record: v.unknown(), resume: resumeFactsSchema });

export type HistoryFacts = v.InferOutput<typeof historySchema>;
export type ResumeFacts = v.InferOutput<typeof resumeFactsSchema>;

/** The value of a `run.json`, its record not yet looked at. Throws `ConfigError` at the first field that is wrong. */
export function parseRunFile(json: unknown, name: string): { record: unknown; resume: ResumeFacts } {
  const parsed = v.safeParse(runFileSchema, json);
  if (!parsed.success) throw configError(name, parsed.issues, {});
  const { record, resume } = parsed.output;
  return { record, resume };
}
