/** Records in a file that ships with the lab. */

import type { RunRecord } from '../../formats/record.ts';
import type { Fetch } from '../../text/remote/exchange.ts';
import type { ShippedPart } from '../api/library.ts';
import { runsOfFile } from './reading.ts';

/** The file of the lab's own results cannot be had: the page was moved, say, or its server is gone. */
export class ShippedFileError extends Error {
  override readonly name = 'ShippedFileError';
  readonly url: string;
  readonly status: number | null;
  constructor(url: string, status: number | null, cause?: unknown) {
    const why = status === null ? 'the server does not answer' : `status ${status}`;
    super(`the lab's own results cannot be fetched from ${url} (${why}); load the page again`, { cause });
    this.url = url;
    this.status = status;
  }
}

/** Throws {@link ShippedFileError}; rejects with the signal's reason. */
export async function* shippedRecords(
  { url, ids }: ShippedPart,
  { fetch, signal }: { readonly fetch: Fetch; readonly signal: AbortSignal },
): AsyncGenerator<RunRecord> {
  const wanted = new Set(ids);
  const response = await fetch(url, { signal }).catch((error: unknown) => {
    signal.throwIfAborted();
    throw new ShippedFileError(url, null, error);
  });
  if (!response.ok) throw new ShippedFileError(url, response.status);
  const blob = await response.blob();
  const file = Object.assign(blob, { name: url.slice(url.lastIndexOf('/') + 1) });
  for await (const found of runsOfFile(file)) {
    signal.throwIfAborted();
    if ('record' in found && wanted.delete(found.record.id)) yield found.record;
    if (wanted.size === 0) return;
  }
}
