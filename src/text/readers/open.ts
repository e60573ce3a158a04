/** Any file that holds text → its documents: told what it is, unpacked layer by layer, and read as it comes. */

import {
  type ByteSource,
  type Parting,
  type RawDocument,
  READ_OPTIONS,
  type ReadOptions,
} from '../document.ts';
import { TextError } from '../errors.ts';
import { OpenStream, orAborted } from './abort.ts';
import { ExpansionGuard } from './expansion.ts';
import { type Format, formatOf, HEAD_BYTES, withoutEnding } from './format.ts';
import { gunzipped } from './gzip.ts';
import { jsonlTexts } from './jsonl.ts';
import { parquetTexts } from './parquet.ts';
import { held, type RandomSource, randomSource } from './source.ts';
import { tableTexts } from './table.ts';
import { textDocuments } from './text.ts';
import { zipSources } from './zip.ts';
import { unzstd } from './zstd.ts';

export type FileOptions = ReadOptions & {
  /** Hears, of each file of plain text, what parts its documents. */
  readonly onParting?: ((parting: Parting) => void) | undefined;
};

/**
 * The documents of a file in file order; of an archive, file by file in the order of their names. They are as they
 * stand in the file, '' for an empty one, and neither trimmed nor normalised. Throws {@link TextError} with the file,
 * the place and what to do; rejects with the signal's reason when aborted. Whoever stops early closes the source.
 */
export async function* openDocuments(
  source: ByteSource,
  options: FileOptions = READ_OPTIONS,
  signal?: AbortSignal,
): AsyncGenerator<RawDocument> {
  for await (const text of texts(source, source.name, [], null, options, signal)) {
    signal?.throwIfAborted();
    yield { text, meaning: null, bits: null };
  }
}

/**
 * `name` is what the file is called inside `packings`; the source's own name is what errors say. `archive` counts what comes out of
 * the archive around it: however packings lie in one another, it is the bytes of the outermost that what comes out is held against.
 */
async function* texts(
  source: ByteSource,
  name: string,
  packings: readonly Format[],
  archive: ExpansionGuard | null,
  options: FileOptions,
  signal: AbortSignal | undefined,
): AsyncGenerator<string> {
  const file = source.name;
  const opened = await open(source, signal);
  try {
    const format = formatOf(file, name, opened.head);
    switch (format) {
      case 'text':
        // In an archive of tables a note that lies beside them is no reason to refuse them.
        if (options.column !== null && !packings.includes('zip')) throw noColumns(file, options.column);
        yield* textDocuments(opened.stream(), file, options.documents, options.onParting);
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
        const guard = archive ?? new ExpansionGuard(file);
        const unpack = format === 'gzip' ? gunzipped : unzstd;
        const inner: ByteSource = {
          name: file,
          size: null,
          slice: null,
          stream: () => unpack(opened.stream(), file, guard),
        };
        yield* texts(inner, withoutEnding(name), [...packings, format], guard, options, signal);
        break;
      }
      case 'zip': {
        if (packings.length > 0) throw packedTwice(file, format, packings);
        const random = await opened.random();
        const guard = new ExpansionGuard(file, random.size);
        for (const entry of await zipSources(random, signal)) {
          yield* texts(entry, entry.name, [format], guard, options, signal);
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

function noColumns(file: string, column: string): TextError {
  return new TextError(
    file,
    'no text column',
    `this is plain text, which has no columns; leave the column ${JSON.stringify(column)} out, or give the file the ending of what it is, such as .csv or .jsonl`,
  );
}

function packedTwice(file: string, format: Format, packings: readonly Format[]): TextError {
  return new TextError(
    file,
    'unsupported',
    `${format} inside ${packings.join(' inside ')} is not opened; unpack it once and give what comes out`,
  );
}
