/** The models that are measured: small enough to be bound by dispatches, twice that, and one that a GPU must work for. */

import type { LlamaConfig } from '../llama/config.ts';

export type BenchSizeName = 'A' | 'B' | '10M';

export type BenchSize = { readonly name: string; readonly config: LlamaConfig; readonly batch: number };

/** The sizes that results are published for. Their names are those of docs/performance.md. */
export const BENCH_SIZES: Readonly<Record<BenchSizeName, BenchSize & { readonly name: BenchSizeName }>> = {
  A: {
    name: 'A',
    batch: 4,
    config: { layers: 2, width: 64, heads: 2, mlp: 176, context: 64, vocabulary: 256, tied: false },
  },
  B: {
    name: 'B',
    batch: 4,
    config: { layers: 4, width: 128, heads: 4, mlp: 352, context: 128, vocabulary: 512, tied: false },
  },
  // N = 10,818,432: each layer 4·384² + 3·384·1024 + 2·384, the last gain 384, the head 512·384.
  '10M': {
    name: '10M',
    batch: 16,
    config: { layers: 6, width: 384, heads: 6, mlp: 1024, context: 256, vocabulary: 512, tied: false },
  },
};

/** One that is over in a moment on any device; for trials of the measuring itself. */
export const TINY_SIZE: BenchSize = {
  name: 'tiny',
  batch: 2,
  config: { layers: 1, width: 32, heads: 2, mlp: 64, context: 16, vocabulary: 256, tied: false },
};
