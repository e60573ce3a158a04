/** A measured run as it ships with the lab: its summary, and a curve of a few points. Its record lies in a file beside it. */

import * as v from 'valibot';
import { configError } from './configError.ts';
import { RUN_KINDS, type RunRecord } from './record.ts';
import { type RunSummary, summaryOf } from './runSummary.ts';
import { thinCurve } from './thinCurve.ts';

/** Tokens read so far, and the target's loss then on held-out text, in bits a byte. */
export type ShippedPoint = readonly [tokens: number, targetBits: number];

export type ShippedRun = RunSummary & { readonly curve: readonly ShippedPoint[] };

/** All of them, as the page fetches them. */
export type ShippedRuns = { readonly version: 1; readonly runs: readonly ShippedRun[] };

const MOST_POINTS = 40;
/** Digits of a loss in a curve: finer than any chart shows. */
const CURVE_DIGITS = 5;

/** `tags`: what the manifest says of the run, in words. */
export function shippedRunOf(
  record: RunRecord,
  collection: string,
  tags: Readonly<Record<string, string>> = {},
): ShippedRun {
  const { targetLoss, targetBitsPerByte } = record.final?.best ?? {};
  // Of one text bits a byte are nats a token times a constant.
  const bitsPerNat = targetLoss && targetBitsPerByte ? targetBitsPerByte / targetLoss : null;
  const measured = record.curve.filter((point) => point.targetLoss !== undefined);
  const curve = bitsPerNat === null ? [] : thinCurve(measured, MOST_POINTS);
  return {
    ...summaryOf(record, { origin: 'shipped', collection, tags }),
    curve: curve.map(({ tokens, targetLoss: nats }) => [
      tokens,
      Number(((nats ?? 0) * (bitsPerNat ?? 0)).toPrecision(CURVE_DIGITS)),
    ]),
  };
}

const finite = v.pipe(v.number(), v.finite('is not a finite number'));
const known = v.nullable(finite);

const shippedRunSchema = v.strictObject({
  id: v.pipe(v.string(), v.nonEmpty('is empty')),
  name: v.string(),
  origin: v.literal('shipped'),
  collection: v.string(),
  status: v.picklist(['done', 'stopped', 'diverged', 'failed']),
  kind: v.picklist(RUN_KINDS),
  N: finite,
  D: finite,
  D_T: finite,
  S: finite,
  k: finite,
  r: finite,
  r_f: finite,
  r_1: finite,
  s: finite,
  C: finite,
  flops: finite,
  steps: finite,
  sourceRepeated: v.boolean(),
  target: v.string(),
  source: v.nullable(v.string()),
  pair: v.string(),
  tokenizer: v.string(),
  layers: finite,
  width: finite,
  context: finite,
  batch: finite,
  learningRate: finite,
  schedule: v.picklist(['cosine', 'wsd']),
  weightDecay: finite,
  seed: finite,
  targetLoss: known,
  targetLossError: known,
  targetBitsPerByte: known,
  sourceLoss: known,
  sourceBitsPerByte: known,
  floorBitsPerByte: known,
  ngramBitsPerByte: known,
  seconds: finite,
  tags: v.record(v.string(), v.string()),
  curve: v.array(v.strictTuple([finite, finite])),
});

const shippedRunsSchema = v.strictObject({ version: v.literal(1), runs: v.array(shippedRunSchema) });

/** Throws `ConfigError` at the first field that is wrong; `name` is what it calls the file. */
export function parseShippedRuns(json: unknown, name: string): readonly ShippedRun[] {
  const parsed = v.safeParse(shippedRunsSchema, json);
  if (!parsed.success) {
    throw configError(name, parsed.issues, { runs: Object.keys(shippedRunSchema.entries) });
  }
  return parsed.output.runs;
}
