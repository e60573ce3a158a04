/** The spec of a corpus → its documents, wherever they come from. What touches files and network is handed in. */

import type { CorpusSpec, FileSpec } from '../formats/corpusSpec.ts';
import type { ByteSource, Parting, RawDocument } from './document.ts';
import { counted } from './readers/counted.ts';
import { openDocuments } from './readers/open.ts';
import type { TextCache } from './remote/cache.ts';
import type { Fetch } from './remote/exchange.ts';
import type { HubAddresses } from './remote/huggingFace.ts';
import { openRemote } from './remote/openRemote.ts';
import { documentsOfWorld } from './worldDocuments.ts';

export type Openers = {
  /** Opens the file of a `file:` spec; throws an error of its own, which names the file. */
  readonly file: (spec: FileSpec) => Promise<ByteSource>;
  readonly fetch: Fetch;
  /** Where fetched text is kept; null: nowhere. */
  readonly cache: TextCache | null;
  /** The hub, where it is not Hugging Face's own. */
  readonly hub?: HubAddresses | undefined;
};

export type OpenOptions = {
  readonly signal?: AbortSignal | undefined;
  /** Hears how much has been read: bytes of the file, or of the text where it is told or fetched; `total` is 0 where it is not known. */
  readonly onProgress?: ((bytes: number, total: number) => void) | undefined;
  /** Hears what parts the documents of a file of plain text, or of each such file in an archive. */
  readonly onParting?: ((parting: Parting) => void) | undefined;
};

export type OpenedCorpus = {
  /** For errors and records. */
  readonly name: string;
  readonly documents: AsyncIterable<RawDocument>;
  /** Text to keep of it at most; null: the default. */
  readonly maxBytes: number | null;
};

/** Opens a corpus. Throws what its opener throws; the documents throw the errors of their readers. */
export async function openCorpus(
  spec: CorpusSpec,
  openers: Openers,
  { signal, onProgress, onParting }: OpenOptions = {},
): Promise<OpenedCorpus> {
  switch (spec.scheme) {
    case 'world':
      return { name: nameOfWorld(spec), documents: documentsOfWorld(spec), maxBytes: null };
    case 'file': {
      const source = await openers.file(spec);
      const told = onProgress ? counted(source, (bytes) => onProgress(bytes, source.size ?? 0)) : source;
      const { column, documents } = spec;
      return {
        name: source.name,
        documents: openDocuments(told, { column, documents, onParting }, signal),
        maxBytes: spec.bytes,
      };
    }
    case 'https':
    case 'hf': {
      const { fetch, cache, hub } = openers;
      const remote = await openRemote(spec, {
        fetch,
        cache,
        ...(hub && { hub }),
        signal,
        onProgress: ({ textBytes, wantedBytes }) => onProgress?.(textBytes, wantedBytes),
      });
      return { name: remote.name, documents: remote.documents, maxBytes: null };
    }
  }
}

function nameOfWorld({
  language,
  distance,
}: {
  readonly language: string;
  readonly distance: number;
}): string {
  return `world:${language}${distance > 0 ? ` at distance ${distance}` : ''}`;
}
