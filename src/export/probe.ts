/** What the engine says of some windows of text, for another runtime to be held against. */

import type { ParityProbe } from '../formats/parity.ts';
import type { Generator } from '../model/inference/generate.ts';
import type { LlamaConfig } from '../model/llama/config.ts';

/** How much is looked at, at most. */
export type ProbeLimits = {
  readonly windows: number;
  /** Logits that are held at once, 4 bytes each: where a window of the whole context has more, windows are shorter. */
  readonly logits: number;
};

const LIMITS: ProbeLimits = { windows: 16, logits: 2 ** 24 };

export type ProbeWindows = Pick<ParityProbe, 'windows' | 'count' | 'context'>;

/**
 * Windows of the model's context, and one token more, spread evenly over a text that begins with an endOfDocument; null where the
 * text is shorter than one. Where the logits of one would be too many, windows are shorter.
 */
export function probeWindows(
  tokens: Uint16Array,
  config: Pick<LlamaConfig, 'context' | 'vocabulary'>,
  limits: ProbeLimits = LIMITS,
): ProbeWindows | null {
  const { count: most, context } = probeShape(config, limits);
  const all = Math.floor((tokens.length - 1) / context);
  if (all < 1) return null;
  const count = Math.min(all, most);
  const size = context + 1;
  const windows = new Uint16Array(count * size);
  for (let window = 0; window < count; window++) {
    // The first is the beginning of the text, which every model knows.
    const start = Math.floor((window * all) / count) * context;
    windows.set(tokens.subarray(start, start + size), window * size);
  }
  return { windows, count, context };
}

/** As many windows as the limits leave, and as long: at least one, of at least one token. */
export function probeShape(
  { context: whole, vocabulary }: Pick<LlamaConfig, 'context' | 'vocabulary'>,
  { windows, logits }: ProbeLimits = LIMITS,
): Pick<ProbeWindows, 'count' | 'context'> {
  const context = Math.max(1, Math.min(whole, Math.floor(logits / vocabulary)));
  return { count: Math.max(1, Math.min(windows, Math.floor(logits / (context * vocabulary)))), context };
}

/** The engine's logits on the windows. Rejects with the signal's reason when aborted, and with what the generator throws. */
export async function probeEngine(
  generator: Pick<Generator, 'everyLogits'>,
  { windows, count, context }: ProbeWindows,
  vocabulary: number,
  signal?: AbortSignal,
): Promise<ParityProbe> {
  const logits = new Float32Array(count * context * vocabulary);
  for (let window = 0; window < count; window++) {
    signal?.throwIfAborted();
    const start = window * (context + 1);
    const ofWindow = await generator.everyLogits(windows.subarray(start, start + context));
    logits.set(ofWindow, window * context * vocabulary);
  }
  return { windows, count, context, logits };
}
