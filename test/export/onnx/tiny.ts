/** Small models as they are exported, and what ONNX Runtime makes of them. */

import type { ExportedModel } from '../../../src/export/model.ts';
import { onnxModel } from '../../../src/export/onnx/model.ts';
import { ortRuntime } from '../../../src/export/ort/load.ts';
import { floatsOf, type OrtSession, type OrtTensors } from '../../../src/export/ort/session.ts';
import type { LlamaConfig } from '../../../src/model/llama/config.ts';
import { parameterTable } from '../../../src/model/llama/parameters.ts';
import { randomArena } from '../../reference/random.ts';

export type TinyModel = Omit<ExportedModel, 'tokenizer' | 'record'>;

/** Two blocks of random weights, large enough that a mistake anywhere moves the logits. */
export function tinyModel(change: Partial<LlamaConfig> = {}, seed = 3): TinyModel {
  const config: LlamaConfig = {
    layers: 2,
    width: 32,
    heads: 2,
    mlp: 40,
    context: 16,
    vocabulary: 257,
    tied: true,
    ...change,
  };
  const table = parameterTable(config);
  return { config, table, parameters: randomArena(table, seed), name: 'tiny' };
}

/** Heads of 1 to 8, contexts of 16 to 512, vocabularies of bytes and of small BPEs, tied or not: each value beside several of the others. */
export const GRID: readonly Partial<LlamaConfig>[] = [
  { heads: 1, width: 16, context: 16, tied: true, vocabulary: 257 },
  { heads: 1, width: 64, context: 64, tied: false, vocabulary: 300 },
  { heads: 2, width: 32, context: 64, tied: true, vocabulary: 1000 },
  { heads: 4, width: 64, context: 16, tied: false, vocabulary: 257 },
  { heads: 8, width: 128, context: 16, tied: false, vocabulary: 1000, layers: 1 },
  { heads: 8, width: 128, context: 64, tied: true, vocabulary: 257 },
  { heads: 2, width: 32, context: 512, tied: true, vocabulary: 257, layers: 1 },
  { heads: 8, width: 128, context: 512, tied: false, vocabulary: 300, layers: 1 },
];

export function wordsOf(change: Partial<LlamaConfig>): string {
  const { heads, width, context, vocabulary, tied } = { ...tinyModel().config, ...change };
  return `${heads} heads, width ${width}, context ${context}, vocabulary ${vocabulary}, ${tied ? 'tied' : 'untied'}`;
}

/** Opens a model with or without cache, hands over its session, and closes it. */
export async function withSession<Result>(
  model: TinyModel,
  cache: boolean,
  use: (session: OrtSession) => Promise<Result>,
): Promise<Result> {
  const session = await (await ortRuntime()).create(onnxModel(model, { cache }));
  try {
    return await use(session);
  } finally {
    await session.release();
  }
}

export async function logitsOf(session: OrtSession, feeds: OrtTensors): Promise<Float32Array> {
  return floatsOf(await session.run(feeds), 'logits');
}

export function largestDifference(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let largest = 0;
  for (let i = 0; i < Math.max(a.length, b.length); i++) {
    const difference = Math.abs((a[i] ?? Number.NaN) - (b[i] ?? Number.NaN));
    if (!(difference <= largest)) largest = difference;
  }
  return largest;
}
