/** Reads a text into a corpus: a picked file, or one of the pair that ships with the lab. */

import { sampleText } from '../../corpora/samples.ts';
import { buildCorpus } from '../text/corpus/build.ts';
import { byteTokenizer } from '../text/tokenizer/bytes.ts';
import type { CorpusFacts, CorpusOrigin, Side } from './api.ts';
import type { KeptCorpus } from './corpusFiles.ts';

/** Swahili plays the language with little text, English the one with much. */
const SAMPLE_LANGUAGES = { target: 'sw', source: 'en' } as const;

/** Tells of progress no more often than this. */
const PROGRESS_MS = 100;

/** Reads the text of `side`; `onProgress` hears bytes read and, where known, bytes in all. Throws `TextError`. */
export async function readText(
  side: Side,
  origin: CorpusOrigin,
  onProgress: (bytes: number, totalBytes: number) => void,
): Promise<KeptCorpus> {
  const sample = origin.kind === 'sample' ? sampleText(SAMPLE_LANGUAGES[side]) : null;
  const name = origin.kind === 'file' ? origin.file.name : (sample?.name ?? '');
  const stream = origin.kind === 'file' ? chunks(origin.file.stream()) : (sample?.stream() ?? []);
  const totalBytes = origin.kind === 'file' ? origin.file.size : 0;
  let bytes = 0;
  let told = 0;
  const corpus = await buildCorpus({
    name,
    stream,
    tokenizer: byteTokenizer,
    onProgress(read) {
      bytes = read;
      const now = performance.now();
      if (now - told < PROGRESS_MS) return;
      told = now;
      onProgress(bytes, totalBytes);
    },
  });
  return { corpus, bytes, sample: sample !== null };
}

/** What the page shows of a text. */
export function corpusFacts(side: Side, { corpus, bytes, sample }: KeptCorpus): CorpusFacts {
  const { name, documents, validationDocuments, dropped, sha256, train, validation } = corpus;
  return {
    side,
    name,
    sample,
    bytes,
    documents,
    validationDocuments,
    trainTokens: train.length,
    validationTokens: validation.length,
    dropped,
    sha256,
  };
}

// Safari's streams are not iterable by themselves.
async function* chunks(stream: ReadableStream<Uint8Array>): AsyncGenerator<Uint8Array> {
  const reader = stream.getReader();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      yield value;
    }
  } finally {
    reader.releaseLock();
  }
}
