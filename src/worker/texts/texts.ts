/** From where a person says the text is, to a text that is ready to be tokenised and what there is to say of it. */

import { CATALOGUE } from '../../../corpora/catalogue.ts';
import {
  type CorpusSpec,
  CorpusSpecError,
  type FileSpec,
  formatCorpusSpec,
  parseCorpusSpec,
  recordedSpec,
} from '../../formats/corpusSpec.ts';
import { findNearDuplicates } from '../../text/corpus/nearDuplicates.ts';
import { floorBitsPerByte, type PreparedCorpus, prepareCorpus } from '../../text/corpus/prepare.ts';
import { textStatistics } from '../../text/corpus/statistics.ts';
import type { ByteSource } from '../../text/document.ts';
import { TextError } from '../../text/errors.ts';
import { type Openers, openCorpus } from '../../text/openCorpus.ts';
import { changedText } from '../../text/pair/askedHash.ts';
import { sourceOfBlob } from '../../text/readers/source.ts';
import type { CorpusFacts, CorpusOrigin, Side } from '../api/texts.ts';
import { seldom } from '../seldom.ts';
import type { KeptText } from './corpusFiles.ts';

/** Tells of progress no more often than this. */
const PROGRESS_MS = 100;
/** Documents that are shown, and how much of each. */
const PREVIEWS = 3;
const PREVIEW_CHARACTERS = 400;

export type ReadingOptions = {
  readonly openers: Omit<Openers, 'file'>;
  readonly signal?: AbortSignal;
  /** Hears the bytes read and, where it is known, of how many; else 0. */
  readonly onProgress?: (bytes: number, totalBytes: number) => void;
};

/**
 * Reads, prepares and counts a text. Throws `CorpusSpecError`, `TextError` and `RemoteError`; rejects with the signal's reason
 * when aborted.
 */
export async function readText(
  origin: CorpusOrigin,
  { openers, signal, onProgress = () => {} }: ReadingOptions,
): Promise<KeptText> {
  const spec = specOf(origin);
  const tell = seldom(PROGRESS_MS, onProgress);
  const file = async () => (origin.kind === 'file' ? blobSource(origin.file, origin.file.name) : noFile());
  const opened = await openCorpus(spec, { ...openers, file }, { signal, onProgress: tell });
  const prepared = await prepareCorpus({
    name: opened.name,
    documents: opened.documents,
    signal,
    ...(opened.maxBytes !== null && { maxBytes: opened.maxBytes }),
    ...(spec.scheme === 'world' && { onProgress: ({ bytes }) => tell(bytes, spec.bytes) }),
  });
  checkHash(spec, prepared);
  const { found, trainingIndices } = await findNearDuplicates(prepared.train, prepared.validation, {
    signal,
  });
  return {
    prepared: { ...prepared, nearDuplicates: found },
    nearDuplicates: [...trainingIndices],
    spec: recordedSpec(formatCorpusSpec(spec), prepared.sha256),
    statistics: await textStatistics(prepared.train, { signal }),
  };
}

/** What the page shows of a text. */
export function corpusFacts(side: Side, { prepared, spec, statistics }: KeptText): CorpusFacts {
  const { name, sample, train, validation, dropped, nearDuplicates, sha256 } = prepared;
  return {
    side,
    name,
    spec,
    language: languageOf(parseCorpusSpec(spec)),
    sample,
    documents: train.count,
    validationDocuments: validation.count,
    // An end of document stands before the first one too.
    trainTokens: train.bytesWithEnds + 1,
    validationTokens: validation.bytesWithEnds + 1,
    dropped,
    nearDuplicates,
    floorBitsPerByte: floorBitsPerByte(validation),
    statistics,
    preview: Array.from({ length: Math.min(PREVIEWS, train.count) }, (_, index) =>
      beginning(train.textOf(index)),
    ),
    sha256,
  };
}

function specOf(origin: CorpusOrigin): CorpusSpec {
  if (origin.kind === 'spec') {
    const spec = parseCorpusSpec(origin.spec);
    if (spec.scheme === 'file') {
      throw new CorpusSpecError(origin.spec, 'names a file, which a page cannot open by itself; pick it');
    }
    return spec;
  }
  // In a spec everything from the first # on is an option.
  const path = origin.file.name.replaceAll('#', '%23');
  return { scheme: 'file', path, ...origin.options, bytes: null, sha256: null } satisfies FileSpec;
}

function checkHash(spec: CorpusSpec, { name, sha256 }: PreparedCorpus): void {
  const problem = changedText(spec, sha256, { name, asker: 'its spec' });
  if (problem !== null) throw new TextError(name, 'corrupt', problem);
}

/** A picked file, read in chunks or in parts; it is never held whole. */
function blobSource(blob: Blob, name: string): ByteSource {
  return { ...sourceOfBlob(name, blob), stream: () => chunks(blob.stream()) };
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
    // Whoever stops early wants no more of the file either.
    await reader.cancel().catch(() => {});
    reader.releaseLock();
  }
}

function noFile(): never {
  throw new RangeError('no file was handed in');
}

/** The language that a spec speaks of, as a BCP 47 tag; a constructed one has none. */
function languageOf(spec: CorpusSpec): string | null {
  if (spec.scheme === 'world') return spec.distance === 0 ? spec.language : null;
  if (spec.scheme !== 'hf') return null;
  const known = CATALOGUE.find((entry) => {
    const other = parseCorpusSpec(entry.spec);
    return other.scheme === 'hf' && other.dataset === spec.dataset && other.config === spec.config;
  });
  return known?.code ?? null;
}

function beginning(text: string): string {
  const characters = [...text.slice(0, 2 * PREVIEW_CHARACTERS)];
  return characters.length > PREVIEW_CHARACTERS
    ? `${characters.slice(0, PREVIEW_CHARACTERS).join('')}…`
    : text;
}
