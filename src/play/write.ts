/** Writing on from a prompt, by ONNX Runtime, in the tokens that our engine would draw. */

import { MAX_SEED } from '../formats/configSchema.ts';
import {
  checkSampling,
  choiceOf,
  drawFrom,
  type SamplingOptions,
  uniformStream,
} from '../model/inference/sampling.ts';
import { promptTokens } from '../text/tokenizer/prompt.ts';
import { CachedRun } from './cachedRun.ts';
import { PlayError } from './errors.ts';
import type { PlayModel } from './playModel.ts';
import { type ReadToken, TokenReader } from './readTokens.ts';

export type WriteOptions = SamplingOptions & {
  /** May be empty: the model then begins a document. */
  readonly prompt: string;
  /** How many tokens to draw, at most. */
  readonly tokens: number;
  readonly seed: number;
  readonly signal?: AbortSignal;
};

export type WrittenToken = ReadToken & {
  /** With which it was drawn: after temperature, top-k and top-p. 1 at temperature 0. */
  readonly drawn: number;
};

/** More is a book; a person who wants one asks again. */
const MOST_TOKENS = 10_000;

/** @throws PlayError, SamplingError naming the option that cannot be */
export function checkWriting({ tokens, seed, ...sampling }: Omit<WriteOptions, 'prompt'>): void {
  checkSampling(sampling);
  if (!Number.isInteger(tokens) || tokens < 1 || tokens > MOST_TOKENS) {
    const most = MOST_TOKENS.toLocaleString('en');
    throw new PlayError('tokens', `${tokens} is not a whole number from 1 to ${most}`);
  }
  if (!Number.isInteger(seed) || seed < 0 || seed > MAX_SEED) {
    throw new PlayError('seed', `${seed} is not a whole number from 0 to ${MAX_SEED}`);
  }
}

/**
 * Draws tokens one by one after `prompt`, past the ends of documents too. The same options give the same tokens, those of
 * `Generator.generate`: up to the context the cache grows; then the last `context` tokens are read anew for each token, for rotary
 * positions are counted from the first token that is seen.
 * @throws PlayError, SamplingError, and the signal's reason when aborted
 */
export async function* write(model: PlayModel, options: WriteOptions): AsyncGenerator<WrittenToken> {
  checkWriting(options);
  const { signal } = options;
  const { context } = model.config;
  const uniform = uniformStream(options.seed);
  const start = promptTokens(model.tokenizer, options.prompt);
  const reader = new TokenReader(model.tokenizer, start);
  const run = new CachedRun(model);
  let seen = start.slice(-context);
  for (let drawn = 0; drawn < options.tokens; drawn++) {
    signal?.throwIfAborted();
    const logits = await lastLogits(run, seen, model.config.vocabulary);
    const choice = choiceOf(logits, options);
    const token = drawFrom(choice, uniform);
    const isLast = drawn === options.tokens - 1;
    const { nats: _, ...read } = reader.read(token, logits, { isLast });
    const weight = choice.weights[choice.tokens.indexOf(token)] ?? 0;
    yield { ...read, drawn: weight / choice.total };
    if (seen.length === context) run.clear();
    const longer = new Uint16Array(Math.min(seen.length + 1, context));
    longer.set(seen.subarray(seen.length + 1 - longer.length));
    longer[longer.length - 1] = token;
    seen = longer;
  }
}

/** Logits of the token after `seen`, of which the run may have read a beginning: [vocabulary]. */
async function lastLogits(run: CachedRun, seen: Uint16Array, vocabulary: number): Promise<Float32Array> {
  const logits = await run.read(seen.subarray(run.held));
  return logits.subarray(logits.length - vocabulary);
}
