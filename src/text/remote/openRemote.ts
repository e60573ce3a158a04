/**
 * The documents of a corpus elsewhere, from the first one on, as many as were asked for: out of the cache, or fetched and
 * kept there.
 */

import type { CachedFile } from '../../formats/cachedText.ts';
import type { RawDocument, ReadOptions } from '../document.ts';
import { openDocuments } from '../readers/open.ts';
import { documentLine, documentOfLine, type KeptText, type TextCache } from './cache.ts';
import {
  cacheSpec,
  clientFor,
  type NetworkOptions,
  openFile,
  type RemoteSpec,
  remoteFiles,
  wantedBytes,
} from './files.ts';
import { versionText } from './headers.ts';
import type { HttpSource } from './httpSource.ts';
import type { RemoteFile } from './huggingFace.ts';

export type RemoteProgress = {
  /** Bytes that came over the network. */
  readonly downloadedBytes: number;
  /** Bytes of text, in UTF-8, and of how many; there may be less text than was asked for. */
  readonly textBytes: number;
  readonly wantedBytes: number;
  readonly documents: number;
};

export type RemoteOptions = NetworkOptions & {
  /** Null: nothing is kept. */
  readonly cache: TextCache | null;
  /** Fetch even what is kept, and keep that instead. */
  readonly anew?: boolean | undefined;
  /** Hears of every chunk and every document. */
  readonly onProgress?: ((progress: RemoteProgress) => void) | undefined;
  /** The clock; for the date that is written down. */
  readonly now?: (() => Date) | undefined;
};

type RemoteCorpus = {
  readonly name: string;
  /** May be read again, which fetches again what is not kept. */
  readonly documents: AsyncIterable<RawDocument>;
  readonly fromCache: boolean;
};

/**
 * Opens a corpus elsewhere. What is kept of it is read without asking any server. Throws `RemoteError`, and so do the
 * documents, which also throw the errors of their readers. A text that is not read to its end is not kept.
 */
export async function openRemote(spec: RemoteSpec, options: RemoteOptions): Promise<RemoteCorpus> {
  const name = nameOf(spec);
  const kept = options.anew ? null : await options.cache?.open(cacheSpec(spec));
  if (kept) {
    return { name, fromCache: true, documents: { [Symbol.asyncIterator]: () => read(kept, options.signal) } };
  }
  const files = await remoteFiles(spec, clientFor(spec, options), options);
  return {
    name,
    fromCache: false,
    documents: { [Symbol.asyncIterator]: () => fetched(spec, files, options) },
  };
}

function nameOf(spec: RemoteSpec): string {
  if (spec.scheme === 'hf') return `${spec.dataset}/${spec.config}`;
  const { host, pathname } = new URL(spec.url);
  return `${host}${pathname}`;
}

async function* read(kept: KeptText, signal: AbortSignal | undefined): AsyncGenerator<RawDocument> {
  for await (const line of kept.lines()) {
    signal?.throwIfAborted();
    yield documentOfLine(line);
  }
}

async function* fetched(
  spec: RemoteSpec,
  files: readonly RemoteFile[],
  options: RemoteOptions,
): AsyncGenerator<RawDocument> {
  const { cache, signal, onProgress, now = () => new Date() } = options;
  const tally = new Tally(spec, onProgress);
  const client = clientFor(spec, options, (bytes) => tally.downloaded(bytes));
  const readOptions: ReadOptions = { column: spec.column, documents: spec.documents };
  const writer = cache?.begin();
  const used: CachedFile[] = [];
  let isWhole = false;
  try {
    for (const file of files) {
      if (tally.isFull) break;
      const { http, source } = await openFile(file, client, signal);
      used.push(cachedFile(http));
      for await (const document of openDocuments(source, readOptions, signal)) {
        tally.document(document);
        await writer?.add(documentLine(document));
        yield document;
        if (tally.isFull) break;
      }
    }
    isWhole = true;
    await writer?.commit({
      spec: cacheSpec(spec),
      date: now().toISOString(),
      files: used,
      documents: tally.documents,
      textBytes: tally.textBytes,
    });
  } finally {
    if (!isWhole) await writer?.abandon();
  }
}

function cachedFile({ name, url, size, version }: HttpSource): CachedFile {
  return { name, url, size, version: versionText(version) };
}

/** Counts what has come and says so. */
class Tally {
  textBytes = 0;
  documents = 0;
  readonly #wanted: number;
  readonly #onProgress: (progress: RemoteProgress) => void;
  readonly #encoder = new TextEncoder();
  #downloaded = 0;

  constructor(spec: RemoteSpec, onProgress: ((progress: RemoteProgress) => void) | undefined) {
    this.#wanted = wantedBytes(spec);
    this.#onProgress = onProgress ?? (() => {});
  }

  get isFull(): boolean {
    return this.textBytes >= this.#wanted;
  }

  document({ text }: RawDocument): void {
    this.textBytes += this.#encoder.encode(text).length;
    this.documents++;
    this.#tell();
  }

  downloaded(bytes: number): void {
    this.#downloaded += bytes;
    this.#tell();
  }

  #tell(): void {
    this.#onProgress({
      downloadedBytes: this.#downloaded,
      textBytes: this.textBytes,
      wantedBytes: this.#wanted,
      documents: this.documents,
    });
  }
}
