/** The curves of a fleet as the chart and the table want them, built up from the trainer's events or from a record. */

import type { RunRecord } from '../formats/record.ts';

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
export function addPoint(points: Point[], tokens: number, bits: number): void {
  const last = points.at(-1);
  if (last && last.tokens >= tokens) return;
  points.push({ tokens, bits });
}

/** The curve up to a record's last point. */
export function curveOf(record: RunRecord): Curve {
  const curve = emptyCurve();
  const { target, source } = tokensPerByteOf(record);
  const mixed = mixedTokensPerByte(target, source, record.realised.r);
  for (const { tokens, loss, targetLoss, sourceLoss } of record.curve) {
    if (loss !== undefined && loss !== null) addPoint(curve.training, tokens, bitsOf(loss, mixed));
    if (targetLoss !== undefined) addPoint(curve.target, tokens, bitsOf(targetLoss, target));
    if (sourceLoss !== undefined) addPoint(curve.source, tokens, bitsOf(sourceLoss, source));
  }
  return curve;
}
