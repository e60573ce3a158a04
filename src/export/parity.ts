/** Whether an exported model is the one that was trained: ONNX Runtime's logits and losses beside our engine's. */

import { PARITY_LIMITS, type Parity, type ParityProbe } from '../formats/parity.ts';
import { natsOf } from '../model/inference/nats.ts';
import type { LlamaConfig } from '../model/llama/config.ts';
import { cachedFeeds, keyValuesOf, noKeyValues, plainFeeds } from './ort/feeds.ts';
import { floatsOf, type OrtRuntime, type OrtSession } from './ort/session.ts';

/** Logits of a batch that are in memory at a time, 64 MiB; one window where that is more. */
const BATCH_FLOATS = 2 ** 24;

/** An ONNX model, or what makes it: then it is made just before its session, so that there is one of them at a time. */
export type OnnxBytes = Uint8Array | (() => Uint8Array);

/**
 * Runs both exports of a model on the probe's windows. The cached one reads the first alone: a cache that is right for a whole
 * window in pieces is right.
 * @throws OrtRunError, RangeError when the probe's sizes disagree
 */
export async function checkParity(
  onnx: { readonly plain: OnnxBytes; readonly cached: OnnxBytes },
  { config }: { readonly config: LlamaConfig },
  probe: ParityProbe,
  runtime: OrtRuntime,
  signal?: AbortSignal,
): Promise<Parity> {
  checkSizes(config, probe);
  signal?.throwIfAborted();
  const plain = await opened(runtime, onnx.plain, (session) => runPlain(session, config, probe, signal));
  signal?.throwIfAborted();
  const cacheLogits = await opened(runtime, onnx.cached, (session) =>
    runCached(session, config, probe, signal),
  );
  const tokens = probe.count * probe.context;
  const engineLoss = summedNats(probe, config.vocabulary, 0, probe.logits) / tokens;
  const loss = finite(Math.abs(plain.nats / tokens - engineLoss));
  return {
    runtime: runtime.name,
    provider: runtime.provider,
    text: probe.text ?? null,
    weights: probe.weights ?? null,
    windows: probe.count,
    tokens,
    logits: plain.logits,
    loss,
    cacheLogits,
    engineLoss,
    passed:
      plain.logits <= PARITY_LIMITS.logits &&
      cacheLogits <= PARITY_LIMITS.logits &&
      loss <= PARITY_LIMITS.loss,
  };
}

function checkSizes({ context, vocabulary }: LlamaConfig, probe: ParityProbe): void {
  const { count, windows, logits } = probe;
  if (!Number.isInteger(count) || count < 1) throw new RangeError('a probe has at least one window');
  if (!Number.isInteger(probe.context) || probe.context < 1 || probe.context > context) {
    throw new RangeError(`a window of ${probe.context} tokens does not fit a context of ${context}`);
  }
  if (windows.length !== count * (probe.context + 1)) {
    throw new RangeError(`${windows.length} tokens are not ${count} windows of ${probe.context} + 1`);
  }
  if (logits.length !== count * probe.context * vocabulary) {
    throw new RangeError(`${logits.length} logits are not those of ${count} windows`);
  }
}

async function opened<Result>(
  runtime: OrtRuntime,
  onnx: OnnxBytes,
  use: (session: OrtSession) => Promise<Result>,
): Promise<Result> {
  const session = await runtime.create(typeof onnx === 'function' ? onnx() : onnx);
  try {
    return await use(session);
  } finally {
    // What cannot be freed does not make a result wrong, nor another failure of one.
    await session.release().catch(() => {});
  }
}

async function runPlain(
  session: OrtSession,
  { vocabulary }: LlamaConfig,
  probe: ParityProbe,
  signal?: AbortSignal,
): Promise<{ readonly logits: number; readonly nats: number }> {
  const { count, context } = probe;
  const windowFloats = context * vocabulary;
  const batch = Math.max(1, Math.floor(BATCH_FLOATS / windowFloats));
  let logits = 0;
  let nats = 0;
  for (let first = 0; first < count; first += batch) {
    signal?.throwIfAborted();
    const some = Math.min(batch, count - first);
    const inputs = new Uint16Array(some * context);
    for (let window = 0; window < some; window++) {
      inputs.set(inputsOf(probe, first + window), window * context);
    }
    const theirs = floatsOf(await session.run(plainFeeds(inputs, some)), 'logits');
    const ours = probe.logits.subarray(first * windowFloats, (first + some) * windowFloats);
    logits = Math.max(logits, largestDifference(theirs, ours));
    nats += summedNats(probe, vocabulary, first, theirs);
  }
  return { logits, nats };
}

async function runCached(
  session: OrtSession,
  config: LlamaConfig,
  probe: ParityProbe,
  signal?: AbortSignal,
): Promise<number> {
  const { context } = probe;
  const tokens = inputsOf(probe, 0);
  // A piece into the empty cache, one after it, then single tokens as when text is written.
  const ends = [Math.floor(context / 4), Math.floor(context / 2)];
  let cache = noKeyValues(config);
  let logits = 0;
  for (let from = 0; from < context; ) {
    signal?.throwIfAborted();
    const to = Math.max(ends.find((end) => end > from) ?? 0, from + 1);
    const outputs = await session.run(cachedFeeds(tokens.subarray(from, to), from, cache));
    const ours = probe.logits.subarray(from * config.vocabulary, to * config.vocabulary);
    logits = Math.max(logits, largestDifference(floatsOf(outputs, 'logits'), ours));
    cache = keyValuesOf(outputs);
    from = to;
  }
  return logits;
}

function inputsOf({ windows, context }: ParityProbe, window: number): Uint16Array {
  const from = window * (context + 1);
  return windows.subarray(from, from + context);
}

/** Infinity where the lengths differ or a value is not finite. */
function largestDifference(a: Float32Array, b: Float32Array): number {
  if (a.length !== b.length) return Number.POSITIVE_INFINITY;
  let largest = 0;
  for (let i = 0; i < a.length; i++) {
    const difference = Math.abs((a[i] as number) - (b[i] as number));
    // A comparison with NaN is never true, so it is asked the other way round.
    if (!(difference <= largest)) largest = finite(difference);
  }
  return largest;
}

function finite(difference: number): number {
  return Number.isFinite(difference) ? difference : Number.POSITIVE_INFINITY;
}

/** Nats of the windows from `first` on whose `logits` [windows × context × vocabulary] are given, summed in float64. */
function summedNats(
  { windows, context }: ParityProbe,
  vocabulary: number,
  first: number,
  logits: Float32Array,
): number {
  let nats = 0;
  for (let row = 0; row * vocabulary < logits.length; row++) {
    const window = first + Math.floor(row / context);
    const target = windows[window * (context + 1) + (row % context) + 1] as number;
    nats += natsOf(logits.subarray(row * vocabulary, (row + 1) * vocabulary), target);
  }
  return nats;
}
