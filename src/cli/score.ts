/** The loss of a text under a model, every token scored once. */

import type { GpuDevice } from '../gpu/device.ts';
import { evaluateTokens } from '../model/inference/evaluate.ts';
import { createGenerator } from '../model/inference/generate.ts';
import { natsOf } from '../model/inference/nats.ts';
import type { ParameterTable } from '../model/llama/parameters.ts';

export type Score = {
  /** Summed over all tokens. */
  readonly nats: number;
  /** Tokens predicted: all but the first, which begins the text. */
  readonly tokens: number;
  readonly windows: number;
};

/**
 * Scores `tokens` in windows of the model's context, one after the other. Where they do not come out even, a last window
 * ends at the end of the text, and only its tokens that no other window scored count. A text shorter than a window is a
 * window of its own. `parameters` is an arena of `table`.
 */
export async function scoreText(
  gpu: GpuDevice,
  table: ParameterTable,
  parameters: Float32Array,
  tokens: Uint16Array,
  onToken: (scored: number, all: number) => void = () => {},
): Promise<Score> {
  const { context } = table.config;
  const all = tokens.length - 1;
  const whole = Math.floor(all / context);
  const starts = Uint32Array.from({ length: whole }, (_, i) => i * context);
  let nats = 0;
  for (let from = 0; from < whole; from += WINDOWS_AT_ONCE) {
    const part = starts.subarray(from, from + WINDOWS_AT_ONCE);
    for (const sum of await evaluateTokens(gpu, table, parameters, tokens, part)) nats += sum;
    onToken(Math.min(whole, from + WINDOWS_AT_ONCE) * context, all);
  }
  if (all > whole * context) {
    const start = Math.max(0, all - context);
    nats += await scoreTail(gpu, table, parameters, tokens.subarray(start), whole * context - start);
    onToken(all, all);
  }
  return { nats, tokens: all, windows: whole + (all > whole * context ? 1 : 0) };
}

// Few enough that progress is seen and memory stays small, many enough that setting up does not count.
const WINDOWS_AT_ONCE = 1024;

/** Nats of the tokens of one window after the first `skipped`: an evaluation sums whole windows only. */
async function scoreTail(
  gpu: GpuDevice,
  table: ParameterTable,
  parameters: Float32Array,
  window: Uint16Array,
  skipped: number,
): Promise<number> {
  const generator = await createGenerator(gpu, table, parameters);
  try {
    const { vocabulary } = table.config;
    const logits = await generator.everyLogits(window.subarray(0, -1));
    let nats = 0;
    for (let next = skipped + 1; next < window.length; next++) {
      const row = logits.subarray((next - 1) * vocabulary, next * vocabulary);
      nats += natsOf(row, window[next] ?? 0);
    }
    return nats;
  } finally {
    generator.destroy();
  }
}
