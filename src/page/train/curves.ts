/** The curves of a fleet as charts and tables want them, built up from what the trainer tells or from a record. */

import type { RunRecord } from '../../formats/record.ts';

export type Point = { readonly step: number; readonly tokens: number; readonly bits: number };

/** Seconds of training behind a step, all runs of the fleet together. */
export type TimeMark = { readonly step: number; readonly seconds: number };

export type Curve = {
  /** Loss of each training batch, both languages together, in bits a byte. */
  readonly training: Point[];
  /** Validation loss of the target language, in bits a byte. */
  readonly target: Point[];
  readonly source: Point[];
  readonly times: TimeMark[];
};

export function emptyCurve(): Curve {
  return { training: [], target: [], source: [], times: [] };
}

/** Nats a token → bits a byte, of a text with so many tokens a byte: with the byte tokenizer 1. */
export function bitsOf(nats: number, tokensPerByte: number): number {
  return (nats / Math.LN2) * tokensPerByte;
}

/** Tokens a byte of a batch of both languages, of which the share `ratio` is target: the mean over its tokens. */
export function mixedTokensPerByte(target: number, source: number, ratio: number): number {
  return 1 / (ratio / target + (1 - ratio) / source);
}

/** Of the texts that a run was measured on, from its losses in both units; 1 where it never was. */
export function tokensPerByteOf({ final }: RunRecord): { readonly target: number; readonly source: number } {
  // Of the same windows as the losses of the curve.
  const { targetLoss, targetBitsPerByte, sourceLoss, sourceBitsPerByte } = final?.best ?? {};
  const ratio = (nats: number | null | undefined, bits: number | null | undefined) =>
    nats && bits ? (bits * Math.LN2) / nats : 1;
  return { target: ratio(targetLoss, targetBitsPerByte), source: ratio(sourceLoss, sourceBitsPerByte) };
}

/** Adds a point unless the curve has already come as far: a run that goes on may tell again what was saved. */
export function addPoint(points: Point[], point: Point): void {
  const last = points.at(-1);
  if (last && last.step >= point.step) return;
  points.push(point);
}

/** Marks nearer than this say nothing that a straight line between their neighbours does not. */
const LEAST_MARK_S = 0.5;

export function addTime(times: TimeMark[], mark: TimeMark): void {
  const last = times.at(-1);
  if (last && (last.step >= mark.step || mark.seconds - last.seconds < LEAST_MARK_S)) return;
  times.push(mark);
}

/** Seconds behind a step, in a straight line from mark to mark; from the beginning to the first. */
export function secondsAt(times: readonly TimeMark[], step: number): number {
  let low = 0;
  let high = times.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((times[middle]?.step ?? 0) < step) low = middle + 1;
    else high = middle;
  }
  const before = times[low - 1] ?? { step: 0, seconds: 0 };
  const after = times[low] ?? times.at(-1);
  if (!after) return Number.NaN;
  // Beyond the last mark time goes on as fast as it did before it.
  const from = after.step > before.step ? before : (times[low - 2] ?? { step: 0, seconds: 0 });
  if (after.step <= from.step) return after.seconds;
  return from.seconds + ((after.seconds - from.seconds) * (step - from.step)) / (after.step - from.step);
}

/** The curve up to a record's last point. */
export function curveOf(record: RunRecord): Curve {
  const curve = emptyCurve();
  const { target, source } = tokensPerByteOf(record);
  const mixed = mixedTokensPerByte(target, source, record.realised.r);
  for (const { step, tokens, loss, targetLoss, sourceLoss } of record.curve) {
    const at = { step, tokens };
    if (loss !== undefined && loss !== null) addPoint(curve.training, { ...at, bits: bitsOf(loss, mixed) });
    if (targetLoss !== undefined) addPoint(curve.target, { ...at, bits: bitsOf(targetLoss, target) });
    if (sourceLoss !== undefined) addPoint(curve.source, { ...at, bits: bitsOf(sourceLoss, source) });
  }
  const { steps } = record.realised;
  if (steps > 0 && record.seconds > 0) curve.times.push({ step: steps, seconds: record.seconds });
  return curve;
}
