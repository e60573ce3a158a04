/** Small manifests, and the float64 engine in a folder of a sweep. */

import { recordConfig, runId, type TrainConfig } from '../../src/formats/config.ts';
import type { ManifestRun, Tags } from '../../src/formats/manifest.ts';
import type { RunRecord } from '../../src/formats/record.ts';
import { type Changes, configWith } from '../train/configWith.ts';

/** A run of 13 steps of 2 windows of 16 tokens of the world's stories, on a model of one layer and width 16. */
export function tinyConfig(changes: Changes = {}): TrainConfig {
  const base = {
    version: 1,
    name: 'tiny',
    corpora: { target: 'world:sw?bytes=30000', source: 'world:en?bytes=60000' },
    model: { layers: 1, width: 16, heads: 1, mlp: 8, context: 16 },
    recipe: { targetTokens: 209, epochs: 1, ratio: 0.5 },
    optimizer: { learningRate: 0.02, batch: 2 },
    evaluation: { every: 5, windows: 2 },
    seed: 3,
  };
  return configWith(base, changes);
}

/** A line of a manifest; what it says of cost is rough, and nobody but progress asks. */
export function manifestRun(config: TrainConfig, tags: Tags = {}, flops = 1e6): ManifestRun {
  const recipe = config.recipe as { targetTokens: number; epochs: number; ratio: number; finalRatio: number };
  const { targetTokens, epochs, ratio, finalRatio } = recipe;
  const D = (epochs * targetTokens) / ratio;
  const { context } = config.model;
  return {
    version: 1,
    id: runId(recordConfig(config)),
    config,
    tags,
    nominal: {
      kind: ratio === 1 ? 'monolingual single-stage' : 'multi-lingual single-stage',
      N: 1000,
      D,
      D_T: targetTokens,
      S: D * (1 - ratio),
      k: epochs,
      r: ratio,
      r_f: finalRatio,
      r_1: ratio,
      s: 1,
      C: 6000 * D,
    },
    flops,
    steps: Math.floor(D / (context * config.optimizer.batch)),
  };
}

/** Runs that differ in their seeds alone, all of one name. */
export function seeds(count: number, changes: Changes = {}): ManifestRun[] {
  return Array.from({ length: count }, (_, seed) => manifestRun(tinyConfig({ ...changes, seed })));
}

/** All that must be the same however often a sweep was cut off. */
export const timeless = (record: RunRecord) => ({ ...record, seconds: 0 });

/** A record as a run might leave it, of a loss. */
export function recordOf({ id, config, steps }: ManifestRun, loss = 3): RunRecord {
  const losses = {
    targetLoss: loss,
    targetLossError: 0.01,
    targetBitsPerByte: loss / Math.LN2,
    sourceLoss: null,
    sourceBitsPerByte: null,
  };
  return {
    version: 1,
    id,
    config,
    realised: {
      kind: 'multi-lingual two-stage',
      ...{ N: 6720, embedding: 0, blocks: 2608, head: 4112, D: 416, D_T: 208, S: 208 },
      ...{
        k: 1,
        r: 0.5,
        r_f: 1,
        r_1: 0,
        s: 0.5,
        C: 6 * 6720 * 416,
        flops: 2e7,
        steps,
        sourceRepeated: false,
      },
    },
    curve: [],
    final: { ...losses, best: { ...losses, step: steps } },
    status: 'done',
    tuning: {},
    device: { vendor: '', architecture: '', device: '', description: '', software: true },
    versions: {},
    seconds: 1.5,
    warnings: [],
  };
}
