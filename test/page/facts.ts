/** What is known of a text, as the worker would tell it. */

import type { Opened } from '../../src/worker/api/lab.ts';
import type { CorpusFacts, Side } from '../../src/worker/api/texts.ts';

export function facts(side: Side, trainTokens = 100_000, change: Partial<CorpusFacts> = {}): CorpusFacts {
  const amount = { documents: 105, bytes: trainTokens };
  return {
    side,
    name: `${side}.txt`,
    spec: `file:${side}.txt`,
    language: null,
    sample: { read: amount, kept: amount },
    documents: 100,
    validationDocuments: 5,
    trainTokens,
    validationTokens: 5000,
    dropped: {
      empty: 0,
      duplicates: 0,
      validationCopies: 0,
      validationTranslations: 0,
      nearDuplicates: 0,
    },
    nearDuplicates: null,
    floorBitsPerByte: null,
    statistics: {
      documents: 100,
      bytes: trainTokens - 101,
      characters: trainTokens - 101,
      charactersPerByte: 1,
      words: 1000,
      byteEntropy: 4.2,
      scripts: [],
    },
    preview: [],
    sha256: '0'.repeat(64),
    ...change,
  };
}

/** What a worker that has an adapter and these texts answers to `open`. */
export function opened(corpora: Opened['corpora']): Opened {
  const adapter = { vendor: '', architecture: '', description: '', software: true };
  return { adapter: { ok: true, value: adapter }, corpora, saved: null, catalogue: [], endings: ['.txt'] };
}
