/** What the engine says of some windows of text, for another runtime to be held against. */

import {
  type ProbeLimits,
  type ProbeWindows,
  probeEngine,
  probeShape,
  probeWindows,
} from '../../export/probe.ts';
import { parseCorpusSpec } from '../../formats/corpusSpec.ts';
import { createGenerator } from '../../model/inference/generate.ts';
import type { Tokenizer } from '../../text/tokenizer/tokenizer.ts';
import { documentsOfWorld } from '../../text/worldDocuments.ts';
import type { Checkpoint } from '../../train/checkpoint/checkpoint.ts';
import type { ModelProbe } from '../api/models.ts';
import type { GpuHolder } from '../gpuHolder.ts';
import type { GpuTurn } from '../gpuTurn.ts';
import { handOver } from '../serve.ts';
import type { TrainingTexts } from './trainingTexts.ts';

/** Logits that are handed to the page and on to another worker, 64 MiB at most: of the largest vocabulary a window has 256 tokens. */
const LIMITS: ProbeLimits = { windows: 8, logits: 2 ** 24 };
/** Where the model's own text is not here. */
const WORLD = 'world:en';

export type ProbeOptions = {
  readonly gpu: GpuHolder;
  readonly turn: GpuTurn;
  readonly trained: TrainingTexts;
};

/** Throws `NotNowError` while a fleet is at work, `WebGpuUnavailableError`; rejects with the signal's reason when aborted. */
export async function probeModel(
  model: Checkpoint & { readonly weights: string },
  { gpu, turn, trained }: ProbeOptions,
  signal: AbortSignal,
): Promise<ModelProbe> {
  const { config, table, parameters } = model;
  const { windows, text } = await windowsFor(model, trained, signal);
  const giveBack = await turn.take('probe');
  try {
    const generator = await createGenerator(await gpu.device(), table, parameters);
    try {
      const probe = await probeEngine(generator, windows, config.vocabulary, signal);
      return handOver({ ...probe, text, weights: model.weights }, [
        probe.windows.buffer,
        probe.logits.buffer,
      ]);
    } finally {
      generator.destroy();
    }
  } finally {
    giveBack();
  }
}

type Windows = { readonly windows: ProbeWindows; readonly text: string };

/** Windows of the target's held-out text; where that is not here, of stories that every tokenizer can write. */
async function windowsFor(
  { config, tokenizer, record }: Checkpoint,
  trained: TrainingTexts,
  signal: AbortSignal,
): Promise<Windows> {
  const { count, context } = probeShape(config, LIMITS);
  const tokens = count * context + 1;
  const target = record && (await trained.of(record, signal)).target;
  if (target) {
    const { validation } = target;
    const texts = Array.from({ length: validation.count }, (_, index) => () => validation.textOf(index));
    const own = probeWindows(firstTokens(texts, tokenizer, tokens), config, LIMITS);
    if (own) return { windows: own, text: `${counted(own.count)} of held-out text of ${target.name}` };
  }
  const stories: (() => string)[] = [];
  for await (const story of documentsOfWorld(worldOf(tokens))) stories.push(() => story.text);
  const told = probeWindows(firstTokens(stories, tokenizer, tokens), config, LIMITS);
  if (!told) throw new RangeError(`${WORLD} has no window of ${context} tokens`);
  const why = target
    ? `the held-out text of ${target.name} is shorter than a window`
    : 'the model’s text is not here';
  return { windows: told, text: `${counted(told.count)} of the lab’s own stories, for ${why}` };
}

/** Enough stories for so many tokens, whatever they are cut into: no token of theirs stands for more than a few words. */
function worldOf(tokens: number) {
  const world = parseCorpusSpec(WORLD);
  if (world.scheme !== 'world') throw new RangeError(WORLD);
  return { ...world, bytes: 16 * tokens };
}

/** As a corpus has them: an end of document first, and after each text. */
function firstTokens(texts: readonly (() => string)[], tokenizer: Tokenizer, most: number): Uint16Array {
  const tokens = new Uint16Array(most);
  tokens[0] = tokenizer.endOfDocument;
  let filled = 1;
  for (const text of texts) {
    if (filled >= most) break;
    const encoded = tokenizer.encode(text()).subarray(0, most - filled);
    tokens.set(encoded, filled);
    filled += encoded.length;
    if (filled < most) tokens[filled++] = tokenizer.endOfDocument;
  }
  return tokens.subarray(0, filled);
}

function counted(windows: number): string {
  return windows === 1 ? '1 window' : `${windows} windows`;
}
