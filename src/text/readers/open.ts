/** Any file that holds text → its documents: told what it is, unpacked layer by layer, and read as it comes. */

import { type ByteSource, type RawDocument, READ_OPTIONS, type ReadOptions } from '../document.ts';
import { TextError } from '../errors.ts';
import { OpenStream, orAborted } from './abort.ts';
import { type Format, formatOf, HEAD_BYTES, withoutEnding } from './format.ts';
import { gunzipped } from './gzip.ts';
import { jsonlTexts } from './jsonl.ts';
import { parquetTexts } from './parquet.ts';
import { held, type RandomSource, randomSource } from './source.ts';
import { tableTexts } from './table.ts';
import { textDocuments } from './text.ts';
import { zipSources } from './zip.ts';
import { unzstd } from './zstd.ts';

/**
 * The documents of a file in file order; of an archive, file by file in the order of their names. They are as they
 * stand in the file, '' for an empty one, and neither trimmed nor normalised. Throws {@link TextError} with the file,
 * the place and what to do; rejects with the signal's reason when aborted. Whoever stops early closes the source.
 */
export async function* openDocuments(
  source: ByteSource,
  options: ReadOptions = READ_OPTIONS,
  signal?: AbortSignal,
): AsyncGenerator<RawDocument> {
  for await (const text of texts(source, source.name, [], options, signal)) {
    signal?.throwIfAborted();
    yield { text, meaning: null, bits: null };
  }
}

/** `name` is what the file is called inside `packings`; the source's own name is what errors say. */
async function* texts(
  source: ByteSource,
  name: string,
  packings: readonly Format[],
  options: ReadOptions,
  signal: AbortSignal | undefined,
): AsyncGenerator<string> {
  const file = source.name;
  const opened = await open(source, signal);
  try {
    const format = formatOf(file, name, opened.head);
    switch (format) {
      case 'text':
        yield* textDocuments(opened.stream(), file, options.documents);
        break;
      case 'jsonl':
        yield* jsonlTexts(opened.stream(), file, options.column);
        break;
      case 'csv':
      case 'tsv':
        yield* tableTexts(opened.stream(), file, format, options.column);
        break;
      case 'parquet':
        yield* parquetTexts(await opened.random(), options.column, signal);
        break;
      case 'gzip':
      case 'zstd': {
        if (packings.includes('gzip') || packings.includes('zstd')) throw packedTwice(file, format, packings);
        const unpack = format === 'gzip' ? gunzipped : unzstd;
        const inner: ByteSource = {
          name: file,
          size: null,
          slice: null,
          stream: () => unpack(opened.stream(), file),
        };
        yield* texts(inner, withoutEnding(name), [...packings, format], options, signal);
        break;
      }
      case 'zip': {
        if (packings.length > 0) throw packedTwice(file, format, packings);
        for (const entry of await zipSources(await opened.random(), signal)) {
          yield* texts(entry, entry.name, [format], options, signal);
        }
        break;
      }
    }
  } finally {
    await opened.close();
  }
}

type Opened = {
  readonly head: Uint8Array;
  stream(): OpenStream;
  /** To be read in any order; held in memory where the source can only be streamed. */
  random(): Promise<RandomSource>;
  close(): Promise<void>;
};

/** Looks at the first bytes: by a slice where there is one, else by beginning the stream that is then read on. */
async function open(source: ByteSource, signal: AbortSignal | undefined): Promise<Opened> {
  signal?.throwIfAborted();
  const random = randomSource(source);
  let begun: OpenStream | null = null;
  const stream = (): OpenStream => {
    begun ??= new OpenStream(source.stream(signal), signal);
    return begun;
  };
  const close = async (): Promise<void> => {
    await begun?.return();
  };
  try {
    const head = random
      ? await orAborted(random.slice(0, Math.min(HEAD_BYTES, random.size), signal), signal)
      : await stream().peek(HEAD_BYTES);
    return { head, stream, random: async () => random ?? held(source.name, source.size, stream()), close };
  } catch (error) {
    await close();
    throw error;
  }
}

function packedTwice(file: string, format: Format, packings: readonly Format[]): TextError {
  return new TextError(
    file,
    'unsupported',
    `${format} inside ${packings.join(' inside ')} is not opened; unpack it once and give what comes out`,
  );
}
