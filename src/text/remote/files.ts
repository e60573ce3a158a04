/** From the spec of a corpus elsewhere to the files it is read from. */

import { formatCorpusSpec, type HubSpec, REMOTE_BYTES, type WebSpec } from '../../formats/corpusSpec.ts';
import type { ByteSource } from '../document.ts';
import { MAX_HELD_BYTES } from '../readers/source.ts';
import { HttpClient, type Patience } from './client.ts';
import { coalesced } from './coalesce.ts';
import { RemoteError } from './errors.ts';
import type { Fetch } from './exchange.ts';
import { type HttpSource, openHttp } from './httpSource.ts';
import { HUGGING_FACE, type HubAddresses, hubFiles, isHubHost, type RemoteFile } from './huggingFace.ts';

export type RemoteSpec = WebSpec | HubSpec;

export type NetworkOptions = {
  readonly fetch: Fetch;
  /** Where the Hugging Face hub is; default: where it is. */
  readonly hub?: HubAddresses | undefined;
  readonly patience?: Patience | undefined;
  readonly signal?: AbortSignal | undefined;
};

/** What is asked for, size said and hash left out: what two requests must share to be the same corpus. */
export function cacheSpec(spec: RemoteSpec): string {
  return formatCorpusSpec({ ...spec, bytes: wantedBytes(spec), sha256: null });
}

/** Text taken, in bytes; the document that reaches it is the last. */
export function wantedBytes(spec: RemoteSpec): number {
  return spec.bytes ?? REMOTE_BYTES;
}

export function clientFor(
  spec: RemoteSpec,
  { fetch, patience, hub = HUGGING_FACE }: NetworkOptions,
  onBytes?: (bytes: number) => void,
): HttpClient {
  const mayLeadTo = spec.scheme === 'hf' ? (host: string) => isHubHost(host, hub) : undefined;
  return new HttpClient({ fetch, patience, mayLeadTo, onBytes });
}

/** The files in order. Throws {@link RemoteError}. */
export async function remoteFiles(
  spec: RemoteSpec,
  client: HttpClient,
  { hub = HUGGING_FACE, signal }: NetworkOptions,
): Promise<readonly RemoteFile[]> {
  if (spec.scheme === 'hf') return hubFiles(spec, client, hub, signal);
  const { host, pathname } = new URL(spec.url);
  // Without what stands behind a question mark, so that the ending of the name is that of the file.
  return [{ url: spec.url, name: `${host}${pathname}`, size: null }];
}

/** A file, known and ready to be read. Throws {@link RemoteError}. */
export async function openFile(
  { url, name }: RemoteFile,
  client: HttpClient,
  signal: AbortSignal | undefined,
): Promise<{ http: HttpSource; source: ByteSource }> {
  const http = await openHttp(url, name, client, signal);
  if (isParquet(name) && http.slice === null && (http.size ?? 0) > MAX_HELD_BYTES) {
    const mebibytes = Math.ceil((http.size ?? 0) / 2 ** 20).toLocaleString('en');
    const words = `its server sends no parts of files, and the whole of ${mebibytes} MiB is more than the ${MAX_HELD_BYTES / 2 ** 20} MiB that are taken into memory; download it and open it as a file`;
    throw new RemoteError(url, 'too large', words);
  }
  return { http, source: coalesced(http, { head: http.head }) };
}

export function isParquet(name: string): boolean {
  return /\.parquet$/i.test(name);
}
