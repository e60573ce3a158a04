/** Where everything lies that a fleet reads: one token array, and the windows its losses are measured on. */

import type { Corpus } from '../text/corpus/corpus.ts';

/** A stretch of the token array, or of a list of windows. */
export type Range = { readonly from: number; readonly count: number };

export type TokenLayout = {
  readonly tokens: Uint16Array;
  readonly targetTrain: Range;
  readonly sourceTrain: Range;
  readonly targetValidation: Range;
  readonly sourceValidation: Range;
};

/** Lays the corpora end to end: target train, source train, target validation, source validation. */
export function layOut(target: Corpus, source: Corpus | null): TokenLayout {
  const none = new Uint16Array();
  const parts = [target.train, source?.train ?? none, target.validation, source?.validation ?? none];
  const tokens = new Uint16Array(parts.reduce((sum, part) => sum + part.length, 0));
  let end = 0;
  const [targetTrain, sourceTrain, targetValidation, sourceValidation] = parts.map((part) => {
    tokens.set(part, end);
    const range = { from: end, count: part.length };
    end += part.length;
    return range;
  }) as [Range, Range, Range, Range];
  return { tokens, targetTrain, sourceTrain, targetValidation, sourceValidation };
}

/** Validation tokens that a final loss is measured on, where there are so many. */
export const FINAL_TOKENS = 65_536;

/**
 * The fleet's evaluation windows, in four stretches: other target, periodic target, periodic source, other source.
 * So the windows of a periodic evaluation are one range, and so are all of a language.
 */
export type EvaluationWindows = {
  /** Where each begins in the token array. */
  readonly windows: Uint32Array;
  /** All windows of a language: the final loss. */
  readonly target: Range;
  readonly source: Range;
  /** The windows looked at while a run goes on. */
  readonly periodic: Range;
  readonly periodicTarget: Range;
  readonly periodicSource: Range;
};

/**
 * The final windows of a language are the first {@link FINAL_TOKENS} of its validation tokens, without overlap, whatever the
 * run: losses of all runs of a pair compare. The periodic ones are `periodicWindows` of these, spread evenly.
 */
export function evaluationWindows(
  layout: TokenLayout,
  context: number,
  periodicWindows: number,
): EvaluationWindows {
  const target = languageWindows(layout.targetValidation, context, periodicWindows);
  const source = languageWindows(layout.sourceValidation, context, periodicWindows);
  const windows = new Uint32Array([...target.other, ...target.periodic, ...source.periodic, ...source.other]);
  const ofTarget = target.other.length + target.periodic.length;
  const periodicTarget = { from: target.other.length, count: target.periodic.length };
  const periodicSource = { from: ofTarget, count: source.periodic.length };
  return {
    windows,
    target: { from: 0, count: ofTarget },
    source: { from: ofTarget, count: windows.length - ofTarget },
    periodic: { from: periodicTarget.from, count: periodicTarget.count + periodicSource.count },
    periodicTarget,
    periodicSource,
  };
}

/** Tokens that a final loss scores, of a language that has so many validation tokens: those after the first one, in whole windows. */
export function finalTokens(validationTokens: number, context: number): number {
  const available = Math.max(0, Math.floor((validationTokens - 1) / context));
  return context * Math.min(available, Math.ceil(FINAL_TOKENS / context));
}

function languageWindows(
  validation: Range,
  context: number,
  wanted: number,
): { periodic: number[]; other: number[] } {
  const all = finalTokens(validation.count, context) / context;
  const count = Math.min(all, wanted);
  const chosen = new Set(Array.from({ length: count }, (_, i) => Math.floor(((i + 0.5) * all) / count)));
  const periodic: number[] = [];
  const other: number[] = [];
  for (let i = 0; i < all; i++) (chosen.has(i) ? periodic : other).push(validation.from + i * context);
  return { periodic, other };
}

export type Loss = {
  /** Mean nats a token. */
  readonly nats: number;
  /** Standard error of the mean over windows; 0 for a single window. */
  readonly error: number;
};

/** Mean and standard error over windows. `sums` are summed nats of windows of `context` tokens, from `first` on. */
export function meanLoss(sums: Float32Array, range: Range, first: number, context: number): Loss {
  const { count } = range;
  const at = range.from - first;
  let sum = 0;
  for (let i = 0; i < count; i++) sum += sums[at + i] ?? Number.NaN;
  const mean = sum / count;
  let squares = 0;
  for (let i = 0; i < count; i++) squares += ((sums[at + i] ?? Number.NaN) - mean) ** 2;
  const error = count > 1 ? Math.sqrt(squares / (count - 1) / count) : 0;
  return { nats: mean / context, error: error / context };
}

/** Nats a token → bits a byte, for a text of so many predicted tokens and bytes. */
export function bitsPerByte(nats: number, tokens: number, bytes: number): number {
  return ((nats / Math.LN2) * tokens) / bytes;
}
