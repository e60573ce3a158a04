/** What a corpus elsewhere is and what fetching it will take, told before any of it is fetched. */

import { parquetMetadataAsync } from 'hyparquet';
import type { ByteSource } from '../document.ts';
import { readFooter } from '../readers/parquetFooter.ts';
import { randomSource } from '../readers/source.ts';
import type { TextCache } from './cache.ts';
import { TAIL_BYTES } from './coalesce.ts';
import {
  cacheSpec,
  clientFor,
  isParquet,
  type NetworkOptions,
  openFile,
  type RemoteSpec,
  remoteFiles,
  wantedBytes,
} from './files.ts';
import { HUGGING_FACE, hubLicence, type RemoteFile } from './huggingFace.ts';

export type RemoteDescription = {
  readonly files: readonly RemoteFile[];
  /** Of all files; null where the server does not say. */
  readonly bytesOnServer: number | null;
  /** About this much will be fetched, in bytes; 0 where the text is kept already, null where nothing can be said. */
  readonly willDownload: number | null;
  /** As the dataset's card names it; null where nothing does. */
  readonly licence: string | null;
  readonly isKept: boolean;
};

/**
 * Asks the servers, and fetches no text. Throws `RemoteError`, and `TextError` where a parquet file has no column that could be
 * the text.
 */
export async function describeRemote(
  spec: RemoteSpec,
  options: NetworkOptions & { readonly cache: TextCache | null },
): Promise<RemoteDescription> {
  const { signal, hub = HUGGING_FACE } = options;
  const kept = await options.cache?.find(cacheSpec(spec));
  const client = clientFor(spec, options);
  const listed = await remoteFiles(spec, client, options);
  const [first, ...others] = listed;
  if (!first) return { files: [], bytesOnServer: 0, willDownload: 0, licence: null, isKept: Boolean(kept) };
  const { http, source } = await openFile(first, client, signal);
  const files = [{ ...first, size: http.size }, ...others];
  const bytesOnServer = files.reduce<number | null>(
    (sum, { size }) => (sum === null || size === null ? null : sum + size),
    0,
  );
  const wanted = wantedBytes(spec);
  const willDownload = isParquet(first.name)
    ? await parquetBytes(source, spec.column, wanted, bytesOnServer, signal)
    : // How well a text is packed shows only when it is unpacked: at worst not at all.
      Math.min(wanted, bytesOnServer ?? wanted);
  const licence = spec.scheme === 'hf' ? await hubLicence(spec, client, hub, signal) : null;
  return { files, bytesOnServer, willDownload: kept ? 0 : willDownload, licence, isKept: Boolean(kept) };
}

/** From the index of the first file: how well the text's column is packed there. The index itself is fetched as well. */
async function parquetBytes(
  source: ByteSource,
  wantedColumn: string | null,
  wanted: number,
  bytesOnServer: number | null,
  signal: AbortSignal | undefined,
): Promise<number | null> {
  const random = randomSource(source);
  if (random === null) return bytesOnServer;
  const { size, slice } = random;
  const { column } = await readFooter(random, wantedColumn, signal);
  const { row_groups: groups } = await parquetMetadataAsync({
    byteLength: size,
    slice: async (start, end = size) => new Uint8Array(await slice(start, end, signal)).buffer,
  });
  let text = 0;
  let packed = 0;
  for (const { columns } of groups) {
    if (text >= wanted) break;
    const chunk = columns.find(({ meta_data }) => meta_data?.path_in_schema[0] === column)?.meta_data;
    text += Number(chunk?.total_uncompressed_size ?? 0);
    packed += Number(chunk?.total_compressed_size ?? 0);
  }
  const bytes = Math.min(size, TAIL_BYTES) + Math.ceil(text === 0 ? 0 : packed * (wanted / text));
  return Math.min(bytes, bytesOnServer ?? bytes);
}
