/** The curves of a fleet as the chart and the table want them, built up from the trainer's events or from a record. */

import type { RunRecord } from '../formats/record.ts';

/** Nats a token to bits a byte, for the byte tokenizer: one token is one byte. */
const NATS_PER_BIT = Math.LN2;

export type Point = { readonly tokens: number; readonly bits: number };

export type Curve = {
  /** Loss of each training batch, both languages together, in bits a byte. */
  readonly training: Point[];
  /** Validation loss of the target language, in bits a byte. */
  readonly target: Point[];
  readonly source: Point[];
};

export function emptyCurve(): Curve {
  return { training: [], target: [], source: [] };
}

export function bitsOf(nats: number): number {
  return nats / NATS_PER_BIT;
}

/** Adds a point unless the curve has already come as far: a run that goes on may tell again what was saved. */
export function addPoint(points: Point[], tokens: number, bits: number): void {
  const last = points.at(-1);
  if (last && last.tokens >= tokens) return;
  points.push({ tokens, bits });
}

/** The curve up to a record's last point. */
export function curveOf(record: RunRecord): Curve {
  const curve = emptyCurve();
  for (const { tokens, loss, targetLoss, sourceLoss } of record.curve) {
    if (loss !== undefined && loss !== null) addPoint(curve.training, tokens, bitsOf(loss));
    if (targetLoss !== undefined) addPoint(curve.target, tokens, bitsOf(targetLoss));
    if (sourceLoss !== undefined) addPoint(curve.source, tokens, bitsOf(sourceLoss));
  }
  return curve;
}
