/** Summaries of runs for the tests of tables and figures. */

import type { RunSummary } from '../../../src/formats/runSummary.ts';

/** A monolingual run with what a test says of it; its id follows from its name unless one is given. */
export function summary(said: Partial<RunSummary> = {}): RunSummary {
  const name = said.name ?? 'mono seed 1';
  return {
    id: `id of ${name}`,
    name,
    origin: 'own',
    collection: 'fleet',
    status: 'done',
    kind: 'monolingual single-stage',
    N: 20_864,
    D: 131_072,
    D_T: 32_768,
    S: 0,
    k: 4,
    r: 1,
    r_f: 1,
    r_1: 1,
    s: 1,
    C: 6 * 20_864 * 131_072,
    flops: 2e10,
    steps: 1024,
    sourceRepeated: false,
    target: 'world:id',
    source: 'world:en',
    pair: 'world:id with world:en',
    tokenizer: 'bytes',
    layers: 1,
    width: 32,
    context: 64,
    batch: 2,
    learningRate: 0.0027,
    schedule: 'wsd',
    weightDecay: 0.1,
    seed: 1,
    targetLoss: 1.7,
    targetLossError: 0.01,
    targetBitsPerByte: 2.5,
    sourceLoss: 2,
    sourceBitsPerByte: 2.9,
    floorBitsPerByte: 0.67,
    ngramBitsPerByte: 1.8,
    seconds: 60,
    tags: {},
    ...said,
  };
}
