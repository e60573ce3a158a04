/** The run record: what a run was, what happened, what came out. A value that can be replayed and fitted. */

import * as v from 'valibot';
import { parseTrainConfig, type TrainConfig } from './config.ts';
import { ConfigError, configError } from './configError.ts';
import { CONFIG_FIELDS, trainConfigSchema } from './configSchema.ts';

/** Of the format that is written here. */
const VERSION = 1;

const finite = v.pipe(v.number(), v.finite('is not a finite number'));
const count = v.pipe(finite, v.safeInteger('is not a whole number'), v.minValue(0, 'is less than 0'));

/** What a run can be; see `kindOf`. */
export const RUN_KINDS = [
  'monolingual single-stage',
  'multi-lingual single-stage',
  'multi-lingual two-stage',
  'monolingual re-warm',
  'multi-stage',
] as const;

/** Counted from the windows that the run's steps have read, and the parameter table; the symbols are those of the laws. */
const realisedSchema = v.strictObject({
  kind: v.picklist(RUN_KINDS),
  /** Parameters that multiply each token: blocks + head. */
  N: count,
  embedding: count,
  blocks: count,
  head: count,
  D: count,
  D_T: count,
  S: count,
  k: finite,
  r: finite,
  r_f: finite,
  r_1: finite,
  s: finite,
  /** 6·N·D. */
  C: finite,
  /** Floating-point operations that the engine counts for these steps. */
  flops: finite,
  steps: count,
  sourceRepeated: v.boolean(),
});

/**
 * One row of the curve; losses in nats per token. `loss` is the training loss of the step's own batch: there is none before the first
 * step, where a run that begins from another model is validated.
 */
const curvePointSchema = v.strictObject({
  step: count,
  /** Tokens read so far. */
  tokens: count,
  loss: v.exactOptional(finite),
  targetLoss: v.exactOptional(finite),
  sourceLoss: v.exactOptional(finite),
});

/** Of even places, and of odd ones. */
const halves = v.strictTuple([finite, finite]);

/** Losses of one measurement, in nats per token and bits per byte. */
export const lossesSchema = v.strictObject({
  targetLoss: finite,
  /** Standard error of targetLoss over validation windows. */
  targetLossError: finite,
  targetBitsPerByte: finite,
  /** Null where there is no source corpus. */
  sourceLoss: v.nullable(finite),
  sourceBitsPerByte: v.nullable(finite),
});

/**
 * Two measurements. The losses of a run that is done are of all held-out windows (the first 65,536 tokens a language); of one that is
 * not, its last validation. A validation, made while the run goes on, is of `evaluation.windows` windows sampled from these.
 */
const finalSchema = v.strictObject({
  ...lossesSchema.entries,
  /**
   * Target loss of every second held-out window, those at even and those at odd places of the text, in nats a token and in bits per byte:
   * what is chosen by one half is honestly reported on the other. There for runs that are done, of two windows or more; records from
   * before it was measured have none.
   */
  targetHalves: v.exactOptional(halves),
  targetHalvesBitsPerByte: v.exactOptional(halves),
  /** The validation with the lowest target loss, and its step; compare it with validations, and not with the losses above. */
  best: v.strictObject({ ...lossesSchema.entries, step: count }),
});

/** What there is to hold the target's final bits per byte against, on the text that the final windows score; null: not known. */
const referencesSchema = v.strictObject({
  /** Entropy of a text that knows its own distribution: no model does better. */
  floorBitsPerByte: v.nullable(finite),
  /** The best Witten–Bell n-gram of bytes with contexts of up to five, trained on the bytes of the run's D_T tokens. */
  ngramBitsPerByte: v.nullable(finite),
  /** Bytes that it was trained on; there only where its memory ended before these bytes did. */
  ngramTrainedBytes: v.exactOptional(count),
});

const deviceSchema = v.looseObject({
  vendor: v.string(),
  architecture: v.string(),
  device: v.string(),
  description: v.string(),
  /** Whether the adapter is a processor that plays a graphics card. */
  software: v.boolean(),
});

const runRecordSchema = v.strictObject({
  version: v.literal(VERSION),
  /** Hash of the config; see `runId`. */
  id: v.pipe(v.string(), v.nonEmpty('is empty')),
  config: trainConfigSchema,
  realised: realisedSchema,
  curve: v.array(curvePointSchema),
  /** Null where the run ended before any validation. */
  final: v.nullable(finalSchema),
  /** Records from before it was measured have none. */
  references: v.exactOptional(referencesSchema),
  /**
   * `stopped` before its last step, by hand or by whatever ended the process: it can be resumed. `diverged` at a loss that is not
   * finite. `failed` is never written by our trainer, since an error leaves the `stopped` record of the last checkpoint; it is for
   * those who keep records of runs that left none.
   */
  status: v.picklist(['done', 'stopped', 'diverged', 'failed']),
  /** The engine's choices that change last bits, to be given back for a bitwise replay. */
  tuning: v.record(
    v.string(),
    v.union([v.number(), v.string(), v.boolean(), v.record(v.string(), v.string())]),
  ),
  device: deviceSchema,
  versions: v.record(v.string(), v.string()),
  /** Training time of this run, pauses left out. What it shares with another run, which it went on from, is in the seconds of that one. */
  seconds: finite,
  /** What the plan warned of, in sentences. */
  warnings: v.array(v.string()),
});

export type RealisedRecord = v.InferOutput<typeof realisedSchema>;
export type CurvePoint = v.InferOutput<typeof curvePointSchema>;
export type FinalLosses = v.InferOutput<typeof finalSchema>;
export type References = v.InferOutput<typeof referencesSchema>;
export type DeviceRecord = v.InferOutput<typeof deviceSchema>;
export type RunStatusRecord = 'done' | 'stopped' | 'diverged' | 'failed';
export type RunRecord = Omit<v.InferOutput<typeof runRecordSchema>, 'config'> & { config: TrainConfig };

/** Checks a record read from `name`. Throws `ConfigError` at the first field that is wrong. */
export function parseRunRecord(json: unknown, name: string): RunRecord {
  refuseNewer(json, name);
  const parsed = v.safeParse(runRecordSchema, json);
  if (!parsed.success) throw configError(name, parsed.issues, RECORD_FIELDS);
  return { ...parsed.output, config: parseTrainConfig(parsed.output.config, `${name}: config`) };
}

/** Before anything else: in a newer record other fields may be wrong too, and none of that is news. */
function refuseNewer(json: unknown, name: string): void {
  if (typeof json !== 'object' || json === null || !('version' in json)) return;
  const { version } = json;
  if (typeof version === 'number' && version > VERSION) {
    throw new ConfigError(
      name,
      'version',
      `this run was written by a newer version of the lab (its format is ${version}, and this version reads ${VERSION}); update the lab and try again`,
    );
  }
}

const RECORD_FIELDS: Readonly<Record<string, readonly string[]>> = {
  '': Object.keys(runRecordSchema.entries),
  realised: Object.keys(realisedSchema.entries),
  curve: Object.keys(curvePointSchema.entries),
  final: Object.keys(finalSchema.entries),
  'final.best': Object.keys(finalSchema.entries.best.entries),
  references: Object.keys(referencesSchema.entries),
  ...Object.fromEntries(
    Object.entries(CONFIG_FIELDS).map(([section, fields]) => [
      section === '' ? 'config' : `config.${section}`,
      fields,
    ]),
  ),
};
