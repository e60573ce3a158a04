/** A record of a run, as `m3lab train` writes it. */

import { parseTrainConfig } from '../../../src/formats/config.ts';
import type { RunRecord } from '../../../src/formats/record.ts';

export const runConfig = (changes: object = {}) =>
  parseTrainConfig(
    {
      version: 1,
      corpora: { target: 'world:sw', source: 'world:en' },
      recipe: { targetTokens: 640 },
      ...changes,
    },
    'test',
  );
const losses = {
  targetLoss: 1.6,
  targetLossError: 0.01,
  targetBitsPerByte: 2.3,
  sourceLoss: null,
  sourceBitsPerByte: null,
};

export function runRecord(
  changes: Partial<RunRecord> = {},
  realised: Partial<RunRecord['realised']> = {},
): RunRecord {
  return {
    version: 1,
    id: 'abcdef012345',
    config: runConfig(),
    realised: {
      kind: 'multi-lingual two-stage',
      N: 100,
      embedding: 0,
      blocks: 90,
      head: 10,
      D: 1000,
      D_T: 250,
      S: 500,
      k: 2,
      r: 0.5,
      r_f: 1,
      r_1: 0.25,
      s: 1 / 3,
      C: 600_000,
      flops: 1,
      steps: 10,
      sourceRepeated: false,
      ...realised,
    },
    curve: [],
    final: { ...losses, best: { ...losses, targetLoss: 1.5, step: 2 } },
    status: 'done',
    tuning: {},
    device: { vendor: '', architecture: '', device: '', description: '', software: true },
    versions: {},
    seconds: 1,
    warnings: [],
    ...changes,
  };
}
